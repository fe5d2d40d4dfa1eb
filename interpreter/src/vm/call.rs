//! Calling from Rust: any callable, with arguments that Rust has.

use super::frame::Ending;
use super::raise::Part::{Text, TypeOf};
use super::trace::TRACES;
use super::{Outcome, Raised, Vm, boundary, dispatch, super_call};
use crate::code::prototype::PrototypeHandle;
use crate::object::dict::Dict;
use crate::object::function::{BoundMethod, Function};
use crate::object::handle::{Args, Handle};
use crate::object::kind::NativeFunction;
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::object::{class, exception};
use core::cell::Cell;

impl Vm {
    /// Calls `callable` with positional arguments.
    ///
    /// # Errors
    /// What the call raises; `TypeError` if it is not callable.
    pub fn call(&self, callable: Word, arguments: &[Word]) -> Outcome {
        self.with_pushed(arguments.iter().copied(), |pushed| self.call_args(callable, Args::of(pushed)))
    }

    /// Calls `callable` with arguments that lie in cells already.
    ///
    /// # Errors
    /// As for `call`.
    pub fn call_args(&self, callable: Word, arguments: Args) -> Outcome {
        self.check_stack()?;
        match self.type_of(callable).slots.call {
            Some(call) => call(self.here(), callable, arguments),
            None => Err(self.not_callable(callable)),
        }
    }

    /// Calls `callable(first, …arguments)`.
    ///
    /// # Errors
    /// As for `call`.
    pub fn call_with_first(&self, callable: Word, first: Word, arguments: Args) -> Outcome {
        let words = arguments.words().iter().map(Cell::get);
        let count = arguments.len() + 1;
        self.with_pushed(core::iter::once(first).chain(words), |pushed| {
            self.call_args(callable, Args::with_keywords(pushed, count))
        })
    }

    /// Calls the method `name` of `object`.
    ///
    /// # Errors
    /// `AttributeError`, what the call raises.
    pub fn call_method(&self, object: Word, name: Name, arguments: &[Word]) -> Outcome {
        let found = self.load_method(object, name)?;
        if found.first == Word::UNSET {
            return self.call(found.value, arguments);
        }
        let words = core::iter::once(found.first).chain(arguments.iter().copied());
        self.with_pushed(words, |pushed| self.call_args(found.value, Args::of(pushed)))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn not_callable(&self, word: Word) -> Raised {
        self.raise(
            &exception::TYPE_ERROR,
            &[Text("'"), TypeOf(word), Text(crate::worded("' object is not callable", "' object isn't callable"))],
        )
    }

    /// Runs `body` with `words` on the VM's stack, where the collector sees them.
    ///
    /// # Errors
    /// What `body` raises; `RuntimeError` if the stack is full.
    pub fn with_pushed(&self, words: impl Iterator<Item = Word>, body: impl FnOnce(&[Cell<Word>]) -> Outcome) -> Outcome {
        let stack = &self.stack;
        let base = stack.top.get();
        let mut top = base;
        for word in words {
            if top >= stack.records.get() {
                return Err(self.raise_recursion());
            }
            // SAFETY: `top` lies below the records, within the region.
            unsafe {
                top.write(Cell::new(word));
                top = top.add(1);
            }
        }
        stack.top.set(top);
        // SAFETY: [base, top) was written just now, and nobody below pops beneath its own base.
        let pushed = unsafe { core::slice::from_raw_parts(base.as_ptr(), top.offset_from_unsigned(base)) };
        let outcome = body(pushed);
        stack.top.set(base);
        outcome
    }
}

/// What came of a call from Python.
pub(super) enum Called {
    /// A frame that runs next.
    Frame,
    /// The result.
    Result(Word),
    /// A result that the next instruction has used already.
    Moved(super_call::Moved),
}

/// Calls from `dispatch`, whose callee and arguments lie on the value stack.
impl Vm {
    /// Calls what is no plain function. The callee lies at `ret`, the arguments at `base` (right above it, or one higher).
    ///
    /// # Safety
    /// As for `enter_function`.
    #[inline(never)]
    pub(super) unsafe fn call_object(
        &self,
        ret: *mut Word,
        base: *mut Word,
        positional: usize,
        keywords: usize,
    ) -> Outcome<Called> {
        // SAFETY: the caller's promise.
        let callee = unsafe { *ret };
        if let Some(function) = Handle::<NativeFunction>::from(callee) {
            let function = function.get();
            // SAFETY: the arguments were pushed, and stay while the call lasts.
            let arguments = unsafe { arguments(base, positional, keywords) };
            let is_usual = keywords == 0 && function.arity.takes(positional);
            let result = if is_usual { boundary::call(self, function, arguments) } else { self.call_args(callee, arguments) };
            return result.map(Called::Result);
        }
        if TRACES && self.traces() {
            // SAFETY: as above.
            return unsafe { self.call_traced(ret, base, positional, keywords) };
        }
        if let Some(method) = Handle::<BoundMethod>::from(callee) {
            // SAFETY: the word right below the arguments is the callee's, or the hole of `CallMethod`.
            unsafe {
                let first = base.sub(1);
                *first = method.first;
                return self.call_from(method.function, ret, first, positional + 1, keywords);
            }
        }
        // SAFETY: as above; `dispatch` notes where it is before each call.
        unsafe {
            if keywords == 0
                && let Some(moved) = self.call_super(ret, base, positional)?
            {
                return Ok(Called::Moved(moved));
            }
            self.call_from(callee, ret, base, positional, keywords)
        }
    }

