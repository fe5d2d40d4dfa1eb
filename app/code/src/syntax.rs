//! What the board will say of a text before it runs a line of it: its own compiler reads it here.
//!
//! The compiler takes one statement of the top level after the other, and remembers nothing of those above but the values that `const`
//! gave names. So a text is right if each part of it is that begins at the start of a line and is right alone, those with a `const` in it
//! read as one; and parts that were right are known, which leaves the one in which one types. Only a text with a mistake in it is read on
//! from there, since what follows may belong to it: `else`, or all that an open bracket takes in.
//!
//! The interpreter lives on a thread of its own, since it is one per thread; questions and answers are values. Names that a program once
//! had stay in its heap, so a heap that has become too full for a text is given up for a new one.

use crate::text::Text;
use interpreter::compile::compile;
use interpreter::object::exception;
use interpreter::object::word::Word;
use interpreter::port::Nowhere;
use interpreter::source::Mode;
use interpreter::vm::Memory;
use interpreter::vm::import;
use interpreter::{Outcome, Vm, name};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
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
    questions: Sender<(Question, Sender<Option<SyntaxError>>)>,
}

/// A text, and where parts of it begin; the first does at its start.
struct Question {
    source: String,
    starts: Vec<usize>,
}

/// How many parts are remembered: some texts of ten thousand lines.
const MEMORY: usize = 50_000;

/// Bytes of heap; a text of ten thousand lines needs about two million.
const HEAP: usize = 32 << 20;
/// Words of the stack of Python values; compiling uses none of it.
const STACK: usize = 1024;
/// Bytes of machine stack for the compiler, and for the thread around it.
const MACHINE_STACK: usize = 1 << 20;

impl Checker {
    /// Starts the thread; it ends with the checker.
    pub fn start() -> Checker {
        let (questions, asked) = mpsc::channel::<(Question, Sender<Option<SyntaxError>>)>();
        let work = move || {
            let mut reader = Reader { vm: interpreter(), right: HashSet::new() };
            for (question, answer) in asked {
                // Whoever asked may have given up.
                let _ = answer.send(reader.first_error(&question));
                // The next text begins where this one began, instead of going through the whole heap first.
                reader.vm.enter(Vm::collect);
            }
        };
        let builder = std::thread::Builder::new().name("syntax".into()).stack_size(2 * MACHINE_STACK);
        builder.spawn(work).expect("this computer can start a thread");
        Checker { questions }
    }

    /// The first error of a text.
    pub fn check(&self, text: &Text) -> Option<SyntaxError> {
        let begins_line = |start: &usize| *start == 0 || text.source().as_bytes()[*start - 1] == b'\n';
        let starts = text.statements().iter().map(|statement| statement.range.start).filter(|start| *start != 0);
        let starts = std::iter::once(0).chain(starts.filter(begins_line)).collect();
        let (answer, answered) = mpsc::channel();
        let question = Question { source: text.source().to_owned(), starts };
        self.questions.send((question, answer)).expect("the thread lives as long as the checker");
        answered.recv().expect("the thread answers every question")
    }
}

/// The compiler, and what it has read before.
struct Reader {
    vm: Vm,
    /// What was right, by its hash: a letter in a long text must not cost its other lines.
    right: HashSet<u64>,
}

impl Reader {
    fn first_error(&mut self, Question { source, starts }: &Question) -> Option<SyntaxError> {
        let ends = starts.iter().skip(1).copied().chain([source.len()]);
        let parts: Vec<&str> = starts.iter().zip(ends).map(|(start, end)| &source[*start..end]).collect();
        let gives_constants = |part: &&&str| part.contains("const");
        let constants = || parts.iter().filter(gives_constants);
        if constants().any(|part| goes_on(part)) || !self.is_right(&apart(constants())) {
            return self.read(source);
        }
        let wrong = parts.iter().position(|part| !gives_constants(&part) && !self.is_right(part))?;
        // The part before may be a statement that goes on here. What constants it may name comes with it.
        let first = wrong.saturating_sub(1);
        let above = apart(parts[..first].iter().filter(gives_constants));
        let error = self.read(&(above.clone() + &source[starts[first]..]))?;
        let lines = |text: &str| text.matches('\n').count();
        let line = (error.line + lines(&source[..starts[first]])).checked_sub(lines(&above))?;
        Some(SyntaxError { line, ..error })
    }

