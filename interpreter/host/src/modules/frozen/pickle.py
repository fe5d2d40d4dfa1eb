"""Objects as bytes and back, in the formats of CPython's protocols 0 to 5.

A pickle is a program for a small stack machine. Writing follows the protocol that was asked for, reading knows them all.
"""

import _compat_pickle
import _pickles
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
__all__ = [
    "PickleBuffer", "PickleError", "Pickler", "PicklingError", "Unpickler", "UnpicklingError", "dump", "dumps", "load", "loads", "DEFAULT_PROTOCOL",
    "HIGHEST_PROTOCOL", "TRUE", "FALSE", *_OPCODES[::2],
]


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


class PickleBuffer:
    # So it is none of the instances that are their attributes and are saved natively.
    __slots__ = ("_view",)

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


def _framed(pieces, protocol):
    """A pickle of what is in it. One frame holds all, since nothing is written before it is whole."""
    pieces.append(b".")
    body = b"".join(pieces)
    if protocol < 2:
        return body
    start = _STARTS[protocol]
    return start + b"\x95" + len(body).to_bytes(8, "little") + body if protocol >= 4 and len(body) >= 4 else start + body


_STARTS = [bytes([0x80, protocol]) for protocol in range(6)]


_OWNERS = (object, int, float, complex, str, bytes, bytearray, memoryview, tuple, list, dict, set, frozenset, type)


def _owner(function, name):
    """The builtin type that a native function is a method of."""
    if type(function) is not type(len) or getattr(builtins, name, None) is function:
        return None
    return next((kind for kind in _OWNERS if getattr(kind, name, None) == function), None)


