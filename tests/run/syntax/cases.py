# What the patterns of a match may not be.
# needs: import marshal
for source in ('case x: pass\n case 1: pass', 'case _: pass\n case 1: pass', 'case 1 | x: pass\n case 2: pass', 'case x | 1: pass', 'case (x, x): pass',
        'case [x] | [y]: pass', 'case {"a": x, "a": y}: pass', 'case {1: x, **x}: pass', 'case A(a=1, a=2): pass', 'case (1 as x) as x: pass'):
    try: exec('match 0:\n ' + source); print('no error', source)
    except SyntaxError as e: print(e.msg if 'duplicate' not in e.msg else 'duplicate key')
for source in ('case x if x: pass\n case 1: pass', 'case [x] | (x, _): pass', 'case {"a": x, "b": y, **z}: pass', 'case _ | _: pass' if 0 else 'case 1 | 2: pass'):
    exec('match 0:\n ' + source); print('good')