    /// Whether a part is right by itself.
    fn is_right(&mut self, part: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        part.hash(&mut hasher);
        let hash = hasher.finish();
        if self.right.contains(&hash) {
            return true;
        }
        let is_right = !goes_on(part) && self.read(part).is_none();
        if is_right {
            if self.right.len() >= MEMORY {
                self.right.clear();
            }
            self.right.insert(hash);
        }
        is_right
    }

    fn read(&mut self, source: &str) -> Option<SyntaxError> {
        let verdict = match check(&self.vm, source) {
            Verdict::Full => {
                self.vm = interpreter();
                check(&self.vm, source)
            }
            verdict => verdict,
        };
        match verdict {
            Verdict::Wrong(error) => Some(error),
            // Too large for this computer's heap or stack says nothing of a board's.
            Verdict::Right | Verdict::Full | Verdict::TooDeep => None,
        }
    }
}

/// Parts as one text, in which none can be a part of the one before.
fn apart<'p>(parts: impl Iterator<Item = &'p &'p str>) -> String {
    parts.flat_map(|part| ["0\n", part]).collect()
}

/// Whether a part ends in a line that goes on in the next.
fn goes_on(part: &str) -> bool {
    part.trim_end_matches(['\n', '\r']).ends_with('\\')
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
        let compiled =
            vm.intern("<text>").and_then(|file| compile(vm, &mut import::Text::new(source.as_bytes()), file, Mode::File));
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

    fn check(checker: &Checker, source: &str) -> Option<SyntaxError> {
        checker.check(&Text::new(source.to_owned()))
    }

    #[test]
    fn what_the_board_says() {
        let checker = Checker::start();
        assert_eq!(check(&checker, "def f(x):\n    return x + 1\n"), None);
        let error = check(&checker, "x = 1\nif x\n    pass\n").expect("a colon is missing");
        assert_eq!((error.line, error.column), (2, 5));
        assert!(!error.message.is_empty());
        let error = check(&checker, "return 1\n").expect("it is outside of a function");
        assert_eq!(error.line, 1);
        assert_eq!(check(&checker, ""), None);
    }

    #[test]
    fn many_names_and_deep_texts_do_not_wear_it_out() {
        let checker = Checker::start();
        assert_eq!(check(&checker, &"(".repeat(100_000)), None, "no verdict");
        let many = |seed: usize| (0..20_000).map(|number| format!("name_{seed}_{number} = 1\n")).collect::<String>();
        assert!((0..40).all(|seed| check(&checker, &many(seed)).is_none()));
        assert!(check(&checker, "x = = 1\n").is_some());
    }

    /// What the compiler says of the whole text, read at once.
    fn at_once(source: &str) -> Option<SyntaxError> {
        Reader { vm: interpreter(), right: HashSet::new() }.read(source)
    }

    #[test]
    fn read_in_parts_a_text_has_the_error_that_it_has_as_a_whole() {
        let checker = Checker::start();
        for source in [
            "a = 1\nb = 2\nc = = 3\nd = 4\n",
            "a = 1\nif a:\n    b\nelse:\n    c\nreturn 5\n",
            "if a:\n    b\nx = 1\nelse:\n    c\n",
            "f(1,\nb = 2\ndef g():\n    pass\n",
            "x = \"\"\"\na = 1\nb = 2\n",
            "x = 1 + \\\ny = 2\n",
            "x = 1 + \\\n\n2\n",
            "X = const(1)\nY = const(X + 1)\nprint(Y)\nz = = 1\n",
            "X = const(1)\nprint(X)\nX = const(2)\n",
            "Y = const(X + 1)\nX = const(1)\n",
            "if a:\n    X = const(1)\ny = 2\nelse:\n    Z = const(2)\n",
            "X = const(1)\nprint(2)\nif X\n    Y = const(X)\n",
            "X = const(1) + \\\ny = 2\n",
            "@a\n\nx = 1\n",
            "  x = 1\ny = 2\n",
            "x = 1; y = = 2\nz = 3\n",
            "def f():\n    nonlocal x\nbreak\n",
            "x = 1\n    y = 2\n",
            "try:\n    a\nb\nexcept E:\n    c\n",
        ] {
            let error = at_once(source);
            assert_eq!(check(&checker, source), error, "{source:?}");
            assert_eq!(check(&checker, source), error, "{source:?}, for the second time");
        }
    }
}
