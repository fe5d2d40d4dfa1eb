"""What modules, names and exceptions of Python 2 are called now: pickles of protocols below 3 have the old names."""

IMPORT_MAPPING = {
    "__builtin__": "builtins", "copy_reg": "copyreg", "Queue": "queue", "SocketServer": "socketserver", "ConfigParser": "configparser",
    "repr": "reprlib", "tkFileDialog": "tkinter.filedialog", "thread": "_thread", "dummy_thread": "_dummy_thread", "dbhash": "dbm.bsd",
    "dumbdbm": "dbm.dumb", "dbm": "dbm.ndbm", "gdbm": "dbm.gnu", "xmlrpclib": "xmlrpc.client", "SimpleXMLRPCServer": "xmlrpc.server",
    "httplib": "http.client", "htmlentitydefs": "html.entities", "HTMLParser": "html.parser", "Cookie": "http.cookies",
    "cookielib": "http.cookiejar", "urllib2": "urllib.request", "urlparse": "urllib.parse", "robotparser": "urllib.robotparser",
    "cPickle": "pickle", "_winreg": "winreg", "UserDict": "collections", "UserList": "collections", "UserString": "collections",
    "whichdb": "dbm", "StringIO": "io", "cStringIO": "io", "anydbm": "dbm", "commands": "subprocess",
}
_RANGES = {
    ("__builtin__", "xrange"): ("builtins", "range"), ("__builtin__", "reduce"): ("functools", "reduce"),
    ("__builtin__", "intern"): ("sys", "intern"), ("__builtin__", "unichr"): ("builtins", "chr"),
    ("__builtin__", "unicode"): ("builtins", "str"), ("__builtin__", "long"): ("builtins", "int"),
    ("itertools", "izip"): ("builtins", "zip"), ("itertools", "imap"): ("builtins", "map"),
    ("itertools", "ifilter"): ("builtins", "filter"), ("itertools", "ifilterfalse"): ("itertools", "filterfalse"),
    ("itertools", "izip_longest"): ("itertools", "zip_longest"), ("UserDict", "IterableUserDict"): ("collections", "UserDict"),
    ("UserList", "UserList"): ("collections", "UserList"), ("UserString", "UserString"): ("collections", "UserString"),
    ("whichdb", "whichdb"): ("dbm", "whichdb"), ("_socket", "fromfd"): ("socket", "fromfd"),
}
NAME_MAPPING = dict(_RANGES)
PYTHON3_OSERROR_EXCEPTIONS = (
    "BrokenPipeError", "ChildProcessError", "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError",
    "FileExistsError", "FileNotFoundError", "InterruptedError", "IsADirectoryError", "NotADirectoryError", "PermissionError",
    "ProcessLookupError", "TimeoutError",
)
PYTHON3_IMPORTERROR_EXCEPTIONS = ("ModuleNotFoundError",)
NAME_MAPPING["exceptions", "StandardError"] = ("builtins", "Exception")
REVERSE_IMPORT_MAPPING = {new: old for old, new in IMPORT_MAPPING.items()}
REVERSE_IMPORT_MAPPING.update({"collections": "UserDict", "dbm": "whichdb", "io": "StringIO", "subprocess": "commands", "pickle": "pickle"})
REVERSE_NAME_MAPPING = {new: old for old, new in NAME_MAPPING.items()}
for _name in PYTHON3_OSERROR_EXCEPTIONS:
    REVERSE_NAME_MAPPING["builtins", _name] = ("exceptions", "OSError")
for _name in PYTHON3_IMPORTERROR_EXCEPTIONS:
    REVERSE_NAME_MAPPING["builtins", _name] = ("exceptions", "ImportError")
