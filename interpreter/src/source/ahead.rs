//! Looking ahead: what one token cannot tell apart.

use super::grammar::Look;
use super::lexer::Lexeme;
use super::parser::Parser;
use super::token::Token;
use super::tree::Position;
use crate::object::handle::Words;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

impl Parser<'_> {
    /// The token `distance` behind the one at hand.
    fn peek(&mut self, vm: &Vm, distance: usize) -> Outcome<Token> {
        while self.ahead.len() <= distance {
            let lexeme = self.lexer.next(vm)?;
            self.ahead.push(vm, lexeme)?;
        }
        Ok(self.ahead.token(distance))
    }

    /// Whether looking ahead agrees.
    pub(super) fn look(&mut self, vm: &Vm, look: Look) -> Outcome<bool> {
        let next = self.peek(vm, 0)?;
        match look {
            Look::Type => Ok(next == Token::Name || next.is_soft()),
            Look::Match => self.look_match(vm, next),
            Look::With => self.look_with(vm),
        }
    }

    fn look_match(&mut self, vm: &Vm, next: Token) -> Outcome<bool> {
        use Token::*;
        match next {
            // An expression that began with the name `match` could not go on so.
            Name | Match | Case | Type | Number | String | FStart | TStart | None | True | False | Ellipsis | Lambda | Await
            | OpenBrace | Tilde => Ok(true),
            Open | OpenBracket | Minus | Plus | Star | Not => {
                let (mut distance, mut last) = (0, next);
                loop {
                    match self.peek(vm, distance)? {
                        Newline | End => return Ok(last == Colon),
                        token => last = token,
                    }
                    distance += 1;
                }
            }
            _ => Ok(false),
        }
    }

    fn look_with(&mut self, vm: &Vm) -> Outcome<bool> {
        use Token::*;
        let (mut distance, mut depth) = (0, 1);
        while depth > 0 {
            match self.peek(vm, distance)? {
                Open | OpenBracket | OpenBrace => depth += 1,
                Close | CloseBracket | CloseBrace => depth -= 1,
                Newline | End => return Ok(false),
                _ => {}
            }
            distance += 1;
        }
        Ok(self.peek(vm, distance)? == Colon)
    }
}

/// Tokens read ahead, each as four words.
pub(super) struct Ahead {
    words: Words,
    first: usize,
    end: usize,
}

const LEXEME: usize = 4;

impl Ahead {
    pub(super) const fn new() -> Ahead {
        Ahead { words: Words::EMPTY, first: 0, end: 0 }
    }

    fn len(&self) -> usize {
        self.end - self.first
    }

    fn token(&self, distance: usize) -> Token {
        Token::ALL[self.words.get((self.first + distance) * LEXEME).int_value() as usize]
    }

    /// Gives their memory back.
    pub(super) fn free(&mut self, vm: &Vm) {
        vm.resize_words(&self.words, 0).expect("giving memory back needs none");
    }

    fn push(&mut self, vm: &Vm, lexeme: Lexeme) -> Outcome<()> {
        let at = self.end * LEXEME;
        if at + LEXEME > self.words.capacity() {
            vm.resize_words(&self.words, (2 * at).max(LEXEME))?;
        }
        let Position { line, column } = lexeme.position;
        let int = |number: u32| Word::int(number as isize & Word::INT_MAX);
        let words = [int(lexeme.token as u32), int(line), int(column), lexeme.value];
        words.into_iter().enumerate().for_each(|(index, word)| self.words.set(at + index, word));
        self.end += 1;
        Ok(())
    }

    /// The first of them.
    pub(super) fn take(&mut self) -> Option<Lexeme> {
        if self.first == self.end {
            return None;
        }
        let word = |index| self.words.get(self.first * LEXEME + index);
        let int = |index| word(index).int_value() as u32;
        let position = Position { line: int(1), column: int(2) };
        let lexeme = Lexeme { token: self.token(0), value: word(3), position };
        self.first += 1;
        if self.first == self.end {
            (self.first, self.end) = (0, 0);
        }
        Some(lexeme)
    }
}
