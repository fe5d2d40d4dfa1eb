# needs: (1, NotImplemented)[1]
# NotImplemented is an item like any other.
for container in ((1, NotImplemented), [1, NotImplemented], {1: NotImplemented}):
    print(container[1])


class Refusing(dict):
    __getitem__ = None


try:
    Refusing()[1]
except TypeError:
    print("TypeError")
