# needs: import sys; sys._getframe().f_trace_lines
# What builtins refuse, and names that a prompt offers.
import array
import builtins
import selectors


def told(action):
    try:
        print(action())
    except (TypeError, ValueError, IndexError, OverflowError, AttributeError) as error:
        print(type(error).__name__, error)


class Long:
    def __len__(self):
        return 2**100


view = memoryview(bytearray(3))
told(lambda: len(Long()))
told(lambda: bytes(2**100))
told(lambda: view[2**100])
told(lambda: round("x"))
told(lambda: round([], 1))
told(lambda: round(2.5))


class Held:
    @property
    def value(self):
        """What is held."""


told(lambda: setattr(Held.__dict__["value"], "fget", None))

# Numbers are added one by one, of bytes too.
numbers = array.array("H", [1])
numbers.extend(b"ab")
numbers.extend(bytearray(b"c"))
numbers.extend(array.array("H", [7]))
print(numbers, array.array("H", b"\1\0\2\0"))
told(lambda: numbers.extend(array.array("I", [1])))

print(builtins.__debug__, *[hasattr(builtins, name) for name in ("copyright", "credits", "license", "exit")])
with selectors.EpollSelector() as selector:
    print(isinstance(selector, selectors.BaseSelector), selectors.DefaultSelector is selectors.EpollSelector)
