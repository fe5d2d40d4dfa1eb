//! Makes an empty volume: the sizes that the reference chooses, so that what one formats is as roomy as what the other does.
//!
//! FAT12 or FAT16 over the whole device where 16 bits can number its clusters; else FAT32 in a partition of its own.

use super::Result;
use super::directory::LABEL;
use super::layout::{Kind, MOST_12, MOST_16};
use super::window::Window;
use interpreter::vfs::{BlockDevice, Errno};

/// Entries of a root directory that is no chain.
const ROOT_ENTRIES: u32 = 512;
/// The same on a device so small that nothing would be left for files.
const FEW_ENTRIES: u32 = 128;
/// The sector where the partition of a large device begins.
const PARTITION: u32 = 63;
/// Sectors before the table of FAT32.
const RESERVED_32: u32 = 32;
/// Kind of a partition: FAT32, counted in sectors.
const PARTITION_KIND: u8 = 0x0c;

/// What is decided about a volume.
#[derive(Clone, Copy)]
struct Plan {
    kind: Kind,
    first: u32,
    sectors: u32,
    sector: u32,
    cluster: u32,
    reserved: u32,
    table: u32,
    root: u32,
}

/// Clusters double in size at each of these sizes of a volume, in units of 4,096 sectors, or (FAT32) of 131,072.
const STEPS: [u32; 6] = [1, 4, 16, 64, 256, 512];
const STEPS_32: [u32; 6] = [1, 2, 4, 8, 16, 32];

fn cluster_for(units: u32, steps: &[u32]) -> u32 {
    1 << steps.iter().take_while(|step| **step <= units).count()
}

impl Plan {
    fn small(sector: u32, sectors: u32, entries: u32) -> Option<Plan> {
        let mut cluster = cluster_for(sectors / 0x1000, &STEPS);
        loop {
            let guess = sectors / cluster;
            let kind = if guess > MOST_12 { Kind::Fat16 } else { Kind::Fat12 };
            // A table as long as if the clusters began at once, and a little more: as the reference does.
            let bytes = match kind {
                Kind::Fat12 => (guess * 3).div_ceil(2) + 3,
                _ => guess * 2 + 4,
            };
            let (table, root) = (bytes.div_ceil(sector), entries * 32 / sector);
            let plan = Plan { kind, first: 0, sectors, sector, cluster, reserved: 1, table, root };
            let clusters = plan.clusters()?;
            let right = match kind {
                Kind::Fat12 => clusters <= MOST_12,
                _ => clusters > MOST_12 && clusters <= MOST_16,
            };
            if right && clusters >= 16 {
                return Some(plan);
            }
            cluster *= 2;
            if cluster > 64 {
                return None;
            }
        }
    }

    fn large(sector: u32, count: u32) -> Option<Plan> {
        let sectors = count.checked_sub(PARTITION)?;
        let cluster = cluster_for(sectors / 0x2_0000, &STEPS_32);
        let table = (u64::from(sectors / cluster) * 4 + 8).div_ceil(sector.into()) as u32;
        let plan = Plan { kind: Kind::Fat32, first: PARTITION, sectors, sector, cluster, reserved: RESERVED_32, table, root: 0 };
        plan.clusters().filter(|clusters| *clusters > MOST_16).map(|_| plan)
    }

    fn clusters(&self) -> Option<u32> {
        Some(self.sectors.checked_sub(self.reserved + self.table + self.root)? / self.cluster)
    }

    /// The boot sector's first 90 bytes. `serial` tells volumes apart.
    fn boot_sector(&self, label: &[u8; 11], serial: u32) -> [u8; 90] {
        let mut boot = [0; 90];
        let mut put = |at: usize, bytes: &[u8]| boot[at..at + bytes.len()].copy_from_slice(bytes);
        let is_long = self.sectors >= 0x1_0000 || self.kind == Kind::Fat32;
        put(0, &[0xeb, 0xfe, 0x90]);
        put(3, b"MSDOS5.0");
        put(11, &(self.sector as u16).to_le_bytes());
        put(13, &[self.cluster as u8]);
        put(14, &(self.reserved as u16).to_le_bytes());
        put(16, &[1]);
        put(17, &((self.root * self.sector / 32) as u16).to_le_bytes());
        put(if is_long { 32 } else { 19 }, &self.sectors.to_le_bytes()[..if is_long { 4 } else { 2 }]);
        put(21, &[0xf8]);
        put(24, &63_u16.to_le_bytes());
        put(26, &255_u16.to_le_bytes());
        put(28, &self.first.to_le_bytes());
        let tail = if self.kind == Kind::Fat32 {
            put(36, &self.table.to_le_bytes());
            put(44, &2_u32.to_le_bytes());
            put(48, &[1, 0, 6, 0]);
            64
        } else {
            put(22, &(self.table as u16).to_le_bytes());
            36
        };
        put(tail, &[0x80, 0, 0x29]);
        put(tail + 3, &serial.to_le_bytes());
        put(tail + 7, label);
        put(tail + 18, if self.kind == Kind::Fat32 { b"FAT32   " } else { b"FAT     " });
        boot
    }

