"""Databases of SQLite, by Python's database API (PEP 249).

A statement is run to its end when it is executed: what it gives is fetched from memory.
"""

import _sqlite
import datetime
import re
import sys
import time
from _thread import get_ident as _ident
from collections.abc import Sequence as _Sequence
from types import SimpleNamespace

apilevel, threadsafety, paramstyle = "2.0", 3, "qmark"
version, version_info = "2.6.0", (2, 6, 0)
sqlite_version = _sqlite.version()
sqlite_version_info = tuple([int(part) for part in sqlite_version.split(".")])

PARSE_DECLTYPES, PARSE_COLNAMES = 1, 2
LEGACY_TRANSACTION_CONTROL = -1
SQLITE_OK, SQLITE_DENY, SQLITE_IGNORE, SQLITE_DONE = 0, 1, 2, 101

# Primary results and the reasons that programs ask for.
_CODES = {
    name: code
    for code, name in enumerate(
        "OK ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN PROTOCOL EMPTY SCHEMA "
        "TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB NOTICE WARNING".split()
    )
}
_REASONS = {
    "CONSTRAINT": "CHECK COMMITHOOK FOREIGNKEY FUNCTION NOTNULL PRIMARYKEY TRIGGER UNIQUE VTAB ROWID PINNED DATATYPE",
    "BUSY": "RECOVERY SNAPSHOT TIMEOUT",
    "CANTOPEN": "NOTEMPDIR ISDIR FULLPATH CONVPATH DIRTYWAL SYMLINK",
    "READONLY": "RECOVERY CANTLOCK ROLLBACK DBMOVED CANTINIT DIRECTORY",
    "LOCKED": "SHAREDCACHE VTAB",
}
for _code, _names in _REASONS.items():
    for _at, _name in enumerate(_names.split(), 1):
        _CODES[_code + "_" + _name] = _CODES[_code] | _at << 8
globals().update({"SQLITE_" + _name: _code for _name, _code in _CODES.items()})

_LIMITS = "LENGTH SQL_LENGTH COLUMN EXPR_DEPTH COMPOUND_SELECT VDBE_OP FUNCTION_ARG ATTACHED LIKE_PATTERN_LENGTH VARIABLE_NUMBER TRIGGER_DEPTH WORKER_THREADS"
globals().update({"SQLITE_LIMIT_" + _name: _at for _at, _name in enumerate(_LIMITS.split())})

Binary, Date, Time, Timestamp = memoryview, datetime.date, datetime.time, datetime.datetime


def DateFromTicks(ticks):
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    return Timestamp(*time.localtime(ticks)[:6])


class Warning(Exception):
    pass


class Error(Exception):
    pass


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class InternalError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class DataError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


for _class in (Warning, Error, InterfaceError, DatabaseError, InternalError, OperationalError, ProgrammingError, IntegrityError, DataError, NotSupportedError):
    _class.__module__ = "sqlite3"

_KINDS = {
    "INTERNAL": InternalError, "NOTFOUND": InternalError, "CORRUPT": DatabaseError, "TOOBIG": DataError, "CONSTRAINT": IntegrityError,
    "MISMATCH": IntegrityError, "MISUSE": InterfaceError, "RANGE": InterfaceError, "FORMAT": DatabaseError, "NOTADB": DatabaseError,
    "AUTH": DatabaseError,
}
_OPERATIONAL = "ERROR PERM ABORT BUSY LOCKED READONLY INTERRUPT IOERR FULL CANTOPEN PROTOCOL EMPTY SCHEMA".split()
_KINDS.update({name: OperationalError for name in _OPERATIONAL})
_OWN = ("You can only execute one statement at a time.", "the query contains a null character", "Recursive use of cursors not allowed.")


def _checked(answer):
    value, failure = answer
    if failure is None:
        return value
    code, extended, text = failure
    if code == _CODES["NOMEM"]:
        raise MemoryError
    names = {number: name for name, number in _CODES.items()}
    name = names.get(code, "")
    error = (ProgrammingError if text in _OWN else _KINDS.get(name, DatabaseError))(text)
    error.sqlite_errorcode = extended
    error.sqlite_errorname = "SQLITE_" + names.get(extended, name)
    raise error


# What Python's types become in a database, and what texts of declared types become in Python.
_adapters, _converters = {}, {}
_adapted_builtins = set()


