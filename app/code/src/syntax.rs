//! What the board will say of a text before it runs a line of it: its own compiler reads it here.
//!
//! The interpreter lives on a thread of its own, since it is one per thread; questions and answers are values. Names that a program once
//! had stay in its heap, so a heap that has become too full for a text is given up for a new one.

use interpreter::compile::compile;
use interpreter::object::exception;
use interpreter::object::word::Word;
use interpreter::port::Nowhere;
use interpreter::source::Mode;
use interpreter::vm::Memory;
use interpreter::vm::import::Text;
use interpreter::{Outcome, Vm, name};
use std::sync::mpsc::{self, Sender};

/// An error that keeps a text from running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
    /// As the board words it.
    pub message: String,
}

/// Reads texts as the board does.
pub struct Checker {
    questions: Sender<(String, Sender<Option<SyntaxError>>)>,
}

/// Bytes of heap; a text of ten thousand lines needs about two million.
const HEAP: usize = 32 << 20;
/// Words of the stack of Python values; compiling uses none of it.
const STACK: usize = 1024;
/// Bytes of machine stack for the compiler, and for the thread around it.
const MACHINE_STACK: usize = 1 << 20;

impl Checker {
    /// Starts the thread; it ends with the checker.
    pub fn start() -> Checker {
        let (questions, asked) = mpsc::channel::<(String, Sender<Option<SyntaxError>>)>();
        let work = move || {
            let mut vm = interpreter();
            for (source, answer) in asked {
                let verdict = match check(&vm, &source) {
                    Verdict::Full => {
                        vm = interpreter();
                        check(&vm, &source)
                    }
                    verdict => verdict,
                };
                // Whoever asked may have given up.
                let _ = answer.send(match verdict {
                    Verdict::Wrong(error) => Some(error),
                    // Too large for this computer's heap or stack says nothing of a board's.
                    Verdict::Right | Verdict::Full | Verdict::TooDeep => None,
                });
            }
        };
        let builder = std::thread::Builder::new().name("syntax".into()).stack_size(2 * MACHINE_STACK);
        builder.spawn(work).expect("this computer can start a thread");
        Checker { questions }
    }

    /// The first error of a text.
    pub fn check(&self, source: &str) -> Option<SyntaxError> {
        let (answer, answered) = mpsc::channel();
        self.questions.send((source.to_owned(), answer)).expect("the thread lives as long as the checker");
        answered.recv().expect("the thread answers every question")
    }
}

/// An interpreter whose memory is never given back: there are few in a program's life.
fn interpreter() -> Vm {
    let heap = Box::leak(Box::new_zeroed_slice(HEAP));
    let stack = Box::leak(Box::new_zeroed_slice(STACK));
    Vm::new(&Nowhere, Memory { heap, stack, machine_stack: MACHINE_STACK }).expect("the heap is larger than a block")
}

/// What came of compiling a text.
enum Verdict {
    Right,
    Wrong(SyntaxError),
    /// The heap did not suffice.
    Full,
    /// The text is nested too deep.
    TooDeep,
}

fn check(vm: &Vm, source: &str) -> Verdict {
    vm.enter(|vm| {
        let compiled = vm.intern("<text>").and_then(|file| compile(vm, &mut Text(source.as_bytes()), file, Mode::File));
        // The next text begins where this one began, instead of going through the whole heap first.
        vm.collect();
        let Err(raised) = compiled else { return Verdict::Right };
        let exception = vm.take_raised(raised);
        if vm.is_instance(exception, &exception::MEMORY_ERROR) {
            return Verdict::Full;
        }
        describe(vm, exception).map_or(Verdict::TooDeep, Verdict::Wrong)
    })
}

/// What an exception of the compiler says; nothing for one without a place.
fn describe(vm: &Vm, exception: Word) -> Option<SyntaxError> {
    let number = |word: Outcome| word.ok()?.as_int().and_then(|number| usize::try_from(number).ok());
    let line = number(vm.attribute(exception, name!(lineno)))?;
    let column = number(vm.attribute(exception, name!(offset)))?;
    let message = vm.str(exception).ok()?;
    Some(SyntaxError { line, column, message: vm.text_of(message).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_board_says() {
        let checker = Checker::start();
        assert_eq!(checker.check("def f(x):\n    return x + 1\n"), None);
        let error = checker.check("x = 1\nif x\n    pass\n").expect("a colon is missing");
        assert_eq!((error.line, error.column), (2, 5));
        assert!(!error.message.is_empty());
        let error = checker.check("return 1\n").expect("it is outside of a function");
        assert_eq!(error.line, 1);
        assert_eq!(checker.check(""), None);
    }

    #[test]
    fn many_names_and_deep_texts_do_not_wear_it_out() {
        let checker = Checker::start();
        assert_eq!(checker.check(&"(".repeat(100_000)), None, "no verdict");
        let many = |seed: usize| (0..20_000).map(|number| format!("name_{seed}_{number} = 1\n")).collect::<String>();
        assert!((0..40).all(|seed| checker.check(&many(seed)).is_none()));
        assert!(checker.check("x = = 1\n").is_some());
    }
}
