import builtins

build = builtins.__build_class__
builtins.__build_class__ = lambda body, name, *bases, **keywords: (name, bases, keywords)


class Made(int, x=1):
    pass


builtins.__build_class__ = build
print(Made)


class Real:
    pass


print(Real.__name__)
builtins.abs = lambda x: "mine"
print(abs(-1))
del builtins.abs
