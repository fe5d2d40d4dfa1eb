# not CPython: `annotationlib` is 3.14's
# Annotations with names that are not there, and as text.
import annotationlib as al
from annotationlib import Format
def f(a: int, b: "x", c: Unknown | None = 1, *d: list[Nope.x, 3]) -> a.b(1, x=~q) ** 2 + (1 - z): pass
print(al.get_annotations(f, format=Format.STRING))
def f(a: int, b: "x", c: Unknown = 1): pass
print(al.get_annotations(f, format=Format.FORWARDREF))
try: al.get_annotations(f)
except NameError as e: print(e)
class C:
    x: int
    y: Nope
    z: C
print(al.get_annotations(C, format=Format.FORWARDREF), al.get_annotations(C, format=Format.STRING))
class M(type):
    def __new__(meta, name, bases, namespace):
        annotate = al.get_annotate_from_class_namespace(namespace)
        print(name, annotate and al.call_annotate_function(annotate, Format.STRING))
        return super().__new__(meta, name, bases, namespace)
class D(metaclass=M):
    a: list[int]
    b: Later
class E(metaclass=M): pass
def outer():
    class Local: pass
    def g(a: Local, b: Unset): pass
    print(al.get_annotations(g, format=Format.STRING), list(al.get_annotations(g, format=Format.FORWARDREF).values())[1])
    Unset = int
    return g
print(al.get_annotations(outer())['b'])
print(al.type_repr(int), al.type_repr(outer), al.type_repr(...), al.type_repr("x"), al.annotations_to_string({'a': int, 'b': 'q'}))
def h(a: "int"): pass
print(al.get_annotations(h, eval_str=True))
for bad in (lambda: al.get_annotations(f, format=Format.VALUE_WITH_FAKE_GLOBALS), lambda: al.get_annotations(h, eval_str=True, format=Format.STRING), lambda: al.get_annotations(3, format=Format.STRING)):
    try: bad()
    except (ValueError, TypeError) as e: print(type(e).__name__, e)


def later(a: int, b: "str" = 1, *c: Missing) -> list:
    pass


for form in Format.FORWARDREF, Format.STRING:
    print(__import__("inspect").signature(later, annotation_format=form))
