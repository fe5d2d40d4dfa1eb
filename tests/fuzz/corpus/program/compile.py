def f(a, /, b=1, *c, d, **e):
    return [x async for x in y if (z := 1)]
class A(B, metaclass=C):
    @d
    def m(self): yield from super().m()
match x:
    case {"a": [1, *r], **k} if k: pass
    case A(b=1) | None: pass
with a as b, c: pass
try:
    1/0
except E as e:
    raise X from e
finally:
    del a, b[0]
print(f"{a!r:>{w}} {b=}")
