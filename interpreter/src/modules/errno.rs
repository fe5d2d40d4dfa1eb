//! `errno`: numbers of `OSError`.

use crate::object::dict::fixed;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vfs::{Errno, errno};
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// Operation not permitted.
    const EPERM = Word::int(Errno::EPERM.0 as isize);
    /// No such file or directory.
    const ENOENT = Word::int(Errno::ENOENT.0 as isize);
    /// Input/output error.
    const EIO = Word::int(Errno::EIO.0 as isize);
    /// Bad file.
    const EBADF = Word::int(Errno::EBADF.0 as isize);
    /// Try again.
    const EAGAIN = Word::int(Errno::EAGAIN.0 as isize);
    /// Out of memory.
    const ENOMEM = Word::int(Errno::ENOMEM.0 as isize);
    /// Permission denied.
    const EACCES = Word::int(Errno::EACCES.0 as isize);
    /// File exists.
    const EEXIST = Word::int(Errno::EEXIST.0 as isize);
    /// No such device.
    const ENODEV = Word::int(Errno::ENODEV.0 as isize);
    /// Not a directory.
    const ENOTDIR = Word::int(Errno::ENOTDIR.0 as isize);
    /// Is a directory.
    const EISDIR = Word::int(Errno::EISDIR.0 as isize);
    /// Invalid argument.
    const EINVAL = Word::int(Errno::EINVAL.0 as isize);
    /// No space left.
    const ENOSPC = Word::int(Errno::ENOSPC.0 as isize);
    /// Read-only file system.
    const EROFS = Word::int(Errno::EROFS.0 as isize);
    /// Operation not supported.
    const EOPNOTSUPP = Word::int(Errno::EOPNOTSUPP.0 as isize);
    /// Operation not supported.
    const ENOTSUP = Word::int(Errno::EOPNOTSUPP.0 as isize);
    /// Busy.
    const EBUSY = Word::int(Errno::EBUSY.0 as isize);
    /// Too many open files.
    const EMFILE = Word::int(Errno::EMFILE.0 as isize);
    /// File too large.
    const EFBIG = Word::int(Errno::EFBIG.0 as isize);
    /// Not seekable.
    const ESPIPE = Word::int(Errno::ESPIPE.0 as isize);
    /// Name too long.
    const ENAMETOOLONG = Word::int(Errno::ENAMETOOLONG.0 as isize);
    /// Directory not empty.
    const ENOTEMPTY = Word::int(Errno::ENOTEMPTY.0 as isize);
    /// Timed out.
    const ETIMEDOUT = Word::int(Errno::ETIMEDOUT.0 as isize);
    /// Nobody reads this pipe.
    const EPIPE = Word::int(Errno::EPIPE.0 as isize);
    /// No such family of addresses.
    const EAFNOSUPPORT = Word::int(Errno::EAFNOSUPPORT.0 as isize);
    /// The address is in use.
    const EADDRINUSE = Word::int(Errno::EADDRINUSE.0 as isize);
    /// The connection was aborted.
    const ECONNABORTED = Word::int(Errno::ECONNABORTED.0 as isize);
    /// The connection was reset.
    const ECONNRESET = Word::int(Errno::ECONNRESET.0 as isize);
    /// No room left for data.
    const ENOBUFS = Word::int(Errno::ENOBUFS.0 as isize);
    /// Connected already.
    const EISCONN = Word::int(Errno::EISCONN.0 as isize);
    /// Not connected.
    const ENOTCONN = Word::int(Errno::ENOTCONN.0 as isize);
    /// The connection was refused.
    const ECONNREFUSED = Word::int(Errno::ECONNREFUSED.0 as isize);
    /// The host is out of reach.
    const EHOSTUNREACH = Word::int(Errno::EHOSTUNREACH.0 as isize);
    /// It has begun already.
    const EALREADY = Word::int(Errno::EALREADY.0 as isize);
    /// It is in progress.
    const EINPROGRESS = Word::int(Errno::EINPROGRESS.0 as isize);
}

/// The name of the attribute that is computed.
pub const MORE: &[&str] = &["errorcode"];

/// `errorcode`: names by number.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    if name != name!(errorcode) {
        return Ok(Word::UNSET);
    }
    let names = vm.new_dict()?;
    for (name, number) in errno::ALL {
        names.map.insert(vm, Word::int(*number as isize), vm.new_str(name)?)?;
    }
    // One number, two names: CPython shows this one.
    names.map.insert(vm, Word::int(Errno::EOPNOTSUPP.0 as isize), Word::name(name!(ENOTSUP)))?;
    fixed(vm, names)
}
