//! Generators at work: their frames come onto the VM's stack to run, and go back into their objects to wait.
//!
//! ```text
//!   [generator][locals][values …]        ret is the generator's slot, fp the one above
//! ```

use super::frame::{Ending, Record};
use super::raise::Part::{Text, TypeOf};
use super::{Outcome, Raised, Vm, dispatch};
use crate::code::opcode::Opcode;
use crate::code::prototype::flag;
use crate::object::generator::{Generator, State};
use crate::object::handle::{Handle, Instance};
use crate::object::kind::Type;
use crate::object::word::Word;
use crate::object::{async_generator, exception, function::Function};

/// Puts a waiting generator's frame at `base`. Returns the top of its stack.
unsafe fn wake(vm: &Vm, generator: Handle<Generator>, base: *mut Word, ending: Ending) -> Outcome<*mut Word> {
    let State::Waiting { offset, depth } = generator.state() else {
        return Err(already_executing(vm, generator));
    };
    let function = generator.head.function;
    let slots = generator.get().tail();
    if !vm.has_room(base, slots.len() + 2) {
        return Err(vm.raise_recursion());
    }
    // SAFETY: there is room for the generator's slot, all its slots and a record.
    unsafe {
        base.write(generator.word());
        let fp = base.add(1);
        let used = function.prototype.head.locals as usize + depth;
        for (index, slot) in slots[..used].iter().enumerate() {
            fp.add(index).write(slot.get());
        }
        let ip = function.get().prototype.get().code().as_ptr().add(offset);
        vm.push_record(Record::new(ip, fp, function, base, ending));
        generator.set_state(State::Running);
        generator.head.handled.exchange(vm);
        vm.publish(fp.add(used));
        Ok(fp.add(used))
    }
}

/// Goes on with a generator: `sent` is the result of its `yield`; with `raise`, the exception under way is raised there.
/// `UNSET` at the end, with the returned value in `stop_value`.
///
/// # Errors
/// What its body raises.
pub(crate) fn resume(vm: &Vm, generator: Handle<Generator>, sent: Word, raise: bool) -> Outcome {
    vm.check_stack()?;
    if let Some(thrown) = generator.take_pending() {
        return throw(vm, generator, thrown);
    }
    match generator.state() {
        State::Finished if is_coroutine(generator) => {
            return Err(vm.raise_text(&exception::RUNTIME_ERROR, "cannot reuse already awaited coroutine"));
        }
        State::Finished | State::Waiting { offset: 0, .. } if raise => {
            generator.set_state(State::Finished);
            return Err(vm.raised_again());
        }
        State::Finished => {
            vm.stop_value.set(Word::NONE);
            return Ok(Word::UNSET);
        }
        State::Waiting { offset: 0, .. } if !raise && sent != Word::NONE => {
            return Err(said_of(vm, generator, &exception::TYPE_ERROR, "can't send non-None value to a just-started ", ""));
        }
        _ => {}
    }
    let is_fresh = matches!(generator.state(), State::Waiting { offset: 0, .. });
    let base = vm.stack.top.get().as_ptr().cast::<Word>();
    // SAFETY: `wake` made the frame that `run` runs; there is room for the sent value, which the frame's stack counts.
    unsafe {
        let mut sp = wake(vm, generator, base, Ending::Entry)?;
        if !is_fresh && !raise {
            sp.write(sent);
            sp = sp.add(1);
        }
        let outcome = dispatch::run(vm, sp, raise);
        vm.publish(base);
        match outcome {
            Ok(value) if generator.state() == State::Finished => {
                vm.stop_value.set(value);
                Ok(Word::UNSET)
            }
            Err(raised) => {
                vm.check_stop_in_generator(generator.head.function);
                Err(raised)
            }
            outcome => outcome,
        }
    }
}

/// Raises an error about a generator, or coroutine, with what it is between two texts.
#[cold]
fn said_of(vm: &Vm, generator: Handle<Generator>, ty: &'static Type, before: &str, behind: &str) -> Raised {
    vm.raise(ty, &[Text(before), Text(kind_of(generator.head.function)), Text(behind)])
}

/// What messages call it: on boards all are generators.
fn kind_of(function: Handle<Function>) -> &'static str {
    let flags = function.get().prototype.get().head.flags;
    match () {
        () if crate::WHOLE && flags & flag::COROUTINE != 0 => "coroutine",
        () if crate::WHOLE && flags & flag::ASYNC_GENERATOR != 0 => "async generator",
        () => "generator",
    }
}

/// Whether it is a coroutine, which hosts tell apart: it is awaited once.
fn is_coroutine(generator: Handle<Generator>) -> bool {
    crate::WHOLE && generator.head.function.get().prototype.get().head.flags & flag::COROUTINE != 0
}

/// The generator runs: it cannot be resumed.
pub(crate) fn already_executing(vm: &Vm, generator: Handle<Generator>) -> Raised {
    said_of(vm, generator, &exception::VALUE_ERROR, "", " already executing")
}

/// What a `for` goes on with.
pub(super) enum Step {
    /// The generator's frame, which runs in the same loop.
    Frame,
    /// An item, or `UNSET`.
    Item(Word),
}

