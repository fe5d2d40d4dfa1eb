//! `vfs`: the mount table. Types of file systems are contributed by ports.

use crate::vfs::mount;

table! { pub ROWS, NAMES, DOCS:
    /// mount(fs, path, *, readonly=False): mounts a file system; without arguments, a list of (fs, path).
    def mount(0..=2, keywords) = mount::mount;
    /// umount(fs or path): unmounts.
    def umount(1) = mount::unmount;
}
