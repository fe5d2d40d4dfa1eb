a = {i: str(i) for i in range(5)}
class A:
    def __init__(self): self.x = 1
    def __add__(self, o): return self.x + o
    def __iter__(self): yield from [1, 2]
try:
    print(A() + 1, [*A()], sorted(a.items(), key=lambda p: -p[0]))
    a[9]
except KeyError as e: print(repr(e))