/// Brings the frame of a `for`'s generator onto the stack at `sp`, if it simply waits.
///
/// # Safety
/// `sp` is the published top of the running frame, whose record holds its `ip`.
#[inline]
pub(super) unsafe fn enter_for(vm: &Vm, generator: Word, sp: *mut Word) -> Outcome<Step> {
    let generator = Handle::<Generator>::from(generator).expect("a for's generator");
    let State::Waiting { offset, .. } = generator.state() else {
        return resume(vm, generator, Word::NONE, false).map(Step::Item);
    };
    let is_fresh = offset == 0;
    // SAFETY: the caller's promise.
    unsafe {
        let top = wake(vm, generator, sp, Ending::For)?;
        if !is_fresh {
            top.write(Word::NONE);
        }
        // `stack_pointer` finds the depth there.
        generator.set_resumed(top.offset_from_unsigned(sp) - 1 + !is_fresh as usize);
    }
    Ok(Step::Frame)
}

/// The stack pointer of a generator that `enter_for` has brought in.
pub(super) unsafe fn stack_pointer(generator: Word, fp: *mut Word) -> *mut Word {
    let generator = Handle::<Generator>::from(generator).expect("a for's generator");
    // SAFETY: so many slots were written there.
    unsafe { fp.add(generator.resumed()) }
}

/// Puts the frame at `fp` away; it goes on at `ip`.
///
/// # Safety
/// The frame is a generator's; its stack's top is `sp`.
pub(super) unsafe fn suspend(vm: &Vm, function: Handle<Function>, fp: *mut Word, ip: *const u8, sp: *mut Word) {
    // SAFETY: a generator's frame has its object right below.
    unsafe {
        let generator = Handle::<Generator>::from(*fp.sub(1)).expect("below a generator's frame lies its object");
        let used = sp.offset_from_unsigned(fp);
        for (index, slot) in generator.get().tail()[..used].iter().enumerate() {
            slot.set(*fp.add(index));
        }
        generator.head.handled.exchange(vm);
        let prototype = function.get().prototype.get();
        let offset = ip.offset_from_unsigned(prototype.code().as_ptr());
        generator.set_state(State::Waiting { offset, depth: used - prototype.head.locals as usize });
    }
}

/// Marks a generator whose frame ends; nothing for other frames.
///
/// # Safety
/// `fp` is the frame of `function`.
pub(super) unsafe fn finish(vm: &Vm, function: Handle<Function>, fp: *mut Word) {
    if function.get().prototype.get().head.flags & flag::GENERATOR != 0 {
        // SAFETY: as in `suspend`.
        let generator = Handle::<Generator>::from(unsafe { *fp.sub(1) }).expect("below a generator's frame lies its object");
        generator.set_state(State::Finished);
        generator.head.handled.give_back(vm);
    }
}

/// One step of `yield from`: what the inner iterator yields, or `UNSET` at its end.
pub(crate) fn delegate(vm: &Vm, iterator: Word, sent: Word) -> Outcome {
    if let Some(inner) = Handle::<Generator>::from(iterator) {
        return resume(vm, inner, sent, false);
    }
    if sent == Word::NONE {
        return vm.next(iterator);
    }
    vm.call_method(iterator, name!(send), &[sent]).or_else(|raised| vm.stopped(raised))
}

/// Raises `exception` where the generator waits; in the iterator that it delegates to, if it does.
///
/// # Errors
/// What comes out of it.
pub(crate) fn throw(vm: &Vm, generator: Handle<Generator>, thrown: Word) -> Outcome {
    vm.check_stack()?;
    // One exception takes the place of another.
    generator.take_pending();
    let Some(inner) = delegate_of(generator) else {
        let exception = exception::instantiate(vm, thrown, None)?;
        let _ = vm.raise_word(exception);
        return resume(vm, generator, Word::NONE, true);
    };
    let State::Waiting { offset, depth } = generator.state() else { return Err(already_executing(vm, generator)) };
    let outcome = throw_into(vm, generator, inner, thrown);
    // It goes on behind the `YieldFrom`, with the inner one's result in the inner one's place.
    match outcome {
        Ok(value) if value != Word::UNSET => Ok(value),
        Ok(_) => {
            generator.set_state(State::Waiting { offset: offset + 1, depth: depth - 1 });
            resume(vm, generator, vm.stop_value.replace(Word::NONE), false)
        }
        Err(_) => {
            generator.set_state(State::Waiting { offset: offset + 1, depth: depth - 1 });
            resume(vm, generator, Word::NONE, true)
        }
    }
}

fn throw_into(vm: &Vm, generator: Handle<Generator>, inner: Word, thrown: Word) -> Outcome {
    let State::Waiting { offset, depth } = generator.state() else { return Ok(Word::UNSET) };
    generator.set_state(State::Running);
    let is_exit = |ty| vm.is_subclass(ty, &exception::GENERATOR_EXIT);
    let outcome = if is_exit(crate::object::handle::as_type(thrown).unwrap_or(vm.type_of(thrown))) {
        close_iterator(vm, inner).and_then(|()| raise_thrown(vm, thrown))
    } else if let Some(inner) = Handle::<Generator>::from(inner) {
        throw(vm, inner, thrown)
    } else {
        match vm.find_attribute(inner, name!(throw)) {
            Ok(method) if method != Word::UNSET => vm.call(method, &[thrown]).or_else(|raised| vm.stopped(raised)),
            Ok(_) => raise_thrown(vm, thrown),
            Err(raised) => Err(raised),
        }
    };
    generator.set_state(State::Waiting { offset, depth });
    outcome
}

