# What may stand behind ** in a display, and * in an annotation.
# needs: import traceback


class Keys:
    def keys(self):
        return ["a", "b"]

    def __getitem__(self, key):
        return key * 2


print({**Keys(), "c": 1, **{"a": 3}})
for value in (1, [], [("a", 1)], None, "ab"):
    try:
        print({**value})
    except TypeError as error:
        print(error)


class Many:
    def __iter__(self):
        return iter(["each"])


many = Many()


def f(*args: *many, **kwargs: int): ...


print(f.__annotations__)


class Meta(type):
    made = []

    def __new__(meta, name, bases, space):
        Meta.made.append(name)
        return super().__new__(meta, name, bases, space)


class A(metaclass=Meta): ...


B = type("B", (A,), {"x": 1})
print(Meta.made, type(B) is Meta, B.x)
