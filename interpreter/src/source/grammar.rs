//! Python's grammar: the text in `grammar.txt`, made into the parser's program while building.
//!
//! Each rule becomes a little program for the machine in `parser`. An instruction is a byte and its operands; a jump is a
//! signed byte, relative to the end of its instruction. Alternatives, options and repetitions test the token at hand
//! against one token or against the set of tokens that a rule may begin with; those sets are found here, too.
//! A mistake in the text (an unknown name, a rule that matches nothing) stops the build.

use super::token::{Token, same};
use super::tree::Kind;

/// The text.
pub const TEXT: &str = include_str!("grammar.txt");

/// The rule is done.
pub(super) const DONE: u8 = 0;
/// `token`: must be here; dropped.
pub(super) const DROP: u8 = 1;
/// `token`: must be here; becomes a leaf.
pub(super) const KEEP: u8 = 2;
/// `rule`: goes there and comes back.
pub(super) const CALL: u8 = 3;
/// Makes the rule's node.
pub(super) const MARK: u8 = 4;
/// `kind`: makes the rule's node, of this kind.
pub(super) const MARK_AS: u8 = 5;
/// `token jump`: jumps unless this token is here.
pub(super) const IF_TOKEN: u8 = 6;
/// `set jump`: jumps unless a token of this set is here.
pub(super) const IF_SET: u8 = 7;
/// `look jump`: jumps unless looking ahead agrees.
pub(super) const IF_LOOK: u8 = 8;
/// `jump`
pub(super) const JUMP: u8 = 9;

/// What looking ahead asks, beyond the token at hand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// `match` begins a statement: what follows can be a subject, and the line ends in a colon.
    Match,
    /// `type` begins a statement: a name follows.
    Type,
    /// The parenthesis at hand encloses the items of a `with`: a colon follows the one that closes it.
    With,
}

/// `kinds` of a rule that makes no node.
const NO_NODE: u8 = 0xff;
/// Bit of `kinds`: the rule always makes a node.
const ALWAYS: u8 = 0x80;

/// A rule, by number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule(pub u8);

impl Rule {
    /// One statement of a file, or at the prompt.
    pub(super) const STATEMENT: Rule = WORK.rule(b"file_statement");
    /// One expression.
    pub(super) const EXPRESSION: Rule = WORK.rule(b"eval_expression");
    /// What belongs to a compound statement.
    pub(super) const BLOCK: Rule = WORK.rule(b"block");

    /// The address of its program.
    pub(super) fn start(self) -> usize {
        STARTS[self.0 as usize] as usize
    }

    /// What node it makes, if any.
    pub(super) fn kind(self) -> Option<Kind> {
        match KINDS[self.0 as usize] {
            NO_NODE => None,
            kind => Some(Kind::ALL[(kind & !ALWAYS) as usize]),
        }
    }

    /// Whether it makes its node even of a single child.
    pub(super) fn makes_always(self) -> bool {
        let kind = KINDS[self.0 as usize];
        kind != NO_NODE && kind & ALWAYS != 0
    }
}

impl Look {
    pub(super) const ALL: [Look; 3] = [Look::Match, Look::Type, Look::With];

    const fn find(name: &[u8]) -> Option<Look> {
        match name {
            b"match" => Some(Look::Match),
            b"type" => Some(Look::Type),
            b"with" => Some(Look::With),
            _ => None,
        }
    }
}

/// The programs of all rules.
pub(super) static CODE: [u8; WORK.length] = first(&WORK.code);
static STARTS: [u16; WORK.rules] = first(&WORK.starts);
static KINDS: [u8; WORK.rules] = first(&WORK.kinds);
static SETS: [u128; WORK.set_count] = first(&WORK.sets);

/// Whether `token` is in a set.
pub(super) fn set_contains(set: u8, token: Token) -> bool {
    SETS[set as usize] >> token as u8 & 1 != 0
}

/// Bytes of flash that the tables take.
pub const SIZE: usize = WORK.length + 3 * WORK.rules + 16 * WORK.set_count;

const MOST: usize = 192;
const LONGEST: usize = 4096;

