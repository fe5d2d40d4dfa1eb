# inspect: where things were defined and by which lines; trees with several statements on a line; what programs put on sys.
import inspect
import tokenize, ast, importlib.util, importlib.machinery, os, sys, tempfile, textwrap, traceback

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
with open(os.path.join(folder, "subject.py"), "w") as file:
    file.write(textwrap.dedent('''\
        # First.
        import functools

        def mark(f):
            return f

        # About it.
        @mark
        @mark
        def plain(a, /, b=2, *c, d, **e):
            """doc"""
            return [
                a]  # end

        class Base:
            def told(self):
                "told of"

            class Inner:
                x = 1

            # last

            @property
            def shown(self):
                if self:
                    return 2

        class Derived(Base):
            def told(self):
                def within(): return inspect_frame()
                return within()

        pick = lambda x: (x +
                          1)
        half = functools.partial(plain, 1)
        async def waits(): pass
        def again(): raise ValueError("x")
        '''))
import subject

for each in (subject.plain, subject.Base, subject.Base.Inner, subject.Base.shown.fget, subject.Derived.told, subject.pick):
    print(inspect.getsourcelines(each))
print(len(inspect.getsourcelines(subject)[0]), inspect.getcomments(subject.plain), inspect.getsourcefile(subject.Base) == subject.__file__)
print(inspect.getmodule(subject.plain) is subject, inspect.getmodule(subject.plain.__code__) is subject, inspect.getdoc(subject.Derived.told))
for wrong in (len, 3, int):
    try:
        inspect.getfile(wrong)
    except TypeError as error:
        print("TypeError")
print(inspect.iscoroutinefunction(subject.waits), inspect.isgeneratorfunction(subject.half), inspect.iscoroutinefunction(subject.plain), sorted(inspect.getcallargs(subject.plain, 1, d=4).items()))
subject.inspect_frame = lambda: inspect.stack()
found = subject.Derived().told()
print([(each.function, each.lineno, each.code_context, each.index) for each in found[1:3]])
try:
    subject.again()
except ValueError:
    print([(each.function, each.lineno, each.code_context) for each in inspect.trace()][1:])
    inner = sys.exc_info()[2].tb_next.tb_frame
print(inspect.getargvalues(inner), inspect.getframeinfo(inner, 0).function)


def outer(free):
    def inner(a, *rest, key=None, **more):
        return free, len, missing, ast
    return inner


closure = inspect.getclosurevars(outer(5))
print(closure.nonlocals, list(closure.globals), list(closure.builtins), closure.unbound)
print(inspect.getargs(outer(1).__code__))
print([(each.name, each.kind, each.defining_class.__name__) for each in inspect.classify_class_attrs(subject.Derived) if each.name in ("told", "shown", "Inner")])

# Statements of a tree that lie on one line are told of as being there.
tree = ast.parse("def run(n):\n    x = n\n\n    return 1 / x\n")
body = tree.body[0].body
for number in range(3):
    added = ast.parse("if n == 5:\n  y = %d" % number).body[0]
    ast.fix_missing_locations(added)
    for node in ast.walk(added):
        if hasattr(node, "lineno"):
            node.lineno = node.end_lineno = 2
    body.insert(1, added)
body.insert(0, ast.copy_location(ast.Assign([ast.Name("@odd", ast.Store())], ast.Constant(1)), body[0]))
ast.fix_missing_locations(tree)
space = {}
exec(compile(tree, "<tree>", "exec"), space)
try:
    space["run"](0)
except ZeroDivisionError as error:
    print([entry.lineno for entry in traceback.extract_tb(error.__traceback__)][1:])

# What an import is made of.
print(len(importlib.util.source_hash(b"x")), importlib.util.source_hash(b"x") != importlib.util.source_hash(b"y"), len(importlib.util.MAGIC_NUMBER))
print(repr(importlib.util.decode_source(b"# coding: latin-1\r\nx = '\xe9'\n")))


class Finder:
    find = importlib.machinery.PathFinder.find_spec


print(Finder().find("subject", None).origin == subject.__file__)
sys.last_value = 3
print(sys.last_value, sys.dont_write_bytecode in (True, False))
del sys.last_value
print(hasattr(sys, "last_value"))


def last_line(text, started):
    """Where the block ends that a finder of blocks is shown."""
    finder, lines = inspect.BlockFinder(), iter(text.splitlines(True))
    finder.started = started
    try:
        for token in tokenize.generate_tokens(lambda: next(lines)):
            finder.tokeneater(*token)
    except (inspect.EndOfBlock, IndentationError):
        return finder.last, finder.started
    return finder.last, None


print(last_line("def f():\n    return 1\n    # within\n# outside\nx = 1\n", False), last_line("    a = (1,\n  2)\nb = 3\n", True))
print(last_line("@known(\n  1)\nclass C:\n    pass\n\nprint(C)\n", False), last_line("f = lambda: (\n  1)\nx\n", False), last_line("x = 1\n", False))
