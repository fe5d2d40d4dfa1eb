# Type parameters and aliases.
# not CPython: version 3.12 is the first to have them
# needs: exec("type T = int")
type X = list[int]
print(X, X.__value__, X.__name__)
def f[T](x: T) -> T: return x
print(f(1), f.__type_params__, f.__annotations__)
class C[T, *Ts, **P]:
    a: T
    def m[U: int](self, x: T, y: U) -> U: return (x, y)
print(C[int, [str]], C[int, str, [bool]], C.__type_params__, C().m(1, 2))
print(C.__annotations__, C.m.__annotations__, C.m.__type_params__[0].__bound__)
type Y[K, V: (int, str) = int] = dict[K, V]
print(Y, Y.__type_params__, Y.__value__)
print(Y.__type_params__[1].__constraints__, Y.__type_params__[1].__bound__, Y.__type_params__[1].__default__)
class D[T](C[T, [str]]):
    def n(self): return T
print(D().n(), D.__mro__[1].__name__)
type R = R | None
@staticmethod
def st[T](x): return x
type = 5
print(type)
