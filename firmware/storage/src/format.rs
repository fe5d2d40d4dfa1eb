//! What a format of file systems is: a state, to which a device is bound for the time of an action.
//!
//! So one driver serves a device in static memory (`OnDevice`) and one that a program wrote in Python, which needs the
//! interpreter meanwhile (`InHeap`, whose state lies in Python's heap).

use core::cell::Cell;
use interpreter::object::handle::Handle;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::vfs::device::{self, Geometry, Protocol};
use interpreter::vfs::{BlockDevice, Errno, FileSystem, Volume};
use interpreter::vm::{Outcome, Vm};

/// Nanoseconds since 1970, asked for by who writes them down: a board's clock takes a thousand instructions to read.
pub type Clock<'a> = &'a dyn Fn() -> u64;

/// A format.
pub trait Format: 'static {
    /// What works on the device.
    type Bound<'a>: FileSystem;
    /// How the format speaks to devices.
    const PROTOCOL: Protocol;

    /// Binds the state to its device; always the same one.
    fn bind<'a>(&'static self, device: &'a dyn BlockDevice, clock: Clock<'a>) -> Self::Bound<'a>;
}

/// An action on a format's file system. What somebody else has written on the device meanwhile is looked at first.
pub(crate) fn act<F: Format>(
    format: &'static F,
    device: &dyn BlockDevice,
    clock: Clock,
    action: &mut dyn FnMut(&dyn FileSystem),
) {
    let files = format.bind(device, clock);
    if device.acquire() {
        // Where what is there is no file system any more, the action says so.
        let _ = files.load();
    }
    action(&files);
    device.release(files.is_writing());
}

/// A file system on a device that is always there.
pub struct OnDevice<F> {
    format: F,
    device: &'static dyn BlockDevice,
}

impl<F: Format> OnDevice<F> {
    /// A file system on `device`, not loaded yet.
    pub const fn new(format: F, device: &'static dyn BlockDevice) -> OnDevice<F> {
        OnDevice { format, device }
    }

    /// The file system, for a port's own use, where nobody else uses the device.
    pub fn at(&'static self, clock: Clock<'static>) -> F::Bound<'static> {
        self.format.bind(self.device, clock)
    }

    /// An action on it, for a port's own use.
    ///
    /// # Errors
    /// What the action answers.
    pub fn on<T>(&'static self, clock: Clock, action: impl Fn(&dyn FileSystem) -> Result<T, Errno>) -> Result<T, Errno> {
        let mut result = Err(Errno::EBUSY);
        act(&self.format, self.device, clock, &mut |files| result = action(files));
        result
    }
}

impl<F: Format> Volume for OnDevice<F> {
    fn with(&'static self, vm: &Vm, _: Word, action: &mut dyn FnMut(&dyn FileSystem)) -> Outcome<()> {
        let vm = vm.here();
        act(&self.format, self.device, &|| vm.port.clock(), action);
        Ok(())
    }
}

/// A file system on a device of a program's. Its Python object keeps (device, buffers).
pub struct InHeap<F> {
    format: F,
    geometry: Geometry,
    /// A device must not use the file system that is using it.
    busy: Cell<bool>,
}

impl<F: Format> InHeap<F> {
    /// A file system on a device of this size, not loaded yet.
    pub fn new(format: F, geometry: Geometry) -> InHeap<F> {
        InHeap { format, geometry, busy: Cell::new(false) }
    }
}

/// The device among what `Vm::new_volume` keeps.
fn device_of(keeps: Word) -> Word {
    let first = |word| Handle::<Tuple>::from(word).and_then(|parts| parts.at(0));
    first(keeps).and_then(first).expect("kept by `InHeap`'s maker")
}

impl<F: Format> Volume for InHeap<F> {
    fn with(&'static self, vm: &Vm, keeps: Word, action: &mut dyn FnMut(&dyn FileSystem)) -> Outcome<()> {
        let vm = vm.here();
        if self.busy.replace(true) {
            return Err(vm.os_error(Errno::EBUSY.0));
        }
        let done = device::using(vm, device_of(keeps), F::PROTOCOL, self.geometry, &mut |device| {
            act(&self.format, device, &|| vm.port.clock(), action);
        });
        self.busy.set(false);
        done
    }
}
