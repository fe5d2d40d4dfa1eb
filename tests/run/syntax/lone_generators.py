# A generator expression needs parentheses of its own beside other arguments, and none alone.
# needs: import ast

for source in (
    "f(x for x in y)",
    "f((x for x in y))",
    "f((x for x in y), 1)",
    "f(k=1, *(x for x in y))",
    "f(x for x in y, 1)",
    "f(1, x for x in y)",
    "f(1, *a, x for x in y)",
    "f(x for x in y, *z)",
):
    try:
        compile(source, "source", "exec")
        print("Python:", source)
    except SyntaxError as error:
        print(source, "-", error.msg, error.offset)

print(sum(x for x in range(4)), sum((x for x in range(4)), 3), max((x for x in ()), default=1))


class Base:
    def __init_subclass__(cls, values):
        print(cls.__name__, list(values))


class Derived(Base, values=(x for x in range(2))):
    found: list((x for x in "ab")) = None


print(list(x for x in (y for y in "cd")), (lambda *a: len(a))((x for x in "a"), *(x for x in "bc")))
