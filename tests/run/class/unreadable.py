# What a property without a getter, setter or deleter says: its name, and the class that was asked.
# needs: import typing


class A:
    class Inner:
        shown = property(lambda self: 1)
        hidden = property(None, lambda self, value: None)

    class Below(Inner):
        pass


for what in A.Inner(), A.Below():
    for name in "hidden", "shown":
        for action in getattr, lambda x, n: setattr(x, n, 1), delattr:
            try:
                print(name, action(what, name))
            except AttributeError as error:
                print(error)