const WORK: Work = Work::compile(TEXT.as_bytes());

/// The text being read, and what came of it.
struct Work {
    text: &'static [u8],
    at: usize,
    names: [&'static [u8]; MOST],
    kinds: [u8; MOST],
    starts: [u16; MOST],
    rules: usize,
    code: [u8; LONGEST],
    length: usize,
    firsts: [u128; MOST],
    sets: [u128; MOST],
    set_count: usize,
}

/// What an unmatched end of alternatives means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// One of them must match.
    Rule,
    /// `[…]`
    Option,
    /// `{…}`
    Repetition,
}

impl Work {
    const fn compile(text: &'static [u8]) -> Work {
        let mut work = Work {
            text,
            at: 0,
            names: [&[]; MOST],
            kinds: [NO_NODE; MOST],
            starts: [0; MOST],
            rules: 0,
            code: [0; LONGEST],
            length: 0,
            firsts: [0; MOST],
            sets: [0; MOST],
            set_count: 0,
        };
        work.find_rules();
        work.at = 0;
        let mut rule = 0;
        while rule < work.rules {
            work.skip_heading();
            work.starts[rule] = work.length as u16;
            work.alternatives(Group::Rule);
            work.emit(DONE);
            rule += 1;
        }
        work.number_sets();
        work
    }

    /// First reading: the names and kinds of all rules.
    const fn find_rules(&mut self) {
        while self.at < self.text.len() {
            if !self.begins_rule() {
                self.skip_line();
                continue;
            }
            self.names[self.rules] = self.word();
            self.skip_space();
            if self.text[self.at].is_ascii_uppercase() {
                let kind = self.kind();
                self.skip_space();
                self.kinds[self.rules] = if self.text[self.at] == b':' { kind | ALWAYS } else { kind };
            }
            self.rules += 1;
            self.skip_line();
        }
    }

    /// Whether the line at hand begins a rule of this build; if so, skips its mark.
    const fn begins_rule(&mut self) -> bool {
        let mark = self.text[self.at];
        if mark == (if super::IS_STANDARD { b'+' } else { b'-' }) {
            self.at += 2;
        }
        self.text[self.at].is_ascii_lowercase()
    }

    const fn skip_line(&mut self) {
        while self.at < self.text.len() && self.text[self.at] != b'\n' {
            self.at += 1;
        }
        self.at += 1;
    }

    /// To behind the `=` of the next rule.
    const fn skip_heading(&mut self) {
        while !self.begins_rule() {
            self.skip_line();
        }
        while self.text[self.at] != b'=' {
            self.at += 1;
        }
        self.at += 1;
        self.skip_space();
    }

    /// Blanks, and line ends that a continuation follows.
    const fn skip_space(&mut self) {
        while self.at < self.text.len() {
            let continued = self.text[self.at] == b'\n' && self.at + 1 < self.text.len() && self.text[self.at + 1] == b' ';
            if self.text[self.at] != b' ' && !continued {
                break;
            }
            self.at += 1;
        }
    }

