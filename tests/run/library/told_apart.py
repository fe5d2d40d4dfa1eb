# Programs choose by `type(x).__repr__` how an object is shown; fields of formats are taken apart by hand.
import _string
import collections

types = [dict, list, tuple, set, frozenset, str, int, float, bytes, bytearray, collections.deque, collections.OrderedDict, range, complex, slice]
shown = {it.__repr__: it.__name__ for it in types}
print(len(shown), [shown[type(it).__repr__] for it in ({}, [], (), "", 1, range(2), collections.deque())])
print(dict.__repr__ is dict.__repr__, dict.__repr__({1: 2}), [].__repr__(), type([]).__repr__([3]))


class Derived(list):
    pass


print(Derived.__repr__ is list.__repr__, object.__repr__ is list.__repr__)
for field in ("", "a", "0.b[3][x].c", "name[key]"):
    first, rest = _string.formatter_field_name_split(field)
    print(repr(first), list(rest))
for field in ("a[b", "a..b", "a[]", "a[b]c"):
    try:
        print(list(_string.formatter_field_name_split(field)[1]))
    except ValueError as error:
        print(error)
print(list(_string.formatter_parser("a{b!r:>{width}}{{c}}{}d")))
