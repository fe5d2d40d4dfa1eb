# A list, dict or set of a class with a `__new__` of its own is empty until `__init__` fills it; functions are made with keywords.
# needs: import inspect


class Items(list):
    def __new__(cls, *args, **named):
        made = super().__new__(cls, *args, **named)
        print("new", len(made))
        return made

    def __init__(self, items=(), **named):
        print("init", len(self))
        for item in items:
            self.append(item)


class Names(dict):
    def __new__(cls, *args, **named):
        made = super().__new__(cls, *args, **named)
        print("new", len(made))
        return made


class Some(set):
    def __new__(cls, *args):
        made = super().__new__(cls, *args)
        print("new", len(made))
        return made


class Plain(list):
    def __new__(cls, *args):
        return super().__new__(cls)


print(Items([1, 2], more=3), Names({1: 2}, x=1), sorted(Some([3, 4])), Plain([5, 6]), Plain())
print(list.__new__(list, [1]), dict.__new__(dict, [1]), len(set.__new__(set, [1])), tuple.__new__(tuple, [1]))
print(type(Plain.__new__(Plain)).__name__, frozenset.__new__(frozenset, [1]), bytes.__new__(bytes, 2))


def outer(n):
    def inner(a=1):
        return n, a

    return inner


inner = outer(5)
function = type(inner)
print(function(inner.__code__, {}, "named", closure=inner.__closure__, argdefs=(7,))(), function(code=outer.__code__, globals={}).__name__)
for wrong in ({"closure": ()}, {"other": 1}):
    try:
        function(inner.__code__, {}, **wrong)
    except (TypeError, ValueError) as error:
        print(type(error) in (TypeError, ValueError))
