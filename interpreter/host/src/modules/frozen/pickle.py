"""Objects as bytes and back, in the formats of CPython's protocols 0 to 5.

A pickle is a program for a small stack machine. Writing follows the protocol that was asked for, reading knows them all.
"""

import _compat_pickle
import builtins
import copyreg
import io
import struct
import sys

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]

bytes_types = (bytes, bytearray)
# What programs that take pickles apart call the opcodes.
_OPCODES = """MARK ( STOP . POP 0 POP_MARK 1 DUP 2 FLOAT F INT I BININT J BININT1 K LONG L BININT2 M NONE N PERSID P BINPERSID Q REDUCE R STRING S
    BINSTRING T SHORT_BINSTRING U UNICODE V BINUNICODE X APPEND a BUILD b GLOBAL c DICT d EMPTY_DICT } APPENDS e GET g BINGET h INST i
    LONG_BINGET j LIST l EMPTY_LIST ] OBJ o PUT p BINPUT q LONG_BINPUT r SETITEM s TUPLE t EMPTY_TUPLE ) SETITEMS u BINFLOAT G
    PROTO 80 NEWOBJ 81 EXT1 82 EXT2 83 EXT4 84 TUPLE1 85 TUPLE2 86 TUPLE3 87 NEWTRUE 88 NEWFALSE 89
    LONG1 8a LONG4 8b SHORT_BINUNICODE 8c BINUNICODE8 8d BINBYTES8 8e EMPTY_SET 8f ADDITEMS 90 FROZENSET 91
    NEWOBJ_EX 92 STACK_GLOBAL 93 MEMOIZE 94 FRAME 95 BYTEARRAY8 96 NEXT_BUFFER 97 READONLY_BUFFER 98 BINBYTES B
    SHORT_BINBYTES C""".split()
globals().update({name: bytes([int(code, 16) if len(code) == 2 else ord(code)]) for name, code in zip(_OPCODES[::2], _OPCODES[1::2])})
TRUE, FALSE = b"I01\n", b"I00\n"

class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


class PickleBuffer:
    def __init__(self, data):
        self._view = memoryview(data)

    def raw(self):
        return self._view

    def release(self):
        self._view = None


# Names that moved between Python 2, whose protocols end at 2, and 3.
_TO_OLD = {"builtins": "__builtin__", "copyreg": "copy_reg"}
_TO_NEW = {"__builtin__": "builtins", "copy_reg": "copyreg", "exceptions": "builtins"}
_NAMES_TO_NEW = {("builtins", "xrange"): "range", ("builtins", "unicode"): "str", ("builtins", "long"): "int", ("builtins", "reduce"): "reduce"}

_BATCH = 1000


def encode_long(x):
    if x == 0:
        return b""
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, "little", signed=True)
    # A negative number may have a byte of sign too many.
    if x < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    return int.from_bytes(data, "little", signed=True)


def whichmodule(obj, name):
    module = getattr(obj, "__module__", None)
    if module is not None:
        return module
    for module_name, module in list(sys.modules.items()):
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if _attribute(module, name) is obj:
                return module_name
        except AttributeError:
            pass
    import builtins

    return "builtins" if getattr(builtins, name, None) is obj else "__main__"


def _attribute(obj, dotted):
    for part in dotted.split("."):
        if part == "<locals>":
            raise AttributeError("Can't get local attribute %r on %r" % (dotted, obj))
        try:
            obj = getattr(obj, part)
        except AttributeError:
            raise AttributeError("Can't get attribute %r on %r" % (dotted, obj)) from None
    return obj


# What most of a pickle is made of.
_QUICK = frozenset([type(None), bool, int, float, str, tuple, list, dict])
_SMALL_INTS = [b"K" + bytes([number]) for number in range(256)]
_SHORT_GETS = [b"h" + bytes([number]) for number in range(256)]
_SHORT_TEXTS = [b"\x8c" + bytes([size]) for size in range(256)]


