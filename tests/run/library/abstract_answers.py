# What abstract classes answered once they answer again, until something changes.
import abc, collections.abc as c
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): pass
class Sized:
    def __len__(self): return 0
class Late: pass
class Said:
    @property
    def __class__(self): return dict
for _ in range(3):
    print(isinstance(5, c.Iterable), isinstance([], c.Sequence), isinstance({}, c.Mapping), isinstance('', c.Hashable), isinstance([], c.Hashable), issubclass(list, c.MutableSequence), issubclass(tuple, c.MutableSequence),
          isinstance(Sized(), c.Sized), isinstance(Late(), c.Sized), isinstance(Late(), A), isinstance(5, A), isinstance(Said(), c.Mapping), isinstance(len, c.Callable))
token = abc.get_cache_token()
A.register(Late); A.register(int)
print(isinstance(Late(), A), isinstance(5, A), isinstance(True, A), isinstance('', A), abc.get_cache_token() != token)
class B(A):
    def f(self): return 1
print(isinstance(B(), A), issubclass(B, A), issubclass(A, B), isinstance(B(), c.Sized))
# So many classes come and go that what was known of them is forgotten.
kinds = [type('K%d' % n, (list if n % 2 else object,), {}) for n in range(2500)]
for _ in range(2): print(sum([issubclass(kind, c.Sequence) for kind in kinds]), sum([isinstance(kind(), c.Iterable) for kind in kinds]))
try: issubclass(5, c.Sized)
except TypeError as e: print(e)
