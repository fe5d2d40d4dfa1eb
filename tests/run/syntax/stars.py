# Stars in displays, subscripts, returns, yields and loops.
class Index:
    def __getitem__(self, key):
        return key


def returns(*a):
    return *a, 1


def yields():
    yield *range(2), 2
    x = yield
    return *range(2), x


i = Index()
print([*[1, 2], *(3,)], {**{1: 2}, 3: 4}, (*[1],), sorted({*"ab"}))
print(i[*[1, 2]], i[*[1, 2], 3:4], i[1:2, *[3]], i[:, *[], ::2])
print(returns(2, 3), list(yields()))
for x in 1, *[2, 3]:
    print(x)
first, *rest = 1, *"ab"
print(first, rest)
print("{} {} {}".format(*[1], 2, *[3]), dict(**{"a": 1}, b=2, **{"c": 3}) == {"a": 1, "b": 2, "c": 3})