_OWNERS = (object, int, float, complex, str, bytes, bytearray, memoryview, tuple, list, dict, set, frozenset, type)


def _owner(function, name):
    """The builtin type that a native function is a method of."""
    if type(function) is not type(len) or getattr(builtins, name, None) is function:
        return None
    return next((kind for kind in _OWNERS if getattr(kind, name, None) == function), None)


class Pickler:
    # Saves an object of such a type; None where a program has a say in it.
    _quick = None

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        try:
            self._write_file = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3
        self.memo = {}
        self._buffer_callback = buffer_callback
        self._out = None

    def clear_memo(self):
        self.memo.clear()

    def dump(self, obj):
        if not hasattr(self, "_write_file"):
            raise PicklingError("Pickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        self._out = []
        # A program that derives a class may have changed anything.
        usual = type(self) is Pickler and self.proto >= 4 and not self.fast
        self._quick = self._quick_saver() if usual and not _SAYS & vars(self).keys() else None
        if self.proto >= 4:
            self.save(obj)
            body = b"".join(self._out) + b"."
            # One frame holds all, since nothing is written before it is whole.
            frame = b"\x95" + struct.pack("<Q", len(body)) if len(body) >= 4 else b""
            self._write_file(b"\x80" + bytes([self.proto]) + frame + body)
        else:
            if self.proto >= 2:
                self._out.append(b"\x80" + bytes([self.proto]))
            self.save(obj)
            self._write_file(b"".join(self._out) + b".")
        self._out = self._quick = None

    def write(self, data):
        self._out.append(data)

    def memoize(self, obj):
        if self.fast:
            return
        index = len(self.memo)
        self.memo[id(obj)] = index, obj
        if self.proto >= 4:
            self.write(b"\x94")
        elif self.bin:
            self.write(b"q" + bytes([index]) if index < 256 else b"r" + struct.pack("<I", index))
        else:
            self.write(b"p%d\n" % index)

    def _get(self, index):
        if self.bin:
            self.write(b"h" + bytes([index]) if index < 256 else b"j" + struct.pack("<I", index))
        else:
            self.write(b"g%d\n" % index)

    def persistent_id(self, obj):
        return None

    def _quick_saver(self):
        """One function for all that needs no more than what is in it: protocol 4 and above."""
        append, memo, general, get, pack = self._out.append, self.memo, self.save, self._get, struct.pack

        def save_items(items, mark):
            append(b"(")
            for item in items:
                save(item)
            append(mark)

        def save(obj):
            cls = type(obj)
            if cls is int:
                if 0 <= obj < 256:
                    append(_SMALL_INTS[obj])
                elif 0 <= obj < 65536:
                    append(b"M" + pack("<H", obj))
                elif -(1 << 31) <= obj < 1 << 31:
                    append(b"J" + pack("<i", obj))
                else:
                    self.save_int(obj)
                return
            if obj is None or cls is bool:
                return append(b"N" if obj is None else b"\x88" if obj else b"\x89")
            if cls is float:
                return append(b"G" + pack(">d", obj))
            known = memo.get(id(obj))
            if known is not None:
                return append(_SHORT_GETS[known[0]]) if known[0] < 256 else get(known[0])
            if cls is str:
                data = obj.encode("utf-8")
                size = len(data)
                append((_SHORT_TEXTS[size] if size < 256 else b"X" + pack("<I", size)) + data + b"\x94")
                memo[id(obj)] = len(memo), obj
            elif cls is list:
                append(b"]\x94")
                memo[id(obj)] = len(memo), obj
                for at in range(0, len(obj), _BATCH):
                    items = obj[at : at + _BATCH]
                    if len(items) > 1:
                        save_items(items, b"e")
                    elif items:
                        save(items[0])
                        append(b"a")
            elif cls is dict:
                append(b"}\x94")
                memo[id(obj)] = len(memo), obj
                pairs = list(obj.items())
                for at in range(0, len(pairs), _BATCH):
                    batch = pairs if len(pairs) <= _BATCH else pairs[at : at + _BATCH]
                    if len(batch) > 1:
                        append(b"(")
                    for key, value in batch:
                        save(key)
                        save(value)
                    append(b"u" if len(batch) > 1 else b"s")
            elif cls is tuple:
                self.save_tuple(obj)
            else:
                general(obj)

        return save

    def save(self, obj):
        quick = self._quick
        if quick is not None and type(obj) in _QUICK:
            return quick(obj)
        pid = self.persistent_id(obj)
        if pid is not None:
            return self._save_persistent(pid)
        known = self.memo.get(id(obj))
        if known is not None:
            return self._get(known[0])
        reduced = NotImplemented
        override = getattr(self, "reducer_override", None)
        if override is not None:
            reduced = override(obj)
        if reduced is NotImplemented:
            cls = type(obj)
            saver = _SAVERS.get(cls)
            if saver is not None:
                return saver(self, obj)
            table = getattr(self, "dispatch_table", copyreg.dispatch_table)
            reductor = table.get(cls)
            if reductor is not None:
                reduced = reductor(obj)
            elif isinstance(obj, type):
                return self.save_global(obj)
            else:
                reduced = self._reduced(obj)
        if isinstance(reduced, str):
            return self.save_global(obj, reduced)
        if not isinstance(reduced, tuple):
            raise PicklingError("%s must return string or tuple" % "__reduce__")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError("Tuple returned by %s must have two to six elements" % "__reduce__")
        self.save_reduce(*reduced, obj=obj)

    def _reduced(self, obj):
        return copyreg._reduce(obj, TypeError, self.proto)

    def _save_persistent(self, pid):
        if self.bin:
            self.save(pid)
            return self.write(b"Q")
        try:
            self.write(b"P" + str(pid).encode("ascii") + b"\n")
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, *, obj=None):
        if not isinstance(args, tuple):
            raise PicklingError("args from save_reduce() must be a tuple")
        if not callable(func):
            raise PicklingError("func from save_reduce() must be callable")
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            cls, new_args, kwargs = args
            if self.proto >= 4:
                self.save(cls)
                self.save(new_args)
                self.save(kwargs)
                self.write(b"\x92")
            else:
                from functools import partial

                self.save(partial(cls.__new__, cls, *new_args, **kwargs))
                self.save(())
                self.write(b"R")
        elif self.proto >= 2 and name == "__newobj__":
            cls = args[0]
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            self.save(cls)
            self.save(args[1:])
            self.write(b"\x81")
        else:
            self.save(func)
            self.save(args)
            self.write(b"R")
        if obj is not None:
            # What refers to itself by its arguments is in the memo by now.
            if id(obj) in self.memo:
                self.write(b"0")
                self._get(self.memo[id(obj)][0])
            else:
                self.memoize(obj)
        if listitems is not None:
            self._appends(listitems)
        if dictitems is not None:
            self._setitems(dictitems)
        if state is not None:
            if state_setter is None:
                self.save(state)
                self.write(b"b")
            else:
                self.save(state_setter)
                self.save(obj)
                self.save(state)
                self.write(b"\x86R0")

    def _batches(self, items):
        batch = []
        for item in items:
            batch.append(item)
            if len(batch) == _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _appends(self, items):
        for batch in self._batches(items):
            if not self.bin or len(batch) == 1:
                for item in batch:
                    self.save(item)
                    self.write(b"a")
            else:
                self.write(b"(")
                for item in batch:
                    self.save(item)
                self.write(b"e")

    def _setitems(self, items):
        for batch in self._batches(items):
            if not self.bin or len(batch) == 1:
                for key, value in batch:
                    self.save(key)
                    self.save(value)
                    self.write(b"s")
            else:
                self.write(b"(")
                for key, value in batch:
                    self.save(key)
                    self.save(value)
                self.write(b"u")

    def save_none(self, obj):
        self.write(b"N")

    def save_bool(self, obj):
        self.write((b"\x88" if obj else b"\x89") if self.proto >= 2 else (b"I01\n" if obj else b"I00\n"))

    def save_int(self, obj):
        if self.bin:
            if 0 <= obj < 256:
                return self.write(b"K" + bytes([obj]))
            if 0 <= obj < 65536:
                return self.write(b"M" + struct.pack("<H", obj))
            if -(1 << 31) <= obj < 1 << 31:
                return self.write(b"J" + struct.pack("<i", obj))
        if self.proto >= 2:
            data = encode_long(obj)
            size = len(data)
            return self.write((b"\x8a" + bytes([size]) if size < 256 else b"\x8b" + struct.pack("<i", size)) + data)
        text = repr(obj).encode()
        self.write(b"I" + text + b"\n" if -(1 << 31) <= obj < 1 << 31 else b"L" + text + b"L\n")

    def save_float(self, obj):
        self.write(b"G" + struct.pack(">d", obj) if self.bin else b"F" + repr(obj).encode() + b"\n")

    def save_bytes(self, obj):
        if self.proto < 3:
            import codecs

            if not obj:
                return self.save_reduce(bytes, (), obj=obj)
            return self.save_reduce(codecs.encode, (obj.decode("latin1"), "latin1"), obj=obj)
        size = len(obj)
        if size < 256:
            self.write(b"C" + bytes([size]) + obj)
        elif size < 1 << 32 or self.proto < 4:
            self.write(b"B" + struct.pack("<I", size) + obj)
        else:
            self.write(b"\x8e" + struct.pack("<Q", size) + obj)
        self.memoize(obj)

    def save_bytearray(self, obj):
        if self.proto < 5:
            return self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
        self.write(b"\x96" + struct.pack("<Q", len(obj)) + bytes(obj))
        self.memoize(obj)

    def save_buffer(self, obj):
        if self.proto < 5:
            raise PicklingError("PickleBuffer can only be pickled with protocol >= 5")
        if self._buffer_callback is None or self._buffer_callback(obj):
            data = bytes(obj.raw())
            return self.save_bytes(data)
        self.write(b"\x97")

    def save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8")
            size = len(data)
            if size < 256 and self.proto >= 4:
                self.write(b"\x8c" + bytes([size]) + data)
            else:
                self.write(b"X" + struct.pack("<I", size) + data)
        else:
            text = []
            for character in obj:
                code = ord(character)
                if character in "\\\n\r\0\x1a" or 256 <= code < 65536:
                    character = "\\u%04x" % code
                elif code >= 65536:
                    character = "\\U%08x" % code
                text.append(character)
            self.write(b"V" + "".join(text).encode("latin1") + b"\n")
        self.memoize(obj)

    def save_tuple(self, obj):
        if not obj:
            return self.write(b")" if self.bin else b"(t")
        count = len(obj)
        short = self.proto >= 2 and count <= 3
        if not short:
            self.write(b"(")
        for item in obj:
            self.save(item)
        if id(obj) in self.memo:
            # A tuple inside itself: it was written meanwhile.
            self.write(b"0" * count if short else b"1" if self.bin else b"0" * (count + 1))
            return self._get(self.memo[id(obj)][0])
        self.write((b"\x85", b"\x86", b"\x87")[count - 1] if short else b"t")
        self.memoize(obj)

    def save_list(self, obj):
        self.write(b"]" if self.bin else b"(l")
        self.memoize(obj)
        self._appends(obj)

    def save_dict(self, obj):
        self.write(b"}" if self.bin else b"(d")
        self.memoize(obj)
        self._setitems(obj.items())

    def save_set(self, obj):
        if self.proto < 4:
            return self.save_reduce(set, (list(obj),), obj=obj)
        self.write(b"\x8f")
        self.memoize(obj)
        for batch in self._batches(obj):
            self.write(b"(")
            for item in batch:
                self.save(item)
            self.write(b"\x90")

    def save_frozenset(self, obj):
        if self.proto < 4:
            return self.save_reduce(frozenset, (list(obj),), obj=obj)
        self.write(b"(")
        for item in obj:
            self.save(item)
        if id(obj) in self.memo:
            self.write(b"1")
            return self._get(self.memo[id(obj)][0])
        self.write(b"\x91")
        self.memoize(obj)

    def save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
            owner = _owner(obj, name)
            if owner is not None:
                return self.save_reduce(getattr, (owner, name), obj=obj)
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name)
            found = _attribute(sys.modules[module_name] if module_name in sys.modules else __import__(module_name), name)
        except (ImportError, KeyError, AttributeError):
            raise PicklingError("Can't pickle %r: it's not found as %s.%s" % (obj, module_name, name)) from None
        if found is not obj:
            raise PicklingError("Can't pickle %r: it's not the same object as %s.%s" % (obj, module_name, name))
        number = copyreg._extension_registry.get((module_name, name)) if self.proto >= 2 else None
        if number is not None:
            form = "<BB" if number < 0x100 else "<BH" if number < 0x10000 else "<Bi"
            return self.write(struct.pack(form, {"<BB": 0x82, "<BH": 0x83, "<Bi": 0x84}[form], number))
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(b"\x93")
        elif "." in name:
            path, _, last = name.rpartition(".")
            return self.save_reduce(getattr, (_attribute(sys.modules[module_name], path), last), obj=obj)
        else:
            if self.fix_imports:
                if (module_name, name) in _compat_pickle.REVERSE_NAME_MAPPING:
                    module_name, name = _compat_pickle.REVERSE_NAME_MAPPING[module_name, name]
                else:
                    module_name = _TO_OLD.get(module_name) or _compat_pickle.REVERSE_IMPORT_MAPPING.get(module_name, module_name)
            self.write(b"c" + module_name.encode() + b"\n" + name.encode() + b"\n")
        self.memoize(obj)

    def save_type(self, obj):
        for value in (None, NotImplemented, ...):
            if obj is type(value):
                return self.save_reduce(type, (value,), obj=obj)
        self.save_global(obj)

    def save_constant(self, obj):
        self.save_global(obj, "Ellipsis" if obj is ... else "NotImplemented")

    def save_method(self, obj):
        owner = getattr(obj, "__self__", None)
        if owner is None or owner is sys.modules.get("builtins"):
            return self.save_global(obj)
        self.save_reduce(getattr, (owner, obj.__name__), obj=obj)


