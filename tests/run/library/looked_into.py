# What lies in an object without asking it, and signatures of what is wrapped, bound, or made by a metaclass.
# needs: import inspect, pathlib, difflib, functools
import difflib
import functools
import inspect
import pathlib


class Asked:
    def __get__(self, instance, owner):
        return "asked"


class Both(Asked):
    def __set__(self, instance, value):
        pass


class Meta(type):
    of_meta = "meta"
    asked = Asked()


class Thing(metaclass=Meta):
    plain, data = Asked(), Both()
    x = 1

    def __getattr__(self, name):
        raise AssertionError(name)


thing = Thing()
thing.__dict__.update(plain="own", data="own", y=2)
static = inspect.getattr_static
print([type(static(thing, name)).__name__ for name in ("plain", "data", "x", "y")], static(thing, "none", "default"))
print(static(Thing, "of_meta"), type(static(Thing, "asked")).__name__, static(Thing, "x"))
for what in (thing, Thing):
    try:
        static(what, "missing")
    except AttributeError as error:
        print(error)


class New:
    def __new__(cls, u):
        return object.__new__(cls)

    def __init__(self, v):
        pass


class Init(New):
    def __init__(self, w):
        pass

    def method(self, x, *y, z=2, **k):
        pass

    @classmethod
    def of_class(cls, q):
        pass

    def __call__(self, t):
        pass


class Calling(type):
    def __call__(cls, m):
        pass


class Called(Init, metaclass=Calling):
    pass


def decorated(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@decorated
def f(x: "int", y: "str" = "") -> "float":
    pass


for each in (New, Init, Called, f, Init.method, Init(1).method, Init.of_class):
    print(inspect.signature(each), end=" ")
    print(inspect.getfullargspec(each).args)
print(inspect.getfullargspec(Init(1)).args, inspect.signature(f, follow_wrapped=False), inspect.signature(f, eval_str=True))

windows = pathlib.PureWindowsPath
print([windows("C:/Foo/Bar").is_relative_to(other) for other in ("c:", "c:/", "c:/foO", "c:/baz", "d:/")], windows("//my/share/nul").is_reserved(), windows("nul").is_reserved())
for a, b, name in ((["a"], [b"a"], "a"), ([b"a"], ["a"], "a"), (["a"], ["b"], b"a")):
    try:
        list(difflib.unified_diff(a, b, name, "b"))
    except TypeError as error:
        print(error)
try:
    pathlib.Path("never").write_bytes("text")
except TypeError as error:
    print(error)

kind = inspect.Parameter
print(kind.POSITIONAL_ONLY < kind.VAR_KEYWORD, kind.KEYWORD_ONLY >= kind.POSITIONAL_OR_KEYWORD, kind.KEYWORD_ONLY == 3, sorted([kind.VAR_KEYWORD, kind.POSITIONAL_ONLY])[0].name)
print([(each.__name__, attribute.defining_class.__name__) for each in (list, str, New) for attribute in inspect.classify_class_attrs(each) if attribute.name == "__str__"])
