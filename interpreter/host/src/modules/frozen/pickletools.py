"""What a pickle says, an opcode at a time: `genops` reads, `dis` shows, `optimize` leaves out what is never got."""

import codecs
import io
import struct
import sys

__all__ = ["dis", "genops", "optimize"]

# How arguments are called, and how long their length is, or what of `struct` they are.
_LENGTHS = {"1": "<B", "4": "<I", "8": "<Q", "4s": "<i"}


def _line(data):
    text = data.readline()
    if not text.endswith(b"\n"):
        raise ValueError("no newline found when trying to read stringnl")
    return text[:-1]


def _exactly(data, count, what):
    read = data.read(count)
    if len(read) != count:
        raise ValueError("expected %d bytes in a %s, but only %d remain" % (count, what, len(read)))
    return read


def _number(form, what):
    size = struct.calcsize(form)
    return lambda data: struct.unpack(form, _exactly(data, size, what))[0]


def _counted(length, make, what):
    form = _LENGTHS[length]

    def read(data):
        count = _number(form, what)(data)
        if count < 0:
            raise ValueError("%s byte count < 0: %d" % (what, count))
        return make(_exactly(data, count, what))

    return read


def _quoted(data):
    text = _line(data)
    if len(text) < 2 or text[:1] not in b"\"'" or text[:1] != text[-1:]:
        raise ValueError("no string quotes around %r" % text)
    return codecs.escape_decode(text[1:-1])[0].decode("ascii")


def _decimal(data):
    text = _line(data)
    return {b"00": False, b"01": True}.get(text, None) if text in (b"00", b"01") else int(text)


def _long_line(data):
    text = _line(data)
    return int(text[:-1] if text[-1:] == b"L" else text)


_utf8 = lambda data: str(data, "utf-8", "surrogatepass")
_latin = lambda data: data.decode("latin-1")
_signed = lambda data: int.from_bytes(data, "little", signed=True)
_READERS = {
    "uint1": _number("<B", "uint1"),
    "uint2": _number("<H", "uint2"),
    "int4": _number("<i", "int4"),
    "uint4": _number("<I", "uint4"),
    "uint8": _number("<Q", "uint8"),
    "float8": _number(">d", "float8"),
    "stringnl": _quoted,
    "stringnl_noescape": lambda data: _line(data).decode("ascii"),
    "stringnl_noescape_pair": lambda data: "%s %s" % (_line(data).decode("utf-8"), _line(data).decode("utf-8")),
    "unicodestringnl": lambda data: str(_line(data), "raw-unicode-escape"),
    "decimalnl_short": _decimal,
    "decimalnl_long": _long_line,
    "floatnl": lambda data: float(_line(data)),
    "string1": _counted("1", _latin, "string1"),
    "string4": _counted("4s", _latin, "string4"),
    "bytes1": _counted("1", bytes, "bytes1"),
    "bytes4": _counted("4", bytes, "bytes4"),
    "bytes8": _counted("8", bytes, "bytes8"),
    "bytearray8": _counted("8", bytearray, "bytearray8"),
    "unicodestring1": _counted("1", _utf8, "unicodestring1"),
    "unicodestring4": _counted("4", _utf8, "unicodestring4"),
    "unicodestring8": _counted("8", _utf8, "unicodestring8"),
    "long1": _counted("1", _signed, "long1"),
    "long4": _counted("4s", _signed, "long4"),
}


class ArgumentDescriptor:
    def __init__(self, name):
        self.name, self.reader = name, _READERS[name]


class OpcodeInfo:
    """An opcode: how it is written, its argument, what it takes from the stack and leaves there, and its protocol."""

    def __init__(self, name, code, arg, before, after, proto):
        self.name, self.code, self.proto = name, code, proto
        self.arg = ArgumentDescriptor(arg) if arg else None
        self.stack_before, self.stack_after = before, after


