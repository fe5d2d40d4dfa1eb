//! The machine that runs the grammar's programs over tokens and writes a tree: one statement at a time.
//!
//! Its stack lies in Python's heap, so that nesting is limited by memory alone. A rule that makes a node takes two words
//! on it (where to go on; the node around), any other rule one. A node is opened when its second child begins, around the
//! first one, so the many rules of an expression leave no trace when they have nothing to say.

use super::ahead::Ahead;
use super::grammar::{self, CODE, Look, Rule};
use super::lexer::{Lexeme, Lexer};
use super::mangle::mangled;
use super::odd::is_odd;
use super::token::Token;
use super::tree::{Kind, Position, Tree};
use super::warning::Warnings;
use super::{Mode, Source};
use crate::object::exception::{INDENTATION_ERROR, SYNTAX_ERROR};
use crate::object::handle::Words;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

/// Reads source and delivers trees.
pub struct Parser<'s> {
    pub(super) lexer: Lexer<'s>,
    mode: Mode,
    /// The token at hand.
    now: Lexeme,
    /// Where the last leaf was.
    last_leaf: Position,
    pub(super) ahead: Ahead,
    stack: Words,
    depth: usize,
    /// The innermost rule that makes a node.
    owner: Owner,
    /// The class whose body this is.
    class: Option<Name>,
    /// The last identifier, as it is written.
    plain: Name,
    tree: Tree,
    statements: usize,
    /// Whether the first token was read.
    has_begun: bool,
}

/// A rule that may make a node: where its content begins in the tree, and whether the node is open.
#[derive(Clone, Copy)]
struct Owner {
    rule: Rule,
    start: usize,
    is_open: bool,
}

impl Owner {
    /// `None` for a tree that is too long for a word.
    fn to_word(self) -> Option<Word> {
        let number = self.start << 9 | (self.rule.0 as usize) << 1 | self.is_open as usize;
        (self.start <= Word::INT_MAX as usize >> 9).then(|| Word::int(number as isize))
    }

    fn of_word(word: Word) -> Owner {
        let number = word.int_value() as usize;
        Owner { rule: Rule((number >> 1) as u8), start: number >> 9, is_open: number & 1 != 0 }
    }
}

