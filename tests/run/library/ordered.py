# OrderedDict with attributes, in derived classes, and what is counted from what has counts.
import copy
import pickle
from collections import Counter, OrderedDict, UserList

table = OrderedDict(a=1, b=2)
table.note = "kept"
print(table.note, vars(table), copy.copy(table).note, pickle.loads(pickle.dumps(table)).note, vars(table.copy()))
table.move_to_end("a")
print(list(table), table == OrderedDict(a=1, b=2), table == {"a": 1, "b": 2}, table.popitem(last=False))


class Loud(OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 10)


loud = Loud([("x", 1)], y=2)
loud.update(z=3)
loud.setdefault("w", 4)
print(dict(loud), dict(loud | {"v": 5}), type(loud.copy()).__name__, type(loud | {}).__name__)
print(Counter({"a": None}, b=2)["a"], Counter(a="x")["a"])
listed = UserList([1])
listed.tag = 1
print(copy.copy(listed).tag, listed.copy() == [1])