class PrepareProtocol:
    """What `__conform__` is asked for."""


def register_adapter(type, adapter, /):
    _adapters[type, PrepareProtocol] = adapter
    if type in (int, float, str, bytes, bytearray):
        _adapted_builtins.add(type)


def register_converter(typename, converter, /):
    _converters[typename.upper()] = converter


def adapt(obj, proto=PrepareProtocol, /, *default):
    adapter = _adapters.get((type(obj), proto))
    if adapter is not None:
        return adapter(obj)
    for asked, of, argument in ((proto, "__adapt__", obj), (obj, "__conform__", proto)):
        method = getattr(asked, of, None)
        if method is not None:
            try:
                adapted = method(argument)
            except TypeError:
                continue
            if adapted is not None:
                return adapted
    if default:
        return default[0]
    raise ProgrammingError("can't adapt")


adapters, converters = _adapters, _converters


def _date(value):
    return datetime.date(*[int(part) for part in value.split(b"-")])


def _timestamp(value):
    date, clock = value.split(b" ")
    whole, *fraction = clock.split(b".")
    microseconds = int(fraction[0].ljust(6, b"0")[:6]) if fraction else 0
    parts = [int(part) for part in date.split(b"-")] + [int(part) for part in whole.split(b":")]
    return datetime.datetime(*parts, microseconds)


register_adapter(datetime.date, lambda value: value.isoformat())
register_adapter(datetime.datetime, lambda value: value.isoformat(" "))
register_converter("date", _date)
register_converter("timestamp", _timestamp)


def _bound(value, which):
    """A value as `_sqlite` takes it."""
    kind = type(value)
    if kind not in (int, float, str, bytes, bytearray) and value is not None or kind in _adapted_builtins:
        value = adapt(value, PrepareProtocol, value)
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, int):
        if not -0x8000000000000000 <= value <= 0x7FFFFFFFFFFFFFFF:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        return int(value)
    if isinstance(value, str):
        value.encode()
        return value
    try:
        memoryview(value)
    except (TypeError, ValueError):
        raise ProgrammingError("Error binding parameter %s: type '%s' is not supported" % (which, type(value).__name__)) from None
    return value


def _are_plain(values):
    """Whether `_sqlite` takes the values as they are, as `_bound` would find."""
    for value in values:
        kind = type(value)
        if kind is int:
            if not -0x8000000000000000 <= value <= 0x7FFFFFFFFFFFFFFF:
                return False
        elif kind is str:
            if not value.isascii():
                return False
        elif kind is not float and kind is not bytes and value is not None:
            return False
    return True


class Row:
    """A row whose items have their columns' names as well."""

    def __new__(cls, cursor, data, /):
        if not issubclass(type(cursor), Cursor):
            raise TypeError("Row() argument 1 must be sqlite3.Cursor, not " + type(cursor).__name__)
        if not isinstance(data, tuple):
            raise TypeError("Row() argument 2 must be tuple, not " + type(data).__name__)
        self = super().__new__(cls)
        self._description, self._data = cursor.description, data
        return self

    def keys(self):
        return [column[0] for column in self._description or ()]

    def __getitem__(self, key):
        if not isinstance(key, str):
            if isinstance(key, (int, slice)) or hasattr(key, "__index__"):
                return self._data[key]
            raise IndexError("Index must be int or string")
        for at, column in enumerate(self._description or ()):
            if column[0] == key or column[0].isascii() and column[0].lower() == key.lower():
                return self._data[at]
        raise IndexError("No item with that key")

    def __len__(self):
        return len(self._data)

    def __iter__(self):
        return iter(self._data)

    def __hash__(self):
        return hash((self._description, self._data))

    def __eq__(self, other):
        return (self._description, self._data) == (other._description, other._data) if isinstance(other, Row) else NotImplemented

    def __repr__(self):
        return "<sqlite3.Row object at %#x>" % id(self)


_Sequence.register(Row)

_COMMENTS = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?(?:\*/|$))*", re.S)
_CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


_verbs = {}


def _verb(sql):
    """The word that a statement begins with."""
    verb = _verbs.get(sql)
    if verb is None:
        start = _COMMENTS.match(sql).end()
        verb = sql[start : start + 8].split("(")[0].split(None, 1)[0].upper() if sql[start:].strip() else ""
        if len(_verbs) == 100:
            _verbs.clear()
        _verbs[sql] = verb
    return verb


