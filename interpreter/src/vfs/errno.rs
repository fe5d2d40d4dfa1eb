//! Error numbers, as `OSError` and `errno` know them (POSIX on Linux, which is what MicroPython uses everywhere).

/// An error number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Errno(pub u16);

macro_rules! numbers {
    ($($(#[$meta:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        #[expect(missing_docs, reason = "POSIX's names")]
        impl Errno {
            $($(#[$meta])* pub const $name: Errno = Errno($number);)*
        }
        /// Name and number of each, for the module `errno`.
        pub const ALL: &[(&str, u16)] = &[$($(#[$meta])* (stringify!($name), $number)),*];
        impl Errno {
            /// The name, such as `ENOENT`, if it is a known one.
            pub fn name(self) -> Option<&'static str> {
                ALL.iter().find(|row| row.1 == self.0).map(|row| row.0)
            }
            /// What it means.
            pub fn text(self) -> &'static str {
                match self.0 {
                    $($(#[$meta])* $number => $text,)*
                    _ => "unknown error",
                }
            }
        }
    };
}

numbers! {
    EPERM = 1, "operation not permitted";
    ENOENT = 2, "no such file or directory";
    EIO = 5, "input/output error";
    EBADF = 9, "bad file";
    EAGAIN = 11, "try again";
    ENOMEM = 12, "out of memory";
    EACCES = 13, "permission denied";
    EBUSY = 16, "busy";
    EEXIST = 17, "file exists";
    ENODEV = 19, "no such device";
    ENOTDIR = 20, "not a directory";
    EISDIR = 21, "is a directory";
    EINVAL = 22, "invalid argument";
    EMFILE = 24, "too many open files";
    EFBIG = 27, "file too large";
    ENOSPC = 28, "no space left";
    ESPIPE = 29, "not seekable";
    EROFS = 30, "read-only file system";
    #[cfg(feature = "standard")]
    EPIPE = 32, "broken pipe";
    ENAMETOOLONG = 36, "name too long";
    ENOTEMPTY = 39, "directory not empty";
    EOPNOTSUPP = 95, "operation not supported";
    #[cfg(feature = "standard")]
    EAFNOSUPPORT = 97, "no such family of addresses";
    #[cfg(feature = "standard")]
    EADDRINUSE = 98, "address in use";
    #[cfg(feature = "standard")]
    ECONNABORTED = 103, "connection aborted";
    #[cfg(feature = "standard")]
    ECONNRESET = 104, "connection reset";
    #[cfg(feature = "standard")]
    ENOBUFS = 105, "no room left";
    #[cfg(feature = "standard")]
    EISCONN = 106, "connected already";
    #[cfg(feature = "standard")]
    ENOTCONN = 107, "not connected";
    ETIMEDOUT = 110, "timed out";
    #[cfg(feature = "standard")]
    ECONNREFUSED = 111, "connection refused";
    #[cfg(feature = "standard")]
    EHOSTUNREACH = 113, "host out of reach";
    #[cfg(feature = "standard")]
    EALREADY = 114, "begun already";
    #[cfg(feature = "standard")]
    EINPROGRESS = 115, "in progress";
}
