# Annotations of a file that says they are never evaluated may name what is not there.
from __future__ import annotations
import dataclasses, functools, inspect
@dataclasses.dataclass
class A:
    x: list[Missing]
    y: Missing | None = None
    z: missing.module.Name[int] = 3
print(A(1), [f.name for f in dataclasses.fields(A)])
def f(a: Nowhere, b: int = 1) -> Nowhere[str]: pass
@functools.wraps(f)
def g(*args): pass
print(list(inspect.signature(f).parameters), sorted(f.__annotations__), g.__name__)
