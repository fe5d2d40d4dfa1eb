//! THE table of opcodes: name, byte, operand, effect on the stack. Enum, decoder, disassembler and verifier come from it.
//!
//! A stack bytecode of one-byte opcodes, independent of the word size: it is what is saved, frozen and kept in flash.
//! Stack pictures read `before → after`, the top on the right. Naming: `Load…` pushes, `Store…` pops into, `Delete…`
//! unbinds, `Build…` collects the topmost n into one, `JumpIf…` tests. A `u` operand is a LEB128 unsigned number, a name is
//! number (low byte first), a label a signed one, relative to the end of its instruction; `width` says how long numbers are.
//!
//! Protocols that span instructions:
//! - **Method call**: `LoadMethod n` turns `object → callable self` (`self` is `UNSET` if there is none to pass), then the
//!   arguments, then `CallMethod`.
//! - **Keyword arguments** are pushed as pairs name, value after the positional ones; `Call p k` counts both.
//! - **for**: the loop state takes three slots. `ForPrepare`: `iterable → s s s`; `ForRange n` instead of a call whose callee
//!   may be the builtin `range`: `callee a1…an → s s s`; `ForNext label`: `s s s → s s s item`, or at the end drops the state
//!   and jumps. A `break` drops it by `PopLoop`.
//! - **Exceptions**: a handler entry (see `prototype`) says: raised in [start, end) → cut the stack to `depth` slots above the
//!   frame's locals, push the exception, go to `target`. There `PushHandled`: `exc → previous exc` makes it the one being
//!   handled; `PopHandled`: `previous → ` restores. `ReRaise`: `previous exc → ` restores and raises `exc` on.
//! - **finally**: its body is compiled once and entered with two slots `value reason`: `None None` after normal
//!   completion, `previous exc` after `PushHandled` in its handler, `value k` when leaving through it to label k of the closing
//!   `EndFinally`. That instruction pops `reason`: `None` → pops `value`, goes on; an exception → as `ReRaise`; k → goes to
//!   its kth label with `value` still pushed.
//! - **with**: `WithEnter`: `manager → exit value` where `exit` is the bound `__exit__`. The finaliser is entered with
//!   `exit value reason` as for `finally`; `WithExitCall` pushes the result of calling `exit` for that reason;
//!   `WithExitDone`: `exit value reason result → exit value reason`, where an exception whose result is true is dropped (handled
//!   is restored, the slots become `None None`); `EndFinally` follows, then a `Pop` of `exit`.
//!   `AsyncWithEnter`: `manager → exit awaitable`.

/// What follows an opcode byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// Nothing.
    None,
    /// One byte, unsigned.
    Byte,
    /// One byte, signed.
    Signed,
    /// Two bytes: see the opcode.
    Bytes2,
    /// An unsigned number, LEB128.
    Unsigned,
    /// A name's number.
    Name,
    /// A relative jump.
    Label,
    /// A byte, then a relative jump.
    ByteLabel,
    /// A count (byte), then as many relative jumps; relative to the end of the whole instruction.
    Labels,
    /// A byte of flags, then an unsigned number.
    ByteUnsigned,
}

macro_rules! opcodes {
    ($( $(#[$doc:meta])* $name:ident = $byte:literal $(..= $last:literal)?, $operand:ident, $effect:expr; )*) => {
        /// An instruction. Rows with a range stand for many opcodes, whose number is the byte less the first.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Opcode { $( $(#[$doc])* $name = $byte, )* }

        impl Opcode {
            /// Every row.
            pub const ALL: &'static [Opcode] = &[$(Opcode::$name),*];

            /// The row of a byte, and the number within a range.
            pub const fn decode(byte: u8) -> Option<(Opcode, u8)> {
                match byte {
                    $( $byte $(..= $last)? => Some((Opcode::$name, byte - $byte)), )*
                    _ => None,
                }
            }

            /// What follows the byte.
            pub fn operand(self) -> Operand {
                PROPERTIES[place(self)].0
            }

            /// Net effect on the stack's depth, given the operand (for two-byte operands both bytes, first × 256 + second; for
            /// a byte of flags, those).
            /// For jumps: when not taken.
            pub fn effect(self, n: u32) -> i32 {
                PROPERTIES[place(self)].1.of(n as i32)
            }

            /// Net effect of a jump when it is taken.
            pub fn effect_taken(self, n: u32) -> i32 {
                match self {
                    Opcode::ForNext => -3,
                    Opcode::JumpIfTrueOrPop | Opcode::JumpIfFalseOrPop | Opcode::JumpIfNotNoneOrPop => 0,
                    Opcode::EndFinally => -1,
                    _ => self.effect(n),
                }
            }

            /// Whether it only moves values about, and is never left to the loop by machine code to go on behind it.
            pub fn is_plain(self) -> bool {
                use Opcode::*;
                matches!(self, LoadNone | LoadTrue | LoadFalse | LoadEllipsis | LoadUnset | LoadInt | LoadConstant | LoadString)
                    || matches!(self, LoadLocal | LoadLocalN | StoreLocal | StoreLocalN | LoadSmallInt | Native)
                    || matches!(self, Pop | Dup | DupTwo | Swap | RotateThree | Copy | PopLoop)
            }

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $( Opcode::$name => stringify!($name), )* }
            }
        }

        /// What follows each opcode, and its effect on the stack.
        static PROPERTIES: [(Operand, Packed); PLACES] = {
            let mut all = [(Operand::None, Packed(0)); PLACES];
            $( all[place(Opcode::$name)] = (Operand::$operand, Packed::new($effect)); )*
            all
        };
    };
}

