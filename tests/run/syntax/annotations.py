# Annotations: kept, and evaluated when they are asked for.
# needs: exec("def f(a: int): pass\nassert f.__annotations__")
x: int = 5
y: "str"
def f(a: int, b: 'str' = 2, *args: float, c: list[int] = None, **k: dict) -> bool: pass
print(f.__annotations__)
print(f.__annotations__ is f.__annotations__)
class C:
    class Inner: pass
    a: int
    b: str = 'q'
    c: Inner = None
    def m(self, z: int): pass
print(C.__annotations__ == {'a': int, 'b': str, 'c': C.Inner})
class D(C):
    pass
print(D.__annotations__, C.m.__annotations__)
print(__annotations__)
def g(q): pass
print(g(3))
print("-")

def outer():
    T = int
    class K:
        x: T
    def h(a: T) -> T: pass
    return K.__annotations__, h.__annotations__
print(outer())
def h(a: (lambda: 3)(), b=lambda: 4, c: [i for i in range(3)] = (lambda: 5)): return b(), c()
print(h(1), h.__annotations__)
async def co(a: int): pass
print(co.__annotations__)
