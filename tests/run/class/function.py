# Attributes of functions.
def f(a, b=1, *, c=2):
    return a, b, c


f.x = 1
print(f.x, f.__dict__, f.__name__, f.__defaults__, f.__kwdefaults__, f.__module__)
f.__defaults__ = (7, 8)
f.__kwdefaults__ = {"c": 9}
f.__name__ = "g"
print(f(), f.__name__)
f.__defaults__ = None
try:
    f()
except TypeError:
    print("no defaults")
try:
    f.__globals__ = None
except AttributeError:
    print("AttributeError")


def outer():
    x = 1

    def inner():
        return x

    return inner


cell = outer().__closure__[0]
print(cell.cell_contents)


def free():
    return a


function = type(free)
print(function(free.__code__, {"a": 1})(), function(free.__code__, {"a": 2})())
for wrong in (None, {}), (free.__code__, None):
    try:
        function(*wrong)
    except TypeError:
        print("TypeError")
