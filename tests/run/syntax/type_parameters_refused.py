# Lists of type parameters that are none, and what cannot be written where types are told; exceptions without parentheses.
# not CPython: the first to take exceptions without parentheses is 3.14, and 3.11 has no type parameters
# needs: exec("type T = int")
CASES = (
    "def f[T, T](): pass",
    "class A[T, *T]: pass",
    "type X[T, **T] = int",
    "def f[T=int, U](): pass",
    "class A[T=int, *U]: pass",
    "def f[T=int, U=str](): pass",
    "def f[*T: int](): pass",
    "def f[**T: int](): pass",
    "def f[*T: (int, str)](): pass",
    "def f[](): pass",
    "class A[]: pass",
    "def f[T: (yield)](): pass",
    "def f[T: (yield from x)](): pass",
    "def f[T: ((yield), int)](): pass",
    "def f[T = (yield)](): pass",
    "def f[*T = (yield)](): pass",
    "def f[**T = (yield)](): pass",
    "def f[T: (x:=1)](): pass",
    "def f[T: (lambda: (x:=1))](): pass",
    "async def g():\n def f[T: await x](): pass",
    "class A[T](x:=1): pass",
    "def f():\n class A[T](metaclass=(yield)): pass",
    "async def f():\n class A[T](await x): pass",
    "def f():\n type X = (yield)",
    "type X = (x:=1)",
    "def f[T](x: (y:=1)): pass",
    "def f[T]() -> (y:=1): pass",
    "def f[T](x=(y:=1)): return (z:=T)",
    "type X[T: [(y:=z) for z in q]] = 1",
    "class A[T]([(y:=z) for z in q]): pass",
    "type X = [(y:=z) for z in q]",
    "def f[T]():\n nonlocal T",
    "class C[T]:\n def f(self):\n  nonlocal T",
    "def f[T]():\n def g():\n  T = 1\n  def h():\n   nonlocal T",
    "try: pass\nexcept A, B: pass",
    "try: pass\nexcept* A, B, C: pass",
    "try: pass\nexcept (A, B) as e: pass",
    "try: pass\nexcept A, B as e: pass",
    "try: pass\nexcept* A, B as e: pass",
    "try: pass\nexcept A, B, C as e: pass",
)
for text in CASES:
    try:
        compile(text, "text", "exec")
        print(repr(text), "taken")
    except SyntaxError as e:
        print(repr(text), "|", e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
try:
    raise KeyError
except ValueError, KeyError:
    print("caught")
