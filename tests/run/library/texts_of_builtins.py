# needs: import inspect
# not CPython: the words are our own, and a few parameters have other names
# What builtin functions say of themselves, and the signatures that are read from it.
import inspect
from collections import namedtuple

print(len.__doc__)
print([].append.__doc__, len.__text_signature__, str.split.__text_signature__, max.__text_signature__)
for function in (len, print, pow, divmod, str.split, "".split, list.sort, dict.get, {}.get, bytes.fromhex):
    print(inspect.signature(function))
for function in (max, list.index):
    try:
        inspect.signature(function)
    except ValueError as error:
        print("none")
print(inspect.signature(namedtuple("Lamp", "pin level", defaults=[0])), inspect.getfullargspec(len).args)
help(len)
print([].__class__.append.__doc__ is None, (lambda: 0).__doc__, int.from_bytes.__doc__.split("(")[0])


class Twice:
    __slots__ = ["pin", "level", "pin"]


twice = Twice()
twice.pin = 5
print(twice.pin)
import collections.abc, _collections_abc

print(_collections_abc is collections.abc)
