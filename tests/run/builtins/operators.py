# Operators of builtin types, called by name.
print((1).__add__(2), (1).__add__('a'), (1).__radd__(5), (7).__rsub__(10), (7).__floordiv__(2), (2).__pow__(3), (2).__pow__(5, 7), (1).__neg__(), (1).__bool__(), (1).__lt__(2), (1).__eq__('a'), [1].__add__([2]), 'a'.__mul__(3), 'a%d'.__mod__(3), {1}.__or__({2}), (1.5).__truediv__(2), (3).__rpow__(2), hasattr('a', '__sub__'), hasattr([], '__iadd__'), hasattr((), '__iadd__'), hasattr(1, '__float__'), True.__and__(False), True.__add__(1), (5).__index__(), (5).__format__('>3'), int.__add__(1, 2), [3].__contains__(3))
print(object().__eq__(1), {}.__ior__({1:2}), (1).__ne__(2), (1).__ne__('a'))
class D(dict):
    def __repr__(self):
        return "D" + dict.__repr__(self)
    def __len__(self):
        return dict.__len__(self) + 100
print(D(a=1), len(D(a=1)), dict.__len__(D(a=1)))
class N(int):
    def __add__(self, other):
        return N(int.__add__(self, other) * 10)
print(N(1) + 2, N(3).__sub__(1), list(reversed([1, 2])), list([1, 2].__reversed__()))
try:
    class Method(type([].append)):
        pass
except TypeError:
    print("no class derives from methods")
