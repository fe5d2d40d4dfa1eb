//! The tree of one statement: what the parser writes and the compiler reads.
//!
//! A tree is a string of bytes in pre-order, the same on every machine, in chunks in Python's heap; it never moves and
//! is never copied while it grows. Objects (long strings, floats, big ints) stand in a list beside it.
//!
//! ```text
//!   node      [kind < 0x80][size of the rest][line, from the tree's first][column u8] children …
//!             the greatest size: too long to say; the children end with END
//!   leaf      [NAME | STRING | ATTRIBUTE][number of the name]
//!             [INT8][i8]   [INT32][i32]   [CONSTANT][index u24]
//!             [TOKENS + token]
//! ```
//! Numbers are little-endian, and those that are not said to be longer or shorter as wide as in code (`code::width`). On a board a
//! name costs 3 bytes, an operator 1, a node 6 besides its children.

use super::token::Token;
use crate::code::WIDTH;
use crate::code::width::{Number, wide};
use crate::object::handle::{Handle, Words};
use crate::object::name::Name;
use crate::object::print::RawBytes;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        /// What a node is. Children are listed in order; `[x]` may be missing, `x…` is any number. The grammar's text
        /// (`source::grammar`) says where each comes from.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $name),* }

        impl Kind {
            /// Every kind, by number.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];
            pub(super) const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
        }
    };
}