    const fn word(&mut self) -> &'static [u8] {
        let start = self.at;
        while self.at < self.text.len() && (self.text[self.at].is_ascii_alphabetic() || self.text[self.at] == b'_') {
            self.at += 1;
        }
        self.text.split_at(start).1.split_at(self.at - start).0
    }

    const fn kind(&mut self) -> u8 {
        match Kind::find(self.word()) {
            Some(kind) => kind as u8,
            None => panic!("the grammar names a kind of node that the tree does not know"),
        }
    }

    const fn rule(&self, name: &[u8]) -> Rule {
        let mut rule = 0;
        while rule < self.rules {
            if same(self.names[rule], name) {
                return Rule(rule as u8);
            }
            rule += 1;
        }
        panic!("the grammar uses a rule that it does not have")
    }

    /// The token at hand in the text, and whether it is kept; `None` for a rule.
    const fn token(&mut self) -> Option<(Token, bool)> {
        let quote = self.text[self.at];
        let (name, kept) = if quote == b'\'' || quote == b'"' {
            let start = self.at + 1;
            self.at = start;
            while self.text[self.at] != quote {
                self.at += 1;
            }
            self.at += 1;
            (self.text.split_at(start).1.split_at(self.at - 1 - start).0, quote == b'"')
        } else if quote.is_ascii_uppercase() {
            (self.word(), true)
        } else {
            return None;
        };
        match Token::find(name) {
            Some(token) => Some((token, kept && !is_bare(token))),
            None => panic!("the grammar names a token that the lexer does not know"),
        }
    }

    const fn emit(&mut self, byte: u8) {
        self.code[self.length] = byte;
        self.length += 1;
    }

    /// Makes the jump whose operand is at `place` go to `target`.
    const fn patch(&mut self, place: usize, target: usize) {
        let distance = target as isize - (place as isize + 1);
        assert!(distance >= -128 && distance <= 127, "a rule of the grammar is too long");
        self.code[place] = distance as i8 as u8;
    }

    /// Tests for what comes next in the text, without moving on. Returns the places of up to two jumps (0: none), taken
    /// when it is not here.
    const fn test(&mut self) -> [usize; 2] {
        let (start, mut look) = (self.at, 0);
        while self.text[self.at] == b'!' {
            self.at += 1;
            self.word();
            self.skip_space();
        }
        if self.text[self.at] == b'&' {
            self.at += 1;
            match Look::find(self.word()) {
                Some(which) => look = 1 + which as u8,
                None => panic!("the grammar looks ahead in an unknown way"),
            }
            self.skip_space();
        }
        match self.token() {
            Some((token, _)) => {
                self.emit(IF_TOKEN);
                self.emit(token as u8);
            }
            None => {
                let name = self.word();
                assert!(!name.is_empty(), "alternatives, options and repetitions begin with a token or a rule");
                let rule = self.rule(name);
                self.emit(IF_SET);
                self.emit(rule.0);
            }
        }
        self.emit(0);
        let mut jumps = [self.length - 1, 0];
        if look > 0 {
            self.emit(IF_LOOK);
            self.emit(look - 1);
            self.emit(0);
            jumps[1] = self.length - 1;
        }
        self.at = start;
        jumps
    }

    /// Alternatives up to the end of the group or rule.
    const fn alternatives(&mut self, group: Group) {
        let start = self.length;
        // Jumps to the end, from behind each alternative or out of the middle of a repetition.
        let (mut ends, mut count) = ([0; 32], 0);
        loop {
            let single = group as u8 == Group::Rule as u8 && self.is_last_alternative();
            let jumps = if single { [0, 0] } else { self.test() };
            let stop = self.sequence();
            if stop > 0 {
                ends[count] = stop;
                count += 1;
            }
            if group as u8 == Group::Repetition as u8 {
                self.emit(JUMP);
                self.emit(0);
                self.patch(self.length - 1, start);
            } else if self.text[self.at] == b'|' {
                self.emit(JUMP);
                self.emit(0);
                ends[count] = self.length - 1;
                count += 1;
            }
            let mut i = 0;
            while i < 2 {
                if jumps[i] > 0 {
                    self.patch(jumps[i], self.length);
                }
                i += 1;
            }
            if self.text[self.at] != b'|' {
                break;
            }
            self.at += 1;
            self.skip_space();
        }
        while count > 0 {
            count -= 1;
            self.patch(ends[count], self.length);
        }
    }

    /// Whether no `|` follows in this rule, outside of brackets.
    const fn is_last_alternative(&self) -> bool {
        let (mut at, mut depth) = (self.at, 0);
        while at < self.text.len() && !(self.text[at] == b'\n' && (at + 1 == self.text.len() || self.text[at + 1] != b' ')) {
            match self.text[at] {
                b'|' if depth == 0 => return false,
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                quote @ (b'\'' | b'"') => {
                    at += 1;
                    while self.text[at] != quote {
                        at += 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        true
    }

    /// Items up to the end of an alternative. Returns the place of the jump that `/` makes, or 0.
    const fn sequence(&mut self) -> usize {
        let mut stop = 0;
        loop {
            match self.text[self.at] {
                b'|' | b']' | b'}' | b'\n' => return stop,
                b'[' => self.brackets(Group::Option),
                b'{' => self.brackets(Group::Repetition),
                b'!' => self.mark(),
                b'&' => {
                    // `test` has looked.
                    self.at += 1;
                    self.word();
                }
                b'/' => {
                    self.at += 1;
                    self.skip_space();
                    stop = self.test()[0];
                }
                _ => self.item(),
            }
            self.skip_space();
        }
    }

    const fn brackets(&mut self, group: Group) {
        self.at += 1;
        self.skip_space();
        self.alternatives(group);
        self.at += 1;
    }

    const fn mark(&mut self) {
        self.at += 1;
        if self.text[self.at].is_ascii_uppercase() {
            let kind = self.kind();
            self.emit(MARK_AS);
            self.emit(kind);
        } else {
            self.emit(MARK);
        }
    }

    const fn item(&mut self) {
        match self.token() {
            Some((token, kept)) => {
                self.emit(if kept { KEEP } else { DROP });
                self.emit(token as u8);
            }
            None => {
                let name = self.word();
                let rule = self.rule(name);
                self.emit(CALL);
                self.emit(rule.0);
            }
        }
    }

    /// Turns the rules that `IF_SET` names into numbers of sets, equal ones into one.
    const fn number_sets(&mut self) {
        let mut at = 0;
        while at < self.length {
            if self.code[at] == IF_SET {
                let set = self.first_of_rule(self.code[at + 1] as usize);
                let mut number = 0;
                while number < self.set_count && self.sets[number] != set {
                    number += 1;
                }
                if number == self.set_count {
                    self.sets[number] = set;
                    self.set_count += 1;
                }
                // `first_at` still reads rules: numbers of sets are told by the high bit until all are done.
                self.code[at] = IF_SET | 0x80;
                self.code[at + 1] = number as u8;
            }
            at += length_of(self.code[at]);
        }
        at = 0;
        while at < self.length {
            self.code[at] &= 0x7f;
            at += length_of(self.code[at]);
        }
    }

    const fn first_of_rule(&mut self, rule: usize) -> u128 {
        if self.firsts[rule] == 0 {
            self.firsts[rule] = self.first_at(self.starts[rule] as usize);
        }
        self.firsts[rule]
    }

    /// Tokens that may come next at an address.
    const fn first_at(&mut self, at: usize) -> u128 {
        let (op, next) = (self.code[at] & 0x7f, at + length_of(self.code[at]));
        let jump = if next > 0 { (next as isize + self.code[next - 1] as i8 as isize) as usize } else { 0 };
        match op {
            DROP | KEEP => tokens(self.code[at + 1]),
            CALL => self.first_of_rule(self.code[at + 1] as usize),
            MARK | MARK_AS => self.first_at(next),
            JUMP => self.first_at(jump),
            IF_TOKEN | IF_SET | IF_LOOK => self.first_at(next) | self.first_at(jump),
            _ => panic!("a rule of the grammar matches nothing"),
        }
    }
}

/// The tokens that match a token of the grammar: soft keywords are names as well.
const fn tokens(token: u8) -> u128 {
    if token == Token::Name as u8 || token == Token::Attribute as u8 {
        1 << Token::Name as u8 | 1 << Token::Match as u8 | 1 << Token::Case as u8 | 1 << Token::Type as u8
    } else {
        1 << token
    }
}

/// Bytes of an instruction.
const fn length_of(op: u8) -> usize {
    match op & 0x7f {
        DONE | MARK => 1,
        IF_TOKEN | IF_SET | IF_LOOK => 3,
        _ => 2,
    }
}

/// Tokens in capitals that have no value.
const fn is_bare(token: Token) -> bool {
    matches!(token, Token::End | Token::Newline | Token::Indent | Token::Dedent | Token::FStart | Token::TStart | Token::FEnd)
}

/// The first `N` of `all`.
const fn first<T: Copy, const N: usize, const M: usize>(all: &[T; M]) -> [T; N] {
    let mut out = [all[0]; N];
    let mut i = 0;
    while i < N {
        out[i] = all[i];
        i += 1;
    }
    out
}
