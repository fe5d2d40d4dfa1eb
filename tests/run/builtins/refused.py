# needs: import ctypes
# What constructors and functions do not take.
import cmath
def tell(function):
    try: print(function())
    except (TypeError, ValueError) as e: print(e)
for kind in (float, list, tuple, set, frozenset, dict, bool):
    tell(lambda: kind((), 2))
for kind in (int, complex, str, bytes, bytearray):
    tell(lambda: kind(1, 2, 3, 4))
for kind in (float, list, tuple, set, frozenset, bool, int, complex):
    tell(lambda: kind(odd=1))
tell(lambda: int.from_bytes("ab", "big"))
tell(lambda: sum(["a"], "")); tell(lambda: sum([b"a"], b"")); tell(lambda: sum([[1], [2]], [])); tell(lambda: sum([1.5], 2))
print(bytes.fromhex(" 1a\n2b\t30\x0b"), b"%r %a" % ("\u0544", "\u0544"), cmath.infj, cmath.nanj)
