# What a script imports, without running it; small modules by which other libraries find things.
# needs: import tempfile
import modulefinder, opcode, dis, os, sys, tempfile, threading, _threading_local, xml.dom.minicompat as compat
FILES = {'pk/__init__.py': 'from . import b, c; import nowhere; VALUE = 1', 'pk/b.py': 'def f():\n    from ..x import y\nname = 1\n', 'pk/c.py': 'from pk import VALUE, gone',
         'script.py': 'import pk.b as q, other\ntry: import missing.sub\nexcept ImportError: pass\nraise SystemExit("this does not run")\n', 'other.py': 'from pk.b import *\nfrom pk.c import (gone, VALUE)\nclass A:\n    import pk.d, pk.e.f\n', 'pk/d.py': '', 'unused.py': ''}
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(os.path.join(folder, 'pk'))
    for name, text in FILES.items():
        with open(os.path.join(folder, name), 'w') as file: file.write(text)
    finder = modulefinder.ModuleFinder([folder], excludes=['excluded'])
    finder.run_script(os.path.join(folder, 'script.py'))
    for name, module in sorted(finder.modules.items()): print(repr(module).replace(folder, 'F'), sorted(module.globalnames)[:4])
    print(finder.any_missing_maybe(), sorted(finder.badmodules['pk.gone']))
    print(sorted(finder.find_all_submodules(finder.modules['pk'])))
    finder = modulefinder.ModuleFinder([folder], excludes=['pk', 'other'])
    finder.run_script(os.path.join(folder, 'script.py')); print(sorted(finder.modules), finder.any_missing())
# An instruction by the name that CPython gives it.
opcodes = {opcode.opmap[name] for name in ('STORE_GLOBAL', 'DELETE_GLOBAL', 'LOAD_GLOBAL')}
def uses():
    global b
    b = print
    return len
print([one.argval for one in dis.get_instructions(uses) if one.opcode in opcodes], opcode.opname is dis.opname, sorted(opcode.cmp_op) == sorted(['<', '<=', '==', '!=', '>', '>=']), len(opcode.hasconst) > 0)
print(_threading_local.local is threading.local or issubclass(_threading_local.local, object), compat.NodeList([1]).item(0), compat.EmptyNodeList().item(0), compat.EmptyNodeList().length, compat.EmptyNodeList() + [3], compat.StringTypes)
class Element: _get_size = lambda self: 7
compat.defproperty(Element, 'size', 'how large'); print(Element().size, Element.size.__doc__)
try: Element().size = 8
except Exception as e: print(type(e).__name__)