/// Rows above this begin at multiples of 16.
const SINGLE: usize = 0x80;
const PLACES: usize = SINGLE + 8;

/// Where a row lies in a table without the gaps of the ranges.
const fn place(opcode: Opcode) -> usize {
    let byte = opcode as usize;
    if byte < SINGLE { byte } else { SINGLE - 8 + byte / 16 }
}

/// An effect in a byte: what sort it is in the lowest three bits, its number above.
#[derive(Clone, Copy)]
struct Packed(i8);

impl Packed {
    const fn new(effect: Effect) -> Packed {
        let (sort, value) = match effect {
            Is(value) => (0, value),
            Less(value) => (1, value),
            Plus(value) => (2, value),
            Calls(value) => (3, value),
            Both(value) => (4, value),
            Flags(value) => (5, value),
            Bit2(value) => (6, value),
        };
        Packed((value << 3) as i8 | sort)
    }

    fn of(self, n: i32) -> i32 {
        let more = match self.0 & 7 {
            0 => 0,
            1 => -n,
            2 => n,
            3 => -(n >> 8) - 2 * (n & 0xff),
            4 => (n >> 8) + (n & 0xff),
            5 => -((n & 7).count_ones() as i32),
            _ => -(n >> 2 & 1),
        };
        i32::from(self.0 >> 3) + more
    }
}

/// An effect on the stack: fixed, or depending on the operand.
#[derive(Clone, Copy)]
enum Effect {
    /// Always this.
    Is(i32),
    /// This minus the operand.
    Less(i32),
    /// The operand plus this.
    Plus(i32),
    /// A call: this minus positional (high byte) minus twice keywords (low byte).
    Call(i32),
    /// Unpacking with a star: before (high byte) + after (low byte) + this.
    Both(i32),
    /// This minus one for each of the lowest three bits that is set.
    Flags(i32),
    /// This minus bit 2.
    Bit2(i32),
}
use Effect::{Bit2, Both, Call as Calls, Flags, Is, Less, Plus};

