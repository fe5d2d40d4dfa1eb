# A pickler of a class that derives from Pickler, and one that is asked about every object, write what Pickler writes.
# needs: import pickle

import io
import pickle


class Derived(pickle.Pickler):
    pass


class Thing:
    def __init__(self, more):
        self.x, self.more, self.itself = 1, more, self


def by(make, value, protocol):
    file = io.BytesIO()
    make(file, protocol).dump(value)
    return file.getvalue()


def asked(file, protocol):
    class Asked(pickle.Pickler):
        def persistent_id(self, obj):
            seen.append(type(obj).__name__)

    return Asked(file, protocol)


inside, keyed, deep = [], {}, ([],)
inside.append(inside)
keyed["me"] = keyed
deep[0].append(deep)
name = "again" * 3
values = [
    None, True, False, 0, 255, 256, 65535, 65536, -1, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 10**30, 1.5, -0.0,
    "", "a" * 255, "a" * 256, "é" * 128, [name, name, {name: name}], b"x", (), (1,), (1, "a", None), (1, 2, 3, 4),
    [], [1], [[]], list(range(1000)), list(range(1001)), list(range(2500)), {}, {1: 2}, {1: 2, "a": []},
    {i: str(i) for i in range(1001)}, {i: i for i in range(2000)}, [Thing([1, "a"]), Thing({"a": 1})], {"k": Thing(None)},
    [str(i) for i in range(600)] * 2, {1}, frozenset([1]), inside, keyed, deep,
]
for value in values:
    for protocol in range(6):
        seen = []
        plain = by(pickle.Pickler, value, protocol)
        if not plain == by(Derived, value, protocol) == by(asked, value, protocol) or not seen:
            print("differs", type(value), protocol)
        again = pickle.loads(plain)
        if by(pickle.Pickler, again, protocol) != by(pickle.Pickler, pickle.loads(by(pickle.Pickler, again, protocol)), protocol):
            print("comes back otherwise", type(value), protocol)
        if type(value) in (int, float, str, tuple, set) and value is not deep and again != value:
            print("changed", value, protocol)
for cut in (b"\x80\x04\x8c", b"\x80\x04\x8c\x05ab", b"\x80\x04K", b"\x80\x04h\x07.", b"\x80\x04\x94", b"\x80\x04K\x07"):
    try:
        print(pickle.loads(cut))
    except (pickle.UnpicklingError, EOFError) as e:
        print(cut, type(e).__name__)
print("done")