# Protocol, name, code, argument, what it takes, what it leaves; `m` is a mark and `*` all that lies above it.
_TABLE = """
0 INT I decimalnl_short . x
1 BININT J int4 . x
1 BININT1 K uint1 . x
1 BININT2 M uint2 . x
0 LONG L decimalnl_long . x
2 LONG1 8a long1 . x
2 LONG4 8b long4 . x
0 STRING S stringnl . x
1 BINSTRING T string4 . x
1 SHORT_BINSTRING U string1 . x
3 BINBYTES B bytes4 . x
3 SHORT_BINBYTES C bytes1 . x
4 BINBYTES8 8e bytes8 . x
5 BYTEARRAY8 96 bytearray8 . x
5 NEXT_BUFFER 97 - . x
5 READONLY_BUFFER 98 - x x
0 NONE N - . x
2 NEWTRUE 88 - . x
2 NEWFALSE 89 - . x
0 UNICODE V unicodestringnl . x
4 SHORT_BINUNICODE 8c unicodestring1 . x
1 BINUNICODE X unicodestring4 . x
4 BINUNICODE8 8d unicodestring8 . x
0 FLOAT F floatnl . x
1 BINFLOAT G float8 . x
1 EMPTY_LIST ] - . x
0 APPEND a - xx x
1 APPENDS e - xm* x
0 LIST l - m* x
1 EMPTY_TUPLE ) - . x
0 TUPLE t - m* x
2 TUPLE1 85 - x x
2 TUPLE2 86 - xx x
2 TUPLE3 87 - xxx x
1 EMPTY_DICT } - . x
0 DICT d - m* x
0 SETITEM s - xxx x
1 SETITEMS u - xm* x
4 EMPTY_SET 8f - . x
4 ADDITEMS 90 - xm* x
4 FROZENSET 91 - m* x
0 POP 0 - x .
0 DUP 2 - x xx
0 MARK ( - . m
1 POP_MARK 1 - m* .
0 GET g decimalnl_short . x
1 BINGET h uint1 . x
1 LONG_BINGET j uint4 . x
0 PUT p decimalnl_short . .
1 BINPUT q uint1 . .
1 LONG_BINPUT r uint4 . .
4 MEMOIZE 94 - x x
2 EXT1 82 uint1 . x
2 EXT2 83 uint2 . x
2 EXT4 84 int4 . x
0 GLOBAL c stringnl_noescape_pair . x
4 STACK_GLOBAL 93 - xx x
0 REDUCE R - xx x
0 BUILD b - xx x
0 INST i stringnl_noescape_pair m* x
1 OBJ o - mx* x
2 NEWOBJ 81 - xx x
4 NEWOBJ_EX 92 - xxx x
2 PROTO 80 uint1 . .
0 STOP . - x .
4 FRAME 95 uint8 . .
0 PERSID P stringnl_noescape . x
1 BINPERSID Q - x x
"""
opcodes = []
for _row in _TABLE.split("\n"):
    if _row:
        _proto, _name, _code, _arg, _before, _after = _row.split()
        _code = chr(int(_code, 16)) if len(_code) == 2 else _code
        _parts = [list(part.replace(".", "")) for part in (_before, _after)]
        opcodes.append(OpcodeInfo(_name, _code, None if _arg == "-" else _arg, _parts[0], _parts[1], int(_proto)))
code2op = {opcode.code: opcode for opcode in opcodes}


def _operations(pickle, ends=False):
    if isinstance(pickle, (bytes, bytearray)):
        pickle = io.BytesIO(pickle)
    tell = getattr(pickle, "tell", lambda: None)
    while True:
        at = tell()
        code = pickle.read(1)
        opcode = code2op.get(code.decode("latin-1"))
        if opcode is None:
            if code == b"":
                raise ValueError("pickle exhausted before seeing STOP")
            raise ValueError("at position %s, opcode %r unknown" % ("<unknown>" if at is None else at, code))
        argument = opcode.arg.reader(pickle) if opcode.arg else None
        yield (opcode, argument, at, tell()) if ends else (opcode, argument, at)
        if code == b".":
            break


def genops(pickle):
    """Each (opcode, argument, position) of a pickle."""
    return _operations(pickle)