class Cursor:
    """Runs statements, and holds what the last one gave."""

    row_factory = None

    def __init__(self, connection, /):
        if not isinstance(connection, Connection):
            raise TypeError("argument 1 must be sqlite3.Connection, not " + type(connection).__name__)
        self.connection = connection
        self.description, self.lastrowid, self.rowcount, self.arraysize = None, None, -1, 1
        self.row_factory = connection.row_factory
        self._rows, self._at, self._converters, self._closed = (), 0, None, False

    def _check(self):
        if not hasattr(self, "_closed"):
            raise ProgrammingError("Base Cursor.__init__ not called.")
        if self._closed:
            raise ProgrammingError("Cannot operate on a closed cursor.")
        self.connection._check()

    def _values(self, parameters, names):
        count = len(names)
        if type(parameters) in (tuple, list) and len(parameters) == count and not _adapted_builtins and _are_plain(parameters):
            return parameters
        if any([name is not None for name in names]) and not isinstance(parameters, (tuple, list)) and hasattr(parameters, "keys"):
            values = []
            for name in names:
                if name is None:
                    raise ProgrammingError("Binding %d has no name, but you supplied a dictionary (which has only names)." % (len(values) + 1))
                try:
                    value = parameters[name[1:]]
                except LookupError:
                    raise ProgrammingError("You did not supply a value for binding parameter :%s." % name[1:]) from None
                values.append(_bound(value, "':%s'" % name[1:]))
            return values
        if not isinstance(parameters, (tuple, list)):
            if hasattr(parameters, "keys") and count:
                raise ProgrammingError("Binding 1 has no name, but you supplied a dictionary (which has only names).")
            if not hasattr(parameters, "keys") and not (hasattr(parameters, "__len__") and hasattr(parameters, "__getitem__")):
                raise ProgrammingError("parameters are of unsupported type")
        supplied = len(parameters)
        if supplied != count and not (hasattr(parameters, "keys") and not count):
            raise ProgrammingError(
                "Incorrect number of bindings supplied. The current statement uses %d, and there are %d supplied." % (count, supplied)
            )
        return [_bound(parameters[at], at + 1) for at in range(count)]

    def _run(self, sql, sets, is_many):
        self._check()
        if not isinstance(sql, str):
            raise TypeError("execute%s() argument 1 must be str, not %s" % ("many" if is_many else "", type(sql).__name__))
        if "\0" in sql:
            raise ProgrammingError("the query contains a null character")
        if not sql.isascii():
            # Halves of surrogate pairs are refused.
            sql.encode()
        connection = self.connection
        self._rows, self._at, self.description = (), 0, None
        self.rowcount = -1
        verb = _verb(sql)
        if not verb:
            return self
        names, is_reading, columns = _checked(_sqlite.prepare(connection._number, sql))
        is_change = verb in _CHANGES and not is_reading
        if is_many and not is_change and (is_reading or columns):
            raise ProgrammingError("executemany() can only execute DML statements.")
        if is_change and connection._begins():
            connection._begin()
        changed = 0
        for parameters in sets:
            values = self._values(parameters, names)
            if connection._traced is not None:
                connection._traced(_checked(_sqlite.expanded(connection._number, sql, values)))
            found, rows, changes, last = _checked(_sqlite.run(connection._number, sql, values, connection._asked()))
            if is_change:
                changed += changes
                self.rowcount = changed
            if verb in ("INSERT", "REPLACE") and not is_many:
                self.lastrowid = last
            if found:
                self._give(found, rows)
        if is_change:
            self.rowcount = changed
        return self

    def _give(self, columns, rows):
        kinds = self.connection._detect_types
        shown = [name.split(" [")[0] if kinds & PARSE_COLNAMES and "[" in name else name for name, _ in columns]
        self.description = tuple([(name, None, None, None, None, None, None) for name in shown])
        self._converters = None
        if kinds:
            self._converters = [_converter(name, declared, kinds) for name, declared in columns]
        self._rows, self._at = rows, 0

    def execute(self, sql, parameters=(), /):
        return self._run(sql, (parameters,), False)

    def executemany(self, sql, seq_of_parameters, /):
        return self._run(sql, iter(seq_of_parameters), True)

    def executescript(self, sql_script, /):
        self._check()
        if not isinstance(sql_script, str):
            raise TypeError("executescript() argument must be str, not " + type(sql_script).__name__)
        if "\0" in sql_script:
            raise ValueError("embedded null character")
        connection = self.connection
        if connection.autocommit == LEGACY_TRANSACTION_CONTROL:
            connection.commit()
        _checked(_sqlite.script(connection._number, sql_script, connection._asked()))
        return self

    def __iter__(self):
        return self

    def __next__(self):
        self._check()
        if self._at >= len(self._rows):
            self._rows = ()
            raise StopIteration
        row = self._rows[self._at]
        self._at += 1
        row = self._converted(row)
        return row if self.row_factory is None else self.row_factory(self, row)

    def _converted(self, row):
        factory = self.connection.text_factory
        if self._converters is None and factory is str and not any([type(item) is tuple for item in row]):
            return row
        converters = self._converters or [None] * len(row)
        return tuple([self._item(item, at, converters[at], factory) for at, item in enumerate(row)])

    def _item(self, item, at, converter, factory):
        if converter is not None and item is not None:
            # Nothing is no blob, where there is a converter.
            return None if item == b"" else converter(item if isinstance(item, bytes) else item[0] if isinstance(item, tuple) else str(item).encode())
        if isinstance(item, tuple):
            if factory is str:
                text = item[0].decode("utf-8", "replace")
                raise OperationalError("Could not decode to UTF-8 column '%s' with text '%s'" % (self.description[at][0], text))
            item = item[0]
        elif not isinstance(item, str) or factory is str:
            return item
        data = item if isinstance(item, bytes) else item.encode()
        return data if factory is bytes else bytearray(data) if factory is bytearray else factory(data)

    def fetchone(self):
        return next(self, None)

    def fetchmany(self, size=None):
        rows, size = [], self.arraysize if size is None else size
        while size < 0 or len(rows) < size:
            row = next(self, None)
            if row is None:
                break
            rows.append(row)
        return rows

    def fetchall(self):
        return list(self)

    def close(self):
        if not hasattr(self, "_closed"):
            raise ProgrammingError("Base Cursor.__init__ not called.")
        self.connection._check_thread()
        self._rows, self._closed = (), True

    def setinputsizes(self, sizes, /):
        pass

    def setoutputsize(self, size, column=None, /):
        pass


