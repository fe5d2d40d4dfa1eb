# object.__setattr__ and __delattr__ pass hooks by, but no descriptors; exceptions of several types; int() asks __int__.
# needs: assert (_ for _ in ()).__name__
class A:
    def get(self): return self._x
    def set(self, value): self._x = 'set', value
    x = property(get, set)
    def __setattr__(self, name, value): object.__setattr__(self, name, value)
a = A(); a.x = 3; print(a.x, a.__dict__)
class D:
    def __get__(self, instance, owner): return 'got'
    def __set__(self, instance, value): print('set', value)
    def __delete__(self, instance): print('delete')
class B: d = D()
b = B(); object.__setattr__(b, 'd', 4); object.__delattr__(b, 'd'); print(b.d)
class E1(ArithmeticError): pass
class E2(E1, TypeError): pass
class E3(E1, ZeroDivisionError, KeyError): pass
for error in (E2('x'), E3('y')):
    try: raise error
    except ArithmeticError as e: print(isinstance(e, TypeError), isinstance(e, KeyError), e.args)
class I(int):
    def __int__(self): return 42
print(int(I(7)), I(7) + 1)
def g(): yield 1
async def c(): pass
one = g(); print(one.__name__, one.gi_running, one.gi_code is g.__code__, one.gi_yieldfrom); co = c(); print(hasattr(co, '__await__'), hasattr(one, '__await__'), co.cr_running); co.close()
class C:
    def m(): super()
try: C.m()
except RuntimeError as e: print(e)
import io
f = io.StringIO(); f.writelines(['a', 'b']); print(f.getvalue(), f.closed, f.seekable()); f.close(); print(f.closed)
print(complex(0, -0.0), complex(-0.0, 1).real, complex(1j, 2))
