# Types of exceptions, and what they make of their arguments.
# short of memory: an exception is raised without its context and fields.
print(FileNotFoundError.__mro__[1:3], issubclass(RecursionError, RuntimeError), IOError is OSError)
print(issubclass(ModuleNotFoundError, ImportError), issubclass(DeprecationWarning, Warning), issubclass(TabError, SyntaxError))
for number in 1, 2, 5, 11, 13, 17, 20, 21, 32, 104, 110, 111:
    print(number, type(OSError(number, "text")).__name__)
e = OSError(2, "text", "name")
print(e.errno, e.strerror, e.filename)
try:
    import nothing_of_this_name
except ModuleNotFoundError as e:
    print(e.name)
try:
    unknown_name
except NameError as e:
    print(e.name)


class A:
    pass


a = A()
try:
    a.nothing
except AttributeError as e:
    print(e.name, e.obj is a)
try:
    b"ab\xff".decode("utf-8")
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason)
    print(e)
for wrong in b"\xc3", b"\xe2\x82", b"\xe2a", b"\x80":
    try:
        wrong.decode()
    except UnicodeDecodeError as e:
        print(e)
try:
    "ab\xe9".encode("ascii")
except UnicodeEncodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason)
    print(e)


def deep():
    deep()


try:
    deep()
except RecursionError:
    print("RecursionError")


def unbound():
    print(x)
    x = 1


try:
    unbound()
except UnboundLocalError:
    print("UnboundLocalError")
print(str(KeyError("a")), ImportError("x", name="n", path="p").path, AttributeError("x", name="n").name)
try:
    ValueError(a=1)
except TypeError:
    print("TypeError")
