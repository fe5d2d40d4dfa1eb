//! Objects are made here: allocation with collection, and the makers that safe code uses.

use super::{Outcome, Vm};
use crate::heap::{Marker, roots};
use crate::object::handle::{Handle, Instance, Object, Tailed, Words, Zeroed};
use crate::object::kind::{Header, Type};
use crate::object::print::RawBytes;
use crate::object::word::Word;
use core::cell::Cell;
use core::ptr::NonNull;

impl Vm {
    /// `size` zeroed bytes, after a collection if need be.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline(always)]
    pub(crate) fn allocate(&self, size: usize) -> Outcome<NonNull<u8>> {
        if size <= crate::heap::BLOCK
            && self.heap_locked.get() == 0
            && let Some(memory) = self.heap.take_block()
        {
            return Ok(memory);
        }
        self.allocate_run(size)
    }

    /// As `allocate`, with all that may be in the way.
    #[inline(never)]
    fn allocate_run(&self, size: usize) -> Outcome<NonNull<u8>> {
        if self.heap_locked.get() > 0 {
            return self.take_from_reserve(size).ok_or_else(|| self.raise_memory_locked());
        }
        if self.heap.is_collection_due() || self.heap.faults.collects() {
            self.collect();
        }
        if let Some(memory) = self.heap.allocate(size) {
            return Ok(memory);
        }
        self.collect();
        self.heap.allocate(size).or_else(|| self.take_from_reserve(size)).ok_or_else(|| self.raise_memory(size))
    }

    /// Memory of at least `size` bytes in all, as raw bytes; no collection makes room for it.
    #[cfg(feature = "standard")]
    pub(super) fn raw_piece(&self, size: usize) -> Option<Handle<RawBytes>> {
        let at = self.heap.allocate(size)?.cast::<RawBytes>();
        let length = size - RawBytes::size(0)?;
        // SAFETY: fresh zeroed memory of `size` bytes.
        unsafe {
            Tailed::initialise(at, Header::of(&crate::object::bytes::RAW_BYTES), length, ());
            Some(Handle::from_pointer(at))
        }
    }

    /// Frees everything that nothing refers to. Does nothing while collections are disabled, or outside `enter`.
    pub fn collect(&self) {
        let (base, outside) = (self.stack.machine_base.get(), self.boundary.take());
        if self.collect_disabled.get() > 0 || base == 0 {
            return;
        }
        let busy = self.busy.replace(true);
        let mut marker = Marker::new(&self.heap);
        self.mark_roots(&mut marker);
        // SAFETY: `base` was taken by `enter`, which is still active on this stack; `outside` lies in it, below `base`.
        unsafe {
            match outside {
                Some(outside) => marker.range(outside, base & !(size_of::<usize>() - 1)),
                None => roots::scan_machine_stack(&mut marker, base),
            }
        }
        self.find_forsaken(&mut marker);
        self.clear_weak(&mut marker);
        let live = marker.sweep() * crate::heap::BLOCK;
        let policy = self.policy.get();
        self.heap.set_threshold(if policy == usize::MAX { policy } else { policy.max(live) });
        self.busy.set(busy);
        self.refill_reserve();
    }

    /// A collection that the program asked for: it happens even while automatic ones are disabled.
    pub fn collect_explicitly(&self) {
        let disabled = self.collect_disabled.replace(0);
        self.collect();
        self.collect_disabled.set(disabled);
    }

    /// What `set_collection_policy` set.
    pub fn collection_policy(&self) -> usize {
        self.policy.get()
    }

    fn mark_roots(&self, marker: &mut Marker) {
        for root in &self.roots {
            marker.word(root.get());
        }
        for cell in [&self.stop_value, &self.raised, &self.handled] {
            marker.word(cell.get());
        }
        self.names.mark(marker);
        self.threads.mark(marker);
        let stack = &self.stack;
        // SAFETY: [base, top) and [records, limit) hold initialised words; records are scanned loosely, for they also hold places
        // in code.
        unsafe {
            let [base, top, records, limit] =
                [&stack.base, &stack.top, &stack.records, &stack.limit].map(|at| at.get().as_ptr().expose_provenance());
            marker.words(base, top);
            marker.range(records, limit);
            super::native::mark_frames(marker, records, limit, top);
        }
    }

