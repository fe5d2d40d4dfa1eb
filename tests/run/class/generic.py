# Types with arguments, and unions.
print(list[int], dict[str, int], tuple[int, ...], list[int].__origin__, list[int].__args__)
print(list[int]([1]), list[int] == list[int], list[int] == list[str])
print(int | None, (int | str).__args__, int | str == str | int, int | int)
print(isinstance(3, int | str), isinstance(None, int | None), isinstance(1.5, int | None))
print(None | int, list[int] | None)


class C(list[int]):
    pass


print(C.__bases__, C([1, 2]))


class K:
    def __class_getitem__(cls, key):
        return (cls.__name__, key)


print(K[int])
try:
    int[3]
except TypeError:
    print("TypeError")
