# except*: each clause handles its part of a group; what is left or raised goes on as a group.
def show(e, depth=0):
    if isinstance(e, BaseExceptionGroup):
        print(" " * depth + type(e).__name__, e.message, len(e.exceptions))
        for each in e.exceptions:
            show(each, depth + 2)
    else:
        print(" " * depth + type(e).__name__, e.args)


def group():
    return ExceptionGroup("eg", [ValueError(1), TypeError(2), ExceptionGroup("in", [ValueError(3), OSError(4)])])


def attempt(raises, *bodies):
    try:
        try:
            raise raises
        except* ValueError as e:
            print("ValueError")
            show(e)
            if bodies[0] is again:
                raise
            bodies[0]()
        except* (TypeError, KeyError) as e:
            print("TypeError")
            show(e)
            if bodies[1] is again:
                raise
        else:
            print("else")
        finally:
            print("finally")
    except BaseException as e:
        print("out")
        show(e)


def nothing():
    pass


def fails():
    raise RuntimeError("new")


def again():
    raise


attempt(group(), nothing, nothing)
attempt(group(), fails, again)
attempt(group(), again, nothing)
attempt(ValueError("naked"), nothing, nothing)
attempt(ValueError("naked"), fails, nothing)
attempt(OSError("other"), nothing, nothing)

try:
    pass
except* ValueError:
    print("no")
else:
    print("else")

for i in range(2):
    try:
        raise ExceptionGroup("g", [ValueError(i)])
    except* ValueError as e:
        for j in range(3):
            if j == 1:
                continue
            if j == 2:
                break
        print("handled", i)
try:
    e
except NameError:
    print("unbound")

g = group()
print(str(g))
yes, no = g.split(ValueError)
show(yes)
show(no)
show(g.subgroup(lambda each: isinstance(each, OSError)))
print(g.subgroup(KeyError), type(BaseExceptionGroup("x", [ValueError()])).__name__)
print(type(BaseExceptionGroup("x", [KeyboardInterrupt()])).__name__, issubclass(ExceptionGroup, Exception))


class Mine(ExceptionGroup):
    def derive(self, exceptions):
        return Mine(self.message, exceptions)


print(type(Mine("m", [ValueError(1), TypeError(2)]).subgroup(TypeError)).__name__)
for wrong in (("x", []), (1, [ValueError()]), ("x", [1]), ("x", [KeyboardInterrupt()])):
    try:
        ExceptionGroup(*wrong)
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
try:
    try:
        raise ValueError
    except* ExceptionGroup:
        pass
except TypeError:
    print("TypeError")
try:
    raise g
except ExceptionGroup as e:
    print(e is g)
for text in ("try: pass\nexcept*: pass", "try: pass\nexcept* A: pass\nexcept B: pass",
             "def f():\n try: g()\n except* A: return", "while 1:\n try: g()\n except* A: break"):
    try:
        compile(text, "", "exec")
    except SyntaxError:
        print("SyntaxError")
