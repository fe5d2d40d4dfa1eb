# Within a class, __x stands for _Class__x: names, attributes, parameters, methods, inner classes.
class A:
    __x = 1

    def __hidden(self):
        return self.__x

    def shown(self):
        __local = 3
        return self.__hidden() + __local

    def declared(self):
        global __g
        __g = 4

    def __special__(self):
        return "as it is"


a = A()
print(a.shown(), A._A__x, A._A__hidden.__name__, a.__special__())
a.declared()
print(_A__g)


class _B(A):
    def parameter(self, __p):
        return __p

    class __Inner:
        __y = 5

        def read(self):
            return self.__y

    def outer(self):
        return self.__Inner().read()


print(_B().parameter(_B__p=3), _B._B__Inner.__name__, _B().outer())
print(hasattr(_B._B__Inner, "_Inner__y"))
try:
    a.__x
except AttributeError:
    print("AttributeError")


class __:
    __z = 1


print(__.__z)