kinds! {
    /// `statement…`: two or more; a block of one statement is that statement.
    Block;
    /// `expression`: an expression as a statement. The docstring is one whose child is a `Constant` `str`.
    Expression;
    /// `target… value`: `a = b = 1` has three children. Targets are expressions (`Tuple`, `List`, `Star`, `Primary`,
    /// names …), whose form the compiler checks.
    Assign;
    /// `target annotation [value]`
    AnnotatedAssign;
    /// `target operator value`; the operator is a token: `PlusEqual` …
    AugmentedAssign;
    /// `target`: a `Tuple` for `del a, b`.
    Del;
    /// Nothing.
    Pass;
    /// Nothing.
    Break;
    /// Nothing.
    Continue;
    /// `[value]`
    Return;
    /// `[exception [cause]]`
    Raise;
    /// `name…`
    Global;
    /// `name…`
    Nonlocal;
    /// `test [message]`
    Assert;
    /// `module…`: each a name, a `Dotted`, or an `ImportAs`.
    Import;
    /// `module name`: `a.b as c`, whose module is a name or `Dotted`; in a `From`, `name name`.
    ImportAs;
    /// `name name…`: `a.b.c`
    Dotted;
    /// `FromModule` then `Star` token, or names and `ImportAs` …
    From;
    /// `dots… [module]`: tokens `Dot` (1) and `Ellipsis` (3), then a name or `Dotted`.
    FromModule;
    /// `name [TypeParameters] value`: `type X = …`
    TypeAlias;

    /// `test body Elif… [Else]`
    If;
    /// `test body`
    Elif;
    /// `body`
    Else;
    /// `test body [Else]`
    While;
    /// `target iterable body [Else]`
    For;
    /// `body Except… [Else] [Finally]`: at least one of `Except` and `Finally` must be there; the compiler checks.
    Try;
    /// `[Star token] [type [name]] body`: the token says `except*`.
    Except;
    /// `body`
    Finally;
    /// `WithItem… body`
    With;
    /// `manager [target]`
    WithItem;
    /// `statement`: a `Def`, `For` or `With`.
    Async;
    /// `decorator… definition`: a `Def`, `Class` or `Async`.
    Decorated;
    /// `name [Attribute] [TypeParameters] Parameters [Returns] body`: the attribute is the name as written, if it is private.
    Def;
    /// Each a name, `Parameter`, `StarParameter`, `DoubleStarParameter`, or the token `Slash`. Their order is for the
    /// compiler to check.
    Parameters;
    /// `name [Annotation] [Default]`; without either it is just the name.
    Parameter;
    /// `[name [Annotation]]`: `*args`, or the bare star.
    StarParameter;
    /// `name [Annotation]`: `**kwargs`
    DoubleStarParameter;
    /// `expression`
    Annotation;
    /// `expression`
    Default;
    /// `expression`: after `->`.
    Returns;
    /// `name [Attribute] [TypeParameters] [Arguments] body`: as for `Def`.
    Class;
    /// Each a name, a `TypeParameter`.
    TypeParameters;
    /// `[Star | DoubleStar token] name [Annotation] [Default]`
    TypeParameter;

    /// `subject Case…`
    Match;
    /// `pattern [Guard] body`. A pattern is a name (capture; `_` is the wildcard), a `Primary` (`a.b`: a value), or one of
    /// the kinds below.
    Case;
    /// `test`
    Guard;
    /// `expression`: a literal; compared with `==`, but `None`, `True`, `False` with `is`.
    ValuePattern;
    /// `pattern name`: `p as name`
    AsPattern;
    /// `pattern pattern…`
    OrPattern;
    /// `pattern…`
    SequencePattern;
    /// `name`: `*rest`
    StarPattern;
    /// `key pattern key pattern …` where a key is a `ValuePattern` or `Primary`, and a `DoubleStarPattern`.
    MappingPattern;
    /// `name`: `**rest`
    DoubleStarPattern;
    /// `class pattern… KeywordPattern…`; the class is a name or `Primary`.
    ClassPattern;
    /// `name pattern`: the compiler checks that the first is a name.
    KeywordPattern;

    /// `item…`, with or without parentheses; maybe none.
    Tuple;
    /// `item…`
    List;
    /// `item…`
    Set;
    /// `key value key value …`, where a `DoubleStar` stands alone, without a value; maybe none.
    Dict;
    /// `expression`: `*x`
    Star;
    /// `expression`: `**x`
    DoubleStar;
    /// `element CompFor (CompFor | CompIf)…`
    Generator;
    /// The same as an argument, without parentheses of its own.
    LoneGenerator;
    /// `element CompFor (CompFor | CompIf)…`
    ListComprehension;
    /// `element CompFor (CompFor | CompIf)…`
    SetComprehension;
    /// `key value CompFor (CompFor | CompIf)…`
    DictComprehension;
    /// `[Async token] target iterable`
    CompFor;
    /// `test`
    CompIf;
    /// `target value`: `target := value`; the compiler checks that the target is a name.
    Named;
    /// `value test otherwise`: `value if test else otherwise`
    Conditional;
    /// `Parameters expression`
    Lambda;
    /// `operand operand…`
    Or;
    /// `operand operand…`
    And;
    /// `operand`
    Not;
    /// `operand operator operand operator operand …`: tokens `Less` … `In`, `Not` (not in), `Is`, `Is Not` (two leaves).
    Comparison;
    /// `operand operator operand …`, all of one precedence, from left to right; `**` has two operands.
    Binary;
    /// `operator operand`: tokens `Plus`, `Minus`, `Tilde`.
    Unary;
    /// `expression`
    Await;
    /// `atom trailer…`: each an attribute leaf, `Arguments` (a call), or `Subscript`.
    Primary;
    /// Positional: expressions, `Star`; `Keyword`, `DoubleStar`; `LoneGenerator`, which should be alone.
    Arguments;
    /// `name value`: `name=value`; the compiler checks that the first is a name.
    Keyword;
    /// `index`: an expression, `Slice`, or a `Tuple` of them.
    Subscript;
    /// `[start] Colon [stop] [Colon [step]]`, with the colons as tokens.
    Slice;
    /// `[value]`
    Yield;
    /// `value`
    YieldFrom;
    /// Two or more neighbours, `Constant` and `FString`: implicit concatenation that the lexer left (f-strings; `str` and
    /// `bytes` mixed, which the compiler refuses).
    Strings;
    /// `Constant` (text) and `Replacement` …
    FString;
    /// As `FString`: `t"…"`.
    TString;
    /// `expression [Constant] [Constant] [name] [FormatSpec]`: in a `TString` the expression's text; the text of `{x=}`; the
    /// conversion `r`, `s` or `a`.
    Replacement;
    /// `Constant` (text) and `Replacement` …
    FormatSpec;
}

impl Kind {
    /// Whether it is a generator expression.
    pub fn is_generator(self) -> bool {
        matches!(self, Kind::Generator | Kind::LoneGenerator)
    }

    /// The kind of this name, for the grammar's text.
    pub(super) const fn find(name: &[u8]) -> Option<Kind> {
        let mut i = 0;
        while i < Kind::ALL.len() {
            if super::token::same(Kind::NAMES[i].as_bytes(), name) {
                return Some(Kind::ALL[i]);
            }
            i += 1;
        }
        None
    }
}

/// A child, or the root. What its kinds hold is a word each, so the compiler passes it in two registers, not in memory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A node.
    Node(Node),
    /// An identifier.
    Name(Long),
    /// `.name`, in a `Primary`.
    Attribute(Long),
    /// The value of a literal: a `str` (maybe an interned name), `bytes`, int, float, complex.
    Constant(Word),
    /// An operator; `None`, `True`, `False`, `...`.
    Token(Token),
}