/// Raises what a program handed to `throw`.
fn raise_thrown(vm: &Vm, thrown: Word) -> Outcome {
    let exception = exception::instantiate(vm, thrown, None)?;
    Err(vm.raise_word(exception))
}

fn close_iterator(vm: &Vm, iterator: Word) -> Outcome<()> {
    match Handle::<Generator>::from(iterator) {
        Some(inner) => close(vm, inner),
        None => vm.call_method_if(iterator, name!(close), &[]).map(|_| ()),
    }
}

/// `generator.close()`.
///
/// # Errors
/// `RuntimeError` if it yields again; what else its body raises.
pub(crate) fn close(vm: &Vm, generator: Handle<Generator>) -> Outcome<()> {
    generator.take_pending();
    match generator.state() {
        State::Finished => return Ok(()),
        State::Waiting { offset: 0, .. } => {
            generator.set_state(State::Finished);
            return Ok(());
        }
        _ => {}
    }
    let exit = exception::new(vm, &exception::GENERATOR_EXIT, &[])?;
    match throw(vm, generator, exit) {
        Ok(value) if value == Word::UNSET => Ok(()),
        Ok(_) => Err(said_of(vm, generator, &exception::RUNTIME_ERROR, "", " ignored GeneratorExit")),
        Err(raised) => {
            let exception = vm.peek_raised(raised);
            let quiet = [&exception::GENERATOR_EXIT, &exception::STOP_ITERATION];
            if quiet.iter().any(|ty| vm.is_instance(exception, ty)) {
                vm.take_raised(raised);
                return Ok(());
            }
            Err(raised)
        }
    }
}

/// The iterator that a waiting generator delegates to.
pub(crate) fn delegate_of(generator: Handle<Generator>) -> Option<Word> {
    let State::Waiting { offset, depth } = generator.state() else { return None };
    let prototype = generator.head.function.get().prototype.get();
    if *prototype.code().get(offset)? != Opcode::YieldFrom as u8 {
        return None;
    }
    let top = prototype.head.locals as usize + depth;
    Some(generator.get().tail()[top - 1].get())
}

/// What `yield from x` iterates.
pub(super) fn iterator(vm: &Vm, word: Word) -> Outcome {
    if Handle::<Generator>::from(word).is_some() { Ok(word) } else { vm.iter(word) }
}

/// What `await x` iterates.
pub(crate) fn awaitable(vm: &Vm, word: Word) -> Outcome {
    if let Some(generator) = Handle::<Generator>::from(word) {
        if is_coroutine(generator) && delegate_of(generator).is_some() {
            return Err(vm.raise_text(&exception::RUNTIME_ERROR, "coroutine is being awaited already"));
        }
        return Ok(word);
    }
    let iterator = vm.call_method_if(word, name!(__await__), &[])?;
    if iterator != Word::UNSET {
        if crate::WHOLE && vm.type_of(iterator).slots.next.is_none() {
            let parts = [Text("__await__() returned non-iterator of type '"), TypeOf(iterator), Text("'")];
            return Err(vm.raise(&exception::TYPE_ERROR, &parts));
        }
        return Ok(iterator);
    }
    if let Some(step) = async_generator::whole(vm, word)? {
        return Ok(step);
    }
    let slots = vm.type_of(word).slots;
    if crate::WHOLE && (slots.iter.is_none() || slots.next.is_none() || is_plain(vm, word)?) {
        let parts = [Text("object "), TypeOf(word), Text(" can't be used in 'await' expression")];
        return Err(vm.raise(&exception::TYPE_ERROR, &parts));
    }
    if slots.iter.is_none() {
        return Err(vm.raise(&exception::TYPE_ERROR, &[Text("'"), TypeOf(word), Text("' object isn't awaitable")]));
    }
    vm.iter(word)
}

/// Whether this is an object of a class that says nothing of iterating.
fn is_plain(vm: &Vm, word: Word) -> Outcome<bool> {
    Ok(Handle::<Instance>::from(word).is_some() && vm.find_attribute(word, name!(__iter__))? == Word::UNSET)
}

impl Vm {
    /// A `StopIteration` that leaves a generator's body is an error of that body.
    pub(super) fn check_stop_in_generator(&self, function: Handle<Function>) {
        if self.is_instance(self.raised.get(), &exception::STOP_ITERATION) {
            let stop = self.raised.get();
            let raised = self.raise(&exception::RUNTIME_ERROR, &[Text(kind_of(function)), Text(" raised StopIteration")]);
            exception::detail::annotate(self, self.peek_raised(raised), &[(name!(__cause__), stop), (name!(__context__), stop)]);
        }
    }
}