    /// Collects by itself after `bytes` were allocated (or as much as was live, if that is more); `usize::MAX`: only when
    /// memory runs out.
    pub fn set_collection_policy(&self, bytes: usize) {
        self.policy.set(bytes);
        self.heap.set_threshold(bytes);
    }

    /// Allows (`true`) or forbids collections; calls nest.
    pub fn enable_collection(&self, enable: bool) {
        let n = self.collect_disabled.get();
        self.collect_disabled.set(if enable { n.saturating_sub(1) } else { n + 1 });
    }

    /// Whether collections are allowed.
    pub fn is_collection_enabled(&self) -> bool {
        self.collect_disabled.get() == 0
    }

    /// Locks the heap: every allocation fails until it is unlocked as often. Returns the depth.
    pub fn lock_heap(&self) -> u16 {
        if self.heap_locked.get() == 0 {
            self.refill_reserve();
            self.keep_slice();
        }
        self.heap_locked.set(self.heap_locked.get() + 1);
        self.heap_locked.get()
    }

    /// Undoes one `lock_heap`. Returns the depth.
    pub fn unlock_heap(&self) -> u16 {
        self.heap_locked.set(self.heap_locked.get().saturating_sub(1));
        if self.heap_locked.get() == 0 {
            self.refill_reserve();
        }
        self.heap_locked.get()
    }

    /// How often the heap is locked.
    pub fn heap_lock_depth(&self) -> u16 {
        self.heap_locked.get()
    }

