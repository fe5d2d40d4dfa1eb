"""What continues the builtin module `array`: what pickles of arrays call, and the list of type codes."""

from array import array

ArrayType = array
typecodes = "bBuhHiIlLqQfd"
# Type code by size and kind of the machine formats that pickles name by number; those of text have none.
_FORMATS = "B b <H >H <h >h <I >I <i >i <Q >Q <q >q <f >f <d >d".split()
_CODES = {"B": "B", "b": "b", "H": "H", "h": "h", "I": "I", "i": "i", "Q": "Q", "q": "q", "f": "f", "d": "d"}


def _array_reconstructor(arraytype, typecode, mformat_code, items):
    if not isinstance(arraytype, type) or not issubclass(arraytype, array):
        raise TypeError("first argument must be a type object, not %s" % type(arraytype).__name__)
    if not isinstance(items, bytes):
        raise TypeError("fourth argument should be bytes, not %s" % type(items).__name__)
    if len(typecode) != 1 or typecode not in typecodes:
        raise ValueError("second argument must be a valid type code")
    if not 0 <= mformat_code <= 21:
        raise ValueError("third argument must be a valid machine format code.")
    if mformat_code >= 18:
        name = "utf-%d-%s" % ((16, 16, 32, 32)[mformat_code - 18], ("le", "be")[mformat_code % 2])
        return arraytype(typecode, items.decode(name))
    import struct

    code = _FORMATS[mformat_code]
    order = code[0] if len(code) > 1 else "<"
    size = struct.calcsize(order + code[-1])
    if len(items) % size:
        raise ValueError("bytes length not a multiple of item size")
    return arraytype(typecode, struct.unpack(order + str(len(items) // size) + code[-1], items))
