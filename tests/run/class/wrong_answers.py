# needs: import linecache
# Special methods that answer what they must not, and attributes of builtin types, which nobody sets.
def told(function, *args):
    try:
        return function(*args)
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)


class Odd:
    def __bool__(self):
        return 5

    def __len__(self):
        return "long"

    def __str__(self):
        return 5

    def __repr__(self):
        return None

    def __hash__(self):
        return "a"

    def __index__(self):
        return "x"

    def __int__(self):
        return "5"

    def __iter__(self):
        return 5

    def __format__(self, spec):
        return 5

    def __bytes__(self):
        return "b"


odd = Odd()
for function in (bool, len, str, repr, hash, hex, iter, int, format, bytes):
    print(function.__name__, told(function, odd))


class Short(Odd):
    def __len__(self):
        return -1


print(told(len, Short()), told(lambda: not odd), told(lambda: "%s" % odd))
for ty in (int, str, list, type(None), object):
    print(told(setattr, ty, "added", 1), told(delattr, ty, "__doc__"))


class Base:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)


print(told(lambda: type("Derived", (Base,), {}, colour="red")), told(lambda: type("Plain", (), {}, colour="red")))
