# OrderedDict.
from collections import OrderedDict
d = OrderedDict([("b", 1), ("a", 2)])
d["c"] = 3; d["b"] = 0; print(list(d.items()), d == {"a": 2, "b": 0, "c": 3}, len(d))
print(d == OrderedDict([("a", 2), ("b", 0), ("c", 3)]), d == OrderedDict(d), isinstance(d, dict), list(reversed(d)))
d.move_to_end("b"); print(list(d)); d.move_to_end("c", last=False); print(list(d)); d.move_to_end("a", False); print(list(d))
print(d.popitem(), d.popitem(last=False), d.popitem(False), len(d))
try:
    d.popitem()
except KeyError:
    print("KeyError")
try:
    d.move_to_end("zz")
except KeyError:
    print("KeyError")
e = OrderedDict(x=1, y=2); e.update({"z": 3}); print(list(e.keys()), list(e.values()), e.copy() == e, type(e.copy()).__name__, e.pop("x"), list(e | {"w": 1}))
