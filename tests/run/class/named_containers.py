# A class derived from a builtin container that shows a name shows its own.
# needs: import collections; collections.Counter; exit
from collections import OrderedDict, deque


class Tags(set):
    pass


class Frozen(frozenset):
    pass


class Raw(bytearray):
    pass


class Recent(deque):
    pass


class Rows(list):
    pass


class Config(dict):
    def __repr__(self):
        return "Config" + super().__repr__()


print(Tags(["a"]), Tags(), Frozen([1]), Frozen(), [Tags([2])])
print(Raw(b"ab"), Recent([1, 2], 3), Recent("a"), Rows([1]), Config(a=1))


print(f"{Tags([1])!r:>12}", str(Tags([1])))
print(deque([1, 2]) * 2, deque([1, 2], 3) * 2, deque([1]) * -1)
print(int.from_bytes([1, 2], "big"), int.from_bytes(map(ord, "ab"), "little"), int.from_bytes((255,), "big", signed=True))
for source in (5, [256], 1.5):
    try:
        print(int.from_bytes(source, "big"))
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
for leave in (exit, quit):
    try:
        leave(3)
    except SystemExit as end:
        print("SystemExit", end.code)