    /// Calls what lies at `ret` in a loop of its own, where its frame is traced.
    ///
    /// # Safety
    /// As for `call_object`.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn call_traced(
        &self,
        ret: *mut Word,
        base: *mut Word,
        positional: usize,
        keywords: usize,
    ) -> Outcome<Called> {
        // SAFETY: the caller's promise.
        unsafe { self.call_args(*ret, arguments(base, positional, keywords)).map(Called::Result) }
    }

    /// Calls `callee` with the arguments at `base`; the result belongs at `ret`, at or below `base`.
    unsafe fn call_from(
        &self,
        callee: Word,
        ret: *mut Word,
        base: *mut Word,
        positional: usize,
        keywords: usize,
    ) -> Outcome<Called> {
        // SAFETY: the caller's promise, handed on.
        unsafe {
            if let Some(function) = Handle::<Function>::from(callee) {
                let entered = self.enter_function(function, base, positional, keywords, ret, Ending::Plain)?;
                return Ok(if entered { Called::Frame } else { Called::Result(*ret) });
            }
            if let Some(class) = Handle::<class::Class>::from(callee)
                && let Some((instance, init)) = class::begin_instance(self, class)?
            {
                return self.call_init(instance, init, ret, base, positional, keywords);
            }
            self.call_args(callee, arguments(base, positional, keywords)).map(Called::Result)
        }
    }

    /// Goes on with `__init__` of a new instance, in the same loop if it is a Python function.
    unsafe fn call_init(
        &self,
        instance: Word,
        init: Word,
        ret: *mut Word,
        base: *mut Word,
        positional: usize,
        keywords: usize,
    ) -> Outcome<Called> {
        if init == Word::UNSET {
            if positional + keywords > 0 {
                return Err(self.takes_no_arguments(instance, positional + keywords));
            }
            return Ok(Called::Result(instance));
        }
        // SAFETY: the caller's promise; room for one more word is checked.
        unsafe {
            let count = positional + 2 * keywords;
            *ret = instance;
            let mut first = base.sub(1);
            if first == ret {
                if !self.has_room(base, count + 1) {
                    return Err(self.raise_recursion());
                }
                base.copy_to(base.add(1), count);
                first = base;
                self.publish(base.add(count + 1));
            }
            *first = instance;
            if let Some(function) = Handle::<Function>::from(init) {
                let entered = self.enter_function(function, first, positional + 1, keywords, ret, Ending::Init)?;
                if entered {
                    return Ok(Called::Frame);
                }
                return self.init_returned(*ret);
            }
            let result = self.call_args(init, arguments(first, positional + 1, keywords))?;
            if result != Word::NONE {
                self.init_returned::<()>(result)?;
            }
            Ok(Called::Result(instance))
        }
    }

    #[cold]
    pub(super) fn init_returned<T>(&self, value: Word) -> Outcome<T> {
        if crate::WHOLE {
            let parts = [Text("__init__() should return None, not '"), TypeOf(value), Text("'")];
            return Err(self.raise(&exception::TYPE_ERROR, &parts));
        }
        Err(self.type_error("__init__() should return None"))
    }

