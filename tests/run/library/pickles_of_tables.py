# Picklers with a table of their own of what saves which type.
import io, pickle
print('Pickler' in pickle.__all__, 'BINPUT' in pickle.__all__, 'struct' in pickle.__all__, all(hasattr(pickle, name) for name in pickle.__all__))
class Point:
    def __init__(self, x): self.x = x
class Own(pickle._Pickler):
    dispatch = pickle._Pickler.dispatch.copy()
    def save_point(self, obj): self.save_reduce(complex, (obj.x, 1), obj=obj)
    dispatch[Point] = save_point
for protocol in range(6):
    out = io.BytesIO(); Own(out, protocol).dump(['a', 1.5, Point(3), {'k': Point(4)}]); print(pickle.loads(out.getvalue()))
class Plain(pickle._Pickler): pass
out = io.BytesIO(); Plain(out).dump(['a', 3.5]); print(pickle.loads(out.getvalue()))
pickle._Pickler.dispatch[Point] = Own.save_point
out = io.BytesIO(); Plain(out).dump([Point(5)]); print(pickle.loads(out.getvalue())); del pickle._Pickler.dispatch[Point]
