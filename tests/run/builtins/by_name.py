# needs: import linecache
# Arguments of builtins by name, and what they refuse.
def told(call):
    try:
        return call()
    except Exception as e:
        return type(e).__name__, str(e)


print(round(number=3.5), round(ndigits=1, number=2.25), pow(base=2, exp=5, mod=7), pow(exp=2, base=3))
print(eval(compile(source="1 + 1", filename="here", mode="eval")), __import__(name="sys").__name__)
for wrong in (
    lambda: pow(),
    lambda: pow(2),
    lambda: pow(2, base=3),
    lambda: round(),
    lambda: compile(),
    lambda: compile("1", mode="eval"),
    lambda: __import__(),
    lambda: max(1, 2, default=3),
    lambda: min(1, 2, default=3),
    lambda: vars(1),
    lambda: classmethod(len, x=1),
    lambda: staticmethod(len, x=1),
    lambda: isinstance([], list[int]),
    lambda: issubclass(list, list[int]),
    lambda: isinstance(1, (str, list[int])),
    lambda: isinstance(1, list[int] | int),
    lambda: isinstance(1, int | list[int]),
    lambda: round(1.6e308, -308),
    lambda: type(None)(1),
    lambda: type("A\0B", (), {}),
    lambda: type("A", (), {"__qualname__": b"x"}),
):
    print(told(wrong))
print(type(None)(), type(...)(), type(NotImplemented)())


class Long:
    def __len__(self):
        return 10**30


class Truncated:
    def __trunc__(self):
        return 42


print(told(lambda: len(Long()))[0], callable(Long()))
import warnings

warnings.simplefilter("ignore")
print(int(Truncated()))
it = Long()
it.__call__ = len
print(callable(it), callable(type("C", (), {"__call__": len})()))


# Names that a class derived from dict, or a mapping, knows by its methods.
class Missing(dict):
    def __missing__(self, key):
        return "no " + key


class Mapping:
    def __getitem__(self, key):
        return {"a": 12}[key]

    def keys(self):
        return ["x", "y"]


print(eval("b", Missing()), eval("b", {}, Missing()), eval("a", {}, Mapping()), eval("dir()", {}, Mapping()))
names = Missing()
exec("c = d", names)
print(names["c"])
