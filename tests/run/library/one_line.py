# Statements of a tree that lie on one line are compiled with what makes a text suspect behind them, and a path may name the file.
import ast
import pathlib

tree = ast.parse("from collections import OrderedDict\nx = ','.join(map(str, (n for n in range(3))))\n")
for name in "sys", "os":
    tree.body.insert(0, ast.Import([ast.alias(name, "@" + name)], lineno=1, col_offset=0))
space = {}
exec(compile(ast.fix_missing_locations(tree), pathlib.Path("somewhere") / "file.py", "exec"), space)
print(space["x"])
for name in pathlib.Path("a.py"), b"b.py", "c.py":
    print(compile("1", name, "eval").co_filename)
