# not CPython: type parameters and their scopes are 3.12's
# symtable, pyclbr, tabnanny, zipapp, syslog: what programs say of themselves.
import symtable, pyclbr, tabnanny, zipapp, syslog, io, os, sys, tempfile, shutil, tokenize, zipfile, contextlib
SOURCE = '''
import os.path as p, sys
from x import *
count: int = 0
def outer(a, b=1, *rest, key, **more):
    global count
    count += 1
    total = a + b
    class Inner:
        attribute = total
        def __hidden(self): return __class__, self.__name, total
        def shown(self): pass
        lam = lambda q: q
    def change():
        nonlocal total
        total = free_name
        return [total for each in rest]
    try: pass
    except ValueError as error: print(error)
    with open(a) as file: del file
    for i in (j for j in rest if j): pass
    if (walrus := i): import late
    match a:
        case {"k": got, **others}: pass
        case [first, *last] | (first, *last): pass
    return change, Inner
'''
def show(table, depth=0):
    print('  ' * depth, table.get_type(), table.get_name(), table.get_lineno(), table.is_nested(), table.is_optimized(), table.has_children())
    for s in sorted(table.get_symbols(), key=lambda s: s.get_name()):
        print('  ' * depth, '-', s.get_name(), *[n[3:] for n in sorted(dir(s)) if n.startswith('is_') and n != 'is_type_parameter' and getattr(s, n)()], len(s.get_namespaces()))
    if isinstance(table, symtable.Function):
        print('  ' * depth, sorted(table.get_parameters()), sorted(table.get_locals()), sorted(table.get_globals()), sorted(table.get_nonlocals()), sorted(table.get_frees()))
    if isinstance(table, symtable.Class): print('  ' * depth, table.get_methods())
    for child in table.get_children():
        if child.get_name() != 'listcomp': show(child, depth + 1)
top = symtable.symtable(SOURCE, 'f', 'exec')
show(top)
outer = top.lookup('outer').get_namespace()
print(outer.get_name(), outer is top.get_children()[0], top.lookup('count').is_namespace())
for wrong in (lambda: top.lookup('none'), lambda: top.lookup('count').get_namespace(), lambda: symtable.symtable('a b', 'f', 'exec')):
    try: wrong()
    except (KeyError, ValueError, SyntaxError) as e: print(type(e).__name__)

folder = tempfile.mkdtemp()
def written(name, text):
    with open(os.path.join(folder, name), 'w') as file: file.write(text)
    return os.path.join(folder, name)
written('base_of.py', 'class Base:\n    def m(self): pass\nasync def co(): pass\nclass _Private: pass\n')
written('derived.py', 'import base_of\nfrom base_of import Base as B, co\nclass One(B, dict):\n    def a(self):\n        def inner(): pass\n    class In: pass\nclass Two(base_of.Base, metaclass=type):\n    async def b(self): pass\ndef f(): pass\n')
found = pyclbr.readmodule_ex('derived', [folder])
for name, each in found.items():
    bases = [b if isinstance(b, str) else b.name for b in each.super] if isinstance(each, pyclbr.Class) else ''
    print(name, type(each).__name__, each.name, each.module, each.lineno, each.end_lineno, bases, getattr(each, 'methods', ''), {k: sorted(v.children) for k, v in each.children.items()}, getattr(each, 'is_async', ''))
print(sorted(pyclbr.readmodule('base_of', [folder])), os.path.basename(found['One'].file), found['One'].children['a'].parent is found['One'])
try: pyclbr.readmodule('no_such_module_there', [folder])
except ModuleNotFoundError as e: print(e.name)

for text in ('if 1:\n\tx\n        y\n', 'if 1:\n        x\n        if 2:\n\ty\n', 'if 1:\n    x\n', 'if 1:\n\tx\n\ty\n'):
    try: print(tabnanny.process_tokens(list(tokenize.generate_tokens(io.StringIO(text).readline))))
    except tabnanny.NannyNag as nag: print(nag.get_lineno(), nag.get_msg(), repr(nag.get_line()))
    except IndentationError as e: print(type(e).__name__)
tabnanny.check(written('fine.py', 'if 1:\n    x\n'))

os.mkdir(os.path.join(folder, 'app'))
written('app/tool.py', 'def run(): print("ran", __name__)\n')
target = os.path.join(folder, 'app.pyz')
zipapp.create_archive(os.path.join(folder, 'app'), target, interpreter='/usr/bin/env python3', main='tool:run')
print(zipapp.get_interpreter(target), bool(os.stat(target).st_mode & 0o100), sorted(zipfile.ZipFile(target).namelist()))
zipapp.create_archive(target, target + '2'); print(zipapp.get_interpreter(target + '2'), zipfile.is_zipfile(target + '2'))
out = io.BytesIO(); zipapp.create_archive(target, out, 'other'); out.seek(0); print(zipapp.get_interpreter(out))
out = io.BytesIO(); zipapp.create_archive(os.path.join(folder, 'app'), out, main='tool:run', filter=lambda path: path.name != 'tool.py', compressed=True)
print([(i.filename, i.compress_type) for i in zipfile.ZipFile(out).infolist()])
for args in ((folder + '/none',), (folder + '/app',), (folder + '/app', None, None, 'bad name'), (folder + '/app', folder + '/app/tool.py', None, 'tool:run')):
    try: zipapp.create_archive(*args)
    except zipapp.ZipAppError as e: print(str(e).replace(folder, ''))
shutil.rmtree(folder)

print(syslog.LOG_UPTO(syslog.LOG_ERR), syslog.LOG_MASK(syslog.LOG_INFO), syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_ERR)), syslog.setlogmask(0), syslog.LOG_LOCAL7)
syslog.openlog('me', syslog.LOG_PID, syslog.LOG_DAEMON); syslog.syslog('not written'); syslog.syslog(syslog.LOG_DEBUG, 'nor this'); syslog.closelog()
for args in ((), (1, 2, 3), ('x', 'y'), (1, b'x')):
    try: syslog.syslog(*args)
    except TypeError: print('TypeError')
