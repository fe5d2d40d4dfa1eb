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

mod abcs;
mod binascii;
mod bisection;
mod calls;
mod cdata;
mod cexample;
mod contexts;
mod decimals;
mod digests;
mod entities;
mod fcntl;
mod io;
mod lineage;
mod mapping;
mod markup;
mod math;
mod moments;
mod multibyte;
mod numbers;
mod os;
mod packing;
mod pickles;
mod posix;
mod process;
mod rows;
pub mod signal;
mod socket;
mod sqlite;
mod system;
mod termios;
mod time;
mod tls;
mod tokens;
mod twister;
mod unicodedata;
mod usual;
mod vfs;

pub use lineage::FORKED;
pub use os::variable;
pub use termios::borrowed;
pub use unicodedata::named as character_named;

use interpreter::modules::frozen::{self, Frozen};
use interpreter::modules::{BuiltinModule, core_rows};
use interpreter::object::kind::{Rows, find_row};
use interpreter::object::name::{Name, Pool};
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};

/// `_abcs`.
static ABCS: BuiltinModule = BuiltinModule::new(name!(_abcs), abcs::ROWS);
/// `binascii`.
static BINASCII: BuiltinModule = BuiltinModule::new(name!(binascii), binascii::ROWS);
/// `_bisection`.
static BISECTION: BuiltinModule = BuiltinModule::new(name!(_bisection), bisection::ROWS);
/// `_calls`.
static CALLS: BuiltinModule = BuiltinModule::new(name!(_calls), calls::ROWS);
/// `_cdata`.
static CDATA: BuiltinModule = BuiltinModule::new(name!(_cdata), cdata::ROWS);
/// `cexample`.
static CEXAMPLE: BuiltinModule = BuiltinModule::new(name!(cexample), cexample::ROWS);
/// `collections`.
static COLLECTIONS: BuiltinModule = BuiltinModule::new(name!(collections), Rows::NONE).with(collections);
/// `_contexts`.
static CONTEXTS: BuiltinModule = BuiltinModule::new(name!(_contexts), contexts::ROWS);
/// `_decimals`.
static DECIMALS: BuiltinModule = BuiltinModule::new(name!(_decimals), decimals::ROWS);
/// `_digests`.
static DIGESTS: BuiltinModule = BuiltinModule::new(name!(_digests), digests::ROWS);
/// `_entities`.
static ENTITIES: BuiltinModule = BuiltinModule::new(name!(_entities), entities::ROWS);
/// `fcntl`.
static FCNTL: BuiltinModule = BuiltinModule::new(name!(fcntl), fcntl::ROWS);
/// `hashlib`.
static HASHLIB: BuiltinModule = BuiltinModule::new(name!(hashlib), Rows::NONE).with(hashlib);
/// `io`.
static IO: BuiltinModule = BuiltinModule::new(name!(io), io::ROWS).with(io::attribute);
/// `json`.
static JSON: BuiltinModule = BuiltinModule::new(name!(json), Rows::NONE).with(json);
/// `_lineage`.
static LINEAGE: BuiltinModule = BuiltinModule::new(name!(_lineage), lineage::ROWS);
/// `_markup`.
static MARKUP: BuiltinModule = BuiltinModule::new(name!(_markup), markup::ROWS);
/// `math`.
static MATH: BuiltinModule = BuiltinModule::new(name!(math), math::ROWS);
/// `_moments`.
static MOMENTS: BuiltinModule = BuiltinModule::new(name!(_moments), moments::ROWS);
/// `_multibyte`.
static MULTIBYTE: BuiltinModule = BuiltinModule::new(name!(_multibyte), multibyte::ROWS);
/// `_os_numbers`.
static OS_NUMBERS: BuiltinModule = BuiltinModule::new(name!(_os_numbers), numbers::os::ROWS);
/// `os`.
static OS: BuiltinModule = BuiltinModule::new(name!(os), os::ROWS).with(os::attribute);
/// `_packing`.
static PACKING: BuiltinModule = BuiltinModule::new(name!(_packing), packing::ROWS);
/// `_pickles`.
static PICKLES: BuiltinModule = BuiltinModule::new(name!(_pickles), pickles::ROWS);
/// `platform`.
static PLATFORM: BuiltinModule = BuiltinModule::new(name!(platform), Rows::NONE).with(platform);
/// `_posix`.
static POSIX: BuiltinModule = BuiltinModule::new(name!(_posix), posix::ROWS);
/// `_process`.
static PROCESS: BuiltinModule = BuiltinModule::new(name!(_process), process::ROWS);
/// `_rows`.
static ROW: BuiltinModule = BuiltinModule::new(name!(_rows), rows::ROWS);
/// `_signal`.
static SIGNAL: BuiltinModule = BuiltinModule::new(name!(_signal), signal::ROWS);
/// `random`.
static RANDOM: BuiltinModule = BuiltinModule::new(name!(random), Rows::NONE).with(random);
/// `re`.
static RE: BuiltinModule = BuiltinModule::new(name!(re), Rows::NONE).with(re);
/// `socket`.
static SOCKET: BuiltinModule = BuiltinModule::new(name!(socket), socket::ROWS).with(socket::attribute);
/// `_socket_numbers`.
static SOCKET_NUMBERS: BuiltinModule = BuiltinModule::new(name!(_socket_numbers), numbers::socket::ROWS);
/// `_sqlite`.
static SQLITE: BuiltinModule = BuiltinModule::new(name!(_sqlite), sqlite::ROWS);
/// `_system`.
static SYSTEM: BuiltinModule = BuiltinModule::new(name!(_system), system::ROWS);
/// `termios`.
static TERMIOS: BuiltinModule = BuiltinModule::new(name!(termios), termios::ROWS);
/// `time`.
static TIME: BuiltinModule = BuiltinModule::new(name!(time), time::ROWS).with(time::attribute);
/// `tls`.
static TLS: BuiltinModule = BuiltinModule::new(name!(tls), tls::ROWS);
/// `_tokens`.
static TOKENS: BuiltinModule = BuiltinModule::new(name!(_tokens), tokens::ROWS);
/// `_twister`.
static TWISTER: BuiltinModule = BuiltinModule::new(name!(_twister), twister::ROWS);
/// `unicodedata`.
static UNICODEDATA: BuiltinModule = BuiltinModule::new(name!(unicodedata), unicodedata::ROWS);
/// `vfs`.
static VFS: BuiltinModule = BuiltinModule::new(name!(vfs), vfs::ROWS);

