# needs: A = type('A', (type('C', (), {}),), {}); A.__bases__ = (type('B', (), {'x': 1}),); A.x
# Special methods that come, change and go while a class is in use: operators find those of the moment.
class A:
    pass


class B(A):
    def __len__(self):
        return 1


class C(B):
    pass


def ask(value):
    answers = []
    for question in (len, bool, hash, lambda v: v + 1, lambda v: v == 7, iter, lambda v: 1 in v, str):
        try:
            answer = question(value)
            answers.append(answer if isinstance(answer, (int, bool)) and question is not hash else "found")
        except TypeError:
            answers.append("-")
    print(*answers)


for _ in range(3):
    ask(A())
    ask(B())
    ask(C())

A.__add__ = lambda self, other: other + 10
A.__iter__ = lambda self: iter([1])
ask(A())
ask(C())
C.__add__ = lambda self, other: other + 20
ask(C())
ask(B())
C.__hash__ = None
ask(C())
del C.__hash__
ask(C())
A.__hash__ = lambda self: 1
A.__eq__ = lambda self, other: other == 7
ask(A())
ask(C())
B.__len__ = lambda self: 0
ask(C())
C.__bool__ = lambda self: True
ask(C())
del C.__bool__, C.__add__
ask(C())
del A.__add__, A.__iter__
ask(C())
ask(A())


class D:
    def __len__(self):
        return 5

    def __add__(self, other):
        return other + 50


C.__bases__ = (D,)
ask(C())


class Meta(type):
    pass


class E(metaclass=Meta):
    pass


for answer in (3, 4):
    Meta.__len__ = lambda self: answer
    print(len(E), end=" ")
del Meta.__len__
try:
    len(E)
except TypeError:
    print("-")