def optimize(p):
    """The pickle without the memoizing of what is never got again."""
    operations = list(_operations(p, True))
    got = {argument for opcode, argument, _, _ in operations if opcode.name in ("GET", "BINGET", "LONG_BINGET")}
    out, numbers, memoized = io.BytesIO(), {}, 0
    proto = max([opcode.proto for opcode, _, _, _ in operations])
    out.write(b"\x80" + bytes([proto]) if proto >= 2 else b"")
    for opcode, argument, start, end in operations:
        piece = p[start:end]
        if opcode.name in ("PROTO", "FRAME"):
            continue
        if "PUT" in opcode.name or opcode.name == "MEMOIZE":
            number = memoized if opcode.name == "MEMOIZE" else argument
            memoized += 1
            if number not in got:
                continue
            numbers[number] = len(numbers)
            if opcode.name != "MEMOIZE":
                piece = _memo(numbers[number], proto, b"q", b"r", b"p")
        elif opcode.name in ("GET", "BINGET", "LONG_BINGET"):
            piece = _memo(numbers[argument], proto, b"h", b"j", b"g")
        out.write(piece)
    return out.getvalue()


def _memo(number, proto, short, long, text):
    if proto < 1:
        return text + b"%d\n" % number
    return short + bytes([number]) if number < 256 else long + struct.pack("<I", number)


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """Shows a pickle, and says where it is wrong."""
    stack, marks, memo, highest, problem = [], [], {} if memo is None else memo, -1, None
    for opcode, argument, at in genops(pickle):
        line = "%5d: " % at if at is not None else ""
        line += "%-4s %s%s" % (repr(opcode.code)[1:-1], " " * indentlevel * len(marks), opcode.name)
        highest = max(highest, opcode.proto)
        before, after, note = list(opcode.stack_before), list(opcode.stack_after), None
        takes_mark = "m" in before or opcode.name == "POP" and stack[-1:] == ["m"]
        if takes_mark:
            if not marks:
                problem = note = "no MARK exists on stack"
            else:
                note = "(MARK at %s)" % marks.pop()
                while stack.pop() != "m":
                    pass
                before = before[: before.index("m")] if "m" in before else []
        if opcode.name in ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"):
            number = len(memo) if opcode.name == "MEMOIZE" else argument
            if opcode.name == "MEMOIZE":
                note = "(as %d)" % number
            if number in memo:
                problem = "memo key %r already defined" % argument
            elif not stack:
                problem = "stack is empty -- can't store into memo"
            elif stack[-1] == "m":
                problem = "can't store markobject in the memo"
            else:
                memo[number] = stack[-1]
        elif opcode.name in ("GET", "BINGET", "LONG_BINGET"):
            if argument in memo:
                after = [memo[argument]]
            else:
                problem = "memo key %r has never been stored into" % argument
        if argument is not None or note:
            line += " " * (10 - len(opcode.name))
            if argument is not None:
                line += " " + repr(argument)
            if note:
                line += " " + note
        print(line, file=out)
        if problem:
            raise ValueError(problem)
        if len(stack) < len(before):
            raise ValueError("tries to pop %d items from stack with only %d items" % (len(before), len(stack)))
        if before:
            del stack[-len(before) :]
        if "m" in after:
            marks.append(at)
        stack.extend(after)
    print("highest protocol among opcodes =", highest, file=out)
    if stack:
        raise ValueError("stack not empty after STOP: %r" % stack)


def main():
    """`python -m pickletools`: what pickles in files are made of."""
    import argparse

    parser = argparse.ArgumentParser(prog="pickletools.py", description="disassemble one or more pickle files")
    parser.add_argument("pickle_file", type=argparse.FileType("br"), nargs="*", help="the pickle file")
    parser.add_argument("-o", "--output", default=sys.stdout, type=argparse.FileType("w"), help="the file where the output should be written")
    parser.add_argument("-m", "--memo", action="store_true", help="preserve memo between disassemblies")
    parser.add_argument("-l", "--indentlevel", default=4, type=int, help="the number of blanks by which to indent a new MARK level")
    parser.add_argument("-a", "--annotate", action="store_true", help="annotate each line with a short opcode description")
    parser.add_argument("-p", "--preamble", default="==> {name} <==", help="if more than one pickle file is specified, print this before each disassembly")
    given = parser.parse_args()
    if not given.pickle_file:
        parser.print_help()
        return
    memo = {} if given.memo else None
    for file in given.pickle_file:
        if len(given.pickle_file) > 1:
            given.output.write(given.preamble.format(name=file.name) + "\n")
        dis(file, given.output, memo, given.indentlevel, 30 if given.annotate else 0)


if __name__ == "__main__":
    main()