/// What a module's continuation in Python has instead of a row of `native`: those `names`. It finds the row as `_native_NAME`.
fn overridden(vm: &Vm, module: Name, native: &'static Rows, name: Name, names: &[&str]) -> Outcome {
    let text = vm.name_text(name);
    if names.contains(&text) {
        return frozen::continued(vm, module, name);
    }
    let Some(row) = text.strip_prefix("_native_") else { return Ok(Word::UNSET) };
    Ok(find_row(native, vm.intern(row)?).unwrap_or(Word::UNSET))
}

/// `collections` of a program on this computer: its `OrderedDict` takes attributes.
fn collections(vm: &Vm, name: Name) -> Outcome {
    let module = name!(collections);
    overridden(vm, module, core_rows(module), name, &["OrderedDict"])
}

/// `platform` of a program on this computer: what a board says of itself, the computer says here.
fn platform(vm: &Vm, name: Name) -> Outcome {
    let module = name!(platform);
    overridden(vm, module, core_rows(module), name, &["machine", "node", "processor", "release"])
}

/// `json` of a program on this computer: its error has parts.
fn json(vm: &Vm, name: Name) -> Outcome {
    let module = name!(json);
    overridden(vm, module, core_rows(module), name, &["JSONDecodeError"])
}

/// `re` of a program on this computer: its error has parts, and its flags are members of an enum.
fn re(vm: &Vm, name: Name) -> Outcome {
    let module = name!(re);
    overridden(
        vm,
        module,
        core_rows(module),
        name,
        &[
            "error",
            "A",
            "ASCII",
            "I",
            "IGNORECASE",
            "L",
            "LOCALE",
            "M",
            "MULTILINE",
            "NOFLAG",
            "S",
            "DOTALL",
            "U",
            "UNICODE",
            "VERBOSE",
            "X",
        ],
    )
}

