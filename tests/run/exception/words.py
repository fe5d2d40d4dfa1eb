# needs: exit
# What beginners read, in Python's words.
# Saved code does not know the names of its locals.
exec("def f():\n    print(x)\n    x = 1")
def outer():
    def inner(): return late
    inner()
    late = 1
class A:
    @property
    def x(self): return 1
for action in (
    lambda: 'a' + 1, lambda: 'a' + None, lambda: [1] + (2,), lambda: (1,) + [2], lambda: b'a' + 1, lambda: 1 + 'a', lambda: 'x' * 'y',
    lambda: 1.5 * 'y', lambda: [1] * None, lambda: [1, 2].index(9), lambda: [1].remove('x'), lambda: (1,).index(2), lambda: range(3).index(5),
    lambda: max([]), lambda: min(()), lambda: max([], key=len), lambda: int(float('nan')), lambda: int(float('-inf')), lambda: int(None),
    lambda: int([]), lambda: float({}), lambda: float(None), lambda: '{} {}'.format(1), lambda: '{3}'.format(1), lambda: ','.join(['a', 1]),
    lambda: b','.join([b'a', 'b']), lambda: A(1), lambda: A(b=1), f, lambda: setattr(A(), 'x', 2), lambda: delattr(A(), 'x'), lambda: '\ud800'.encode(),
):
    try:
        action()
        print('nothing was raised')
    except Exception as e:
        print(type(e).__name__, e)
try: outer()
except NameError: print('NameError')
