//! Where things lie on a volume, as its boot sector says.
//!
//! ```text
//!   reserved (boot sector first) │ table × 1 or 2 │ root directory (FAT12, FAT16) │ clusters 2, 3, …
//! ```
//! Nothing that a boot sector says is believed before it is checked: every sector that is computed from a `Layout` is the volume's.

use super::Result;
use super::window::Window;
use interpreter::vfs::{BlockDevice, Errno};

/// How many bits an entry of the table has; the number of clusters alone decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Fat12,
    Fat16,
    Fat32,
}

/// Most clusters that 12 bits can number.
pub const MOST_12: u32 = 0xff5;
/// Most clusters that 16 bits can number.
pub const MOST_16: u32 = 0xfff5;

impl Kind {
    pub fn of(clusters: u32) -> Kind {
        if clusters <= MOST_12 {
            Kind::Fat12
        } else if clusters <= MOST_16 {
            Kind::Fat16
        } else {
            Kind::Fat32
        }
    }

    /// Bytes of a table with so many entries.
    pub fn table_bytes(self, entries: u64) -> u64 {
        match self {
            Kind::Fat12 => (entries * 3).div_ceil(2),
            Kind::Fat16 => entries * 2,
            Kind::Fat32 => entries * 4,
        }
    }
}

/// A volume's layout. Sectors are the device's.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub kind: Kind,
    /// Bytes in a sector.
    pub sector: u32,
    /// Sectors in a cluster.
    pub cluster: u32,
    /// The first table.
    pub table: u32,
    /// Sectors of a table.
    pub table_length: u32,
    /// Tables.
    pub tables: u32,
    /// The root directory: its first sector, or (FAT32) its first cluster.
    pub root: u32,
    /// Sectors of the root directory; 0 where it is a chain of clusters.
    pub root_length: u32,
    /// The sector where clusters begin.
    pub data: u32,
    /// Clusters.
    pub clusters: u32,
    /// The sector that says how many clusters are free; 0 where there is none.
    pub info: u32,
}

/// Bytes of the boot sector that are looked at.
const HEAD: usize = 64;

fn u16_at(bytes: &[u8], at: usize) -> u32 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]]).into()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

impl Layout {
    /// Finds the volume of a device: it begins at the first sector, or is the first partition that is one.
    ///
    /// # Errors
    /// `ENODEV` where there is none, and what the device answers.
    pub fn find(device: &dyn BlockDevice, window: &Window<[u8]>) -> Result<Layout> {
        if let Some(layout) = Layout::read(device, window, 0)? {
            return Ok(layout);
        }
        let (mut partitions, mut mark) = ([0; 64], [0; 2]);
        window.get(device, 0, 446, &mut partitions)?;
        window.get(device, 0, 510, &mut mark)?;
        if mark != [0x55, 0xaa] {
            return Err(Errno::ENODEV);
        }
        for partition in partitions.chunks_exact(16) {
            let (kind, start) = (partition[4], u32_at(partition, 8));
            if kind != 0
                && start != 0
                && start < device.block_count()
                && let Some(layout) = Layout::read(device, window, start)?
            {
                return Ok(layout);
            }
        }
        Err(Errno::ENODEV)
    }

    /// The layout that the boot sector at `first` describes, if it is one.
    fn read(device: &dyn BlockDevice, window: &Window<[u8]>, first: u32) -> Result<Option<Layout>> {
        let (mut head, mut mark) = ([0; HEAD], [0; 2]);
        window.get(device, first, 0, &mut head)?;
        window.get(device, first, 510, &mut mark)?;
        let jumps = matches!(head[0], 0xeb | 0xe9 | 0xe8);
        if mark != [0x55, 0xaa] || !jumps || u16_at(&head, 11) != device.block_size() {
            return Ok(None);
        }
        Ok(Layout::of(&head, first, device.block_count()))
    }

    fn of(head: &[u8; HEAD], first: u32, count: u32) -> Option<Layout> {
        let (sector, cluster) = (u16_at(head, 11), u32::from(head[13]));
        let (reserved, tables, entries) = (u16_at(head, 14), u32::from(head[16]), u16_at(head, 17));
        let either = |short: u32, long: u32| if short != 0 { short } else { long };
        let (total, table_length) = (either(u16_at(head, 19), u32_at(head, 32)), either(u16_at(head, 22), u32_at(head, 36)));
        let root_length = (entries * 32).div_ceil(sector);
        let before = u64::from(reserved) + u64::from(tables) * u64::from(table_length) + u64::from(root_length);
        let sound = cluster.is_power_of_two()
            && reserved > 0
            && matches!(tables, 1 | 2)
            && (entries * 32).is_multiple_of(sector)
            && u64::from(first) + u64::from(total) <= count.into()
            && before < total.into();
        let clusters = if sound { (total - before as u32) / cluster } else { 0 };
        let kind = Kind::of(clusters);
        let enough = kind.table_bytes(u64::from(clusters) + 2) <= u64::from(table_length) * u64::from(sector);
        if clusters == 0 || clusters > 0x0fff_fff5 || !enough || (kind == Kind::Fat32) != (entries == 0) {
            return None;
        }
        let table = first + reserved;
        let after = table + tables * table_length;
        let (root, info) = match kind {
            Kind::Fat32 => (u32_at(head, 44), u16_at(head, 48)),
            _ => (after, 0),
        };
        if kind == Kind::Fat32 && !(2..clusters + 2).contains(&root) {
            return None;
        }
        let info = if (1..reserved).contains(&info) { first + info } else { 0 };
        let data = after + root_length;
        Some(Layout { kind, sector, cluster, table, table_length, tables, root, root_length, data, clusters, info })
    }

    /// Whether there is a cluster of this number.
    pub fn has(&self, cluster: u32) -> bool {
        cluster >= 2 && cluster - 2 < self.clusters
    }

    /// The first sector of a cluster that is there.
    pub fn sector_of(&self, cluster: u32) -> u32 {
        self.data + (cluster - 2) * self.cluster
    }

    /// Bytes in a cluster.
    pub fn cluster_bytes(&self) -> u32 {
        self.sector * self.cluster
    }
}