/// `hashlib` of a program on this computer: `new` knows hashes that are written in Python.
fn hashlib(vm: &Vm, name: Name) -> Outcome {
    let module = name!(hashlib);
    overridden(vm, module, core_rows(module), name, &["new"])
}

/// `random` of a program on this computer: all of it is Python's, with the sequences of CPython; a board has MicroPython's.
fn random(vm: &Vm, name: Name) -> Outcome {
    let module = name!(random);
    match find_row(core_rows(module), name) {
        Some(_) => frozen::continued(vm, module, name),
        None => Ok(Word::UNSET),
    }
}

/// Modules of a program that runs on this computer.
pub static DESKTOP: &[&BuiltinModule] = &[
    &ABCS,
    &BINASCII,
    &BISECTION,
    &CALLS,
    &CDATA,
    &CEXAMPLE,
    &COLLECTIONS,
    &CONTEXTS,
    &DECIMALS,
    &DIGESTS,
    &ENTITIES,
    &FCNTL,
    &HASHLIB,
    &IO,
    &JSON,
    &LINEAGE,
    &machine::DESKTOP_MACHINE,
    &MARKUP,
    &MATH,
    &MOMENTS,
    &MULTIBYTE,
    &OS,
    &OS_NUMBERS,
    &PACKING,
    &PICKLES,
    &PLATFORM,
    &POSIX,
    &PROCESS,
    &ROW,
    &SIGNAL,
    &RANDOM,
    &RE,
    &SOCKET,
    &SOCKET_NUMBERS,
    &SQLITE,
    &SYSTEM,
    &TERMIOS,
    &TIME,
    &TLS,
    &TOKENS,
    &TWISTER,
    &UNICODEDATA,
    &VFS,
];
/// Those that are written in Python.
pub static FROZEN: &[Frozen] = interpreter::frozen! {
    "frozen/__future__.py";
    "frozen/__thread/__init__.py";
    "frozen/_array/__init__.py";
    "frozen/_ast.py";
    "frozen/_astcheck.py";
    "frozen/_astparse.py";
    "frozen/_astunparse.py";
    "frozen/_binascii/__init__.py";
    "frozen/_bisect.py";
    "frozen/_builtins/__init__.py";
    "frozen/_codecs.py";
    "frozen/_codepages.py";
    "frozen/_collections/__init__.py";
    "frozen/_collections/abc.py";
    "frozen/_collections_abc.py";
    "frozen/_compat_pickle.py";
    "frozen/_compression.py";
    "frozen/_datetime.py";
    "frozen/_decimalformat.py";
    "frozen/_decimalmath.py";
    "frozen/_errno/__init__.py";
    "frozen/_escapes.py";
    "frozen/_gc/__init__.py";
    "frozen/_hashlib/__init__.py";
    "frozen/_imp.py";
    "frozen/_io/__init__.py";
    "frozen/_json/__init__.py";
    "frozen/_json/decoder.py";
    "frozen/_json/encoder.py";
    "frozen/_json/scanner.py";
    "frozen/_json/tool.py";
    "frozen/_lineclient.py";
    "frozen/_mailmessages.py";
    "frozen/_markupbase.py";
    "frozen/_multibytecodec.py";
    "frozen/_os/__init__.py";
    "frozen/_os/path.py";
    "frozen/_osprocess.py";
    "frozen/_pickle.py";
    "frozen/_platform/__init__.py";
    "frozen/_platform/__main__.py";
    "frozen/_py_abc.py";
    "frozen/_pyio.py";
    "frozen/_random/__init__.py";
    "frozen/_random/__main__.py";
    "frozen/_re/__init__.py";
    "frozen/_re/_constants.py";
    "frozen/_re/_parser.py";
    "frozen/_scopes.py";
    "frozen/_select/__init__.py";
    "frozen/_socket/__init__.py";
    "frozen/_sources.py";
    "frozen/_sqlite3.py";
    "frozen/_string.py";
    "frozen/_strptime.py";
    "frozen/_struct/__init__.py";
    "frozen/_substitution.py";
    "frozen/_sys/__init__.py";
    "frozen/_threading_local.py";
    "frozen/_time/__init__.py";
    "frozen/_unicodedata/__init__.py";
    "frozen/_warnings.py";
    "frozen/_weakref/__init__.py";
    "frozen/_zonefile.py";
    "frozen/abc.py";
    "frozen/annotationlib.py";
    "frozen/argparse.py";
    "frozen/ast.py";
    "frozen/asyncio/__init__.py";
    "frozen/asyncio/__main__.py";
    "frozen/asyncio/base_events.py";
    "frozen/asyncio/base_futures.py";
    "frozen/asyncio/base_subprocess.py";
    "frozen/asyncio/base_tasks.py";
    "frozen/asyncio/constants.py";
    "frozen/asyncio/core.py";
    "frozen/asyncio/coroutines.py";
    "frozen/asyncio/events.py";
    "frozen/asyncio/exceptions.py";
    "frozen/asyncio/format_helpers.py";
    "frozen/asyncio/futures.py";
    "frozen/asyncio/locks.py";
    "frozen/asyncio/log.py";
    "frozen/asyncio/mixins.py";
    "frozen/asyncio/proactor_events.py";
    "frozen/asyncio/protocols.py";
    "frozen/asyncio/queues.py";
    "frozen/asyncio/runners.py";
    "frozen/asyncio/selector_events.py";
    "frozen/asyncio/staggered.py";
    "frozen/asyncio/streams.py";
    "frozen/asyncio/subprocess.py";
    "frozen/asyncio/taskgroups.py";
    "frozen/asyncio/tasks.py";
    "frozen/asyncio/threads.py";
    "frozen/asyncio/timeouts.py";
    "frozen/asyncio/transports.py";
    "frozen/asyncio/trsock.py";
    "frozen/asyncio/unix_events.py";
    "frozen/atexit.py";
    "frozen/base64.py";
    "frozen/bdb.py";
    "frozen/bisect.py";
    "frozen/bz2.py";
    "frozen/cProfile.py";
    "frozen/calendar.py";
    "frozen/cmd.py";
    "frozen/code.py";
    "frozen/codecs.py";
    "frozen/codeop.py";
    "frozen/colorsys.py";
    "frozen/compileall.py";
    "frozen/compression/__init__.py";
    "frozen/compression/bz2.py";
    "frozen/compression/gzip.py";
    "frozen/compression/lzma.py";
    "frozen/compression/zlib.py";
    "frozen/concurrent/__init__.py";
    "frozen/concurrent/futures/__init__.py";
    "frozen/concurrent/futures/_base.py";
    "frozen/concurrent/futures/process.py";
    "frozen/concurrent/futures/thread.py";
    "frozen/configparser.py";
    "frozen/contextlib.py";
    "frozen/contextvars.py";
    "frozen/copy.py";
    "frozen/copyreg.py";
    "frozen/csv.py";
    "frozen/ctypes/__init__.py";
    "frozen/ctypes/util.py";
    "frozen/dataclasses.py";
    "frozen/datetime.py";
    "frozen/dbm/__init__.py";
    "frozen/dbm/dumb.py";
    "frozen/decimal.py";
    "frozen/difflib.py";
    "frozen/dis.py";
    "frozen/doctest.py";
    "frozen/email/__init__.py";
    "frozen/email/_bytes.py";
    "frozen/email/_header_value_parser.py";
    "frozen/email/_parseaddr.py";
    "frozen/email/_policybase.py";
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
    "frozen/encodings/_uu.py";
    "frozen/encodings/aliases.py";
    "frozen/encodings/idna.py";
    "frozen/encodings/punycode.py";
    "frozen/encodings/utf_7.py";
    "frozen/enum.py";
    "frozen/faulthandler.py";
    "frozen/filecmp.py";
    "frozen/fileinput.py";
    "frozen/fnmatch.py";
    "frozen/fractions.py";
    "frozen/ftplib.py";
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
    "frozen/http/_cookietext.py";
    "frozen/http/client.py";
    "frozen/http/cookiejar.py";
    "frozen/http/cookies.py";
    "frozen/http/server.py";
    "frozen/imaplib.py";
    "frozen/importlib/__init__.py";
    "frozen/importlib/_bootstrap_external.py";
    "frozen/importlib/abc.py";
    "frozen/importlib/machinery.py";
    "frozen/importlib/metadata.py";
    "frozen/importlib/readers.py";
    "frozen/importlib/resources/__init__.py";
    "frozen/importlib/resources/abc.py";
    "frozen/importlib/resources/readers.py";
    "frozen/importlib/util.py";
    "frozen/inspect.py";
    "frozen/ipaddress.py";
    "frozen/keyword.py";
    "frozen/linecache.py";
    "frozen/locale.py";
    "frozen/logging/__init__.py";
    "frozen/logging/config.py";
    "frozen/logging/handlers.py";
    "frozen/lzma.py";
    "frozen/mailbox.py";
    "frozen/mimetypes.py";
    "frozen/mip.py";
    "frozen/mmap.py";
    "frozen/modulefinder.py";
    "frozen/multiprocessing/__init__.py";
    "frozen/multiprocessing/connection.py";
    "frozen/multiprocessing/context.py";
    "frozen/multiprocessing/dummy/__init__.py";
    "frozen/multiprocessing/managers.py";
    "frozen/multiprocessing/pool.py";
    "frozen/multiprocessing/process.py";
    "frozen/multiprocessing/queues.py";
    "frozen/multiprocessing/shared_memory.py";
    "frozen/multiprocessing/sharedctypes.py";
    "frozen/multiprocessing/synchronize.py";
    "frozen/multiprocessing/util.py";
    "frozen/netrc.py";
    "frozen/ntpath.py";
    "frozen/nturl2path.py";
    "frozen/numbers.py";
    "frozen/opcode.py";
    "frozen/operator.py";
    "frozen/optparse.py";
    "frozen/pathlib.py";
    "frozen/pdb.py";
    "frozen/pickle.py";
    "frozen/pickletools.py";
    "frozen/pkgutil.py";
    "frozen/plistlib.py";
    "frozen/poplib.py";
    "frozen/posixpath.py";
    "frozen/pprint.py";
    "frozen/profile.py";
    "frozen/pstats.py";
    "frozen/pty.py";
    "frozen/pwd.py";
    "frozen/py_compile.py";
    "frozen/pyclbr.py";
    "frozen/pydoc.py";
    "frozen/pyexpat.py";
    "frozen/queue.py";
    "frozen/quopri.py";
    "frozen/readline.py";
    "frozen/reprlib.py";
    "frozen/resource.py";
    "frozen/rlcompleter.py";
    "frozen/runpy.py";
    "frozen/sched.py";
    "frozen/secrets.py";
    "frozen/selectors.py";
    "frozen/shelve.py";
    "frozen/shlex.py";
    "frozen/shutil.py";
    "frozen/signal.py";
    "frozen/site.py";
    "frozen/smtplib.py";
    "frozen/socketserver.py";
    "frozen/sqlite3/__init__.py";
    "frozen/sqlite3/dbapi2.py";
    "frozen/sre_compile.py";
    "frozen/sre_constants.py";
    "frozen/sre_parse.py";
    "frozen/ssl.py";
    "frozen/stat.py";
    "frozen/statistics.py";
    "frozen/stringprep.py";
    "frozen/subprocess.py";
    "frozen/symtable.py";
    "frozen/sysconfig.py";
    "frozen/syslog.py";
    "frozen/tabnanny.py";
    "frozen/tarfile.py";
    "frozen/telnetlib.py";
    "frozen/tempfile.py";
    "frozen/textwrap.py";
    "frozen/timeit.py";
    "frozen/token.py";
    "frozen/tokenize.py";
    "frozen/tomllib.py";
    "frozen/trace.py";
    "frozen/traceback.py";
    "frozen/tracemalloc.py";
    "frozen/tty.py";
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
    "frozen/wave.py";
    "frozen/webbrowser.py";
    "frozen/wsgiref/__init__.py";
    "frozen/wsgiref/handlers.py";
    "frozen/wsgiref/headers.py";
    "frozen/wsgiref/simple_server.py";
    "frozen/wsgiref/types.py";
    "frozen/wsgiref/util.py";
    "frozen/wsgiref/validate.py";
    "frozen/xml/__init__.py";
    "frozen/xml/dom/__init__.py";
    "frozen/xml/dom/expatbuilder.py";
    "frozen/xml/dom/minicompat.py";
    "frozen/xml/dom/minidom.py";
    "frozen/xml/dom/pulldom.py";
    "frozen/xml/dom/xmlbuilder.py";
    "frozen/xml/etree/ElementInclude.py";
    "frozen/xml/etree/ElementPath.py";
    "frozen/xml/etree/ElementTree.py";
    "frozen/xml/etree/__init__.py";
    "frozen/xml/parsers/__init__.py";
    "frozen/xml/parsers/expat.py";
    "frozen/xml/sax/__init__.py";
    "frozen/xml/sax/_exceptions.py";
    "frozen/xml/sax/expatreader.py";
    "frozen/xml/sax/handler.py";
    "frozen/xml/sax/saxutils.py";
    "frozen/xml/sax/xmlreader.py";
    "frozen/xmlrpc/__init__.py";
    "frozen/xmlrpc/client.py";
    "frozen/xmlrpc/server.py";
    "frozen/zipapp.py";
    "frozen/zipfile.py";
    "frozen/zipimport.py";
    "frozen/zlib.py";
    "frozen/zoneinfo/__init__.py";
};
/// Modules of a virtual board.
pub static BOARD: &[&BuiltinModule] =
    &[&machine::MACHINE, &machine::PYB, &machine::stm::STM, &storage::object::VFS, &storage::object::OS, &machine::ONE_WIRE];
