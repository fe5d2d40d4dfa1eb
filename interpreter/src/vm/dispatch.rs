//! The loop: one match over all opcodes.
//!
//! What runs at every instruction is here, short; what is rare is out of line in `instruction` and `call`. Python calling
//! Python pushes a frame and goes on in the same loop; only calls through Rust (a sort key, `__eq__`) nest another loop.
//!
//! True inside, and what the unsafe steps rely on:
//! - `ip` points into the code of `function`'s prototype, which was written by the compiler (or checked when loaded): every
//!   operand is there, locals are below `locals`, depths stay within `stack`, and it ends in a jump, a raise or a return.
//! - `fp..` has room for the prototype's locals and stack, checked by `enter_function`; all locals are initialised.
//! - `sp` is published (`sync!`) before anything that may allocate or run Python.
#![allow(clippy::cognitive_complexity, reason = "the one long function; its arms are short")]
#![expect(clippy::manual_range_patterns, reason = "a range is compared before the jump table, at every instruction")]

use super::cache::{self, CACHES, Entry};
use super::call::Called;
use super::frame::Ending;
use super::trace::{self, Lent, TRACES, Tracer};
use super::{Outcome, Vm, forsaken, generator, quick, shortcut, super_call};
use crate::code::WIDTH;
use crate::code::width::{Distance, Number};
use crate::object::handle::Handle;
use crate::object::kind::{Binary, Unary};
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::object::{cell::CellObject, function::Function};
use core::sync::atomic::Ordering;

/// Markers of a `for`'s second slot: what the first one is. A range has a small int there.
pub(super) mod walk {
    use crate::object::word::Word;
    /// An iterator.
    pub const ITERATOR: Word = Word::UNSET;
    /// A list, the index in the third slot.
    pub const LIST: Word = Word::NONE;
    /// A tuple, the index in the third slot.
    pub const TUPLE: Word = Word::TRUE;
    /// A generator.
    pub const GENERATOR: Word = Word::ELLIPSIS;
    /// Another container; the third slot says where (see `vm::walk`).
    pub const CONTAINER: Word = Word::FALSE;
}

/// Runs the topmost frame until it ends. With `raise`, begins by raising the exception under way.
///
/// # Safety
/// The topmost record was pushed by `enter_function` or `generator::resume` with `Ending::Entry`, and `sp` is its stack's top.
#[inline(always)]
pub(super) unsafe fn run(vm: &Vm, sp: *mut Word, raise: bool) -> Outcome {
    let vm = vm.here();
    // SAFETY: the caller's promise.
    unsafe {
        if TRACES && vm.traces() {
            return trace::run(vm, sp, raise);
        }
        vm.boundary.enclose(|| run_loop::<false>(vm, sp, raise, &mut Tracer::none()))
    }
}

