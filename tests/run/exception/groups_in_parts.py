# needs: import linecache
# What a clause of `except*` raises alone stands alone, and parts of a group know where the group came from.
def leaving(body):
    try:
        body()
    except BaseException as e:
        return e


def one():
    try:
        raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
    except* (TypeError, ValueError):
        raise SyntaxError(3)


def two():
    try:
        raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
    except* TypeError:
        raise SyntaxError(3)
    except* ValueError:
        raise KeyError(4)


def rest():
    try:
        raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
    except* TypeError:
        raise SyntaxError(3)


for body in (one, two, rest):
    e = leaving(body)
    print(type(e).__name__, [type(each).__name__ for each in getattr(e, "exceptions", ())], type(e.__context__).__name__)


def raising():
    try:
        {}["x"]
    except KeyError:
        e = ExceptionGroup("eg", [TypeError(1), ValueError(2)])
        e.add_note("noted")
        raise e from OSError("cause")


whole = leaving(raising)
part = whole.subgroup(TypeError)
print(part.__traceback__ is whole.__traceback__, part.__context__ is whole.__context__, part.__cause__ is whole.__cause__)
print(part.__suppress_context__, part.__notes__, part.__notes__ is whole.__notes__)
plain = ExceptionGroup("eg", [TypeError(1), ValueError(2)])
plain.__notes__ = 5
part = plain.subgroup(TypeError)
print(part.__traceback__, part.__context__, part.__cause__, part.__suppress_context__, hasattr(part, "__notes__"))
for wrong in ({TypeError()}, iter([TypeError()]), 7):
    print(type(leaving(lambda: ExceptionGroup("eg", wrong))).__name__)