/// Names that those modules declare.
pub static POOLS: &[&Pool] = &[&machine::POOL, &POOL];

/// Number of this crate's first name.
const BASE: interpreter::code::width::Number = 0x3800;

interpreter::pool! {
    /// Names that the tables of this crate declare.
    static POOL = BASE, &[&[
        &["cexample", "_decimals", "_digests", "_entities", "fcntl", "hashlib", "io", "_lineage", "_multibyte", "os", "_os_numbers", "_packing", "platform", "_posix", "_process", "_rows", "random", "re", "_signal", "socket", "_socket_numbers", "_sqlite", "_system", "termios", "time", "tls", "_tokens", "_twister", "unicodedata", "vfs", "SSLSocket"],
        abcs::NAMES,
        abcs::MORE,
        binascii::NAMES,
        binascii::MORE,
        bisection::NAMES,
        bisection::MORE,
        calls::NAMES,
        calls::MORE,
        cdata::NAMES,
        cdata::MORE,
        cexample::NAMES,
        cexample::MORE,
        cexample::timer_rows::NAMES,
        contexts::NAMES,
        contexts::MORE,
        decimals::NAMES,
        decimals::MORE,
        digests::NAMES,
        entities::NAMES,
        fcntl::NAMES,
        io::NAMES,
        lineage::NAMES,
        mapping::NAMES,
        markup::NAMES,
        markup::MORE,
        math::NAMES,
        moments::NAMES,
        moments::MORE,
        multibyte::NAMES,
        numbers::os::NAMES,
        numbers::socket::NAMES,
        os::NAMES,
        packing::NAMES,
        pickles::NAMES,
        pickles::MORE,
        posix::NAMES,
        process::NAMES,
        rows::NAMES,
        signal::NAMES,
        signal::MORE,
        socket::NAMES,
        socket::MORE,
        socket::socket_rows::NAMES,
        sqlite::NAMES,
        system::NAMES,
        termios::NAMES,
        time::NAMES,
        tls::NAMES,
        tls::MORE,
        tls::context::MORE,
        tls::context::context_rows::NAMES,
        tls::socket::socket_rows::NAMES,
        unicodedata::MORE,
        tokens::NAMES,
        twister::NAMES,
        twister::MORE,
        unicodedata::NAMES,
        vfs::NAMES,
    ]];
}
