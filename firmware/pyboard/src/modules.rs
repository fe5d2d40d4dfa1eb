//! What this port contributes to programs.

use interpreter::modules::BuiltinModule;
use interpreter::modules::frozen::{self, Contents, Frozen};
use interpreter::name;
use interpreter::object::name::Pool;

/// The file systems that programs make.
mod vfs {
    use interpreter::object::handle::type_word;
    use interpreter::{name, table};
    table! { pub ROWS, NAMES, DOCS:
        /// VfsFat(bdev): a FAT file system on a block device.
        const VfsFat = type_word(&storage::object::VFS_FAT);
        /// VfsLfs2(bdev, readsize=32, progsize=32, lookahead=32, mtime=True): a littlefs on a block device.
        const VfsLfs2 = type_word(&storage::object::VFS_LFS2);
    }
}

static VFS: BuiltinModule = BuiltinModule::new(name!(vfs), vfs::ROWS);
/// Where they were once.
static OS: BuiltinModule = BuiltinModule::new(name!(os), vfs::ROWS);

/// Its modules.
pub static MODULES: &[&BuiltinModule] = &[&machine::MACHINE, &machine::PYB, &machine::stm::STM, &VFS, &OS, &machine::ONE_WIRE];
/// The names in them.
pub static POOLS: &[&Pool] = &[&machine::POOL];
/// Its modules that are written in Python, compiled (`build.rs`).
pub static FROZEN: &[Frozen] = include!(concat!(env!("OUT_DIR"), "/frozen.rs"));
