# needs: import inspect
# A container is true by its length, which its class may know better; classes show only the special methods that they have.
class Long(list):
    def __len__(self):
        return 3


class Empty(dict):
    def __len__(self):
        return 0


class Number(int):
    def __len__(self):
        return 7


print(bool(Long()), bool(Empty(a=1)), bool(Number(0)), bool(Number(2)))
print("yes" if Long() else "no", not Empty(a=1))


class Plain:
    pass


print([name for name in "__len__ __iter__ __getitem__ __contains__ __add__ __mul__ __call__".split() if hasattr(Plain, name)])
print([name for name in "__len__ __iter__ __getitem__ __contains__ __add__".split() if hasattr(Long, name)])


class Failure(Exception):
    pass


print([callable(each) for each in (Failure("x"), Long(), Number(3), Failure, Plain(), len)])
