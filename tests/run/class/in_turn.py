# One instruction meets objects of many classes in turn, and classes that change while it does.


class Base:
    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size

    def twice(self):
        return 2 * self.area()


class Square(Base):
    def area(self):
        return self.size * self.size


class Named(Base):
    def __init__(self, size):
        self.name = "named"
        super().__init__(size)


class Computed(Base):
    @property
    def size(self):
        return self.half * 2

    @size.setter
    def size(self, value):
        self.half = value // 2


def areas(shapes):
    return [shape.twice() for shape in shapes], [shape.size for shape in shapes]


def grow(shapes):
    for shape in shapes:
        shape.size += 2


shapes = [Base(3), Square(4), Named(5), Computed(6), Square(7)]
for turn in range(5):
    print(areas(shapes))
    grow(shapes)

# A class changes: all of its kind change, and no other.
Square.area = lambda self: -1
print(areas(shapes))
Base.area = lambda self: 100
print(areas(shapes))
Base.twice = lambda self: "twice"
print(areas(shapes))
del Square.area
Named.twice = Base.area
print(areas(shapes))

# An object hides the method of its class, and shows it again.
shapes[0].twice = lambda: "own"
print(areas(shapes))
print(areas([Base(1), Named(2)]))
del shapes[0].twice
print(areas(shapes))

# A slot becomes a property, and one with the same name a method elsewhere.
Base.size = property(lambda self: "size")
print(areas(shapes))
del Base.size
print(areas(shapes[1:3]))


# Builtin types in turn, with methods of the same name.
def call(things):
    return [thing.count(1) for thing in things]


class Count:
    def count(self, what):
        return what + 100


for turn in range(5):
    print(call([[1, 1], (1,), Count(), bytes([1, 1, 1]), [2]]))


# Many classes, more than anything can remember, with one name each and all.
def make(number):
    class Made:
        def __init__(self):
            self.number = number
            setattr(self, "own%d" % (number % 3), number)

        def tell(self):
            return self.number + number

    return Made


made = [make(number)() for number in range(60)]
for turn in range(4):
    print(sum(thing.tell() for thing in made), sum(thing.number for thing in made))
for thing in made:
    thing.number = -1
print(sum(thing.tell() for thing in made), made[0].own0, made[1].own1, made[2].own2)

# An object that changes its class between two looks.
one = Base.__new__(Base)
for kind in (Base, Square, Named, Square, Base):
    one.__class__ = kind
    one.size = 9
    one.twice
    print(kind.__name__, one.area(), one.size)
