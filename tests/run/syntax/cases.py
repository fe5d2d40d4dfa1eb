# What the patterns of a match may not be.
# needs: import marshal
for source in ('case x: pass\n case 1: pass', 'case _: pass\n case 1: pass', 'case 1 | x: pass\n case 2: pass', 'case x | 1: pass', 'case (x, x): pass',
        'case [x] | [y]: pass', 'case {"a": x, "a": y}: pass', 'case {1: x, **x}: pass', 'case A(a=1, a=2): pass', 'case (1 as x) as x: pass'):
    try: exec('match 0:\n ' + source); print('no error', source)
    except SyntaxError as e: print(e.msg if 'duplicate' not in e.msg else 'duplicate key')
for source in ('case x if x: pass\n case 1: pass', 'case [x] | (x, _): pass', 'case {"a": x, "b": y, **z}: pass', 'case _ | _: pass' if 0 else 'case 1 | 2: pass'):
    exec('match 0:\n ' + source); print('good')

# A class is a sequence if it says so. Behind `*_` items are asked for by their index.
try:
    from collections.abc import Sequence
except ImportError:
    Sequence = None


def endless(Sequence):
    class Numbers(Sequence):
        def __getitem__(self, index):
            return index

        def __len__(self):
            return 42

    match Numbers():
        case [a, *_, b]:
            return a, b


print(endless(Sequence) if Sequence else (0, 41))
