//! What this port contributes to programs. A module of the core's name extends the core's.

/// The number of a name that this crate's tables or the core's declare.
macro_rules! name {
    ($name:ident) => {
        const {
            interpreter::object::name::declared(
                &[&interpreter::object::CORE, &machine::POOL, &crate::modules::POOL],
                stringify!($name),
            )
        }
    };
    ($name:literal) => {
        const { interpreter::object::name::declared(&[&interpreter::object::CORE, &machine::POOL, &crate::modules::POOL], $name) }
    };
}

mod cexample;
mod io;
mod os;
mod posix;
mod process;
mod socket;
mod termios;
mod time;
mod tls;
mod unicodedata;
mod vfs;

pub use os::variable;
pub use termios::borrowed;

use interpreter::modules::frozen::{self, Frozen};
use interpreter::modules::{BuiltinModule, core_rows};
use interpreter::object::kind::find_row;
use interpreter::object::name::{Name, Pool};
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};

/// `cexample`.
static CEXAMPLE: BuiltinModule = BuiltinModule::new(name!(cexample), cexample::ROWS);
/// `io`.
static IO: BuiltinModule = BuiltinModule::new(name!(io), io::ROWS).with(io::attribute);
/// `os`.
static OS: BuiltinModule = BuiltinModule::new(name!(os), os::ROWS).with(os::attribute);
/// `_posix`.
static POSIX: BuiltinModule = BuiltinModule::new(name!(_posix), posix::ROWS);
/// `_process`.
static PROCESS: BuiltinModule = BuiltinModule::new(name!(_process), process::ROWS);
/// `socket`.
static SOCKET: BuiltinModule = BuiltinModule::new(name!(socket), socket::ROWS);
/// `termios`.
static TERMIOS: BuiltinModule = BuiltinModule::new(name!(termios), termios::ROWS);
/// `time`.
static TIME: BuiltinModule = BuiltinModule::new(name!(time), time::ROWS).with(time::attribute);
/// `tls`.
static TLS: BuiltinModule = BuiltinModule::new(name!(tls), tls::ROWS);
/// `unicodedata`.
static UNICODEDATA: BuiltinModule = BuiltinModule::new(name!(unicodedata), unicodedata::ROWS);
/// `vfs`.
static VFS: BuiltinModule = BuiltinModule::new(name!(vfs), vfs::ROWS);

/// What a module's continuation in Python has instead of a native row: those `names`. It finds the native one as `_native_NAME`.
fn overridden(vm: &Vm, module: Name, name: Name, names: &[&str]) -> Outcome {
    let text = vm.name_text(name);
    if names.contains(&text) {
        return frozen::continued(vm, module, name);
    }
    let Some(native) = text.strip_prefix("_native_") else { return Ok(Word::UNSET) };
    Ok(find_row(core_rows(module), vm.intern(native)?).unwrap_or(Word::UNSET))
}

/// Modules of a program that runs on this computer.
pub static DESKTOP: &[&BuiltinModule] =
    &[&CEXAMPLE, &IO, &machine::DESKTOP_MACHINE, &OS, &POSIX, &PROCESS, &SOCKET, &TERMIOS, &TIME, &TLS, &UNICODEDATA, &VFS];
