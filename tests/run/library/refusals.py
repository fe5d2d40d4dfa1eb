# needs: import ctypes
import base64, datetime, gzip, inspect, io
def tell(function):
    try: print(function())
    except (TypeError, ValueError, AttributeError) as e: print(type(e).__name__, e)
day = datetime.date(2001, 2, 3)
moment = datetime.datetime.combine(day, datetime.time())
print(day == moment, moment == day, day != moment, moment != day, day in [moment])
tell(lambda: base64.b64encode("abc")); tell(lambda: base64.b16encode("")); tell(lambda: base64.encode(io.StringIO("a"), io.BytesIO()))
with gzip.GzipFile(fileobj=io.BytesIO(), mode="wb") as f:
    tell(lambda: f.write("")); tell(lambda: f.write(5)); tell(lambda: f.write(bytearray(b"ab")))
def one(a, /, b=1, *, c): pass
s = inspect.signature(one)
tell(lambda: s.bind(1, 2, 3)); tell(lambda: s.bind(a=1, c=2)); tell(lambda: s.bind(1, c=2).arguments)
tell(lambda: setattr(s, "x", 1)); tell(lambda: setattr(s.parameters["a"], "name", "b"))
class Mine(inspect.Signature): pass
print(repr(Mine.from_callable(one)), Mine.from_callable(one) == s)