opcodes! {
    /// `→ None`
    LoadNone = 0x00, None, Is(1);
    /// `→ True`
    LoadTrue = 0x01, None, Is(1);
    /// `→ False`
    LoadFalse = 0x02, None, Is(1);
    /// `→ ...`
    LoadEllipsis = 0x03, None, Is(1);
    /// `→ Unset`: a hole, where a protocol above asks for one.
    LoadUnset = 0x04, None, Is(1);
    /// `→ n`, −128 to 127.
    LoadInt = 0x05, Signed, Is(1);
    /// `→ constants[u]`
    LoadConstant = 0x06, Unsigned, Is(1);
    /// `→ "name"`: a `str` that is an interned name.
    LoadString = 0x07, Name, Is(1);

    /// `→ local[u]`; `UnboundLocalError` (MicroPython: `NameError: local variable referenced before assignment`) if unset.
    LoadLocal = 0x08, Unsigned, Is(1);
    /// `x →` into local[u].
    StoreLocal = 0x09, Unsigned, Is(-1);
    /// Unbinds local[u].
    DeleteLocal = 0x0a, Unsigned, Is(0);
    /// `→ the contents of the cell in local[u]`
    LoadCell = 0x0b, Unsigned, Is(1);
    /// `x →` into the cell in local[u].
    StoreCell = 0x0c, Unsigned, Is(-1);
    /// Empties the cell in local[u].
    DeleteCell = 0x0d, Unsigned, Is(0);
    /// Puts local[u]'s value (or nothing) into a new cell in local[u].
    MakeCell = 0x0e, Unsigned, Is(0);
    /// `→ local[u]` as it is, without a check: pushes a cell to capture.
    LoadRaw = 0x0f, Unsigned, Is(1);
    /// `→ value of a global or builtin`
    LoadGlobal = 0x10, Name, Is(1);
    /// `x →`
    StoreGlobal = 0x11, Name, Is(-1);
    /// Unbinds a global.
    DeleteGlobal = 0x12, Name, Is(0);
    /// In a class body: `→ namespace (local 0), else global, else builtin`.
    LoadClassName = 0x13, Name, Is(1);
    /// In a class body: `x →` into the namespace.
    StoreClassName = 0x14, Name, Is(-1);
    /// In a class body: unbinds a name of the namespace.
    DeleteClassName = 0x15, Name, Is(0);
    /// In a class body, for a free variable: `cell's contents → namespace's value if it has one, else unchanged`. Preceded by
    /// `LoadRaw`, followed by the name: `cell → value`.
    LoadClassCell = 0x16, Name, Is(0);

    /// `x → x.name`
    LoadAttribute = 0x18, Name, Is(0);
    /// `value x →`
    StoreAttribute = 0x19, Name, Is(-2);
    /// `x →`
    DeleteAttribute = 0x1a, Name, Is(-1);
    /// `x → callable self`
    LoadMethod = 0x1b, Name, Is(1);
    /// `x key → x[key]`
    LoadItem = 0x1c, None, Is(-1);
    /// `value x key →`
    StoreItem = 0x1d, None, Is(-3);
    /// `x key →`
    DeleteItem = 0x1e, None, Is(-2);

    /// `x →`
    Pop = 0x20, None, Is(-1);
    /// `x → x x`
    Dup = 0x21, None, Is(1);
    /// `x y → x y x y`
    DupTwo = 0x22, None, Is(2);
    /// `x y → y x`
    Swap = 0x23, None, Is(0);
    /// `x y z → z x y`
    RotateThree = 0x24, None, Is(0);
    /// Copies the value n below the top (0 is the top).
    Copy = 0x25, Byte, Is(1);

    /// Goes on elsewhere; forwards or, in a loop, backwards (then it polls).
    Jump = 0x28, Label, Is(0);
    /// `x →`
    JumpIfTrue = 0x29, Label, Is(-1);
    /// `x →`
    JumpIfFalse = 0x2a, Label, Is(-1);
    /// `x → x` and jumps, or `x →`.
    JumpIfTrueOrPop = 0x2b, Label, Is(-1);
    /// `x → x` and jumps, or `x →`.
    JumpIfFalseOrPop = 0x2c, Label, Is(-1);
    /// `x y →`, jumps if the comparison (byte: low 4 bits as in `Compare`) is false; true if bit 7 is set.
    CompareJump = 0x2d, ByteLabel, Is(-2);
    /// `x → x` and jumps if x is not None; `None →` otherwise.
    JumpIfNotNoneOrPop = 0x2e, Label, Is(-1);

    /// `iterable → s s s`
    ForPrepare = 0x30, None, Is(2);
    /// `callee a1…an → s s s`, n = 1 to 3.
    ForRange = 0x31, Byte, Less(2);
    /// `s s s → s s s item`, or drops the state and jumps.
    ForNext = 0x32, Label, Is(1);
    /// `s s s →`
    PopLoop = 0x33, None, Is(-3);
    /// `x → iter(x)`
    GetIter = 0x34, None, Is(0);

    /// `→ tuple` of the topmost u.
    BuildTuple = 0x38, Unsigned, Less(1);
    /// `→ list` of the topmost u.
    BuildList = 0x39, Unsigned, Less(1);
    /// `→ set` of the topmost u.
    BuildSet = 0x3a, Unsigned, Less(1);
    /// `→ {}` with room for u entries.
    BuildMap = 0x3b, Unsigned, Is(1);
    /// `dict value key → dict`, for displays.
    StoreMap = 0x3c, None, Is(-2);
    /// `→ slice` of the topmost 2 or 3.
    BuildSlice = 0x3d, Byte, Less(1);
    /// `→ str`: joins the topmost u strings of an f-string.
    BuildString = 0x3e, Unsigned, Less(1);
    /// `x → str` or `x spec → str`: bit 2 says a spec is there; low bits: 0 none, 1 `!r`, 2 `!s`, 3 `!a`.
    FormatValue = 0x3f, Byte, Bit2(0);
    /// `x →`, appended to the list u slots below (0 is what is directly below x).
    ListAppend = 0x40, Unsigned, Is(-1);
    /// `x →`, added to the set u slots below.
    SetAdd = 0x41, Unsigned, Is(-1);
    /// `key value →`, added to the dict u slots below.
    MapAdd = 0x42, Unsigned, Is(-2);
    /// `list iterable → list`
    ListExtend = 0x43, None, Is(-1);
    /// `set iterable → set`
    SetUpdate = 0x44, None, Is(-1);
    /// `dict mapping → dict`; byte 1: keyword arguments of a call, where a key twice is a `TypeError`.
    MapUpdate = 0x45, Byte, Is(-1);
    /// `list → tuple`
    ListToTuple = 0x46, None, Is(0);
    /// `x → xn … x1`: the first item ends up on top. Exactly u items.
    UnpackSequence = 0x47, Unsigned, Plus(-1);
    /// As above with a star: `before`, a list, `after`; two bytes.
    UnpackStar = 0x48, Bytes2, Both(0);

    /// `callee p… (name value)… → result`: bytes p, k.
    Call = 0x50, Bytes2, Calls(0);
    /// `callable self p… (name value)… → result`
    CallMethod = 0x51, Bytes2, Calls(-1);
    /// `callee positional keywords → result`: a list or tuple, and a dict or `Unset`.
    CallSpread = 0x52, None, Is(-2);
    /// Flags 1: defaults (tuple), 2: keyword defaults (dict), 4: cells (tuple), pushed in this order; then `→ function` of
    /// `constants[u]`, a prototype.
    MakeFunction = 0x53, ByteUnsigned, Flags(1);
    /// `→ the builtin __build_class__`
    LoadBuildClass = 0x54, None, Is(1);
    /// `x →` and returns it.
    Return = 0x55, None, Is(-1);
    /// `x → sent`: suspends the generator.
    Yield = 0x56, None, Is(0);
    /// `iterator sent → result`: runs a `yield from` or an await, suspending as often as it does.
    YieldFrom = 0x57, None, Is(-1);
    /// `x → iterator` for `yield from`: generators and iterators as they are.
    GetYieldFromIter = 0x58, None, Is(0);
    /// `x → iterator` for `await`.
    GetAwaitable = 0x59, None, Is(0);

    /// `→ helper` of `object::helper`, by its number.
    LoadHelper = 0x5a, Byte, Is(1);

    /// `x → ` raises it (a type is instantiated).
    Raise = 0x60, None, Is(-1);
    /// `x cause →`
    RaiseFrom = 0x61, None, Is(-2);
    /// Raises what is being handled; `RuntimeError: no active exception to reraise` if nothing is.
    RaiseAgain = 0x62, None, Is(0);
    /// `exc → previous exc`
    PushHandled = 0x63, None, Is(1);
    /// `previous →`
    PopHandled = 0x64, None, Is(-1);
    /// `previous exc →` and raises it on.
    ReRaise = 0x65, None, Is(-2);
    /// `exc type → exc bool`
    MatchException = 0x66, None, Is(0);
    /// `value reason →` (or `value`, at a label).
    EndFinally = 0x67, Labels, Is(-2);
    /// `manager → exit value`
    WithEnter = 0x68, None, Is(1);
    /// `exit value reason → exit value reason result`
    WithExitCall = 0x69, None, Is(1);
    /// `exit value reason result → exit value reason`
    WithExitDone = 0x6a, None, Is(-1);
    /// `manager → exit awaitable`
    AsyncWithEnter = 0x6b, None, Is(1);
    /// `value reason →`: leaves the body of a `finally` by `break`, `continue` or `return`; an exception as reason is dropped
    /// and what was handled before it restored.
    LeaveFinally = 0x6c, None, Is(-2);

    /// `level fromlist → module`; the dotted name as one name.
    ImportName = 0x70, Name, Is(-1);
    /// `module → module attribute`
    ImportFrom = 0x71, Name, Is(1);
    /// `module →`, all its public names into the globals.
    ImportStar = 0x72, None, Is(-1);
    /// `x →`, printed unless None: an expression at the prompt.
    PrintExpression = 0x73, None, Is(-1);

    /// The machine code of this function, if it has any, goes on here; without any, `RuntimeError`.
    Native = 0x74, None, Is(0);

    /// Unary operators: pos, neg, invert, not.
    Unary = 0x78..=0x7b, None, Is(0);
    /// Comparisons `x y → result`: < > <= >= == != in not-in is is-not, in this order.
    Compare = 0x80..=0x89, None, Is(-1);
    /// Binary operators, in the order of `Binary`: + - * @ / // % ** << >> & | ^.
    Binary = 0x90..=0x9c, None, Is(-1);
    /// The same, in place.
    InPlace = 0xa0..=0xac, None, Is(-1);
    /// `→ n`: −16 to 15.
    LoadSmallInt = 0xb0..=0xcf, None, Is(1);
    /// `→ local[n]`, as `LoadLocal`.
    LoadLocalN = 0xd0..=0xdf, None, Is(1);
    /// `x →`, as `StoreLocal`.
    StoreLocalN = 0xe0..=0xef, None, Is(-1);
}