/// Those that are written in Python.
pub static FROZEN: &[Frozen] = interpreter::frozen! {
    "frozen/__future__.py";
    "frozen/_array/__init__.py";
    "frozen/_binascii/__init__.py";
    "frozen/_codecs.py";
    "frozen/_collections/__init__.py";
    "frozen/_collections/abc.py";
    "frozen/_decimalformat.py";
    "frozen/_decimalmath.py";
    "frozen/_errno/__init__.py";
    "frozen/_gc/__init__.py";
    "frozen/_io/__init__.py";
    "frozen/_json/__init__.py";
    "frozen/_json/decoder.py";
    "frozen/_json/encoder.py";
    "frozen/_json/scanner.py";
    "frozen/_os/__init__.py";
    "frozen/_os/path.py";
    "frozen/_random/__init__.py";
    "frozen/_re/__init__.py";
    "frozen/_string.py";
    "frozen/_strptime.py";
    "frozen/_struct/__init__.py";
    "frozen/_sys/__init__.py";
    "frozen/_thread/__init__.py";
    "frozen/_time/__init__.py";
    "frozen/_weakref/__init__.py";
    "frozen/_zonefile.py";
    "frozen/abc.py";
    "frozen/argparse.py";
    "frozen/ast.py";
    "frozen/atexit.py";
    "frozen/base64.py";
    "frozen/bisect.py";
    "frozen/calendar.py";
    "frozen/cmd.py";
    "frozen/code.py";
    "frozen/codecs.py";
    "frozen/codeop.py";
    "frozen/colorsys.py";
    "frozen/concurrent/__init__.py";
    "frozen/concurrent/futures/__init__.py";
    "frozen/concurrent/futures/_base.py";
    "frozen/concurrent/futures/thread.py";
    "frozen/configparser.py";
    "frozen/contextlib.py";
    "frozen/contextvars.py";
    "frozen/copy.py";
    "frozen/copyreg.py";
    "frozen/csv.py";
    "frozen/dataclasses.py";
    "frozen/datetime.py";
    "frozen/decimal.py";
    "frozen/difflib.py";
    "frozen/doctest.py";
    "frozen/email/__init__.py";
    "frozen/email/_bytes.py";
    "frozen/email/base64mime.py";
    "frozen/email/charset.py";
    "frozen/email/contentmanager.py";
    "frozen/email/encoders.py";
    "frozen/email/errors.py";
    "frozen/email/feedparser.py";
    "frozen/email/generator.py";
    "frozen/email/header.py";
    "frozen/email/headerregistry.py";
    "frozen/email/iterators.py";
    "frozen/email/message.py";
    "frozen/email/mime/__init__.py";
    "frozen/email/mime/application.py";
    "frozen/email/mime/audio.py";
    "frozen/email/mime/base.py";
    "frozen/email/mime/image.py";
    "frozen/email/mime/message.py";
    "frozen/email/mime/multipart.py";
    "frozen/email/mime/nonmultipart.py";
    "frozen/email/mime/text.py";
    "frozen/email/parser.py";
    "frozen/email/policy.py";
    "frozen/email/quoprimime.py";
    "frozen/email/utils.py";
    "frozen/encodings/__init__.py";
    "frozen/encodings/aliases.py";
    "frozen/enum.py";
    "frozen/fnmatch.py";
    "frozen/fractions.py";
    "frozen/functools.py";
    "frozen/genericpath.py";
    "frozen/getopt.py";
    "frozen/getpass.py";
    "frozen/gettext.py";
    "frozen/glob.py";
    "frozen/graphlib.py";
    "frozen/grp.py";
    "frozen/gzip.py";
    "frozen/hmac.py";
    "frozen/html/__init__.py";
    "frozen/html/entities.py";
    "frozen/html/parser.py";
    "frozen/http/__init__.py";
    "frozen/http/client.py";
    "frozen/http/cookiejar.py";
    "frozen/http/cookies.py";
    "frozen/http/server.py";
    "frozen/importlib/__init__.py";
    "frozen/importlib/abc.py";
    "frozen/importlib/machinery.py";
    "frozen/importlib/metadata.py";
    "frozen/importlib/resources.py";
    "frozen/importlib/util.py";
    "frozen/inspect.py";
    "frozen/ipaddress.py";
    "frozen/itertools.py";
    "frozen/keyword.py";
    "frozen/linecache.py";
    "frozen/locale.py";
    "frozen/logging/__init__.py";
    "frozen/logging/config.py";
    "frozen/logging/handlers.py";
    "frozen/mimetypes.py";
    "frozen/mip.py";
    "frozen/netrc.py";
    "frozen/numbers.py";
    "frozen/operator.py";
    "frozen/optparse.py";
    "frozen/pathlib.py";
    "frozen/pickle.py";
    "frozen/plistlib.py";
    "frozen/posixpath.py";
    "frozen/pprint.py";
    "frozen/pwd.py";
    "frozen/pyexpat.py";
    "frozen/queue.py";
    "frozen/quopri.py";
    "frozen/reprlib.py";
    "frozen/sched.py";
    "frozen/secrets.py";
    "frozen/selectors.py";
    "frozen/shlex.py";
    "frozen/shutil.py";
    "frozen/signal.py";
    "frozen/socketserver.py";
    "frozen/ssl.py";
    "frozen/stat.py";
    "frozen/statistics.py";
    "frozen/subprocess.py";
    "frozen/sysconfig.py";
    "frozen/tarfile.py";
    "frozen/tempfile.py";
    "frozen/textwrap.py";
    "frozen/timeit.py";
    "frozen/token.py";
    "frozen/tokenize.py";
    "frozen/traceback.py";
    "frozen/types.py";
    "frozen/typing.py";
    "frozen/urllib/__init__.py";
    "frozen/urllib/error.py";
    "frozen/urllib/parse.py";
    "frozen/urllib/request.py";
    "frozen/urllib/response.py";
    "frozen/urllib/robotparser.py";
    "frozen/uuid.py";
    "frozen/warnings.py";
    "frozen/xml/__init__.py";
    "frozen/xml/etree/ElementPath.py";
    "frozen/xml/etree/ElementTree.py";
    "frozen/xml/etree/__init__.py";
    "frozen/xml/parsers/__init__.py";
    "frozen/xml/parsers/expat.py";
    "frozen/zipfile.py";
    "frozen/zipimport.py";
    "frozen/zlib.py";
    "frozen/zoneinfo/__init__.py";
};
/// Modules of a virtual board.
pub static BOARD: &[&BuiltinModule] = &[&machine::MACHINE, &machine::PYB, &machine::stm::STM, &storage::object::VFS];
/// Names that those modules declare.
pub static POOLS: &[&Pool] = &[&machine::POOL, &POOL];

/// Number of this crate's first name.
const BASE: u16 = 0x3800;

interpreter::pool! {
    /// Names that the tables of this crate declare.
    static POOL = BASE, &[&[
        &["cexample", "io", "os", "_posix", "_process", "socket", "termios", "time", "tls", "unicodedata", "vfs", "SSLSocket"],
        cexample::NAMES,
        cexample::MORE,
        cexample::timer_rows::NAMES,
        io::NAMES,
        os::NAMES,
        posix::NAMES,
        process::NAMES,
        socket::NAMES,
        socket::socket_rows::NAMES,
        termios::NAMES,
        time::NAMES,
        tls::NAMES,
        tls::context::MORE,
        tls::context::context_rows::NAMES,
        tls::socket::socket_rows::NAMES,
        unicodedata::MORE,
        unicodedata::NAMES,
        vfs::NAMES,
    ]];
}
