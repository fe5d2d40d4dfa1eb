# needs: import copy, pickle
# What the library checks at once, and what its errors know.
import copyreg
import inspect
import io
import itertools
import json
import pickle
import pickletools

for text in ('{"a": 1,\n "b": x}', b"[1,", '"\\q"', "[1] 2"):
    try:
        json.loads(text)
    except json.JSONDecodeError as e:
        print(e, e.msg, e.pos, e.lineno, e.colno, e.doc)
        again = pickle.loads(pickle.dumps(e))
        print(type(again) is json.JSONDecodeError, again.pos == e.pos, isinstance(e, ValueError))

for function in (
    lambda: itertools.cycle(5),
    lambda: itertools.accumulate(None),
    lambda: itertools.compress(None, [1]),
    lambda: itertools.dropwhile(bool, 5),
    lambda: itertools.takewhile(bool, 5),
    lambda: itertools.filterfalse(None, 5),
    lambda: itertools.pairwise(5),
    lambda: itertools.starmap(pow, 5),
    lambda: itertools.zip_longest([1], 5),
    lambda: itertools.product([1], 5),
    lambda: itertools.permutations("ab", -1),
    lambda: itertools.combinations("ab", -1),
    lambda: itertools.combinations_with_replacement("ab", -1),
    lambda: itertools.count("a"),
):
    try:
        function()
        print("nothing")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, end=" ")
print()
print(list(itertools.accumulate([1, 2, 3], initial=5)), list(itertools.pairwise("abc")), list(itertools.permutations("ab")))
print(list(itertools.islice(itertools.cycle("ab"), 5)), list(itertools.zip_longest("ab", "c", fillvalue="-")))

copyreg.add_extension("copyreg", "pickle", 240)
data = pickle.dumps(copyreg.pickle, 2)
print(data, pickle.loads(data) is copyreg.pickle)
copyreg.remove_extension("copyreg", "pickle", 240)
print(pickle.TUPLE1, pickle.FRAME, pickle.SHORT_BINBYTES)
print([(opcode.name, argument) for opcode, argument, _ in pickletools.genops(pickle.dumps([1, "a"], 2))])
out = io.StringIO()
pickletools.dis(pickle.dumps((1, None), 1), out)
print(out.getvalue())
lean = pickletools.optimize(pickle.dumps(["a", "b"], 2))
print(len(lean) < len(pickle.dumps(["a", "b"], 2)), pickle.loads(lean))


# Says what it is.
def first(a, b=(1,
                2)):
    """Doc."""
    return a

class Outer:
    class Inner:
        x = 1

    def method(self):
        try:
            1 / 0
        except ZeroDivisionError:
            return inspect.trace()[0].function


print(inspect.getsource(first), inspect.getsource(Outer.Inner), inspect.getcomments(first), sep="|")
print(Outer().method(), inspect.getcallargs(first, 1), inspect.getclosurevars(lambda: (len, json, nowhere)).unbound)
