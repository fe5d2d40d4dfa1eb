# What a class shows as its dict is to look at, and programs make such mappings.
from types import MappingProxyType


class C:
    x = 1


space = C.__dict__
print(type(space) is MappingProxyType, space["x"], "x" in space, "y" in space, space.get("y", 7))
try:
    space["y"] = 1
except TypeError as error:
    print(error)
print(type("D", (), dict(vars(C))).x)

proxy = MappingProxyType({"a": 1})
print(proxy, repr(proxy), len(proxy), bool(proxy), list(proxy), list(reversed(proxy)))
print(proxy | {"b": 2}, {"c": 3} | proxy, proxy == {"a": 1}, dict(proxy), {**proxy}, proxy.copy())
print(list(proxy.keys()), list(proxy.values()), list(proxy.items()), {"a": 1}.keys().mapping)
for wrong in ([1], (1,), 5):
    try:
        MappingProxyType(wrong)
    except TypeError as error:
        print(error)
print(str.join.__qualname__, [].append.__qualname__, len.__qualname__, dict.get.__objclass__)