def _converter(name, declared, kinds):
    if kinds & PARSE_COLNAMES and "[" in name:
        found = _converters.get(name.split("[", 1)[1].split("]")[0].upper())
        if found is not None:
            return found
    if kinds & PARSE_DECLTYPES and declared:
        return _converters.get(re.split(r"[ (]", declared, maxsplit=1)[0].upper())
    return None


class Blob:
    """The bytes of one value in a table, as a file. They keep their number."""

    def __init__(self, connection, place):
        self._connection, self._place, self._offset, self._closed = connection, place, 0, False
        self._length = self._do(_sqlite.blob)

    def _do(self, function, *more):
        return _checked(function(self._connection._number, *self._place, *more))

    def _check(self):
        if self._closed:
            raise ProgrammingError("Cannot operate on a closed blob.")
        self._connection._check()

    def _get(self, offset, count):
        return self._do(_sqlite.blob_read, offset, count) if count else b""

    def _same(self):
        self._check()
        if self._do(_sqlite.blob) != self._length:
            raise OperationalError("the row was changed")

    def read(self, length=-1, /):
        self._same()
        left = self._length - self._offset
        count = left if length < 0 else min(length, left)
        data = self._get(self._offset, count)
        self._offset += count
        return data

    def write(self, data, /):
        self._same()
        data = bytes(data)
        if len(data) > self._length - self._offset:
            raise ValueError("data longer than blob length")
        self._do(_sqlite.blob_write, self._offset, data)
        self._offset += len(data)

    def seek(self, offset, origin=0, /):
        self._check()
        if origin not in (0, 1, 2):
            raise ValueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")
        offset += (0, self._offset, self._length)[origin]
        if offset > 0x7FFFFFFF:
            raise OverflowError("seek offset results in overflow")
        if not 0 <= offset <= self._length:
            raise ValueError("offset out of blob range")
        self._offset = offset

    def tell(self):
        self._check()
        return self._offset

    def close(self):
        self._closed = True

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *reason):
        self.close()

    def __len__(self):
        self._check()
        return self._length

    __iter__ = __contains__ = None

    def _at(self, key):
        if not hasattr(key, "__index__"):
            raise TypeError("Blob indices must be integers")
        try:
            at = range(self._length)[key]
        except IndexError:
            if abs(key) > 0x7FFFFFFFFFFFFFFF:
                raise IndexError("cannot fit 'int' into an index-sized integer") from None
            raise IndexError("Blob index out of range") from None
        return at

    def __getitem__(self, key):
        self._same()
        if isinstance(key, slice):
            return self._get(0, self._length)[self._slice(key)]
        return self._get(self._at(key), 1)[0]

    def _slice(self, key):
        if any([part is not None and not hasattr(part, "__index__") for part in (key.start, key.stop, key.step)]):
            raise TypeError("slice indices must be integers or None or have an __index__ method")
        return key

    def __setitem__(self, key, value):
        self._same()
        if isinstance(key, slice):
            data = bytearray(self._get(0, self._length))
            view = memoryview(value)
            if not view.c_contiguous:
                raise BufferError("memoryview: underlying buffer is not C-contiguous")
            places = range(*self._slice(key).indices(self._length))
            if len(view) != len(places):
                raise IndexError("Blob slice assignment is wrong size")
            for place, byte in zip(places, bytes(view)):
                data[place] = byte
            if len(places):
                self._do(_sqlite.blob_write, 0, bytes(data))
            return
        at = self._at(key)
        if not isinstance(value, int):
            raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__)
        if not 0 <= value < 256:
            raise ValueError("byte must be in range(0, 256)")
        self._do(_sqlite.blob_write, at, bytes([value]))

    def __delitem__(self, key):
        raise TypeError("Blob object doesn't support %s deletion" % ("slice" if isinstance(key, slice) else "item"))


