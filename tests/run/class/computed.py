# needs: import ctypes
# Attributes that builtin objects compute are found on their types.
import types, collections, array
for kind, name, object in ((int, "numerator", 7), (BaseException, "args", ValueError(1, 2)), (types.FunctionType, "__code__", len.__class__ and (lambda: 0)),
                           (memoryview, "nbytes", memoryview(b"abc")), (collections.deque, "maxlen", collections.deque([], 3))):
    found = getattr(kind, name)
    print(type(found).__name__, found.__name__, found.__qualname__, found.__objclass__ is kind, found.__get__(object) == getattr(object, name), name in dir(kind))
print(int.real, bool.real.__objclass__, types.GetSetDescriptorType is type(int.real), array.array.typecode.__get__(array.array("i")))
class Oops(OSError): pass
print(Oops.errno.__get__(Oops(2, "x")), hasattr(int, "nothing"), hasattr(object, "args"))
e = ValueError(1)
BaseException.args.__set__(e, (5,))
print(e.args)
try: int.real.__get__("x")
except TypeError as error: print(error)