/// A name, as long as a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Long(u32);

impl Long {
    /// This name.
    #[inline(always)]
    pub fn of(name: Name) -> Long {
        Long(wide(name.0))
    }

    /// The name.
    #[inline(always)]
    pub fn get(self) -> Name {
        Name(self.0 as Number)
    }
}

impl PartialEq<Name> for Long {
    #[inline(always)]
    fn eq(&self, other: &Name) -> bool {
        self.0 == wide(other.0)
    }
}

/// A node: its kind, and above that its place. It belongs to one tree and means nothing in another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Node(usize);

impl Node {
    #[inline(always)]
    fn new(kind: Kind, at: usize) -> Node {
        Node(kind as usize | at << 8)
    }

    /// What it is.
    #[inline(always)]
    pub fn kind(self) -> Kind {
        Kind::ALL[usize::from(self.0 as u8)]
    }

    /// Where it lies: a number that is greater for later nodes, to note facts about a node in a table beside the tree.
    #[inline(always)]
    pub fn place(self) -> usize {
        self.0 >> 8
    }
}

const CHUNK_BITS: usize = 7;
const CHUNK: usize = 1 << CHUNK_BITS;
/// Bytes of a node before its children.
const HEAD: usize = BEHIND_SIZE + WIDTH + 1;
/// Bytes up to what the size counts.
const BEHIND_SIZE: usize = 1 + WIDTH;
/// Bytes of a name.
const LEAF: usize = 1 + WIDTH;
/// The size that is not known.
const LONG: Number = Number::MAX;

const NAME: u8 = 0x80;
const STRING: u8 = 0x81;
const ATTRIBUTE: u8 = 0x82;
const INT8: u8 = 0x83;
const INT32: u8 = 0x84;
const CONSTANT: u8 = 0x85;
const END: u8 = 0x86;
const TOKENS: u8 = 0x90;

const _: () = assert!(Kind::ALL.len() <= NAME as usize && Token::ALL.len() <= 0x100 - TOKENS as usize);

/// The tree of one statement. It lies in Python's heap and is kept alive by being on the machine stack.
pub struct Tree {
    /// Chunks of bytes, each a `RawBytes`.
    chunks: Words,
    /// How many of them there are: all up to the one that holds the last byte, and maybe more from a statement before.
    ready: usize,
    length: usize,
    constants: Words,
    constant_count: usize,
    line: u32,
    /// Whether it has something that may be no Python where it stands. Hosts only.
    pub is_odd: bool,
}

impl Tree {
    pub(super) const fn new() -> Tree {
        Tree { chunks: Words::EMPTY, ready: 0, length: 0, constants: Words::EMPTY, constant_count: 0, line: 1, is_odd: false }
    }

    /// The whole.
    pub fn root(&self) -> Item {
        self.item(0)
    }