    /// `callee positional keywords` at `ret`: spreads them out above the callee and calls it.
    ///
    /// # Safety
    /// Three words lie at `ret`, at the published top of the stack.
    #[inline(never)]
    pub(super) unsafe fn call_spread(&self, ret: *mut Word) -> Outcome<Called> {
        // SAFETY: the caller's promise; room is checked before each word.
        unsafe {
            // Both collections move out of the way of what is spread; the machine stack keeps them alive.
            let (positional, keywords) = (*ret.add(1), *ret.add(2));
            let base = ret.add(1);
            let mut top = base;
            let mut push = |word: Word| {
                if !self.has_room(top, 1) {
                    return Err(self.raise_recursion());
                }
                top.write(word);
                top = top.add(1);
                self.publish(top);
                Ok(())
            };
            if let Some(list) = Handle::<List>::from(positional) {
                (0..list.len.get()).try_for_each(|index| push(list.items.get(index)))?;
            } else if let Some(tuple) = Handle::<Tuple>::from(positional) {
                tuple.get().tail().iter().try_for_each(|item| push(item.get()))?;
            } else {
                self.for_each(positional, &mut push)?;
            }
            let mut pairs = 0;
            if let Some(dict) = Handle::<Dict>::from(keywords) {
                let mut position = 0;
                while position < dict.map.end() {
                    if let Some((key, value)) = dict.map.entry(position) {
                        push(self.keyword_name(key)?)?;
                        push(value)?;
                        pairs += 1;
                    }
                    position += 1;
                }
            }
            let count = top.offset_from_unsigned(base) - 2 * pairs;
            self.call_object(ret, base, count, pairs)
        }
    }

    /// The name of a key of `**mapping`.
    fn keyword_name(&self, key: Word) -> Outcome {
        match self.as_text(key) {
            Some(_) if key.as_name().is_some() => Ok(key),
            Some(text) => Ok(Word::name(self.intern(text)?)),
            None => Err(self.type_error("keywords must be strings")),
        }
    }

    /// Runs a Python function with arguments that Rust has, in a loop of its own.
    pub(crate) fn run_function(&self, function: Handle<Function>, args: Args) -> Outcome {
        self.check_stack()?;
        let function = if crate::WHOLE { crate::object::function::with_its_code(function) } else { function };
        let base = self.stack.top.get().as_ptr().cast::<Word>();
        let words = args.words();
        if !self.has_room(base, words.len() + 1) {
            return Err(self.raise_recursion());
        }
        // SAFETY: there is room for the callee's slot and the arguments; `run` gets a frame that was entered just now.
        unsafe {
            base.write(function.word());
            let first = base.add(1);
            for (index, word) in words.iter().enumerate() {
                first.add(index).write(word.get());
            }
            self.publish(first.add(words.len()));
            let entered = self.enter_function(function, first, args.len(), args.keyword_count(), base, Ending::Entry);
            let outcome = match entered {
                Ok(true) => dispatch::run(self, first.add(function.get().prototype.head.locals as usize), false),
                Ok(false) => Ok(*base),
                Err(raised) => Err(raised),
            };
            self.publish(base);
            outcome
        }
    }

    /// Runs a module's body in `globals`.
    ///
    /// # Errors
    /// What the body raises.
    pub fn run_module(&self, prototype: PrototypeHandle, globals: Handle<Dict>) -> Outcome {
        if prototype.head.free > 0 {
            return Err(self.type_error("code that captures variables is no program"));
        }
        self.make_room(prototype.get(), globals);
        let function = crate::object::function::new(self, prototype, globals, Word::UNSET, Word::UNSET, Word::UNSET)?;
        self.run_function(function, Args::NONE)
    }
}

/// The arguments at `base`.
unsafe fn arguments<'a>(base: *mut Word, positional: usize, keywords: usize) -> Args<'a> {
    // SAFETY: the caller promises so many words at `base`; a `Cell<Word>` lies as a `Word`.
    Args::with_keywords(unsafe { core::slice::from_raw_parts(base.cast::<Cell<Word>>(), positional + 2 * keywords) }, positional)
}