    /// A new object. `value`'s header must name a type whose kind is `T`'s.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_object<T: Object>(&self, value: T) -> Outcome<Handle<T>> {
        const { assert!(!core::mem::needs_drop::<T>() && align_of::<T>() <= crate::heap::BLOCK) };
        let at = self.allocate(size_of::<T>())?.cast::<T>();
        // SAFETY: fresh memory of this size and alignment; `T: Object` promises the layout, the header's kind is checked.
        unsafe {
            at.write(value);
            let handle = Handle::from_pointer(at);
            debug_assert!(handle.ty().kind == T::KIND, "the header names a type of this kind");
            Ok(handle)
        }
    }

    /// A new object with `length` items behind its head, the `index`th given by `item`, which must not run Python.
    ///
    /// # Errors
    /// `MemoryError`, also when the size overflows.
    pub fn new_tailed<H, I: Copy>(
        &self,
        ty: &Type,
        length: usize,
        head: H,
        mut item: impl FnMut(usize) -> I,
    ) -> Outcome<Handle<Tailed<H, I>>>
    where
        Tailed<H, I>: Object,
    {
        const { assert!(!core::mem::needs_drop::<H>() && align_of::<Tailed<H, I>>() <= crate::heap::BLOCK) };
        debug_assert!(ty.kind == <Tailed<H, I>>::KIND);
        let size = <Tailed<H, I>>::size(length).ok_or_else(|| self.raise_memory(usize::MAX))?;
        let at = self.allocate(size)?.cast::<Tailed<H, I>>();
        // SAFETY: fresh memory of `size(length)` bytes; all `length` items are written before the handle exists.
        unsafe {
            let tail = Tailed::initialise(at, Header::of(ty), length, head);
            for index in 0..length {
                tail.add(index).write(item(index));
            }
            Ok(Handle::from_pointer(at))
        }
    }

    /// As `new_tailed`, for bytes that lie in pieces.
    ///
    /// # Errors
    /// `MemoryError`, also when the size overflows.
    pub fn new_tailed_from<H>(&self, ty: &Type, head: H, pieces: &[&[u8]]) -> Outcome<Handle<Tailed<H, u8>>>
    where
        Tailed<H, u8>: Object,
    {
        const { assert!(!core::mem::needs_drop::<H>() && align_of::<Tailed<H, u8>>() <= crate::heap::BLOCK) };
        debug_assert!(ty.kind == <Tailed<H, u8>>::KIND);
        let length = pieces.iter().try_fold(0_usize, |sum, piece| sum.checked_add(piece.len()));
        let sizes = length.and_then(|length| Some((length, <Tailed<H, u8>>::size(length)?)));
        let (length, size) = sizes.ok_or_else(|| self.raise_memory(usize::MAX))?;
        let at = self.allocate(size)?.cast::<Tailed<H, u8>>();
        // SAFETY: fresh memory of `size(length)` bytes, which the pieces fill: they have `length` bytes together.
        unsafe {
            let mut to = Tailed::initialise(at, Header::of(ty), length, head);
            for piece in pieces {
                to.copy_from_nonoverlapping(core::ptr::NonNull::from_ref(*piece).cast(), piece.len());
                to = to.add(piece.len());
            }
            Ok(Handle::from_pointer(at))
        }
    }

    /// As `new_tailed_from`, for bytes in cells.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_tailed_copy<H>(&self, ty: &Type, head: H, cells: &[Cell<u8>]) -> Outcome<Handle<Tailed<H, u8>>>
    where
        Tailed<H, u8>: Object,
    {
        const { assert!(!core::mem::needs_drop::<H>() && align_of::<Tailed<H, u8>>() <= crate::heap::BLOCK) };
        debug_assert!(ty.kind == <Tailed<H, u8>>::KIND);
        let size = <Tailed<H, u8>>::size(cells.len()).ok_or_else(|| self.raise_memory(usize::MAX))?;
        let at = self.allocate(size)?.cast::<Tailed<H, u8>>();
        // SAFETY: fresh memory of `size(length)` bytes, which the cells fill.
        unsafe {
            let to = Tailed::initialise(at, Header::of(ty), cells.len(), head);
            to.copy_from_nonoverlapping(NonNull::from_ref(cells).cast(), cells.len());
            Ok(Handle::from_pointer(at))
        }
    }

    /// As `new_tailed`, for items in cells, all set by `item`.
    pub fn new_celled<H, I: Copy>(
        &self,
        ty: &Type,
        length: usize,
        head: H,
        mut item: impl FnMut(usize) -> I,
    ) -> Outcome<Handle<Tailed<H, Cell<I>>>>
    where
        Tailed<H, Cell<I>>: Object,
    {
        const { assert!(!core::mem::needs_drop::<H>() && align_of::<Tailed<H, Cell<I>>>() <= crate::heap::BLOCK) };
        debug_assert!(ty.kind == <Tailed<H, Cell<I>>>::KIND);
        let size = <Tailed<H, Cell<I>>>::size(length).ok_or_else(|| self.raise_memory(usize::MAX))?;
        let at = self.allocate(size)?.cast::<Tailed<H, Cell<I>>>();
        // SAFETY: as in `new_tailed`.
        unsafe {
            let tail = Tailed::initialise(at, Header::of(ty), length, head);
            for index in 0..length {
                tail.add(index).write(Cell::new(item(index)));
            }
            Ok(Handle::from_pointer(at))
        }
    }

    /// An instance of a class with so many slots, all unset.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn new_instance(&self, ty: &Type, capacity: usize) -> Outcome<Handle<Instance>> {
        debug_assert!(ty.kind == Instance::KIND);
        let at = self.allocate(Instance::size(capacity))?.cast::<Instance>();
        // SAFETY: fresh memory of this size.
        Ok(unsafe { Instance::initialise(at, Header::of(ty), capacity) })
    }

    /// A new object with `length` zeros behind its head.
    ///
    /// # Errors
    /// `MemoryError`, also when the size overflows.
    pub fn new_zeroed<H, I: Zeroed>(&self, ty: &Type, length: usize, head: H) -> Outcome<Handle<Tailed<H, Cell<I>>>>
    where
        Tailed<H, Cell<I>>: Object,
    {
        const { assert!(!core::mem::needs_drop::<H>() && align_of::<Tailed<H, Cell<I>>>() <= crate::heap::BLOCK) };
        debug_assert!(ty.kind == <Tailed<H, Cell<I>>>::KIND);
        let size = <Tailed<H, Cell<I>>>::size(length).ok_or_else(|| self.raise_memory(usize::MAX))?;
        let at = self.allocate(size)?.cast::<Tailed<H, Cell<I>>>();
        // SAFETY: fresh zeroed memory of `size(length)` bytes: all of the tail is initialised.
        unsafe {
            Tailed::initialise(at, Header::of(ty), length, head);
            Ok(Handle::from_pointer(at))
        }
    }

    /// `length` zero bytes that an object will own.
    pub fn new_raw_bytes(&self, length: usize) -> Outcome<Handle<RawBytes>> {
        self.new_zeroed(&crate::object::bytes::RAW_BYTES, length, ())
    }

    /// The object of a file system whose driver lies in Python's heap, and keeps `keeps` alive (three words at most).
    ///
    /// # Errors
    /// `MemoryError`.
    #[cfg(feature = "standard")]
    pub fn new_volume<V: crate::vfs::Volume + 'static>(&self, ty: &'static Type, volume: V, keeps: Word) -> Outcome {
        const { assert!(!core::mem::needs_drop::<V>()) };
        let block = self.new_raw_bytes(size_of::<V>() + align_of::<V>())?;
        let keeps = self.new_tuple(&[keeps, block.word()])?;
        let start = block.tail().as_ptr().cast::<u8>();
        // SAFETY: the block has room for the volume behind at most `align_of` bytes; nobody else knows the block, whose bytes
        // are cells, and it never moves. The reference goes into the driver's object alone, which keeps the block.
        let volume: &'static V = unsafe {
            let at = start.add(start.align_offset(align_of::<V>())).cast_mut().cast::<V>();
            at.write(volume);
            &*at
        };
        crate::vfs::driver::new_of(self, ty, volume, keeps)
    }

    /// Room for `capacity` bytes of which the first `used` are those of `old`, whose owner asks: in place if there is room
    /// behind it, so that a text that grows leaves no shorter ones behind.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn grow_raw_bytes(&self, old: Option<Handle<RawBytes>>, used: usize, capacity: usize) -> Outcome<Handle<RawBytes>> {
        let Some(old) = old else { return self.new_raw_bytes(capacity) };
        if capacity > old.len()
            && self.heap_locked.get() == 0
            && let Some(size) = RawBytes::size(capacity)
        {
            let at = old.pointer();
            // SAFETY: a run of this heap that grows; what is added is zero. Its length is written whole, to the word.
            unsafe {
                if self.heap.resize(at.cast(), size) {
                    Tailed::initialise(at, Header::of(&crate::object::bytes::RAW_BYTES), capacity, ());
                    return Ok(old);
                }
            }
        }
        let new = self.new_raw_bytes(capacity)?;
        new.tail().iter().zip(&old.tail()[..used]).for_each(|(to, from)| to.set(from.get()));
        Ok(new)
    }

    /// Gives `words` room for exactly `capacity` words (0 frees it). Words that fit are kept, new ones are `UNSET`.
    ///
    /// # Errors
    /// `MemoryError`; nothing has changed then.
    pub fn resize_words(&self, words: &Words, capacity: usize) -> Outcome<()> {
        self.uninterrupted(|| self.resize(words, capacity))
    }

    fn resize(&self, words: &Words, capacity: usize) -> Outcome<()> {
        let old = words.block();
        let kept = words.capacity().min(capacity);
        if capacity == 0 {
            // SAFETY: the words owned this block alone and forget it now.
            unsafe {
                // A locked heap is not touched at all (its lock may be an interrupt's): the collector will find the block.
                if let Some(block) = words.replace(None, 0)
                    && self.heap_locked.get() == 0
                {
                    self.heap.free(block.cast());
                }
            }
            return Ok(());
        }
        let size = capacity.checked_mul(size_of::<Word>()).ok_or_else(|| self.raise_memory(usize::MAX))?;
        if self.heap_locked.get() == 0
            && let Some(block) = old
        {
            // SAFETY: the words own this block; what is given back lies above `capacity`.
            if unsafe { self.heap.resize(block.cast(), size) } {
                for index in kept..capacity {
                    // SAFETY: the run has room for `capacity` words now.
                    unsafe { block.add(index).write(Cell::new(Word::UNSET)) };
                }
                // SAFETY: same block, `capacity` initialised words.
                unsafe { words.replace(Some(block), capacity) };
                return Ok(());
            }
        }
        let new = self.allocate(size)?.cast::<Cell<Word>>();
        // SAFETY: `new` has room for `capacity` words, all written here; the old block has `kept` of them and is freed
        // after the words forgot it.
        unsafe {
            if let Some(old) = words.block() {
                old.copy_to_nonoverlapping(new, kept);
            }
            for index in kept..capacity {
                new.add(index).write(Cell::new(Word::UNSET));
            }
            if let Some(old) = words.replace(Some(new), capacity)
                && self.heap_locked.get() == 0
            {
                self.heap.free(old.cast());
            }
        }
        Ok(())
    }
}
