# Trees whose names no source can have, as pytest makes them.
import ast

source = """
import os as NAME1, sys
from os import path as NAME2
def NAME3(a, NAME4=2, *NAME5, **kw):
    global NAME6
    NAME6 = NAME4
    try:
        1 / 0
    except ZeroDivisionError as NAME7:
        kept = NAME7.args
    def inner():
        nonlocal kept
        kept = NAME5
        return kept
    return a, NAME4, inner(), kw, kept
class NAME8:
    NAME9 = 3
    def NAME10(self):
        return self.NAME9
value = NAME3(1, NAME4=5), NAME3(1, 2, 3, NAME11=4), NAME8().NAME10(), NAME8.NAME9
match [1, 2]:
    case [NAME12, *NAME13]:
        pass
async def NAME14():
    return [NAME15 for NAME15 in range(3)]
"""
tree = ast.parse(source)
for node in ast.walk(tree):
    for field, value in ast.iter_fields(node):
        if isinstance(value, str) and value.startswith("NAME"):
            setattr(node, field, "@odd-%s.%s" % (value[4:], chr(96 + int(value[4:]))))
        elif isinstance(value, list) and value and isinstance(value[0], str):
            setattr(node, field, ["@odd-%s.%s" % (each[4:], chr(96 + int(each[4:]))) if each.startswith("NAME") else each for each in value])
space = {"__name__": "here"}
exec(compile(tree, "odd.py", "exec"), space)
print(sorted(name for name in space if not name.startswith("__")))
print(space["value"])
function = space["@odd-3.c"]
print(function.__name__, function.__code__.co_varnames[:4], space["@odd-8.h"].__qualname__, space["@odd-1.a"].__name__)
print([name for name in vars(space["@odd-8.h"]) if name.startswith("@")])
try:
    function(1, **{"@odd-4.d": 2, "a": 3})
except TypeError as error:
    print(error)
