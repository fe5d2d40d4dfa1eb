"""What continues the builtin module `sys`: facts that programs ask for, most of them constants here."""

import sys
from collections import namedtuple

float_info = namedtuple(
    "float_info", "max max_exp max_10_exp min min_exp min_10_exp dig mant_dig epsilon radix rounds"
)(1.7976931348623157e308, 1024, 308, 2.2250738585072014e-308, -1021, -307, 15, 53, 2.220446049250313e-16, 2, 1)
int_info = namedtuple("int_info", "bits_per_digit sizeof_digit default_max_str_digits str_digits_check_threshold")(32, 4, 0, 0)
hash_info = namedtuple("hash_info", "width modulus inf nan imag algorithm hash_bits seed_bits cutoff")(
    32, (1 << 31) - 1, 0, 0, 0, "fnv", 32, 0, 0
)
maxunicode = 0x10FFFF
hexversion = sys.version_info[0] << 24 | sys.version_info[1] << 16 | sys.version_info[2] << 8 | 0xF0
api_version = 0
copyright = ""
prefix = exec_prefix = base_prefix = ""
flags = namedtuple(
    "flags", "debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose bytes_warning quiet "
    "hash_randomization isolated dev_mode utf8_mode safe_path"
)(0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, False, 1, False)
warnoptions = []
orig_argv = sys.argv
builtin_module_names = ("builtins", "gc", "micropython", "sys", "time")
_recursion_limit = 1000


def breakpointhook(*args, **kws):
    import os

    hook = os.environ.get("PYTHONBREAKPOINT") or "pdb.set_trace"
    if hook == "0":
        return None
    module, _, name = hook.rpartition(".")
    try:
        call = getattr(__import__(module or "builtins", None, None, [name]), name)
    except (ImportError, AttributeError):
        import warnings

        return warnings.warn("Ignoring unimportable $PYTHONBREAKPOINT: %r" % hook, RuntimeWarning, 2)
    return call(*args, **kws)


__breakpointhook__ = breakpointhook


def getrecursionlimit():
    return _recursion_limit


def setrecursionlimit(limit):
    # Recursion ends where the stacks do; the number is kept for who asks.
    global _recursion_limit
    if limit < 1:
        raise ValueError("recursion limit must be greater or equal than 1")
    _recursion_limit = limit


def intern(string):
    if not isinstance(string, str):
        raise TypeError("intern() argument must be str, not %s" % type(string).__name__)
    return string


def getdefaultencoding():
    return "utf-8"


getfilesystemencoding = getdefaultencoding


def get_int_max_str_digits():
    # Texts of numbers may be as long as they like.
    return 0


def getfilesystemencodeerrors():
    return "strict"


def is_finalizing():
    return False




def displayhook(value):
    if value is not None:
        print(repr(value))


def excepthook(exctype, value, traceback):
    sys.print_exception(value, sys.stderr)


__excepthook__, __displayhook__ = excepthook, displayhook
float_repr_style = "short"
dont_write_bytecode = True

def _program():
    # What runs this; a system without such files does not say.
    try:
        import _posix

        return _posix.readlink("/proc/self/exe")
    except (ImportError, OSError):
        return ""


executable = _program()
path_hooks, path_importer_cache = [], {}
thread_info = namedtuple("thread_info", "name lock version")("pthread", "semaphore", None)
pycache_prefix = None
platlibdir = "lib"
base_exec_prefix = ""


def __getattr__(name):
    # What few programs ask for, made when they do.
    if name == "meta_path":
        from importlib.machinery import BuiltinImporter, PathFinder

        value = [BuiltinImporter, PathFinder]
    else:
        raise AttributeError(name)
    globals()[name] = value
    return value


def audit(event, *args):
    pass


addaudithook = audit


def getrefcount(object):
    # Nobody counts.
    return 2


def getallocatedblocks():
    return 0


_profiled = None


def setprofile(function):
    """`function` is told of calls and returns of functions that are written in Python."""
    global _profiled
    _profiled = function
    if function is None:
        sys.settrace(None)
        return

    def returned(frame, event, arg):
        if event == "return":
            function(frame, event, arg)
        return returned

    def called(frame, event, arg):
        function(frame, "call", None)
        return returned

    sys.settrace(called)


def getprofile():
    return _profiled


def getswitchinterval():
    return 0.005


def setswitchinterval(interval):
    if interval <= 0.0:
        raise ValueError("switch interval must be strictly positive")


def set_int_max_str_digits(maxdigits):
    if maxdigits and maxdigits < 640:
        raise ValueError("maxdigits must be 0 or larger than 640")


def call_tracing(func, args):
    return func(*args)


UnraisableHookArgs = namedtuple("UnraisableHookArgs", "exc_type exc_value exc_traceback err_msg object")


def unraisablehook(unraisable):
    file = sys.stderr
    if file is None:
        return
    message = unraisable.err_msg or "Exception ignored in"
    if message is _OF_CALLBACK:
        # MicroPython's words.
        message += ":"
    elif unraisable.object is not None:
        try:
            message += ": %r" % (unraisable.object,)
        except Exception:
            message += ": <object repr() failed>"
    file.write(message + "\n")
    sys.print_exception(unraisable.exc_value, file)


_OF_CALLBACK = "Unhandled exception in weakref callback"


def _tell_unraisable(error, object):
    # Of what has `__del__`, that is what failed; a finalizer of `weakref` is a tuple that begins with its function.
    if isinstance(object, tuple):
        object = object[0]
    failed = getattr(type(object), "__del__", object)
    message = _OF_CALLBACK if failed is object and callable(object) else None
    sys.unraisablehook(UnraisableHookArgs(type(error), error, error.__traceback__, message, failed))


__unraisablehook__ = unraisablehook


_Hooks = namedtuple("asyncgen_hooks", "firstiter finalizer")
# Of each thread that has set some. While there are none, nobody asks: the interpreter calls `_asyncgen_begins` if it is a function.
_asyncgen_hooks = {}
_asyncgen_begins = None
_unchanged = object()


def set_asyncgen_hooks(firstiter=_unchanged, finalizer=_unchanged):
    global _asyncgen_begins
    from _thread import get_ident

    before = get_asyncgen_hooks()
    hooks = _Hooks(before.firstiter if firstiter is _unchanged else firstiter, before.finalizer if finalizer is _unchanged else finalizer)
    for name, hook in zip(hooks._fields, hooks):
        if hook is not None and not callable(hook):
            raise TypeError("callable %s expected, got %s" % (name, type(hook).__name__))
    if hooks == (None, None):
        _asyncgen_hooks.pop(get_ident(), None)
    else:
        _asyncgen_hooks[get_ident()] = hooks
    _asyncgen_begins = _tell_begin if _asyncgen_hooks else None


def get_asyncgen_hooks():
    from _thread import get_ident

    return _asyncgen_hooks.get(get_ident(), _Hooks(None, None))


def _tell_begin(agen):
    # The interpreter keeps what is answered, and calls it with the generator when nobody will go on with that.
    hooks = get_asyncgen_hooks()
    if hooks.firstiter is not None:
        hooks.firstiter(agen)
    return hooks.finalizer


abiflags = ""
stdlib_module_names = frozenset(
    "__future__ _thread abc argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile calendar cmath cmd code codecs codeop "
    "collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal "
    "difflib dis doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath "
    "getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools json keyword "
    "linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder multiprocessing netrc ntpath nturl2path numbers opcode operator "
    "optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc "
    "pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtplib "
    "socket socketserver sqlite3 sre_constants sre_parse ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog tabnanny "
    "tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types "
    "typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo".split()
)
