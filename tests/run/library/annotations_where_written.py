# inspect: annotations where they were written, descriptors that delete, partials that fit nothing.
import inspect, typing, functools, types
class C:
    x: "list[D]"
    y: int
    class D: pass
def f(a: "C", b: typing.Optional[int] = 1) -> "C.D": pass
print(inspect.get_annotations(C, eval_str=True)["y"], inspect.get_annotations(f, eval_str=True)["return"] is C.D)
class E(C): pass
print(inspect.get_annotations(E), inspect.get_annotations(C)["x"])
for wrong in (1, functools.partial(f, 1, 2, 3)):
    for ask in (inspect.get_annotations, inspect.signature):
        try: ask(wrong)
        except (TypeError, ValueError) as e: print(type(e).__name__)
class G:
    def __delete__(self, o): pass
print(inspect.isdatadescriptor(G()), inspect.isdatadescriptor(f), inspect._empty)
print(inspect.signature(f))
print(inspect.formatannotation(typing.List[int]))