    /// The first entries of the table: a mark, and for FAT32 the root directory's cluster.
    fn table_head(&self) -> &'static [u8] {
        match self.kind {
            Kind::Fat12 => &[0xf8, 0xff, 0xff],
            Kind::Fat16 => &[0xf8, 0xff, 0xff, 0xff],
            Kind::Fat32 => &[0xf8, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xf8, 0xff, 0xff, 0x0f],
        }
    }
}

/// Formats a device; `label` is the volume's name, eleven bytes that a short name may hold.
///
/// # Errors
/// `EINVAL` for a device too small or of impossible sectors, and what the device answers.
pub fn make(device: &dyn BlockDevice, window: &Window<[u8]>, label: Option<&[u8; 11]>) -> Result<()> {
    let (sector, count) = (device.block_size(), device.block_count());
    if !sector.is_power_of_two() || !(512..=4096).contains(&sector) {
        return Err(Errno::EINVAL);
    }
    let small = |entries| Plan::small(sector, count, entries);
    let plan = small(ROOT_ENTRIES).or_else(|| Plan::large(sector, count)).or_else(|| small(FEW_ENTRIES)).ok_or(Errno::EINVAL)?;
    let mark = |sector: u32| window.put(device, sector, 510, &[0x55, 0xaa]);
    // The boot sector comes last: until then there is no volume.
    window.clear(device, plan.first)?;
    let table = plan.first + plan.reserved;
    let root = table + plan.table;
    let cleared = root + plan.root + if plan.root == 0 { plan.cluster } else { 0 };
    (table..cleared).try_for_each(|sector| window.clear(device, sector))?;
    window.put(device, table, 0, plan.table_head())?;
    if let Some(label) = label {
        window.put(device, root, 0, label)?;
        window.put(device, root, 11, &[LABEL])?;
    }
    let serial = plan.sectors.wrapping_mul(0x9e37_79b9) ^ count;
    let boot = plan.boot_sector(label.unwrap_or(b"NO NAME    "), serial);
    if plan.kind == Kind::Fat32 {
        // How many clusters are free is not said: it would have to be kept true.
        for info in [plan.first + 1, plan.first + 7] {
            window.clear(device, info)?;
            window.put(device, info, 0, b"RRaA")?;
            window.put(device, info, 484, b"rrAa")?;
            window.put(device, info, 488, &[0xff; 8])?;
            mark(info)?;
        }
        window.clear(device, plan.first + 6)?;
        window.put(device, plan.first + 6, 0, &boot)?;
        mark(plan.first + 6)?;
        partition(device, window, &plan)?;
    }
    window.clear(device, plan.first)?;
    window.put(device, plan.first, 0, &boot)?;
    mark(plan.first)?;
    window.flush(device)?;
    window.forget();
    device.sync().map_err(|_| Errno::EIO)
}

/// Writes the partition table of a device that is one partition.
fn partition(device: &dyn BlockDevice, window: &Window<[u8]>, plan: &Plan) -> Result<()> {
    let mut row = [0; 16];
    // Cylinders and heads are said to be beyond what can be said.
    row[..8].copy_from_slice(&[0, 1, 1, 0, PARTITION_KIND, 0xfe, 0xff, 0xff]);
    row[8..12].copy_from_slice(&plan.first.to_le_bytes());
    row[12..].copy_from_slice(&plan.sectors.to_le_bytes());
    window.clear(device, 0)?;
    window.put(device, 0, 446, &row)?;
    window.put(device, 0, 510, &[0x55, 0xaa])?;
    window.flush(device)
}