    /// The children of a node, in order.
    pub fn children(&self, node: Node) -> Children<'_> {
        let at = node.place();
        let end = match self.size(at) {
            LONG => usize::MAX,
            size => at + BEHIND_SIZE + size as usize,
        };
        Children { tree: self, at: at + HEAD, end }
    }

    /// Child number `index`.
    pub fn child(&self, node: Node, index: usize) -> Option<Item> {
        self.children(node).nth(index)
    }

    /// The last child.
    pub fn last_child(&self, node: Node) -> Option<Item> {
        self.children(node).last()
    }

    /// Line of the node's first token, from 1.
    pub fn line(&self, node: Node) -> u32 {
        self.line + wide(self.number(node.place() + BEHIND_SIZE))
    }

    /// Column of the node's first token, from 1; 255 is that or more.
    pub fn column(&self, node: Node) -> u32 {
        self.byte(node.place() + HEAD - 1) as u32
    }

    /// Line of the statement's first token.
    pub fn first_line(&self) -> u32 {
        self.line
    }

    /// Bytes that the tree takes, without its constants.
    pub fn size_in_bytes(&self) -> usize {
        self.length
    }

    fn item(&self, at: usize) -> Item {
        let tag = self.byte(at);
        let name = || Name(self.number(at + 1));
        match tag {
            NAME => Item::Name(Long::of(name())),
            STRING => Item::Constant(Word::name(name())),
            ATTRIBUTE => Item::Attribute(Long::of(name())),
            INT8 => Item::Constant(Word::int(self.byte(at + 1) as i8 as isize)),
            INT32 => {
                let bits = self.u16(at + 1) as u32 | (self.u16(at + 3) as u32) << 16;
                Item::Constant(Word::int(bits as i32 as isize))
            }
            CONSTANT => {
                let index = self.u16(at + 1) as usize | (self.byte(at + 3) as usize) << 16;
                Item::Constant(self.constants.get(index))
            }
            TOKENS.. => Item::Token(Token::ALL[(tag - TOKENS) as usize]),
            _ => Item::Node(Node::new(Kind::ALL[tag as usize], at)),
        }
    }

    /// Where the item after the one at `at` begins. Long nodes are walked; their children mostly are not long.
    fn after(&self, mut at: usize) -> usize {
        let mut long = 0;
        loop {
            at += match self.byte(at) {
                NAME | STRING | ATTRIBUTE => LEAF,
                INT8 => 2,
                INT32 => 5,
                CONSTANT => 4,
                END => {
                    long -= 1;
                    1
                }
                TOKENS.. => 1,
                _ => match self.size(at) {
                    LONG => {
                        long += 1;
                        HEAD
                    }
                    size => BEHIND_SIZE + size as usize,
                },
            };
            if long == 0 {
                return at;
            }
        }
    }

    fn size(&self, at: usize) -> Number {
        self.number(at + 1)
    }

    fn number(&self, at: usize) -> Number {
        if Tree::is_whole(at, WIDTH) {
            return self.chunk(at).number(at % CHUNK, WIDTH) as Number;
        }
        let mut bytes = [0; WIDTH];
        bytes.iter_mut().enumerate().for_each(|(index, byte)| *byte = self.byte(at + index));
        Number::from_le_bytes(bytes)
    }

    fn u16(&self, at: usize) -> u16 {
        u16::from_le_bytes([self.byte(at), self.byte(at + 1)])
    }

    fn byte(&self, at: usize) -> u8 {
        self.chunk(at).tail()[at % CHUNK].get()
    }

    fn set_byte(&self, at: usize, byte: u8) {
        self.chunk(at).tail()[at % CHUNK].set(byte);
    }

    fn set_number(&self, at: usize, number: Number) {
        self.set_bytes(at, &number.to_le_bytes());
    }

    fn set_bytes(&self, at: usize, bytes: &[u8]) {
        match Tree::is_whole(at, bytes.len()) {
            true => self.chunk(at).put(at % CHUNK, bytes),
            false => bytes.iter().enumerate().for_each(|(index, byte)| self.set_byte(at + index, *byte)),
        }
    }

    /// Whether so many bytes lie in one chunk, which is worth looking at on hosts: their numbers are longer.
    #[inline(always)]
    const fn is_whole(at: usize, count: usize) -> bool {
        crate::WHOLE && at % CHUNK + count <= CHUNK
    }

    fn chunk(&self, at: usize) -> Handle<RawBytes> {
        Handle::from(self.chunks.get(at >> CHUNK_BITS)).expect("a chunk is raw bytes")
    }
}

/// The children of a node.
#[derive(Clone, Copy)]
pub struct Children<'t> {
    tree: &'t Tree,
    at: usize,
    end: usize,
}

impl Iterator for Children<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.at >= self.end || (self.end == usize::MAX && self.tree.byte(self.at) == END) {
            return None;
        }
        let item = self.tree.item(self.at);
        self.at = self.tree.after(self.at);
        Some(item)
    }
}

/// Line and column of a token, from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column, in characters.
    pub column: u32,
}

/// Writing, for the parser.
impl Tree {
    /// Forgets what it held; the memory is used again.
    pub(super) fn clear(&mut self, line: u32) {
        self.length = 0;
        for index in 0..self.constant_count {
            self.constants.set(index, Word::UNSET);
        }
        self.constant_count = 0;
        self.line = line;
    }

    /// Number of bytes so far: where the next item begins.
    pub(super) fn end(&self) -> usize {
        self.length
    }

    /// The name, as written, of the definition whose open node is at `at`.
    pub(super) fn definition_name(&self, at: usize) -> Name {
        let own = if self.length > at + HEAD + LEAF { Some(self.item(at + HEAD + LEAF)) } else { None };
        match (own, self.item(at + HEAD)) {
            (Some(Item::Attribute(name)), _) | (_, Item::Name(name)) => name.get(),
            _ => name!(""),
        }
    }

