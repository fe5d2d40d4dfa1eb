# A keyword argument is what it looks like, even in a class, where other private names are not.
# needs: type("A", (), {"m": lambda self, *, __x: 0})


def given(*args, **kwargs):
    return args, kwargs


class A:
    __y = 2

    def f(self, __x):
        return __x

    def g(self):
        __x = 5
        return given(__x=1), given(__y=self.__y, z=__x), given(*[], __x=__x, **{"__q": 1}), given(__n for __n in [1])[1]

    def h(self):
        try:
            return self.f(__x=1)
        except TypeError as error:
            return str(error).split()[-1]

    def i(self):
        return self.f(_A__x=7)


print(A().g())
print(A().h())
print(A().i())
print(sorted(name for name in A.__dict__ if "y" in name))