class Connection:
    """A database."""

    Warning, Error, InterfaceError, DatabaseError, InternalError = Warning, Error, InterfaceError, DatabaseError, InternalError
    OperationalError, ProgrammingError, IntegrityError = OperationalError, ProgrammingError, IntegrityError
    DataError, NotSupportedError = DataError, NotSupportedError

    def __init__(
        self,
        database,
        timeout=5.0,
        detect_types=0,
        isolation_level="",
        check_same_thread=True,
        factory=None,
        cached_statements=128,
        uri=False,
        *,
        autocommit=LEGACY_TRANSACTION_CONTROL,
    ):
        import os

        self._number = None
        path = os.fsdecode(os.fspath(database) if not isinstance(database, (str, bytes)) else database)
        if "\0" in path:
            raise ValueError("embedded null character")
        self._thread = _ident() if check_same_thread else None
        self.row_factory, self.text_factory = None, str
        self._detect_types, self._traced = detect_types, None
        self._functions, self._objects, self._progress = {}, {}, None
        self._level(isolation_level)
        self.autocommit = autocommit
        self._number = _checked(_sqlite.open(path, uri, float(timeout), cached_statements))
        if autocommit is False:
            self._begin()

    def _check_thread(self):
        if self._thread is not None and self._thread != _ident():
            raise ProgrammingError(
                "SQLite objects created in a thread can only be used in that same thread. The object was created in thread id %d "
                "and this is thread id %d." % (self._thread, _ident())
            )

    def _check(self):
        if not hasattr(self, "_number"):
            raise ProgrammingError("Base Connection.__init__ not called.")
        self._check_thread()
        if self._number is None:
            raise ProgrammingError("Cannot operate on a closed database.")

    # Transactions.

    def _level(self, level):
        if level is not None:
            if not isinstance(level, str):
                raise TypeError("isolation_level must be str or None")
            if str.upper(level) not in ("", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"):
                raise ValueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'")
        self._isolation_level = level

    @property
    def isolation_level(self):
        self._check()
        return self._isolation_level

    @isolation_level.setter
    def isolation_level(self, level):
        self._level(level)
        if level is None and self._number is not None:
            self.commit()

    @isolation_level.deleter
    def isolation_level(self):
        raise AttributeError("cannot delete attribute")

    @property
    def in_transaction(self):
        self._check()
        return _checked(_sqlite.state(self._number))[0]

    @property
    def total_changes(self):
        self._check()
        return _checked(_sqlite.state(self._number))[1]

    def _begins(self):
        if self.autocommit != LEGACY_TRANSACTION_CONTROL or self._isolation_level is None:
            return False
        return not _checked(_sqlite.state(self._number))[0]

    def _plain(self, sql):
        if self._traced is not None:
            self._traced(sql)
        _checked(_sqlite.run(self._number, sql, (), self._asked()))

    def _begin(self):
        self._plain("BEGIN " + (self._isolation_level or ""))

    def _end(self, sql):
        self._check()
        if self.autocommit is True:
            return
        if self.in_transaction:
            self._plain(sql)
        if self.autocommit is False:
            self._begin()

    def commit(self):
        self._end("COMMIT")

    def rollback(self):
        self._end("ROLLBACK")

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            try:
                self.commit()
            except Error:
                self.rollback()
                raise
        else:
            self.rollback()
        return False

    # Statements.

    def cursor(self, factory=Cursor):
        self._check()
        made = factory(self)
        if not issubclass(type(made), Cursor):
            raise TypeError("factory must return a cursor, not " + type(made).__name__)
        return made

    def execute(self, sql, parameters=(), /):
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql, parameters, /):
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script, /):
        return self.cursor().executescript(sql_script)

    def __call__(self, sql, /):
        self._check()
        _checked(_sqlite.prepare(self._number, sql))
        return sql

    def close(self):
        if not hasattr(self, "_number"):
            raise ProgrammingError("Base Connection.__init__ not called.")
        self._check_thread()
        if self._number is not None:
            if self.autocommit is False and self.in_transaction:
                self._plain("ROLLBACK")
            number, self._number = self._number, None
            _sqlite.close(number)

    def __del__(self):
        number = getattr(self, "_number", None)
        if number is not None:
            self._number = None
            _sqlite.close(number)

    def interrupt(self):
        self._check()
        _sqlite.interrupt(self._number)

    def getlimit(self, category, /):
        return self.setlimit(category, -1)

    def setlimit(self, category, limit, /):
        self._check()
        if category not in range(12):
            raise ProgrammingError("'category' is out of bounds")
        return _checked(_sqlite.limit(self._number, category, limit))

    # What SQLite asks while it runs a statement.

    def _asked(self):
        return self._ask if self._functions or self._progress else None

    def _ask(self, kind, number, state, values):
        try:
            return self._answer(kind, number, state, values)
        except BaseException as error:
            if _telling:
                sys.unraisablehook(SimpleNamespace(exc_type=type(error), exc_value=error, exc_traceback=error.__traceback__, err_msg=None, object=self._functions.get(number)))
            raise

    def _answer(self, kind, number, state, values):
        values = [value[0].decode("utf-8", "surrogateescape") if isinstance(value, tuple) else value for value in values]
        if kind == 5:
            return 1 if self._progress() else 0
        function = self._functions[number]
        if kind == 0:
            return _bound(function(*values), "of a result")
        if kind == 1:
            self._objects[len(self._objects) + 1] = function()
            return len(self._objects)
        if kind == 2:
            self._objects[state].step(*values)
            return None
        if kind == 3:
            return _bound(self._objects[state].finalize(), "of a result")
        if kind == 7:
            return _bound(self._objects[state].value(), "of a result")
        if kind == 8:
            self._objects[state].inverse(*values)
            return None
        order = function(*values)
        return (order > 0) - (order < 0)

    def _register(self, name, count, function, kind, flags=0, none=-1):
        self._check()
        if not -1 <= count <= 127:
            raise OperationalError("Error creating function")
        number = len(self._functions) + 1
        if function is not None:
            self._functions[number] = function
        _checked(_sqlite.function(self._number, name, count, number, kind if function is not None else none, flags))

    def create_function(self, name, narg, func, *, deterministic=False):
        self._register(name, narg, func, 0, 0x800 if deterministic else 0)

    def create_aggregate(self, name, n_arg, aggregate_class):
        self._register(name, n_arg, aggregate_class, 1)

    def create_window_function(self, name, num_params, aggregate_class, /):
        self._register(name, num_params, aggregate_class, 2)

    def create_collation(self, name, callable, /):
        if callable is not None and not hasattr(callable, "__call__"):
            raise TypeError("parameter must be callable")
        self._register(name, 0, callable, 3, none=-2)

    def set_progress_handler(self, progress_handler, n):
        self._check()
        self._progress = progress_handler
        _checked(_sqlite.watch(self._number, n if progress_handler is not None else 0))

    def set_trace_callback(self, trace_callback):
        self._check()
        self._traced = trace_callback

    def set_authorizer(self, authorizer_callback):
        raise NotSupportedError("authorizers are not supported")

    def blobopen(self, table, column, row, /, *, readonly=False, name="main"):
        self._check()
        return Blob(self, (name, table, column, row, readonly))

    # The database as a whole.

    def backup(self, target, *, pages=-1, progress=None, name="main", sleep=0.250):
        self._check()
        if not isinstance(target, Connection):
            raise TypeError("backup() argument 1 must be sqlite3.Connection, not " + type(target).__name__)
        if target is self:
            raise ValueError("target cannot be the same connection instance")
        target._check()
        if progress is not None and not callable(progress):
            raise TypeError("progress argument must be a callable")
        raised = []

        def tell(kind, number, state, values):
            try:
                progress(*values)
            except BaseException as error:
                raised.append(error)
                raise

        try:
            _checked(_sqlite.copy(self._number, name, target._number, "main", pages or -1, None if progress is None else tell))
        except Error:
            if raised:
                raise raised[0]
            raise

    def serialize(self, *, name="main"):
        self._check()
        return _checked(_sqlite.serialize(self._number, name))

    def deserialize(self, data, /, *, name="main"):
        self._check()
        _checked(_sqlite.deserialize(self._number, bytes(data), name))

    def iterdump(self):
        """The statements that make this database again."""
        self._check()
        yield "BEGIN TRANSACTION;"
        counters = []
        for name, kind, sql in self._made("type == 'table'"):
            if name == "sqlite_sequence":
                counters.append('DELETE FROM "sqlite_sequence";')
            elif name.startswith("sqlite_"):
                continue
            elif sql.startswith("CREATE VIRTUAL TABLE"):
                quoted = [part.replace("'", "''") for part in (name, name, sql)]
                yield "INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','%s','%s',0,'%s');" % tuple(quoted)
                continue
            else:
                yield sql + ";"
            lines = self._contents(name)
            if name == "sqlite_sequence":
                counters.extend(lines)
            else:
                yield from lines
        for name, kind, sql in self._made("type IN ('index', 'trigger', 'view')"):
            yield sql + ";"
        yield from counters
        yield "COMMIT;"

    def _made(self, which):
        cursor = Cursor(self)
        cursor.row_factory = None
        return cursor.execute("SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL AND %s ORDER BY name" % which).fetchall()

    def _contents(self, table):
        quoted = table.replace('"', '""')
        cursor = Cursor(self)
        cursor.row_factory = None
        columns = [row[1].replace('"', '""') for row in cursor.execute('PRAGMA table_info("%s")' % quoted).fetchall()]
        values = "','".join(['||quote("%s")||' % column for column in columns])
        line = "SELECT 'INSERT INTO \"%s\" VALUES('%s')' FROM \"%s\"" % (quoted.replace("'", "''"), values, quoted)
        return [row[0] + ";" for row in cursor.execute(line).fetchall()]


def connect(database, *args, factory=Connection, **more):
    # The sixth parameter is the factory, for those that count.
    if len(args) > 4:
        factory = args[4]
    return factory(database, *args, **more)


def complete_statement(statement):
    """Whether a text ends with a whole statement: for prompts."""
    rest = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\[[^]]*\]|--[^\n]*|/\*.*?\*/", " x ", statement, flags=re.S).strip()
    if not rest.endswith(";") or re.search(r"['\"`]|/\*", rest):
        return False
    if re.match(r"(explain\s+)?create\s+(temp\s+|temporary\s+)?trigger\b", rest.split(";")[-2].strip() if rest.count(";") == 1 else rest, re.I):
        return re.search(r";\s*end\s*;$", rest, re.I) is not None
    return True


_telling = False


def enable_callback_tracebacks(enable, /):
    """Whether what functions of a program raise is told to `sys.unraisablehook`."""
    global _telling
    _telling = bool(enable)