    /// Makes room for `count` bytes at the end.
    fn grow(&mut self, vm: &Vm, count: usize) -> Outcome<usize> {
        let start = self.length;
        while start + count > self.ready << CHUNK_BITS {
            if self.ready == self.chunks.capacity() {
                vm.resize_words(&self.chunks, (self.ready + self.ready / 2).max(4))?;
            }
            let chunk = vm.new_raw_bytes(CHUNK)?;
            self.chunks.set(self.ready, chunk.word());
            self.ready += 1;
        }
        self.length += count;
        Ok(start)
    }

    fn push(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        let start = self.grow(vm, bytes.len())?;
        self.set_bytes(start, bytes);
        Ok(())
    }

    /// Adds a name with its tag.
    fn push_named(&mut self, vm: &Vm, tag: u8, name: Name) -> Outcome<()> {
        let mut leaf = [tag; LEAF];
        leaf[1..].copy_from_slice(&name.0.to_le_bytes());
        self.push(vm, &leaf)
    }

    /// Adds an identifier.
    pub(super) fn push_name(&mut self, vm: &Vm, name: Name) -> Outcome<()> {
        self.push_named(vm, NAME, name)
    }

    /// Adds an attribute's name.
    pub(super) fn push_attribute(&mut self, vm: &Vm, name: Name) -> Outcome<()> {
        self.push_named(vm, ATTRIBUTE, name)
    }

    /// Adds an operator or keyword.
    pub(super) fn push_token(&mut self, vm: &Vm, token: Token) -> Outcome<()> {
        self.push(vm, &[TOKENS + token as u8])
    }

    /// Adds the value of a literal.
    pub(super) fn push_constant(&mut self, vm: &Vm, word: Word) -> Outcome<()> {
        if let Some(name) = word.as_name() {
            return self.push_named(vm, STRING, name);
        }
        if let Some(value) = word.as_int() {
            if let Ok(value) = i8::try_from(value) {
                return self.push(vm, &[INT8, value as u8]);
            }
            if let Ok(value) = i32::try_from(value) {
                let [a, b, c, d] = value.to_le_bytes();
                return self.push(vm, &[INT32, a, b, c, d]);
            }
        }
        let index = self.constant_count;
        if index == self.constants.capacity() {
            vm.resize_words(&self.constants, (index + index / 2).max(4))?;
        }
        if index >= 1 << 24 {
            return Err(vm.raise_memory(usize::MAX));
        }
        self.constants.set(index, word);
        self.constant_count += 1;
        self.push(vm, &[CONSTANT, index as u8, (index >> 8) as u8, (index >> 16) as u8])
    }

    /// Opens a node around what lies from `start` to the end: its first child, in mid-parse. If that is a node, its
    /// position is the new one's as well; otherwise `position` is.
    pub(super) fn open_around(&mut self, vm: &Vm, start: usize, kind: Kind, position: Position) -> Outcome<()> {
        let length = self.length - start;
        self.grow(vm, HEAD)?;
        if Tree::is_whole(start, HEAD + length) {
            self.chunk(start).shift(start % CHUNK, start % CHUNK + HEAD, length);
        } else {
            (0..length).rev().for_each(|index| self.set_byte(start + HEAD + index, self.byte(start + index)));
        }
        let position = match length > 0 {
            true => match self.item(start + HEAD) {
                Item::Node(node) => Position { line: self.line(node), column: self.column(node) },
                _ => position,
            },
            false => position,
        };
        self.write_head(start, kind, position);
        Ok(())
    }

    fn write_head(&self, at: usize, kind: Kind, position: Position) {
        let line = position.line.saturating_sub(self.line).min(wide(Number::MAX)) as Number;
        let mut head = [kind as u8; HEAD];
        head[1..BEHIND_SIZE].fill(0);
        head[BEHIND_SIZE..HEAD - 1].copy_from_slice(&line.to_le_bytes());
        head[HEAD - 1] = position.column.min(u8::MAX as u32) as u8;
        self.set_bytes(at, &head);
    }

    /// Gives the identifier that a node begins with another name.
    pub(super) fn rename_first(&self, at: usize, name: Name) {
        if let Item::Name(_) = self.item(at + HEAD) {
            self.set_number(at + HEAD + 1, name.0);
        }
    }

    /// Changes what an open node is.
    pub(super) fn set_kind(&self, at: usize, kind: Kind) {
        self.set_byte(at, kind as u8);
    }

    /// Closes the node opened at `at`.
    pub(super) fn close(&mut self, vm: &Vm, at: usize) -> Outcome<()> {
        let size = self.length - at - BEHIND_SIZE;
        if size >= LONG as usize {
            self.push(vm, &[END])?;
        }
        self.set_number(at + 1, size.min(LONG as usize) as Number);
        Ok(())
    }
}
