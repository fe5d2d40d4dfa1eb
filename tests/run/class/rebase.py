# needs: A = type('A', (type('C', (), {}),), {}); A.__bases__ = (type('B', (), {'x': 1}),); A.x
# `__bases__` is set: another order of lookup, for the class and all that derive from it.


class Base:
    pass


class Swims(Base):
    def move(self):
        return "swims"

    def rest(self):
        return "floats"


class Flies(Base):
    def move(self):
        return "flies"


class Bird(Flies):
    pass


class Duck(Bird):
    pass


duck = Duck()
print(duck.move(), [c.__name__ for c in Duck.__mro__])
Bird.__bases__ = (Swims, Flies)
print(duck.move(), duck.rest(), [c.__name__ for c in Duck.__mro__])
print(Bird.__bases__ == (Swims, Flies), Bird.__base__ is Swims, issubclass(Duck, Swims), isinstance(duck, Swims))
print(Flies.__subclasses__() == [Bird], Swims.__subclasses__() == [Bird])
Bird.__bases__ = (Swims,)
print(duck.move(), issubclass(Duck, Flies), Flies.__subclasses__(), [c.__name__ for c in Duck.__mro__])

# What was found before is looked for anew.
total = []
for turn in range(6):
    if turn == 3:
        Bird.__bases__ = (Flies,)
    total.append(duck.move())
print(total)

# A hook of a new base works.
class Hooked(Flies):
    def __getattr__(self, name):
        return name.upper()


Bird.__bases__ = (Hooked,)
print(duck.anything, duck.move())


def refused(cls, bases):
    try:
        cls.__bases__ = bases
        print("taken")
    except TypeError as error:
        print(error)


refused(Bird, [Flies])
refused(Bird, ())
refused(Bird, (Flies, 3))
refused(Bird, (Duck,))
refused(Bird, (Bird,))
try:
    Bird.__bases__ = (Base, Flies)
except TypeError as error:
    print(str(error).replace("\n", " "))
print([c.__name__ for c in Duck.__mro__])


class Words(list):
    pass


class Table(dict):
    pass


refused(Words, (Table,))
print(Words.__bases__)
