//! `_operator`: the operators as functions, which bind to nothing where they are a class's attributes. `operator` is Python over it.

use crate::object::kind::{Binary, Unary};
use crate::object::word::Word;

table! { pub ROWS, NAMES, DOCS:
    /// lt(a, b): a < b
    def lt(2) = |vm, args| vm.binary(Binary::Less, args.at(0), args.at(1));
    /// le(a, b): a <= b
    def le(2) = |vm, args| vm.binary(Binary::LessEqual, args.at(0), args.at(1));
    /// eq(a, b): a == b
    def eq(2) = |vm, args| vm.binary(Binary::Equal, args.at(0), args.at(1));
    /// ne(a, b): a != b
    def ne(2) = |vm, args| vm.binary(Binary::NotEqual, args.at(0), args.at(1));
    /// ge(a, b): a >= b
    def ge(2) = |vm, args| vm.binary(Binary::GreaterEqual, args.at(0), args.at(1));
    /// gt(a, b): a > b
    def gt(2) = |vm, args| vm.binary(Binary::Greater, args.at(0), args.at(1));
    /// add(a, b): a + b
    def add(2) = |vm, args| vm.binary(Binary::Add, args.at(0), args.at(1));
    /// and_(a, b): a & b
    def and_(2) = |vm, args| vm.binary(Binary::And, args.at(0), args.at(1));
    /// floordiv(a, b): a // b
    def floordiv(2) = |vm, args| vm.binary(Binary::FloorDiv, args.at(0), args.at(1));
    /// lshift(a, b): a << b
    def lshift(2) = |vm, args| vm.binary(Binary::ShiftLeft, args.at(0), args.at(1));
    /// mod(a, b): a % b
    def r#mod(2) = |vm, args| vm.binary(Binary::Mod, args.at(0), args.at(1));
    /// mul(a, b): a * b
    def mul(2) = |vm, args| vm.binary(Binary::Mul, args.at(0), args.at(1));
    /// matmul(a, b): a @ b
    def matmul(2) = |vm, args| vm.binary(Binary::MatMul, args.at(0), args.at(1));
    /// or_(a, b): a | b
    def or_(2) = |vm, args| vm.binary(Binary::Or, args.at(0), args.at(1));
    /// pow(a, b): a ** b
    def pow(2) = |vm, args| vm.binary(Binary::Pow, args.at(0), args.at(1));
    /// rshift(a, b): a >> b
    def rshift(2) = |vm, args| vm.binary(Binary::ShiftRight, args.at(0), args.at(1));
    /// sub(a, b): a - b
    def sub(2) = |vm, args| vm.binary(Binary::Sub, args.at(0), args.at(1));
    /// truediv(a, b): a / b
    def truediv(2) = |vm, args| vm.binary(Binary::TrueDiv, args.at(0), args.at(1));
    /// xor(a, b): a ^ b
    def xor(2) = |vm, args| vm.binary(Binary::Xor, args.at(0), args.at(1));
    /// iadd(a, b): a += b
    def iadd(2) = |vm, args| vm.binary(Binary::InPlaceAdd, args.at(0), args.at(1));
    /// iand(a, b): a &= b
    def iand(2) = |vm, args| vm.binary(Binary::InPlaceAnd, args.at(0), args.at(1));
    /// ifloordiv(a, b): a //= b
    def ifloordiv(2) = |vm, args| vm.binary(Binary::InPlaceFloorDiv, args.at(0), args.at(1));
    /// ilshift(a, b): a <<= b
    def ilshift(2) = |vm, args| vm.binary(Binary::InPlaceShiftLeft, args.at(0), args.at(1));
    /// imod(a, b): a %= b
    def imod(2) = |vm, args| vm.binary(Binary::InPlaceMod, args.at(0), args.at(1));
    /// imul(a, b): a *= b
    def imul(2) = |vm, args| vm.binary(Binary::InPlaceMul, args.at(0), args.at(1));
    /// imatmul(a, b): a @= b
    def imatmul(2) = |vm, args| vm.binary(Binary::InPlaceMatMul, args.at(0), args.at(1));
    /// ior(a, b): a |= b
    def ior(2) = |vm, args| vm.binary(Binary::InPlaceOr, args.at(0), args.at(1));
    /// ipow(a, b): a **= b
    def ipow(2) = |vm, args| vm.binary(Binary::InPlacePow, args.at(0), args.at(1));
    /// irshift(a, b): a >>= b
    def irshift(2) = |vm, args| vm.binary(Binary::InPlaceShiftRight, args.at(0), args.at(1));
    /// isub(a, b): a -= b
    def isub(2) = |vm, args| vm.binary(Binary::InPlaceSub, args.at(0), args.at(1));
    /// itruediv(a, b): a /= b
    def itruediv(2) = |vm, args| vm.binary(Binary::InPlaceTrueDiv, args.at(0), args.at(1));
    /// ixor(a, b): a ^= b
    def ixor(2) = |vm, args| vm.binary(Binary::InPlaceXor, args.at(0), args.at(1));
    /// neg(a): -a
    def neg(1) = |vm, args| vm.unary(Unary::Neg, args.at(0));
    /// pos(a): +a
    def pos(1) = |vm, args| vm.unary(Unary::Pos, args.at(0));
    /// inv(a): ~a
    def inv(1) = |vm, args| vm.unary(Unary::Invert, args.at(0));
    /// invert(a): ~a
    def invert(1) = |vm, args| vm.unary(Unary::Invert, args.at(0));
    /// abs(a): abs(a)
    def abs(1) = |vm, args| vm.unary(Unary::Abs, args.at(0));
    /// index(a): a.__index__()
    def index(1) = |vm, args| vm.unary(Unary::Index, args.at(0));
    /// not_(a): not a
    def not_(1) = |vm, args| Ok(Word::bool(!vm.truth(args.at(0))?));
    /// truth(a): bool(a)
    def truth(1) = |vm, args| Ok(Word::bool(vm.truth(args.at(0))?));
    /// is_(a, b): a is b
    def is_(2) = |vm, args| Ok(Word::bool(vm.is_same(args.at(0), args.at(1))));
    /// is_not(a, b): a is not b
    def is_not(2) = |vm, args| Ok(Word::bool(!vm.is_same(args.at(0), args.at(1))));
    /// contains(a, b): b in a
    def contains(2) = |vm, args| Ok(Word::bool(vm.contains(args.at(0), args.at(1))?));
    /// getitem(a, b): a[b]
    def getitem(2) = |vm, args| vm.item(args.at(0), args.at(1));
    /// setitem(a, b, c): a[b] = c
    def setitem(3) = |vm, args| vm.set_item(args.at(0), args.at(1), args.at(2)).map(|()| Word::NONE);
    /// delitem(a, b): del a[b]
    def delitem(2) = |vm, args| vm.delete_item(args.at(0), args.at(1)).map(|()| Word::NONE);
    /// call(function, *arguments, **keywords): function(*arguments, **keywords)
    def call(1.., keywords) = |vm, args| vm.call_args(args.at(0), args.skip(1));
}
