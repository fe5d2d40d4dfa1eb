//! Memory for an interpreter: regions of address space that cost nothing until they are touched.
#![expect(unsafe_code, reason = "asks the allocator for zeroed memory that is never given back")]

use anyhow::Context;
use interpreter::port::Port;
use interpreter::vm::{Memory, Vm};
use std::alloc::{Layout, alloc_zeroed};
use std::mem::MaybeUninit;

/// Address space of a heap whose size nobody chose.
const DEFAULT_HEAP: usize = 2 << 30;
/// Bytes allocated before such a heap is collected.
pub const COLLECT_AFTER: usize = 16 << 20;
/// Words of the stack of Python values.
const STACK: usize = 1 << 18;

/// Memory for one interpreter at a time.
pub struct Arena {
    heap: Region<u8>,
    stack: Region<usize>,
    machine_stack: usize,
}

struct Region<T> {
    start: *mut MaybeUninit<T>,
    count: usize,
}

impl<T> Region<T> {
    fn new(count: usize) -> Option<Region<T>> {
        let layout = Layout::array::<T>(count).ok().filter(|layout| layout.size() > 0)?;
        // SAFETY: the layout is not empty.
        let start = unsafe { alloc_zeroed(layout) }.cast::<MaybeUninit<T>>();
        (!start.is_null()).then_some(Region { start, count })
    }
}

impl Arena {
    /// Memory with a heap of `heap` bytes, or of as much address space as can be had up to 2 GiB.
    pub fn new(heap: Option<usize>, machine_stack: usize) -> anyhow::Result<Arena> {
        let heap = match heap {
            Some(size) => {
                Region::new(size).with_context(|| format!("no memory for a heap of {size} bytes; choose a smaller one"))?
            }
            None => (0..8).find_map(|shift| Region::new(DEFAULT_HEAP >> shift)).context("no memory for a heap")?,
        };
        let stack = Region::new(STACK).context("no memory for the stack")?;
        Ok(Arena { heap, stack, machine_stack })
    }

    /// Runs `body` with a fresh interpreter. The memory is clean again afterwards.
    pub fn with_vm<R>(&self, port: &'static dyn Port, body: impl FnOnce(&Vm) -> R) -> anyhow::Result<R> {
        // SAFETY: both regions are ours, never given back, and lent to one `Vm` at a time: it ends with this function, and
        // nothing of it can be kept, since every word and handle a body sees is useless without its `Vm`.
        let memory = unsafe {
            Memory {
                heap: std::slice::from_raw_parts_mut(self.heap.start, self.heap.count),
                stack: std::slice::from_raw_parts_mut(self.stack.start, self.stack.count),
                machine_stack: self.machine_stack,
            }
        };
        let result = {
            let vm = Vm::new(port, memory).context("the heap is too small for an interpreter")?;
            body(&vm)
        };
        if self.heap.count <= CLEANED {
            // SAFETY: the interpreter is gone; zero bytes are what `Vm::new` asks for.
            unsafe { self.heap.start.write_bytes(0, self.heap.count) };
        }
        Ok(result)
    }
}

/// Heaps up to this size are used again after a soft reset; a program's larger one ends with its process.
const CLEANED: usize = 256 << 20;