/// The loop; with `TRACE`, that of a frame that `tracer` looks at.
///
/// # Safety
/// As for `run`.
pub(super) unsafe fn run_loop<const TRACE: bool>(vm: &Vm, sp: *mut Word, raise: bool, tracer: &mut Tracer) -> Outcome {
    let (mut sp, mut raise) = (sp, raise);
    // Where the exception passes was noted in another loop.
    let mut is_told = false;
    let (mut ip, mut fp, mut function): (*const u8, *mut Word, Handle<Function>);
    let mut caches: *mut Entry;
    // SAFETY: the module's header; each step keeps those three true.
    unsafe {
        let record = vm.record();
        (ip, fp, function) = ((*record).ip, (*record).fp, (*record).function);
        caches = cache::table(function);
        if CACHES && caches.is_null() {
            sp = sync_and_warm(vm, function, sp, &mut caches);
        }

        macro_rules! byte {
            () => {{
                let byte = *ip;
                ip = ip.add(1);
                byte
            }};
        }
        macro_rules! name {
            () => {{
                let name = Number::from_le(ip.cast::<Number>().read_unaligned());
                ip = ip.add(WIDTH);
                Name(name)
            }};
        }
        macro_rules! label {
            () => {{
                let distance = Distance::from_le(ip.cast::<Distance>().read_unaligned());
                ip = ip.add(WIDTH);
                distance as isize
            }};
        }
        macro_rules! unsigned {
            () => {{
                let first = byte!();
                if first < 0x80 { first as usize } else { long_unsigned(&mut ip, first) }
            }};
        }
        macro_rules! push {
            ($word:expr) => {{
                let word = $word;
                sp.write(word);
                sp = sp.add(1);
            }};
        }
        macro_rules! pop {
            () => {{
                sp = sp.sub(1);
                sp.read()
            }};
        }
        macro_rules! top {
            ($n:expr) => {
                *sp.sub($n)
            };
        }
        macro_rules! sync {
            () => {
                vm.publish(sp)
            };
        }
        // The topmost record's frame goes on, with an empty stack.
        macro_rules! enter {
            () => {{
                let record = vm.record();
                (ip, fp, function) = ((*record).ip, (*record).fp, (*record).function);
                sp = fp.add(function.get().prototype.head.locals as usize);
                caches = cache::table(function);
                if CACHES && caches.is_null() {
                    sp = sync_and_warm(vm, function, sp, &mut caches);
                }
            }};
        }
        // The topmost record's frame goes on where it called.
        macro_rules! resume {
            () => {{
                let record = vm.record();
                (ip, fp, function) = ((*record).ip, (*record).fp, (*record).function);
                caches = cache::table(function);
            }};
        }
        // The cache entry of the instruction with a name that `ip` has just passed.
        macro_rules! entry {
            () => {{
                let code = function.get().prototype.get().code().as_ptr();
                caches.add((ip.offset_from_unsigned(code) - cache::LENGTH) / cache::LENGTH)
            }};
        }
        // Attends to what is pending; `otherwise` is done before what that raises is handled.
        macro_rules! poll {
            ($raised:lifetime $(, $otherwise:expr)?) => {
                if vm.pending.load(Ordering::Relaxed) {
                    (*vm.record()).ip = ip;
                    sync!();
                    if vm.attend().is_err() {
                        $($otherwise;)?
                        break $raised;
                    }
                }
            };
        }

        // Another loop runs the frame, which tells of it; this one goes on with what leaves it.
        macro_rules! lend {
            ($raise:expr $(, $raised:expr)?) => {{
                let record = *vm.record();
                match trace::go_on(vm, sp, $raise) {
                    Ok(Lent::Not) => {}
                    Ok(Lent::Returns) => {
                        ip = (*vm.record()).ip;
                        sp = vm.stack.top.get().as_ptr().cast();
                    }
                    Ok(Lent::Yielded(value)) if record.ending() == Ending::Entry => return Ok(value),
                    Ok(Lent::Yielded(value)) => {
                        sp = record.ret();
                        push!(value);
                        resume!();
                    }
                    Err(_) => {
                        ip = (*vm.record()).ip;
                        is_told = true;
                        $($raised;)?
                    }
                }
            }};
        }

        loop {
            'raised: {
                // If somebody looks at the frame since it called, it goes on in another loop, up to where it is left.
                macro_rules! look_on {
                    () => {
                        if TRACES && vm.traces() && !(TRACE && tracer.is_of(vm)) {
                            (*vm.record()).ip = ip;
                            sync!();
                            lend!(false, break 'raised);
                        }
                    };
                }
                if raise {
                    break 'raised;
                }
                loop {
                    // What may raise, with the stack published.
                    macro_rules! attempt {
                        ($expression:expr) => {{
                            sync!();
                            match $expression {
                                Ok(value) => value,
                                Err(_) => break 'raised,
                            }
                        }};
                    }
                    macro_rules! local {
                        ($n:expr) => {{
                            let value = *fp.add($n);
                            if value == Word::UNSET {
                                attempt!(vm.unbound_local(function, $n));
                            }
                            push!(value);
                        }};
                    }
                    macro_rules! called {
                        ($called:expr, $ret:expr) => {{
                            (*vm.record()).ip = ip;
                            let ret = $ret;
                            match attempt!($called) {
                                Called::Frame => enter!(),
                                Called::Result(value) => {
                                    sp = ret;
                                    push!(value);
                                    look_on!();
                                }
                                Called::Moved(moved) => {
                                    ip = (*vm.record()).ip;
                                    sp = super_call::top(moved);
                                }
                            }
                        }};
                    }
                    macro_rules! operate {
                        ($binary:expr) => {{
                            let answer = attempt!(quick::binary(vm, $binary, top!(2), top!(1)));
                            sp = sp.sub(1);
                            top!(1) = answer;
                        }};
                    }
                    macro_rules! jump {
                        ($distance:expr) => {{
                            let distance = $distance;
                            ip = ip.offset(distance);
                            if distance < 0 {
                                if CACHES && caches.is_null() {
                                    sp = sync_and_warm(vm, function, sp, &mut caches);
                                }
                                // Raised in the instruction that comes next, where the loop begins again.
                                poll!('raised, ip = ip.add(1));
                            }
                        }};
                    }

                    // A call of a Python function: attends to what is pending, which may be that the new frame is to be traced.
                    macro_rules! attend_call {
                        ($callee:expr, $base:expr, $positional:expr, $keywords:expr) => {
                            if TRACE || vm.pending.load(Ordering::Relaxed) {
                                sync!();
                                if vm.attend().is_err() {
                                    break 'raised;
                                }
                                if TRACES && vm.traces() {
                                    called!(vm.call_traced($callee, $base, $positional, $keywords), $callee);
                                    continue;
                                }
                            }
                        };
                    }

                    if TRACE && tracer.is_at_line(vm, function, offset_of(function, ip)) {
                        (*vm.record()).ip = ip.add(1);
                        sync!();
                        if tracer.tell_line(vm).is_err() {
                            ip = ip.add(1);
                            break 'raised;
                        }
                    }
                    // Ranges are written out: a range pattern would be compared before the jump table, at every instruction.
                    match byte!() {
                        0x00 => push!(Word::NONE),
                        0x01 => push!(Word::TRUE),
                        0x02 => push!(Word::FALSE),
                        0x03 => push!(Word::ELLIPSIS),
                        0x04 => push!(Word::UNSET),
                        0x05 => push!(Word::int(byte!() as i8 as isize)),
                        0x06 => {
                            let index = unsigned!();
                            push!(constant(function, index));
                        }
                        0x07 => push!(Word::name(name!())),

                        0x08 => {
                            let index = unsigned!();
                            local!(index);
                        }
                        0x09 => {
                            let index = unsigned!();
                            *fp.add(index) = pop!();
                        }
                        0x0a => {
                            let index = unsigned!();
                            if *fp.add(index) == Word::UNSET {
                                attempt!(vm.unbound_local(function, index));
                            }
                            *fp.add(index) = Word::UNSET;
                        }
                        0x0b => {
                            let index = unsigned!();
                            let value = cell(*fp.add(index)).value.get();
                            if value == Word::UNSET {
                                attempt!(vm.unbound_local(function, index));
                            }
                            push!(value);
                        }
                        0x0c => {
                            let cell = cell(*fp.add(unsigned!()));
                            cell.value.set(pop!());
                        }
                        0x0d => {
                            let index = unsigned!();
                            let cell = cell(*fp.add(index));
                            if cell.value.get() == Word::UNSET {
                                attempt!(vm.unbound_local(function, index));
                            }
                            cell.value.set(Word::UNSET);
                        }
                        0x0e => {
                            let index = unsigned!();
                            *fp.add(index) = attempt!(crate::object::cell::new(vm, *fp.add(index)));
                        }
                        0x0f => push!(*fp.add(unsigned!())),
                        0x10 => {
                            let name = name!();
                            if CACHES && !caches.is_null() {
                                let entry = entry!();
                                if let Some(value) = (&*entry).global(vm, function, name) {
                                    push!(value);
                                    continue;
                                }
                                let value = attempt!(vm.load_global(function, name));
                                (&mut *entry).fill_global(vm, function, name, value);
                                push!(value);
                                continue;
                            }
                            push!(attempt!(vm.load_global(function, name)));
                        }
                        0x11 => {
                            let name = name!();
                            attempt!(vm.store_global(function, name, top!(1)));
                            sp = sp.sub(1);
                        }
                        0x12 => {
                            let name = name!();
                            attempt!(vm.delete_global(function, name));
                        }
                        0x13 => {
                            let name = name!();
                            push!(attempt!(vm.load_class_name(function, *fp, name)));
                        }
                        0x14 => {
                            let name = name!();
                            attempt!(vm.set_item(*fp, Word::name(name), top!(1)));
                            sp = sp.sub(1);
                        }
                        0x15 => {
                            let name = name!();
                            attempt!(vm.delete_class_name(*fp, name));
                        }
                        0x16 => {
                            let name = name!();
                            top!(1) = attempt!(vm.load_class_cell(*fp, top!(1), name));
                        }

                        0x18 => {
                            let name = name!();
                            let object = top!(1);
                            if CACHES && !caches.is_null() {
                                let entry = entry!();
                                if let Some(value) = (&mut *entry).slot(vm, object, name).and_then(|slot| slot.get().set()) {
                                    top!(1) = value;
                                    continue;
                                }
                                top!(1) = attempt!(vm.attribute(object, name));
                                (&mut *entry).fill_slot(vm, object, name);
                                continue;
                            }
                            top!(1) = attempt!(vm.attribute(object, name));
                        }
                        0x19 => {
                            let name = name!();
                            let object = top!(1);
                            if CACHES && !caches.is_null() {
                                let entry = entry!();
                                if let Some(slot) = (&mut *entry).slot(vm, object, name) {
                                    slot.set(top!(2));
                                    sp = sp.sub(2);
                                    continue;
                                }
                                attempt!(vm.set_attribute(object, name, top!(2)));
                                (&mut *entry).fill_slot(vm, object, name);
                                sp = sp.sub(2);
                                continue;
                            }
                            attempt!(vm.set_attribute(object, name, top!(2)));
                            sp = sp.sub(2);
                        }
                        0x1a => {
                            let name = name!();
                            attempt!(vm.delete_attribute(top!(1), name));
                            sp = sp.sub(1);
                        }
                        0x1b => {
                            let name = name!();
                            let object = top!(1);
                            if CACHES && !caches.is_null() {
                                let entry = entry!();
                                if let Some(method) = (&mut *entry).method(vm, object, name) {
                                    top!(1) = method;
                                    push!(object);
                                    continue;
                                }
                                let found = attempt!(vm.load_method(object, name));
                                if found.first == object {
                                    (&mut *entry).fill_method(vm, object, name, found.value);
                                }
                                top!(1) = found.value;
                                push!(found.first);
                                continue;
                            }
                            let found = attempt!(vm.load_method(object, name));
                            top!(1) = found.value;
                            push!(found.first);
                        }
                        0x1c => {
                            let (object, key) = (top!(2), top!(1));
                            let item = attempt!(shortcut::item(vm, object, key));
                            sp = sp.sub(1);
                            top!(1) = item;
                        }
                        0x1d => {
                            attempt!(shortcut::set_item(vm, top!(2), top!(1), top!(3)));
                            sp = sp.sub(3);
                        }
                        0x1e => {
                            attempt!(vm.delete_item(top!(2), top!(1)));
                            sp = sp.sub(2);
                        }

                        0x20 => {
                            let word = pop!();
                            if forsaken::is_coroutine(word) {
                                (*vm.record()).ip = ip;
                                sync!();
                                vm.discard_coroutine(word);
                            }
                        }
                        0x21 => push!(top!(1)),
                        0x22 => {
                            push!(top!(2));
                            push!(top!(2));
                        }
                        0x23 => {
                            let x = top!(2);
                            top!(2) = top!(1);
                            top!(1) = x;
                        }
                        0x24 => {
                            let z = top!(1);
                            top!(1) = top!(2);
                            top!(2) = top!(3);
                            top!(3) = z;
                        }
                        0x25 => {
                            let n = byte!() as usize;
                            push!(top!(n + 1));
                        }

                        0x28 => jump!(label!()),
                        0x29 => {
                            let distance = label!();
                            let truth = attempt!(vm.truth(top!(1)));
                            sp = sp.sub(1);
                            if truth {
                                jump!(distance);
                            }
                        }
                        0x2a => {
                            let distance = label!();
                            let truth = attempt!(vm.truth(top!(1)));
                            sp = sp.sub(1);
                            if !truth {
                                jump!(distance);
                            }
                        }
                        0x2b => {
                            let distance = label!();
                            if attempt!(vm.truth(top!(1))) { ip = ip.offset(distance) } else { sp = sp.sub(1) }
                        }
                        0x2c => {
                            let distance = label!();
                            if attempt!(vm.truth(top!(1))) { sp = sp.sub(1) } else { ip = ip.offset(distance) }
                        }
                        0x2d => {
                            let how = byte!();
                            let distance = label!();
                            let (a, b) = (top!(2), top!(1));
                            let truth = match shortcut::compare(how & 15, a, b) {
                                Some(truth) => truth,
                                None => attempt!(vm.compare_truth(how & 15, a, b)),
                            };
                            sp = sp.sub(2);
                            if truth == (how & 0x80 != 0) {
                                jump!(distance);
                            }
                        }
                        0x2e => {
                            let distance = label!();
                            if top!(1) == Word::NONE { sp = sp.sub(1) } else { ip = ip.offset(distance) }
                        }

                        0x30 => {
                            attempt!(vm.prepare_for(sp.sub(1)));
                            sp = sp.add(2);
                        }
                        0x31 => {
                            let count = byte!() as usize;
                            let base = sp.sub(count + 1);
                            attempt!(vm.prepare_range(base, count));
                            sp = base.add(3);
                        }
                        0x32 => {
                            let distance = label!();
                            let (state, bound) = (top!(3), top!(2));
                            if state.both_ints(bound) {
                                let (value, step) = (state.int_value(), top!(1).int_value());
                                let more = if step > 0 { value < bound.int_value() } else { value > bound.int_value() };
                                if more {
                                    let next = value + step;
                                    top!(3) = if Word::fits(next) { Word::int(next) } else { bound };
                                    push!(state);
                                } else {
                                    sp = sp.sub(3);
                                    ip = ip.offset(distance);
                                }
                                continue;
                            }
                            if bound == walk::GENERATOR && !(TRACE && vm.traces()) {
                                (*vm.record()).ip = ip;
                                match attempt!(generator::enter_for(vm, state, sp)) {
                                    generator::Step::Frame => {
                                        resume!();
                                        sp = generator::stack_pointer(state, fp);
                                    }
                                    generator::Step::Item(item) if item == Word::UNSET => {
                                        sp = sp.sub(3);
                                        ip = ip.offset(distance);
                                    }
                                    generator::Step::Item(item) => push!(item),
                                }
                                continue;
                            }
                            let item = if bound == walk::LIST {
                                let (list, index) = (Handle::<List>::from(state).expect("a list"), top!(1).int_value());
                                top!(1) = Word::int(index + 1);
                                if (index as usize) < list.len.get() { list.items.get(index as usize) } else { Word::UNSET }
                            } else if bound == walk::TUPLE {
                                let (tuple, index) = (Handle::<Tuple>::from(state).expect("a tuple"), top!(1).int_value());
                                top!(1) = Word::int(index + 1);
                                tuple.get().tail().get(index as usize).map_or(Word::UNSET, core::cell::Cell::get)
                            } else if super::walk::IN_PLACE && bound == walk::CONTAINER {
                                attempt!(vm.step_in_place(sp.sub(3)))
                            } else {
                                attempt!(vm.next(state))
                            };
                            if item == Word::UNSET {
                                if TRACE {
                                    (*vm.record()).ip = ip;
                                    attempt!(tracer.tell_end(vm, state));
                                }
                                sp = sp.sub(3);
                                ip = ip.offset(distance);
                            } else {
                                push!(item);
                            }
                        }
                        0x33 => sp = sp.sub(3),
                        0x34 => top!(1) = attempt!(vm.iter(top!(1))),

                        op @ (0x38 | 0x39 | 0x3a) => {
                            let count = unsigned!();
                            let result = attempt!(vm.build_sequence(op, sp, count));
                            sp = sp.sub(count);
                            push!(result);
                        }
                        0x3b => {
                            let capacity = unsigned!();
                            push!(attempt!(vm.build_map(capacity)));
                        }
                        0x3c => {
                            attempt!(vm.set_item(top!(3), top!(1), top!(2)));
                            sp = sp.sub(2);
                        }
                        0x3d => {
                            let count = byte!() as usize;
                            let built = attempt!(vm.build_slice(sp, count, *ip));
                            ip = ip.add(built.skips as usize);
                            sp = sp.sub(built.popped);
                        }
                        0x3e => {
                            let count = unsigned!();
                            let result = attempt!(vm.build_string(sp, count));
                            sp = sp.sub(count);
                            push!(result);
                        }
                        0x3f => {
                            let how = byte!();
                            let text = attempt!(vm.format_value(how, sp));
                            sp = sp.sub((how >> 2 & 1) as usize);
                            top!(1) = text;
                        }
                        op @ (0x40 | 0x41) => {
                            let depth = unsigned!();
                            attempt!(vm.collect_item(op, top!(depth + 2), top!(1)));
                            sp = sp.sub(1);
                        }
                        0x42 => {
                            let depth = unsigned!();
                            attempt!(vm.set_item(top!(depth + 3), top!(2), top!(1)));
                            sp = sp.sub(2);
                        }
                        op @ (0x43 | 0x44) => {
                            attempt!(vm.collect_all(op, top!(2), top!(1)));
                            sp = sp.sub(1);
                        }
                        0x45 => {
                            let strict = byte!() == 1;
                            attempt!(vm.update_map(top!(2), top!(1), strict));
                            sp = sp.sub(1);
                        }
                        0x46 => top!(1) = attempt!(vm.list_to_tuple(top!(1))),
                        0x47 => {
                            let count = unsigned!();
                            attempt!(vm.unpack(sp.sub(1), count));
                            sp = sp.sub(1).add(count);
                        }
                        0x48 => {
                            let (before, after) = (byte!() as usize, byte!() as usize);
                            attempt!(vm.unpack_star(sp.sub(1), before, after));
                            sp = sp.add(before + after);
                        }

                        0x50 => {
                            let (positional, keywords) = (byte!() as usize, byte!() as usize);
                            let base = sp.sub(positional + 2 * keywords);
                            let callee = base.sub(1);
                            if let Some(function) = Handle::<Function>::from(*callee) {
                                attend_call!(callee, base, positional, keywords);
                                (*vm.record()).ip = ip;
                                if attempt!(vm.enter_function(function, base, positional, keywords, callee, Ending::Plain)) {
                                    enter!();
                                } else {
                                    sp = base;
                                }
                                continue;
                            }
                            called!(vm.call_object(callee, base, positional, keywords), callee);
                        }
                        0x51 => {
                            let (positional, keywords) = (byte!() as usize, byte!() as usize);
                            let first = sp.sub(positional + 2 * keywords + 1);
                            let callee = first.sub(1);
                            let has_first = (*first != Word::UNSET) as usize;
                            let (base, positional) = (first.add(1 - has_first), positional + has_first);
                            if let Some(function) = Handle::<Function>::from(*callee) {
                                attend_call!(callee, base, positional, keywords);
                                (*vm.record()).ip = ip;
                                if attempt!(vm.enter_function(function, base, positional, keywords, callee, Ending::Plain)) {
                                    enter!();
                                } else {
                                    sp = first;
                                }
                                continue;
                            }
                            called!(vm.call_object(callee, base, positional, keywords), callee);
                        }
                        0x52 => {
                            let callee = sp.sub(3);
                            called!(vm.call_spread(callee), callee);
                        }
                        0x53 => {
                            let flags = byte!();
                            let prototype = constant(function, unsigned!());
                            let count = (flags & 7).count_ones() as usize;
                            let made = attempt!(vm.make_function(function, prototype, flags, sp));
                            sp = sp.sub(count);
                            push!(made);
                        }
                        0x54 => push!(attempt!(vm.class_builder())),
                        0x55 => {
                            if TRACE {
                                (*vm.record()).ip = ip;
                                attempt!(tracer.tell_return(vm, top!(1)));
                                if tracer.is_lent(vm) {
                                    // Returns in the loop that lent it.
                                    (*vm.record()).ip = ip.sub(1);
                                    return Ok(Word::UNSET);
                                }
                                if tracer.is_of(vm) {
                                    vm.end_shown(None);
                                }
                            }
                            let value = top!(1);
                            let record = *vm.record();
                            let ret = record.ret();
                            match record.ending() {
                                Ending::Plain => {
                                    vm.pop_record();
                                    sp = ret;
                                    push!(value);
                                }
                                Ending::Init => {
                                    sp = ret.add(1);
                                    vm.pop_record();
                                    resume!();
                                    if value != Word::NONE {
                                        attempt!(vm.init_returned(value));
                                    }
                                    continue;
                                }
                                Ending::Entry => {
                                    vm.pop_record();
                                    generator::finish(vm, function, fp);
                                    vm.publish(ret);
                                    return Ok(value);
                                }
                                Ending::For => {
                                    generator::finish(vm, function, fp);
                                    vm.pop_record();
                                    resume!();
                                    sp = ret.sub(3);
                                    let distance = Distance::from_le(ip.sub(WIDTH).cast::<Distance>().read_unaligned());
                                    ip = ip.offset(distance as isize);
                                    continue;
                                }
                                // Returns once more when that is done.
                                Ending::Shown => {
                                    (*vm.record()).ip = ip;
                                    sync!();
                                    vm.end_shown(None);
                                    let record = *vm.record();
                                    if record.ending() != Ending::Plain || !vm.traces() {
                                        ip = ip.sub(1);
                                        continue;
                                    }
                                    vm.pop_record();
                                    sp = ret;
                                    push!(value);
                                    resume!();
                                    look_on!();
                                    continue;
                                }
                            }
                            resume!();
                        }
                        0x56 => {
                            if TRACE {
                                (*vm.record()).ip = ip;
                                attempt!(tracer.tell_return(vm, top!(1)));
                            }
                            let value = pop!();
                            let record = *vm.record();
                            let is_lent = TRACE && tracer.is_lent(vm);
                            generator::suspend(vm, function, fp, ip, sp);
                            vm.pop_record();
                            if record.ending() == Ending::Entry || is_lent {
                                vm.publish(record.ret());
                                return Ok(value);
                            }
                            sp = record.ret();
                            push!(value);
                            resume!();
                        }
                        0x57 => {
                            let start = ip.sub(1);
                            let value = attempt!(generator::delegate(vm, top!(2), top!(1)));
                            if value == Word::UNSET {
                                if TRACE {
                                    (*vm.record()).ip = ip;
                                    attempt!(tracer.tell_end(vm, top!(2)));
                                }
                                sp = sp.sub(1);
                                top!(1) = vm.stop_value.replace(Word::NONE);
                                continue;
                            }
                            if TRACE {
                                (*vm.record()).ip = ip;
                                attempt!(tracer.tell_return(vm, value));
                            }
                            let record = *vm.record();
                            let is_lent = TRACE && tracer.is_lent(vm);
                            generator::suspend(vm, function, fp, start, sp.sub(1));
                            vm.pop_record();
                            if record.ending() == Ending::Entry || is_lent {
                                vm.publish(record.ret());
                                return Ok(value);
                            }
                            sp = record.ret();
                            push!(value);
                            resume!();
                        }
                        0x58 => top!(1) = attempt!(generator::iterator(vm, top!(1))),
                        0x59 => top!(1) = attempt!(generator::awaitable(vm, top!(1))),

                        0x5a => push!(crate::object::helper::helper(byte!() as usize).unwrap_or(Word::NONE)),

                        0x60 => {
                            attempt!(vm.raise_object(top!(1)));
                        }
                        0x61 => {
                            attempt!(vm.raise_from(top!(2), top!(1)));
                        }
                        0x62 => {
                            attempt!(vm.raise_again());
                        }
                        0x63 => {
                            let exception = top!(1);
                            top!(1) = vm.handled.replace(exception);
                            push!(exception);
                        }
                        0x64 => vm.handled.set(pop!()),
                        0x65 => {
                            // `previous` stays where it is: a handler around may keep that slot.
                            let exception = pop!();
                            vm.handled.set(top!(1));
                            attempt!(vm.raise_object(exception));
                        }
                        0x66 => top!(1) = Word::bool(attempt!(vm.matches_exception(top!(2), top!(1)))),
                        0x67 => {
                            let count = byte!() as usize;
                            let labels = ip;
                            ip = ip.add(WIDTH * count);
                            let reason = pop!();
                            if let Some(k) = reason.as_int() {
                                let distance = Distance::from_le(labels.cast::<Distance>().add(k as usize).read_unaligned());
                                jump!(distance as isize);
                                continue;
                            }
                            let value = pop!();
                            if reason != Word::NONE {
                                // Raised on by this instruction: its first byte is right before.
                                ip = labels.sub(1);
                                vm.handled.set(value);
                                attempt!(Err::<(), _>(vm.raise_word(reason)));
                            }
                        }
                        0x68 => {
                            let (exit, value) = attempt!(vm.with_enter(top!(1), false));
                            top!(1) = exit;
                            push!(value);
                        }
                        0x69 => push!(attempt!(vm.with_exit(top!(3), top!(1)))),
                        0x6a => {
                            let (reason, result) = (top!(2), top!(1));
                            sp = sp.sub(1);
                            if reason != Word::NONE && !reason.is_int() && attempt!(vm.truth(result)) {
                                vm.handled.set(top!(2));
                                top!(1) = Word::NONE;
                                top!(2) = Word::NONE;
                            }
                        }
                        0x6b => {
                            let (exit, value) = attempt!(vm.with_enter(top!(1), true));
                            top!(1) = exit;
                            push!(value);
                        }

                        0x6c => {
                            let (reason, value) = (pop!(), pop!());
                            if reason != Word::NONE && !reason.is_int() {
                                vm.handled.set(value);
                            }
                        }

                        0x70 => {
                            let name = name!();
                            let module = attempt!(vm.import_statement(name, top!(1), top!(2)));
                            sp = sp.sub(1);
                            top!(1) = module;
                        }
                        0x71 => {
                            let name = name!();
                            push!(attempt!(vm.import_from(top!(1), name)));
                        }
                        0x72 => {
                            attempt!(vm.import_star(top!(1)));
                            sp = sp.sub(1);
                        }
                        0x73 => {
                            attempt!(vm.print_expression(top!(1)));
                            sp = sp.sub(1);
                        }

                        0x74 => {
                            // Machine code comes by here wherever it looks whether something is pending.
                            poll!('raised);
                            sync!();
                            (ip, sp) = vm.run_machine_code(function, ip, fp, sp);
                            if vm.has_raised() {
                                break 'raised;
                            }
                        }

                        op @ (0x78 | 0x79 | 0x7a | 0x7b) => {
                            top!(1) = attempt!(vm.unary(UNARY[(op - 0x78) as usize], top!(1)));
                        }
                        op @ (0x80 | 0x81 | 0x82 | 0x83 | 0x84 | 0x85 | 0x86 | 0x87 | 0x88 | 0x89) => {
                            let (a, b) = (top!(2), top!(1));
                            let result = match shortcut::compare(op & 15, a, b) {
                                Some(truth) => Word::bool(truth),
                                None => attempt!(vm.compare(op & 15, a, b)),
                            };
                            sp = sp.sub(1);
                            top!(1) = result;
                        }
                        op @ (0x90 | 0xa0) => {
                            let (a, b) = (top!(2), top!(1));
                            if a.both_ints(b) && Word::fits(a.int_value() + b.int_value()) {
                                sp = sp.sub(1);
                                top!(1) = Word::int(a.int_value() + b.int_value());
                                continue;
                            }
                            operate!(if op == 0x90 { Binary::Add } else { Binary::InPlaceAdd });
                        }
                        op @ (0x91 | 0xa1) => {
                            let (a, b) = (top!(2), top!(1));
                            if a.both_ints(b) && Word::fits(a.int_value() - b.int_value()) {
                                sp = sp.sub(1);
                                top!(1) = Word::int(a.int_value() - b.int_value());
                                continue;
                            }
                            operate!(if op == 0x91 { Binary::Sub } else { Binary::InPlaceSub });
                        }
                        op @ (0x92 | 0xa2) => {
                            let (a, b) = (top!(2), top!(1));
                            if a.both_ints(b)
                                && let Some(product) = a.int_value().checked_mul(b.int_value())
                                && Word::fits(product)
                            {
                                sp = sp.sub(1);
                                top!(1) = Word::int(product);
                                continue;
                            }
                            operate!(if op == 0x92 { Binary::Mul } else { Binary::InPlaceMul });
                        }
                        op @ (0x93 | 0x94 | 0x95 | 0x96 | 0x97 | 0x98 | 0x99 | 0x9a | 0x9b | 0x9c | 0xa3 | 0xa4 | 0xa5 | 0xa6
                        | 0xa7 | 0xa8 | 0xa9 | 0xaa | 0xab | 0xac) => {
                            let (a, b) = (top!(2), top!(1));
                            if a.both_ints(b)
                                && let Some(result) = shortcut::operate_ints(op & 15, a.int_value(), b.int_value())
                            {
                                sp = sp.sub(1);
                                top!(1) = Word::int(result);
                                continue;
                            }
                            let plain = Binary::from_number(op & 15);
                            operate!(if op < 0xa0 { plain } else { plain.in_place() });
                        }
                        op @ (0xb0 | 0xb1 | 0xb2 | 0xb3 | 0xb4 | 0xb5 | 0xb6 | 0xb7 | 0xb8 | 0xb9 | 0xba | 0xbb | 0xbc | 0xbd
                        | 0xbe | 0xbf | 0xc0 | 0xc1 | 0xc2 | 0xc3 | 0xc4 | 0xc5 | 0xc6 | 0xc7 | 0xc8 | 0xc9 | 0xca
                        | 0xcb | 0xcc | 0xcd | 0xce | 0xcf) => push!(Word::int(op as isize - 0xc0)),
                        op @ (0xd0 | 0xd1 | 0xd2 | 0xd3 | 0xd4 | 0xd5 | 0xd6 | 0xd7 | 0xd8 | 0xd9 | 0xda | 0xdb | 0xdc | 0xdd
                        | 0xde | 0xdf) => local!((op & 15) as usize),
                        op @ (0xe0 | 0xe1 | 0xe2 | 0xe3 | 0xe4 | 0xe5 | 0xe6 | 0xe7 | 0xe8 | 0xe9 | 0xea | 0xeb | 0xec | 0xed
                        | 0xee | 0xef) => *fp.add((op & 15) as usize) = pop!(),
                        _ => {
                            attempt!(vm.unknown_opcode());
                        }
                    }
                }
            }
            raise = false;
            // Raised: look for a handler, frame by frame.
            loop {
                if TRACES
                    && !is_told
                    && vm.traces()
                    && !(TRACE && tracer.is_of(vm))
                    && vm.frame_with_tracer(vm.record()).is_some()
                {
                    (*vm.record()).ip = ip;
                    vm.publish(sp.max(fp.add(function.get().prototype.get().head.locals as usize)));
                    lend!(true);
                    if !is_told {
                        break;
                    }
                }
                if !(TRACES && is_told) {
                    let prototype = function.get().prototype.get();
                    let code = prototype.code();
                    let offset = ip.offset_from_unsigned(code.as_ptr()).saturating_sub(1);
                    vm.publish(sp.max(fp.add(prototype.head.locals as usize)));
                    vm.note_traceback(function, offset);
                    if TRACE && !trace::is_raised_on(function, offset) {
                        (*vm.record()).ip = code.as_ptr().add(offset + 1);
                        tracer.tell_exception(vm);
                    }
                    if let Some(handler) = prototype.handler(offset).filter(|_| !(crate::WHOLE && vm.port.is_ending())) {
                        ip = code.as_ptr().add(handler.target as usize);
                        sp = fp.add(prototype.head.locals as usize + handler.depth as usize);
                        push!(vm.take_under_way());
                        break;
                    }
                    if TRACE {
                        tracer.tell_unwound(vm);
                        if tracer.is_lent(vm) {
                            (*vm.record()).ip = ip;
                            return Err(vm.raised_again());
                        }
                    }
                }
                is_told = false;
                vm.leave_frame(function, fp);
                let record = *vm.record();
                generator::finish(vm, function, fp);
                vm.pop_record();
                match record.ending() {
                    Ending::Entry => {
                        vm.publish(record.ret());
                        return Err(vm.raised_again());
                    }
                    Ending::For => vm.check_stop_in_generator(function),
                    _ => {}
                }
                sp = record.ret();
                resume!();
            }
        }
    }
}

fn offset_of(function: Handle<Function>, ip: *const u8) -> usize {
    ip.addr() - function.get().prototype.get().code().as_ptr().addr()
}

/// Counts a run of a function without caches. Returns `sp`, which is published.
#[cold]
#[inline(never)]
fn sync_and_warm(vm: &Vm, function: Handle<Function>, sp: *mut Word, caches: &mut *mut Entry) -> *mut Word {
    vm.publish(sp);
    *caches = vm.warm(function);
    sp
}

const UNARY: [Unary; 4] = [Unary::Pos, Unary::Neg, Unary::Invert, Unary::Not];

/// The rest of an unsigned operand whose first byte had bit 7 set.
#[cold]
unsafe fn long_unsigned(ip: &mut *const u8, first: u8) -> usize {
    let (mut value, mut shift) = ((first & 0x7f) as usize, 7);
    loop {
        // SAFETY: the operand ends within the code.
        let byte = unsafe { **ip };
        // SAFETY: as above.
        *ip = unsafe { ip.add(1) };
        value |= ((byte & 0x7f) as usize) << shift;
        shift += 7;
        if byte < 0x80 {
            return value;
        }
    }
}

#[inline(always)]
fn constant(function: Handle<Function>, index: usize) -> Word {
    let constants = Handle::<Tuple>::from(function.get().prototype.get().head.constants).expect("constants are a tuple");
    constants.get().tail()[index].get()
}

#[inline(always)]
fn cell<'v>(word: Word) -> &'v CellObject {
    Handle::<CellObject>::from(word).expect("the compiler makes cells before it uses them").get()
}
