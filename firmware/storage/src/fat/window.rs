//! One sector in memory: how everything but whole sectors of files is read and changed.
//!
//! There are two windows, one for the allocation table and one for all else, so that a file that grows does not make the table
//! go back and forth. What is changed in a window is written when the window moves on, or by `flush`: whoever needs an order
//! between the two flushes.

use super::Result;
use core::cell::{Cell, RefCell};
use interpreter::vfs::{BlockDevice, Errno};

/// No sector.
const NONE: u32 = u32::MAX;

/// A window; `B` is bytes as many as a sector has, or more.
pub struct Window<B: ?Sized> {
    sector: Cell<u32>,
    changed: Cell<bool>,
    /// How many sectors further on the same is written again; 0: nowhere.
    pub mirror: Cell<u32>,
    bytes: RefCell<B>,
}

impl<const N: usize> Window<[u8; N]> {
    pub const fn new() -> Window<[u8; N]> {
        Window { sector: Cell::new(NONE), changed: Cell::new(false), mirror: Cell::new(0), bytes: RefCell::new([0; N]) }
    }
}

/// Reads a whole sector. What a device answers means little to a program: `EIO`.
pub fn read(device: &dyn BlockDevice, sector: u32, bytes: &mut [u8]) -> Result<()> {
    if sector >= device.block_count() {
        return Err(Errno::EIO);
    }
    device.read(sector, 0, bytes).map_err(|_| Errno::EIO)
}

/// Writes a whole sector.
pub fn write(device: &dyn BlockDevice, sector: u32, bytes: &[u8]) -> Result<()> {
    if sector >= device.block_count() {
        return Err(Errno::EIO);
    }
    device.write(sector, bytes).map_err(|errno| match errno {
        Errno::EROFS | Errno::ENOSPC | Errno::EBUSY => errno,
        _ => Errno::EIO,
    })
}

impl Window<[u8]> {
    /// Writes what was changed.
    pub fn flush(&self, device: &dyn BlockDevice) -> Result<()> {
        if self.changed.get() {
            let (bytes, mirror) = (self.bytes.borrow(), self.mirror.get());
            let bytes = &bytes[..device.block_size() as usize];
            write(device, self.sector.get(), bytes)?;
            if mirror != 0 {
                write(device, self.sector.get() + mirror, bytes)?;
            }
            self.changed.set(false);
        }
        Ok(())
    }

    /// Whether something was changed that is not on the device yet.
    pub fn is_changed(&self) -> bool {
        self.changed.get()
    }

    /// Forgets its sector, and what was changed in it.
    pub fn forget(&self) {
        self.sector.set(NONE);
        self.changed.set(false);
    }

    fn show(&self, device: &dyn BlockDevice, sector: u32) -> Result<()> {
        if self.sector.get() != sector {
            self.flush(device)?;
            self.forget();
            read(device, sector, &mut self.bytes.borrow_mut()[..device.block_size() as usize])?;
            self.sector.set(sector);
        }
        Ok(())
    }

    /// Bytes of a sector.
    pub fn get(&self, device: &dyn BlockDevice, sector: u32, offset: usize, to: &mut [u8]) -> Result<()> {
        self.show(device, sector)?;
        to.copy_from_slice(&self.bytes.borrow()[offset..offset + to.len()]);
        Ok(())
    }

    /// Changes bytes of a sector.
    pub fn put(&self, device: &dyn BlockDevice, sector: u32, offset: usize, bytes: &[u8]) -> Result<()> {
        self.show(device, sector)?;
        let mut window = self.bytes.borrow_mut();
        let place = &mut window[offset..offset + bytes.len()];
        if place != bytes {
            place.copy_from_slice(bytes);
            self.changed.set(true);
        }
        Ok(())
    }

    /// Makes a sector all zeros, whatever it was.
    pub fn clear(&self, device: &dyn BlockDevice, sector: u32) -> Result<()> {
        self.flush(device)?;
        self.bytes.borrow_mut().fill(0);
        self.sector.set(sector);
        self.changed.set(true);
        Ok(())
    }

    /// Reads a whole sector past the window.
    pub fn read_sector(&self, device: &dyn BlockDevice, sector: u32, to: &mut [u8]) -> Result<()> {
        if self.sector.get() == sector { self.get(device, sector, 0, to) } else { read(device, sector, to) }
    }

    /// Writes a whole sector past the window.
    pub fn write_sector(&self, device: &dyn BlockDevice, sector: u32, bytes: &[u8]) -> Result<()> {
        if self.sector.get() == sector {
            self.forget();
        }
        write(device, sector, bytes)
    }
}