class Pickler:
    # What most picklers have.
    proto, bin, fast, fix_imports, _buffer_callback, _out = DEFAULT_PROTOCOL, True, 0, False, None, None
    # What native saving needs to know; None where a program has a say in more than which objects are persistent or reduced its way.
    _core = None

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

    def clear_memo(self):
        self.memo.clear()

    def dump(self, obj):
        if not hasattr(self, "_write_file"):
            raise PicklingError("Pickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        self._write_file(self._pickled(obj))

    def _pickled(self, obj):
        self._out = []
        if self.proto >= 2 and not self.fast and len(_SAVERS) == _KNOWN_KINDS and _is_usual(type(self)):
            asked = self.persistent_id
            asked = None if getattr(asked, "__func__", None) is Pickler.persistent_id else asked
            table = getattr(self, "dispatch_table", copyreg.dispatch_table)
            self._core = self._out, self.memo, self.proto, asked, hasattr(self, "reducer_override"), table
        try:
            self.save(obj)
            return _framed(self._out, self.proto)
        finally:
            self._out = self._core = None

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

    def save(self, obj, save_persistent_id=True):
        if self._core is not None and save_persistent_id:
            return _pickles.save(self, self._core, obj)
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                return self._save_persistent(pid)
        self._save_whole(obj)

    def _save_whole(self, obj):
        known = self.memo.get(id(obj))
        if known is not None:
            return self._get(known[0])
        reduced = NotImplemented
        override = getattr(self, "reducer_override", None)
        if override is not None:
            reduced = override(obj)
        if reduced is NotImplemented:
            cls = type(obj)
            saver = self.dispatch.get(cls)
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
            self.save(pid, False)
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
            data = obj.encode("utf-8", "surrogatepass")
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
        owner = sys.modules.get(module_name) if "." not in name else None
        found = None if owner is None else getattr(owner, name, None)
        if found is not obj:
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
# A program that derives from `Pickler` may have a table of its own, or add to this one.
Pickler.dispatch, _KNOWN_KINDS = _SAVERS, len(_SAVERS)
# Methods by which a program that derives from `Pickler` may have changed how each object is saved.
_INNER = [name for name in vars(Pickler) if name.startswith("save") or name in ("dispatch", "write", "memoize", "_get", "_reduced")]
_usual = {Pickler: True}


def _is_usual(cls):
    known = _usual.get(cls)
    if known is None:
        known = _usual[cls] = all([getattr(cls, name) is getattr(Pickler, name) for name in _INNER])
    return known


dispatch_table = copyreg.dispatch_table


class Unpickler:
    # What most unpicklers have.
    encoding, errors, proto, fix_imports, _buffers = "ASCII", "strict", 0, True, None

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
        raise UnpicklingError("A load persistent id instruction was encountered,\nbut no persistent_load function was specified.")

    def load(self):
        if not hasattr(self, "_file_read"):
            raise UnpicklingError("Unpickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        return _pickles.load(self, self.memo, None, self._file_read, self._file_readline)

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
        if self.proto >= 4:
            return _attribute(owner, name)
        try:
            return getattr(owner, name)
        except AttributeError:
            raise AttributeError("Can't get attribute %r on %r" % (name, owner)) from None

    # What native loading leaves to these.

    def _text(self, data, is_utf8):
        if is_utf8:
            return data.decode("utf-8", "surrogatepass")
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    def _from_line(self, code, line):
        return _FROM_LINES[chr(code)](self, line)

    def _persistent(self, line):
        try:
            pid = line.decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        return self.persistent_load(pid)

    def _string(self, line):
        text = line.strip()
        if len(text) < 2 or text[0] != text[-1] or text[:1] not in (b"'", b'"'):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        import codecs

        return self._text(codecs.escape_decode(text[1:-1])[0], False)

    def _next_buffer(self, buffer):
        """The next of the buffers that came beside the pickle, or a buffer that nobody may write to."""
        if buffer is not False:
            view = memoryview(buffer)
            return buffer if view.readonly else view.toreadonly()
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        try:
            return next(self._buffers)
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def _instantiate(self, cls, args, kwargs):
        if kwargs is not None:
            return cls(*args, **kwargs)
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            return cls(*args)
        return cls.__new__(cls)

    def _extension(self, code):
        known = copyreg._extension_cache.get(code)
        if known is None:
            key = copyreg._inverted_registry.get(code)
            if key is None:
                if code <= 0:
                    raise UnpicklingError("EXT specifies code <= 0")
                raise ValueError("unregistered extension code %d" % code)
            known = copyreg._extension_cache[code] = self.find_class(*key)
        return known

    def _apply_state(self, made, state):
        copyreg._set_state(made, state)


def _int(line):
    try:
        return int(line.decode(), 0)
    except ValueError:
        raise ValueError("could not convert string to int") from None


def _unescaped(text):
    """A text of protocol 0, in which a backslash begins the number of a character."""
    out, at = [], 0
    while True:
        slash = text.find("\\", at)
        if slash < 0:
            return "".join(out) + text[at:]
        size = {"u": 6, "U": 10}.get(text[slash + 1 : slash + 2])
        out.append(text[at:slash])
        out.append(chr(int(text[slash + 2 : slash + size], 16)) if size else "\\")
        at = slash + (size or 1)


# What protocol 0 writes as lines.
_FROM_LINES = {
    "I": lambda self, line: line == b"01" if line in (b"00", b"01") else _int(line),
    "L": lambda self, line: int((line[:-1] if line[-1:] == b"L" else line).decode(), 0),
    "F": lambda self, line: float(line.decode()),
    "S": Unpickler._string,
    "V": lambda self, line: _unescaped(line.decode("latin1")),
    "P": Unpickler._persistent,
    # The number of an entry of the memo.
    "g": lambda self, line: int(line.decode() + "\n"),
}


# The file of those who need none.
_NOWHERE = io.BytesIO()


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    if protocol is None and buffer_callback is None:
        pickler = object.__new__(Pickler)
        pickler._out, pickler.memo = pieces, memo = [], {}
        pickler._core = core = pieces, memo, DEFAULT_PROTOCOL, None, False, copyreg.dispatch_table
        _pickles.save(pickler, core, obj)
        return _framed(pieces, DEFAULT_PROTOCOL)
    return Pickler(_NOWHERE, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback)._pickled(obj)


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    if isinstance(data, str):
        raise TypeError("Can't load pickle from unicode string")
    if encoding == "ASCII" and errors == "strict" and buffers is None and fix_imports:
        unpickler = object.__new__(Unpickler)
        unpickler.memo = memo = {}
        return _pickles.load(unpickler, memo, data, None, None)
    unpickler = Unpickler(_NOWHERE, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers)
    return _pickles.load(unpickler, unpickler.memo, data, None, None)


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
