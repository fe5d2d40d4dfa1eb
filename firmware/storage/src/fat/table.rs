//! The allocation table: which cluster comes after which.
//!
//! An entry is 0 for a free cluster, the number of the next one, or a large number at the end of a chain.

use super::layout::Kind;
use super::{Bound, Result};
use interpreter::vfs::Errno;

/// What comes after a cluster.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    Free,
    Cluster(u32),
    End,
}

/// The mark at the end of a chain, cut to the bits that there are.
const END: u32 = 0x0fff_ffff;

impl Bound<'_> {
    /// The sector of the first table where a byte of it lies, and where in that.
    fn table_place(&self, byte: u32) -> Result<(u32, usize)> {
        let layout = self.layout()?;
        Ok((layout.table + byte / layout.sector, (byte % layout.sector) as usize))
    }

    fn table_bytes(&self, byte: u32, to: &mut [u8]) -> Result<()> {
        // An entry of 12 bits may begin in one sector and end in the next.
        for (index, to) in to.iter_mut().enumerate() {
            let (sector, offset) = self.table_place(byte + index as u32)?;
            self.table.get(self.device, sector, offset, core::slice::from_mut(to))?;
        }
        Ok(())
    }

    fn put_table_bytes(&self, byte: u32, bytes: &[u8]) -> Result<()> {
        for (index, value) in bytes.iter().enumerate() {
            let (sector, offset) = self.table_place(byte + index as u32)?;
            self.table.put(self.device, sector, offset, core::slice::from_ref(value))?;
        }
        Ok(())
    }

    /// What comes after `cluster`.
    pub(super) fn next(&self, cluster: u32) -> Result<Next> {
        let layout = self.layout()?;
        if !layout.has(cluster) {
            return Err(Errno::EIO);
        }
        let mut bytes = [0; 4];
        let value = match layout.kind {
            Kind::Fat12 => {
                self.table_bytes(cluster + cluster / 2, &mut bytes[..2])?;
                let value = u32::from_le_bytes(bytes);
                if cluster.is_multiple_of(2) { value & 0xfff } else { value >> 4 }
            }
            Kind::Fat16 => {
                self.table_bytes(cluster * 2, &mut bytes[..2])?;
                u32::from_le_bytes(bytes)
            }
            Kind::Fat32 => {
                self.table_bytes(cluster * 4, &mut bytes)?;
                u32::from_le_bytes(bytes) & END
            }
        };
        Ok(match value {
            0 => Next::Free,
            value if layout.has(value) => Next::Cluster(value),
            // The end, or nonsense.
            _ => Next::End,
        })
    }

    fn set_next(&self, cluster: u32, value: u32) -> Result<()> {
        let mut old = [0; 4];
        match self.layout()?.kind {
            Kind::Fat12 => {
                let at = cluster + cluster / 2;
                self.table_bytes(at, &mut old[..2])?;
                let (old, value) = (u16::from_le_bytes([old[0], old[1]]), (value & 0xfff) as u16);
                let new = if cluster.is_multiple_of(2) { old & 0xf000 | value } else { old & 0xf | value << 4 };
                self.put_table_bytes(at, &new.to_le_bytes())
            }
            Kind::Fat16 => self.put_table_bytes(cluster * 2, &(value as u16).to_le_bytes()),
            Kind::Fat32 => {
                self.table_bytes(cluster * 4, &mut old)?;
                let new = u32::from_le_bytes(old) & !END | value & END;
                self.put_table_bytes(cluster * 4, &new.to_le_bytes())
            }
        }
    }

    /// Takes a free cluster, as the end of a chain: behind `last`, or (0) as the first of a new one.
    ///
    /// # Errors
    /// `ENOSPC`.
    pub(super) fn allocate(&self, last: u32) -> Result<u32> {
        let layout = self.layout()?;
        self.forget_count()?;
        let hint = self.state.hint.get();
        for step in 0..layout.clusters {
            let cluster = 2 + (hint.wrapping_sub(2) % layout.clusters + step) % layout.clusters;
            if self.next(cluster)? == Next::Free {
                self.set_next(cluster, END)?;
                if last != 0 {
                    self.link(last, cluster)?;
                }
                self.state.hint.set(cluster + 1);
                self.state.free.set(self.state.free.get().map(|free| free.saturating_sub(1)));
                return Ok(cluster);
            }
        }
        Err(Errno::ENOSPC)
    }

    /// Makes `next` come after `last`.
    pub(super) fn link(&self, last: u32, next: u32) -> Result<()> {
        self.set_next(last, next)
    }

    /// Frees the chain that begins at `first` (0 is none). One that is broken ends where it breaks.
    pub(super) fn free_chain(&self, first: u32) -> Result<()> {
        let (layout, mut cluster) = (self.layout()?, first);
        self.forget_count()?;
        while layout.has(cluster) {
            let next = self.next(cluster)?;
            if next == Next::Free {
                break;
            }
            self.set_next(cluster, 0)?;
            self.state.free.set(self.state.free.get().map(|free| free + 1));
            let Next::Cluster(after) = next else { break };
            cluster = after;
        }
        Ok(())
    }

    /// Free clusters; counted once.
    pub(super) fn free_clusters(&self) -> Result<u32> {
        if let Some(free) = self.state.free.get() {
            return Ok(free);
        }
        let mut free = 0;
        for cluster in 2..self.layout()?.clusters + 2 {
            free += u32::from(self.next(cluster)? == Next::Free);
        }
        self.state.free.set(Some(free));
        Ok(free)
    }

    /// A FAT32 volume may say how many clusters are free. It is told to say nothing before that becomes wrong.
    fn forget_count(&self) -> Result<()> {
        let layout = self.layout()?;
        if layout.info == 0 || self.state.count_unknown.get() {
            return Ok(());
        }
        let mut marks = [0; 4];
        self.data.get(self.device, layout.info, 0, &mut marks)?;
        if &marks == b"RRaA" {
            self.data.put(self.device, layout.info, 488, &[0xff; 8])?;
            self.data.flush(self.device)?;
        }
        self.state.count_unknown.set(true);
        Ok(())
    }
}