_SAVERS = {
    type(None): Pickler.save_none,
    bool: Pickler.save_bool,
    int: Pickler.save_int,
    float: Pickler.save_float,
    bytes: Pickler.save_bytes,
    bytearray: Pickler.save_bytearray,
    PickleBuffer: Pickler.save_buffer,
    str: Pickler.save_str,
    tuple: Pickler.save_tuple,
    list: Pickler.save_list,
    dict: Pickler.save_dict,
    set: Pickler.save_set,
    frozenset: Pickler.save_frozenset,
    type(lambda: 0): Pickler.save_global,
    type(len): Pickler.save_global,
    type([].append): Pickler.save_method,
    type: Pickler.save_type,
    type(...): Pickler.save_constant,
    type(NotImplemented): Pickler.save_constant,
}
_Pickler = Pickler
# What a program may have given a pickler: that it is asked about every object, or another place to write to.
_SAYS = frozenset(["persistent_id", "reducer_override", "save", "write", "memoize"])
dispatch_table = copyreg.dispatch_table


_SIZES = {"B": 1, "H": 2, "i": 4, "I": 4, "Q": 8, "d": 8}


class _Stop(Exception):
    pass


class Unpickler:
    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._file_read = file.read
        self._file_readline = file.readline
        self._buffers = iter(buffers) if buffers is not None else None
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.proto = 0
        self.fix_imports = fix_imports

    def persistent_load(self, pid):
        raise UnpicklingError("unsupported persistent id encountered")

    def read(self, size):
        data = self._file_read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def readline(self):
        line = self._file_readline()
        if not line.endswith(b"\n"):
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def load(self):
        if not hasattr(self, "_file_read"):
            raise UnpicklingError("Unpickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        self._marks = []
        self.stack = []
        operations, read = _LOADERS, self._file_read
        try:
            while True:
                code = read(1)
                if not code:
                    raise EOFError("Ran out of input")
                key = code[0]
                # Half of all there is.
                if key == 0x94:
                    self.memo[len(self.memo)] = self.stack[-1]
                    continue
                if key == 0x8C or key == 0x4B or key == 0x68:
                    number = read(1)
                    if not number:
                        raise UnpicklingError("pickle data was truncated")
                    number = number[0]
                    if key == 0x4B:
                        self.stack.append(number)
                    elif key == 0x68:
                        self._load_get(number)
                    else:
                        data = read(number)
                        if len(data) < number:
                            raise UnpicklingError("pickle data was truncated")
                        self.stack.append(data.decode())
                    continue
                operation = operations.get(key)
                if operation is None:
                    raise UnpicklingError("invalid load key, '%s'." % (code.decode() if 32 <= code[0] < 127 else "\\x%02x" % code[0]))
                operation(self)
        except _Stop as stop:
            return stop.args[0]
        except IndexError:
            raise UnpicklingError("unpickling stack underflow") from None

    def find_class(self, module, name):
        if self.proto < 3 and self.fix_imports:
            if (module, name) in _compat_pickle.NAME_MAPPING:
                module, name = _compat_pickle.NAME_MAPPING[module, name]
            else:
                module = _TO_NEW.get(module) or _compat_pickle.IMPORT_MAPPING.get(module, module)
                name = _NAMES_TO_NEW.get((module, name), name)
        __import__(module)
        owner = sys.modules.get(module)
        if owner is None:
            owner = __import__(module)
        return _attribute(owner, name) if self.proto >= 4 else getattr(owner, name)

    def _push_mark(self):
        self._marks.append(self.stack)
        self.stack = []

    def _pop_mark(self):
        items = self.stack
        self.stack = self._marks.pop()
        return items

    def _number(self, form):
        return struct.unpack(form, self.read(_SIZES[form[1]]))[0]

    def _text(self, data):
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    def _load_proto(self):
        self.proto = self.read(1)[0]
        if self.proto > HIGHEST_PROTOCOL:
            raise ValueError("unsupported pickle protocol: %d" % self.proto)

    def _load_int(self):
        line = self.readline()
        self.stack.append({b"00": False, b"01": True}[line] if line in (b"00", b"01") else int(line.decode(), 0))

    def _load_long(self):
        line = self.readline()
        self.stack.append(int((line[:-1] if line[-1:] == b"L" else line).decode(), 0))

    def _load_long_of(self, form):
        size = self._number(form)
        if size < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self.stack.append(decode_long(self.read(size)))

    def _load_string(self):
        text = self.readline().strip()
        if len(text) < 2 or text[0] != text[-1] or text[:1] not in (b"'", b'"'):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        import codecs

        self.stack.append(self._text(codecs.escape_decode(text[1:-1])[0]))

    def _load_unicode(self):
        text, out, at = self.readline().decode("latin1"), [], 0
        while True:
            slash = text.find("\\", at)
            size = {"u": 6, "U": 10}.get(text[slash + 1 : slash + 2]) if slash >= 0 else None
            if slash < 0:
                break
            out.append(text[at:slash])
            out.append(chr(int(text[slash + 2 : slash + size], 16)) if size else "\\")
            at = slash + (size or 1)
        self.stack.append("".join(out) + text[at:])

    def _load_bytes_of(self, form, make):
        self.stack.append(make(self.read(self._number(form))))

    def _load_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        try:
            self.stack.append(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def _load_readonly(self):
        pass

    def _load_short_tuple(self, count):
        items = tuple(self.stack[-count:])
        if len(items) < count:
            raise IndexError
        self.stack[-count:] = [items]

    def _load_marked(self, make):
        items = self._pop_mark()
        self.stack.append(make(items))

    def _load_dict(self):
        items = self._pop_mark()
        self.stack.append(dict(zip(items[::2], items[1::2])))

    def _load_append(self):
        value = self.stack.pop()
        self._extend([value])

    def _extend(self, items):
        owner = self.stack[-1]
        extend = getattr(owner, "extend", None)
        if extend is not None:
            return extend(items)
        for item in items:
            owner.append(item)

    def _load_setitem(self):
        value, key = self.stack.pop(), self.stack.pop()
        self.stack[-1][key] = value

    def _load_setitems(self):
        items = self._pop_mark()
        owner = self.stack[-1]
        for at in range(0, len(items), 2):
            owner[items[at]] = items[at + 1]

    def _load_additems(self):
        items = self._pop_mark()
        owner = self.stack[-1]
        if isinstance(owner, set):
            owner.update(items)
        else:
            for item in items:
                owner.add(item)

    def _instantiate(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            value = cls(*args)
        else:
            value = cls.__new__(cls)
        self.stack.append(value)

    def _load_inst(self):
        module, name = self.readline().decode(), self.readline().decode()
        self._instantiate(self.find_class(module, name), self._pop_mark())

    def _load_obj(self):
        items = self._pop_mark()
        self._instantiate(items[0], items[1:])

    def _load_newobj(self):
        args, cls = self.stack.pop(), self.stack.pop()
        self.stack.append(cls.__new__(cls, *args))

    def _load_newobj_ex(self):
        kwargs, args, cls = self.stack.pop(), self.stack.pop(), self.stack.pop()
        self.stack.append(cls.__new__(cls, *args, **kwargs))

    def _load_global(self):
        module, name = self.readline().decode(), self.readline().decode()
        self.stack.append(self.find_class(module, name))

    def _load_stack_global(self):
        name, module = self.stack.pop(), self.stack.pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self.stack.append(self.find_class(module, name))

    def _load_extension(self, form):
        code = self._number(form)
        known = copyreg._extension_cache.get(code)
        if known is None:
            key = copyreg._inverted_registry.get(code)
            if key is None:
                if code <= 0:
                    raise UnpicklingError("EXT specifies code <= 0")
                raise ValueError("unregistered extension code %d" % code)
            known = copyreg._extension_cache[code] = self.find_class(*key)
        self.stack.append(known)

    def _load_reduce(self):
        args, func = self.stack.pop(), self.stack.pop()
        self.stack.append(func(*args))

    def _load_build(self):
        state = self.stack.pop()
        copyreg._set_state(self.stack[-1], state)

    def _load_pop(self):
        if self.stack:
            self.stack.pop()
        else:
            self._pop_mark()

    def _load_get(self, index):
        try:
            self.stack.append(self.memo[index])
        except KeyError:
            raise UnpicklingError("Memo value not found at index %d" % index) from None

    def _load_put(self, index):
        if index < 0:
            raise ValueError("negative PUT argument")
        self.memo[index] = self.stack[-1]

    def _load_memoize(self):
        self.memo[len(self.memo)] = self.stack[-1]

    def _load_persistent(self):
        try:
            pid = self.readline().decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        self.stack.append(self.persistent_load(pid))

    def _load_stop(self):
        raise _Stop(self.stack.pop())


def _push(value):
    return lambda self: self.stack.append(value)


def _read_number(form):
    return lambda self: self.stack.append(self._number(form))


_LOADERS = {
    ord(code): loader
    for code, loader in {
        "\x80": Unpickler._load_proto,
        "\x95": lambda self: self.read(8),
        ".": Unpickler._load_stop,
        "(": Unpickler._push_mark,
        "0": Unpickler._load_pop,
        "1": lambda self: self._pop_mark() and None,
        "2": lambda self: self.stack.append(self.stack[-1]),
        "N": _push(None),
        "\x88": _push(True),
        "\x89": _push(False),
        "I": Unpickler._load_int,
        "J": _read_number("<i"),
        "K": _read_number("<B"),
        "M": _read_number("<H"),
        "L": Unpickler._load_long,
        "\x8a": lambda self: self._load_long_of("<B"),
        "\x8b": lambda self: self._load_long_of("<i"),
        "F": lambda self: self.stack.append(float(self.readline().decode())),
        "G": _read_number(">d"),
        "S": Unpickler._load_string,
        "T": lambda self: self._load_bytes_of("<i", self._text),
        "U": lambda self: self._load_bytes_of("<B", self._text),
        "V": Unpickler._load_unicode,
        "X": lambda self: self._load_bytes_of("<I", bytes.decode),
        "\x8c": lambda self: self._load_bytes_of("<B", bytes.decode),
        "\x8d": lambda self: self._load_bytes_of("<Q", bytes.decode),
        "B": lambda self: self._load_bytes_of("<I", bytes),
        "C": lambda self: self._load_bytes_of("<B", bytes),
        "\x8e": lambda self: self._load_bytes_of("<Q", bytes),
        "\x96": lambda self: self._load_bytes_of("<Q", bytearray),
        "\x97": Unpickler._load_buffer,
        "\x98": Unpickler._load_readonly,
        "]": lambda self: self.stack.append([]),
        "}": lambda self: self.stack.append({}),
        ")": lambda self: self.stack.append(()),
        "\x8f": lambda self: self.stack.append(set()),
        "l": lambda self: self._load_marked(list),
        "t": lambda self: self._load_marked(tuple),
        "\x91": lambda self: self._load_marked(frozenset),
        "d": Unpickler._load_dict,
        "\x85": lambda self: self._load_short_tuple(1),
        "\x86": lambda self: self._load_short_tuple(2),
        "\x87": lambda self: self._load_short_tuple(3),
        "a": Unpickler._load_append,
        "e": lambda self: self._extend(self._pop_mark()),
        "s": Unpickler._load_setitem,
        "u": Unpickler._load_setitems,
        "\x90": Unpickler._load_additems,
        "i": Unpickler._load_inst,
        "o": Unpickler._load_obj,
        "\x81": Unpickler._load_newobj,
        "\x92": Unpickler._load_newobj_ex,
        "c": Unpickler._load_global,
        "\x93": Unpickler._load_stack_global,
        "\x82": lambda self: self._load_extension("<B"),
        "\x83": lambda self: self._load_extension("<H"),
        "\x84": lambda self: self._load_extension("<i"),
        "R": Unpickler._load_reduce,
        "b": Unpickler._load_build,
        "g": lambda self: self._load_get(int(self.readline().decode())),
        "h": lambda self: self._load_get(self._number("<B")),
        "j": lambda self: self._load_get(self._number("<I")),
        "p": lambda self: self._load_put(int(self.readline().decode())),
        "q": lambda self: self._load_put(self._number("<B")),
        "r": lambda self: self._load_put(self._number("<I")),
        "\x94": Unpickler._load_memoize,
        "P": Unpickler._load_persistent,
        "Q": lambda self: self.stack.append(self.persistent_load(self.stack.pop())),
    }.items()
}
_Unpickler = Unpickler


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    file = io.BytesIO()
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    if isinstance(data, str):
        raise TypeError("Can't load pickle from unicode string")
    return Unpickler(io.BytesIO(bytes(data)), fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


# What the pure version of these is called.
_Pickler, _Unpickler, _dump, _dumps, _load, _loads = Pickler, Unpickler, dump, dumps, load, loads


def main():
    """`python -m pickle`: shows what files hold."""
    import argparse
    import pprint

    parser = argparse.ArgumentParser(prog="pickle.py", description="display contents of the pickle files")
    parser.add_argument("pickle_file", type=argparse.FileType("br"), nargs="*", help="the pickle file")
    given = parser.parse_args()
    if not given.pickle_file:
        parser.print_help()
    for file in given.pickle_file:
        pprint.pprint(load(file))


if __name__ == "__main__":
    main()
