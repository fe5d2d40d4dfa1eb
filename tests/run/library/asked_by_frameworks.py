# What frameworks ask the library for: found with programs over Django, anyio, trio, black and hypothesis.
# needs: import argparse, ast, asyncio, gc, importlib.machinery, os, pkgutil, socket, sys, tempfile, threading, unicodedata
import argparse, ast, asyncio, gc, importlib.machinery, os, pkgutil, socket, sys, tempfile, threading, unicodedata
print(argparse.Namespace(a=1, b=2)._get_kwargs(), argparse.Namespace()._get_args())
print(importlib.machinery.BuiltinImporter.get_source("sys"), importlib.machinery.BuiltinImporter.get_code("sys"))
folder = tempfile.mkdtemp()
for name in "0001_initial.py", "with.dot.py", "plain.py", "__init__.py":
    open(os.path.join(folder, name), "w").close()
print([(each.name, each.ispkg) for each in pkgutil.iter_modules([folder])])
print(threading.RLock().__class__.__module__)
class Plain:
    pass
print("__qualname__" in dir(Plain()), "__qualname__" in dir(Plain))
one, other = socket.socketpair(None, socket.SOCK_STREAM)
one.send(b"x")
print(other.recv(1))
one.close()
other.close()
print(unicodedata.category(chr(0xD800)), unicodedata.category("a"))
from asyncio.base_events import _run_until_complete_cb
async def callbacks():
    return any([each[0] is _run_until_complete_cb for each in asyncio.current_task()._callbacks])
loop = asyncio.new_event_loop()
print(loop.run_until_complete(callbacks()))
loop.close()
# Who refers to whom.
held = Plain()
holders = [held], {"key": held}, (held, 1)
referrers = gc.get_referrers(held)
print([any([each is holder for each in referrers]) for holder in holders])
print(any([each is held for each in gc.get_referents([held, "text"])]), gc.get_referents(1))
print(any([each is held for each in gc.get_objects()]))
# Names that no source can have, within an f-string.
tree = ast.parse("def build(self, value):\n    return f'/static/{self}/{value!r:>4}'")
function = tree.body[0]
function.name, function.args.args[0].arg = "<build '/static'>", ".self"
function.body[0].value.values[1].value.id = ".self"
names = {}
exec(compile(ast.fix_missing_locations(tree), "<tree>", "exec"), names)
print(names["<build '/static'>"](1, 2))