impl<'s> Parser<'s> {
    /// A parser at the start of `source`, of which nothing is read yet; `file` is for messages.
    // Not inlined: it is then made where it stays, and not moved there from another place on the machine stack.
    #[inline(never)]
    pub fn new(source: &'s mut dyn Source, file: Name, mode: Mode) -> Parser<'s> {
        let start = Position { line: 1, column: 1 };
        Parser {
            lexer: Lexer::new(source, file, mode == Mode::Eval),
            mode,
            now: Lexeme { token: Token::End, value: Word::UNSET, position: start },
            last_leaf: start,
            ahead: Ahead::new(),
            stack: Words::EMPTY,
            depth: 0,
            owner: Owner { rule: Rule::STATEMENT, start: 0, is_open: false },
            class: None,
            plain: name!(""),
            tree: Tree::new(),
            statements: 0,
            has_begun: false,
        }
    }

    /// The next top-level statement (in `Eval`, the expression, as an `Expression`), or `None` at the end. Its memory is
    /// used again for the next one.
    ///
    /// # Errors
    /// `SyntaxError`, `IndentationError`, `MemoryError`, and what reading raises.
    pub fn next_statement(&mut self, vm: &Vm) -> Outcome<Option<&Tree>> {
        if !self.has_begun {
            self.has_begun = true;
            self.lexer.begin(vm)?;
            self.advance(vm)?;
        }
        if self.now.token == Token::End && self.mode == Mode::Single && self.statements == 0 && self.lexer.is_joined {
            return Err(self.unexpected(vm));
        }
        if self.now.token == Token::End && (self.mode != Mode::Eval || self.statements > 0) {
            return Ok(None);
        }
        if self.mode != Mode::File && self.statements > 0 {
            return Err(self.unexpected(vm));
        }
        self.statements += 1;
        self.tree.clear(self.now.position.line);
        let begins_odd = crate::WHOLE && is_odd(self.now.token, self.now.value);
        self.run(vm, if self.mode == Mode::Eval { Rule::EXPRESSION } else { Rule::STATEMENT })?;
        if crate::WHOLE {
            self.tree.is_odd = core::mem::take(&mut self.lexer.is_odd) || begins_odd;
        }
        Ok(Some(&self.tree))
    }

    /// Gives back at once what reading took: on the machine's stack a forgotten address may keep it alive for long.
    pub fn free(&mut self, vm: &Vm) {
        vm.resize_words(&self.stack, 0).expect("giving memory back needs none");
        self.ahead.free(vm);
    }

    /// Whether some lines are indented by spaces and some by tabs: hosts only.
    #[inline(always)]
    pub fn mixes_blanks(&self) -> bool {
        crate::WHOLE && self.lexer.blanks == 3
    }

    /// What the lexer warns of.
    pub(crate) fn into_warnings(self) -> Warnings {
        self.lexer.warnings
    }

    /// The file's name, as given.
    pub fn file(&self) -> Name {
        self.lexer.file
    }

    /// Runs the program of `rule` over the tokens to come.
    fn run(&mut self, vm: &Vm, rule: Rule) -> Outcome<()> {
        self.depth = 0;
        self.class = None;
        self.owner = Owner { rule, start: 0, is_open: false };
        self.open_if_always(vm)?;
        let mut at = rule.start();
        loop {
            let (op, operand) = (CODE[at], CODE.get(at + 1).copied().unwrap_or(0));
            match op {
                grammar::CALL => at = self.call(vm, Rule(operand), at + 2)?,
                grammar::DONE => match self.done(vm)? {
                    Some(back) => at = back,
                    None => return Ok(()),
                },
                grammar::IF_TOKEN => at = jump(at + 3, self.is(operand)),
                grammar::IF_SET => at = jump(at + 3, grammar::set_contains(operand, self.now.token)),
                grammar::IF_LOOK => at = jump(at + 3, self.look(vm, Look::ALL[operand as usize])?),
                grammar::JUMP => at = jump(at + 2, false),
                grammar::DROP if self.is(operand) => {
                    self.advance(vm)?;
                    at += 2;
                }
                grammar::KEEP if self.is(operand) => {
                    self.leaf(vm, operand)?;
                    self.advance(vm)?;
                    at += 2;
                }
                grammar::MARK => {
                    self.open(vm)?;
                    self.keep_keyword();
                    at += 1;
                }
                grammar::MARK_AS => {
                    self.open(vm)?;
                    self.tree.set_kind(self.owner.start, Kind::ALL[operand as usize]);
                    at += 2;
                }
                _ => return Err(self.unexpected(vm)),
            }
        }
    }

    /// Whether the token at hand is what the grammar asks for.
    #[inline]
    fn is(&self, token: u8) -> bool {
        let now = self.now.token;
        if now as u8 == token {
            return true;
        }
        let wants_name = token == Token::Name as u8 || token == Token::Attribute as u8;
        wants_name && (now == Token::Name || now.is_soft())
    }

    fn call(&mut self, vm: &Vm, rule: Rule, mut back: usize) -> Outcome<usize> {
        let makes_node = rule.kind().is_some();
        if self.depth + 3 > self.stack.capacity() {
            vm.resize_words(&self.stack, self.depth + (self.depth / 4).max(16))?;
        }
        if makes_node {
            self.second_child(vm)?;
            let owner = self.owner.to_word().ok_or_else(|| vm.raise_memory(usize::MAX))?;
            self.stack.set(self.depth, owner);
            self.depth += 1;
            let is_class = rule == Rule::BLOCK && self.owner.rule.kind() == Some(Kind::Class);
            if is_class {
                self.stack.set(self.depth, self.class.map_or(Word::NONE, Word::name));
                self.depth += 1;
                self.class = Some(self.tree.definition_name(self.owner.start));
            }
            self.owner = Owner { rule, start: self.tree.end(), is_open: false };
            self.open_if_always(vm)?;
            back = back << 1 | is_class as usize;
        }
        self.stack.set(self.depth, Word::int((back << 1 | makes_node as usize) as isize));
        self.depth += 1;
        Ok(rule.start())
    }

    /// Ends a rule. Returns where its user goes on, or `None` at the end of the statement.
    fn done(&mut self, vm: &Vm) -> Outcome<Option<usize>> {
        let back = match self.depth {
            0 => 0b01,
            depth => self.stack.get(depth - 1).int_value() as usize,
        };
        if back & 1 != 0 && self.owner.is_open {
            self.tree.close(vm, self.owner.start)?;
        }
        if self.depth == 0 {
            return Ok(None);
        }
        self.depth -= 1;
        if back & 1 == 0 {
            return Ok(Some(back >> 1));
        }
        if back & 2 != 0 {
            self.depth -= 1;
            self.class = self.stack.get(self.depth).as_name();
        }
        self.depth -= 1;
        self.owner = Owner::of_word(self.stack.get(self.depth));
        Ok(Some(back >> 2))
    }

    fn open_if_always(&mut self, vm: &Vm) -> Outcome<()> {
        if self.owner.rule.makes_always() { self.open(vm) } else { Ok(()) }
    }

    /// A child begins: if it is the second one, the node is made.
    #[inline]
    fn second_child(&mut self, vm: &Vm) -> Outcome<()> {
        if self.owner.is_open || self.tree.end() == self.owner.start { Ok(()) } else { self.open(vm) }
    }

    /// Makes the owner's node, if it is not there.
    fn open(&mut self, vm: &Vm) -> Outcome<()> {
        if self.owner.is_open {
            return Ok(());
        }
        let position = if self.tree.end() == self.owner.start { self.now.position } else { self.last_leaf };
        let kind = self.owner.rule.kind().expect("an owner makes a node");
        self.tree.open_around(vm, self.owner.start, kind, position)?;
        self.owner.is_open = true;
        Ok(())
    }

    /// Adds the token at hand, which the grammar calls `token`.
    fn leaf(&mut self, vm: &Vm, token: u8) -> Outcome<()> {
        self.second_child(vm)?;
        self.last_leaf = self.now.position;
        let value = self.now.value;
        match value.as_name() {
            Some(name) if token == Token::Name as u8 => self.name_leaf(vm, name),
            Some(name) if token == Token::Attribute as u8 => {
                let name = self.mangled(vm, name)?;
                self.tree.push_attribute(vm, name)
            }
            _ if value != Word::UNSET => self.tree.push_constant(vm, value),
            _ => self.tree.push_token(vm, self.now.token),
        }
    }

    /// Adds an identifier. A definition whose name is private is bound to what that stands for, but keeps the name.
    fn name_leaf(&mut self, vm: &Vm, name: Name) -> Outcome<()> {
        self.plain = name;
        let mangled = self.mangled(vm, name)?;
        self.tree.push_name(vm, mangled)?;
        let defines = matches!(self.owner.rule.kind(), Some(Kind::Def | Kind::Class));
        if mangled != name && defines { self.tree.push_attribute(vm, name) } else { Ok(()) }
    }

    /// `__x` in `f(__x=1)` was read as an expression, and is what it looks like.
    fn keep_keyword(&self) {
        if self.class.is_some() && self.owner.rule.kind() == Some(Kind::Keyword) {
            self.tree.rename_first(self.owner.start, self.plain);
        }
    }

    fn mangled(&self, vm: &Vm, name: Name) -> Outcome<Name> {
        self.class.map_or(Ok(name), |class| mangled(vm, class, name))
    }

    fn advance(&mut self, vm: &Vm) -> Outcome<()> {
        self.now = match self.ahead.take() {
            Some(lexeme) => lexeme,
            None => self.lexer.next(vm)?,
        };
        Ok(())
    }

    /// The token at hand cannot stand here.
    #[cold]
    fn unexpected(&mut self, vm: &Vm) -> Raised {
        let (ty, message) = match self.now.token {
            Token::Indent => (&INDENTATION_ERROR, "unexpected indent"),
            _ => (&SYNTAX_ERROR, self.lexer.complaint(vm)),
        };
        self.lexer.error_of(vm, ty, self.now.position, message)
    }
}

/// Where to go on: behind the instruction that ends at `next`, or by its jump.
#[inline]
fn jump(next: usize, goes_on: bool) -> usize {
    if goes_on { next } else { next.wrapping_add_signed(CODE[next - 1] as i8 as isize) }
}
