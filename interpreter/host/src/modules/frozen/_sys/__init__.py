"""What continues the builtin module `sys`: facts that programs ask for, most of them constants here."""

import sys
from collections import namedtuple



def _facts(kind, /, **facts):
    """Facts under names, as a tuple that calls itself `sys.KIND`."""
    shown = "sys." + kind

    class Facts(namedtuple(kind, facts)):
        __slots__ = ()
        n_fields = n_sequence_fields = len(facts)
        n_unnamed_fields = 0

        def __repr__(self):
            return "%s(%s)" % (shown, ", ".join(["%s=%r" % fact for fact in zip(self._fields, self)]))

    Facts.__module__, Facts.__name__, Facts.__qualname__ = "sys", kind, kind
    return Facts(**facts)


float_info = _facts(
    "float_info",
    max=1.7976931348623157e308,
    max_exp=1024,
    max_10_exp=308,
    min=2.2250738585072014e-308,
    min_exp=-1021,
    min_10_exp=-307,
    dig=15,
    mant_dig=53,
    epsilon=2.220446049250313e-16,
    radix=2,
    rounds=1,
)
int_info = _facts("int_info", bits_per_digit=32, sizeof_digit=4, default_max_str_digits=0, str_digits_check_threshold=0)
hash_info = _facts(
    "hash_info", width=32, modulus=(1 << 31) - 1, inf=0, nan=0, imag=0, algorithm="fnv", hash_bits=32, seed_bits=0, cutoff=0
)
thread_info = _facts("thread_info", name="pthread", lock="semaphore", version=None)
maxunicode = 0x10FFFF
hexversion = sys.version_info[0] << 24 | sys.version_info[1] << 16 | sys.version_info[2] << 8 | 0xF0
api_version = 0
copyright = ""
prefix = exec_prefix = base_prefix = ""
flags = _facts(
    "flags",
    debug=0,
    inspect=0,
    interactive=0,
    optimize=0,
    dont_write_bytecode=int(getattr(sys, "dont_write_bytecode", False)),
    no_user_site=1,
    no_site=1,
    ignore_environment=0,
    verbose=0,
    bytes_warning=0,
    quiet=0,
    hash_randomization=0,
    isolated=0,
    dev_mode=False,
    utf8_mode=1,
    warn_default_encoding=0,
    safe_path=False,
    int_max_str_digits=-1,
)
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
    import builtins

    if value is not None:
        builtins._ = None
        print(repr(value))
        builtins._ = value


def excepthook(exctype, value, traceback):
    sys.print_exception(value, sys.stderr)


__excepthook__, __displayhook__ = excepthook, displayhook
float_repr_style = "short"
dont_write_bytecode = False

def _program():
    # What runs this; a system without such files does not say.
    try:
        import _posix

        return _posix.readlink("/proc/self/exe")
    except (ImportError, OSError):
        return ""


executable = _program()
path_hooks, path_importer_cache = [], {}
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
