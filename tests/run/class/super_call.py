# super().method(): whatever kind of method comes next, and none.

class Base:
    kind = "base"

    def __init__(self, value=1):
        self.value = value

    def plain(self, *args, **kwargs):
        return ("plain", args, kwargs)

    @classmethod
    def of_class(cls):
        return cls.__name__

    @staticmethod
    def static(value):
        return value

    @property
    def computed(self):
        return lambda: self.value * 10

    def __getattr__(self, name):
        if name == "invented":
            return lambda: "invented"
        raise AttributeError(name)


class Derived(Base):
    def __init__(self):
        super().__init__(5)

    def plain(self, *args, **kwargs):
        return super().plain(1, *args, more=2, **kwargs), super().plain(*args), super().plain(3)

    @classmethod
    def of_class(cls):
        return super().of_class() + "!"

    def static(self, value):
        return super().static(value)

    def computed(self):
        return super().computed()

    def invented(self):
        return super().invented()

    def missing(self):
        try:
            return super().missing()
        except AttributeError:
            return "AttributeError"

    def kept(self):
        parent = super()
        return parent.plain(1), parent.kind, super().kind

    def inner(self):
        class Inner(Derived):
            def plain(inner):
                return super().plain()

        return Inner().plain()


it = Derived()
print(it.plain(), it.of_class(), Derived.of_class(), it.static(7), it.computed(), it.missing())
print(it.kept(), it.inner())
try:
    print(it.invented())
except AttributeError:
    print("AttributeError")


class Numbers(list):
    def append(self, item):
        super().append(item + 1)

    def __len__(self):
        return super().__len__() * 100


numbers = Numbers()
numbers.append(1)
print(list(numbers), len(numbers))


class Wrong:
    def method(self):
        return super().method()


for call in (lambda: Wrong().method(), lambda: Derived.plain(1)):
    try:
        call()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__)


class Gate(type):
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.gate = True
        return made


class Made(Base, metaclass=Gate):
    pass


print(Made(3).value, Made().gate)
