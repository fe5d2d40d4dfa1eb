# ast: source read into trees, changed, shown and written again; trees compiled.
import ast
source = '''
"""doc"""
from ..b import (c as d, e)
@dec(1, k=2)
async def f(a, b: int = 1, /, c=2, *args: str, d, e=3, **kw) -> int:
    async with a as b, c: pass
    async for i in x: await y
    return 1, *a
class A(B, metaclass=C, **kw):
    x: int = 3
    (y): int
    def g(self): yield; z = yield 1; yield from q
x = y = 1, 2
a, *b = c; a **= 2; del a, b[1], c.d
if a: pass
elif b: x
else: y
for i, in z: continue
try: a
except (B, C) as d: b
else: e
finally: f
with (a as b, c as d,): pass
lambda a, *b, c=1, **d: a if b else c
a or b and not c or 1 < 2 not in 3 is not 4
a | b ^ c & d << e + f * -g ** -h // i % j @ k
f(x for x in y); f(a, *b, c=1, **d); a[1:2, ::3], a[*b], a[...]
[a for b in c if d if e for f in g], {a: b for c, d in e}, {**a, 1: 2}, {1}, (1,), ()
"a" 'b' r"\\n", b"x" b"y", u"x", f"a{b}c{d!r:>{w}}{{}} {e=}" "x", f'{a["b"]}é{é}'
match x:
    case 1 | -2 | None | a.b: pass
    case [a, *_, b] if c: pass
    case {"k": v, **r}: pass
    case P(x, y=1) as z: pass
    case _: pass
match = line = 1
'''
tree = ast.parse(source)
for each in tree.body:
    print(ast.dump(each, include_attributes=True))
print(ast.dump(tree.body[2], indent=2))
print(ast.unparse(tree))
print(ast.unparse(ast.parse(ast.unparse(tree))) == ast.unparse(tree))
for text in ['(a, b)[0]', 'a[(1, 2)]', 'a[1,]', '-(-a)', '(-a)**b', '(a**b)**c', 'a**-b', '(lambda: x)()', '(a if b else c) if d else e', '1 .real',
             "'a\\'b\"'", "f'{a!r:{w}.{p}}'", "f'{x}\\n'", '{*a}', 'f(a := 1)', 'x[a:=1]', '1e400', '-1j', 'a and b or c and d', 'a and (b or c)',
             'a or (b or c)', 'a - (b - c)', 'a - b - c', 'not (a == b)', 'a < (b < c)', 'def f():\n  """doc\n  "x" """\n  return a, b', 'x = (yield)']:
    print(ast.unparse(ast.parse(text)))
class Doubled(ast.NodeTransformer):
    def visit_Constant(self, node): return ast.copy_location(ast.Constant(node.value * 2), node)
    def visit_Pass(self, node): return None
changed = Doubled().visit(ast.parse('x = [1, "a"]\nif x: pass\nelse: y = 3'))
space = {}
changed = ast.parse('x = [1, "a"]\ny = x'); exec(compile(Doubled().visit(changed), 'made', 'exec'), space); print(space['y'])
call = ast.Expression(ast.BinOp(ast.Constant(2), ast.Mult(), ast.Name('n', ast.Load())))
print(eval(compile(ast.fix_missing_locations(call), 'made', 'eval'), {'n': 21}), compile('1+2', 'x', 'eval', flags=ast.PyCF_ONLY_AST).body.op.__class__.__name__)
try: exec(compile(ast.parse('a = 1\n\n\nb = a / 0'), 'made.py', 'exec'))
except ZeroDivisionError as e: print(e.__traceback__.tb_next.tb_lineno)
names = []
class Names(ast.NodeVisitor):
    def visit_Name(self, node): names.append((node.id, type(node.ctx).__name__))
Names().visit(tree.body[4]); print(names)
print(ast.get_docstring(tree), ast.get_source_segment(source, tree.body[4].value), [type(n).__name__ for n in ast.walk(ast.parse('a+1'))])
print(ast.increment_lineno(ast.parse('a'), 3).body[0].lineno, isinstance(ast.Constant(1), ast.Num), ast.Num(n=3).n, ast.Name('x').id, ast.arg('a').annotation)
print(ast.literal_eval(" [1, -2, 1+2j, {'a': (b'x', None)}, {1}, set(), ...]"), ast.literal_eval(ast.parse('"a" "b"', mode='eval')))
for text in ['f()', 'a', '1+2', '1j+2', '(1', '']:
    try: print(ast.literal_eval(text))
    except (ValueError, SyntaxError) as e: print(type(e).__name__)
for wrong in ['a b', '1 = x', 'for 1 in x: pass', 'x = (1', 'def f(:', 'a.1']:
    try: print(ast.parse(wrong))
    except SyntaxError as e: print('SyntaxError', e.lineno)
try: ast.Name('a', ast.Load(), 3)
except TypeError as e: print(e)
try: compile(ast.parse('1'), 'x', 'eval')
except TypeError as e: print(e)
