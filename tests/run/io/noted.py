# Streams in memory that programs note more on, and how they end lines.
import io, pickle, copy
b=io.BytesIO(b"ab\ncd\n"); b.name="x.png"; print(b.name, b.readlines(2), isinstance(b, io.BufferedIOBase), type(b).__name__)
c=pickle.loads(pickle.dumps(b)); print(c.name, c.tell(), c.getvalue())
print(io.BytesIO(initial_bytes=b"q").read(), io.StringIO(initial_value="q").read())
for nl in ("\n", None, "", "\r", "\r\n"):
    s=io.StringIO("a\nb\r\nc\rd", newline=nl); print(repr(nl), repr(s.getvalue()), list(s), s.newlines, type(s).__name__)
s=io.StringIO(); s.x=1; print(s.write("hé"), s.getvalue(), s.x, s.__getstate__()[3])
class S(io.StringIO):
    def __init__(self, *a): super().__init__(*a); self.k=1
print(S("z").read(), S().k)
class B(io.BytesIO):
    def __init__(self, data, tag): super().__init__(data); self.tag=tag
print(B(b"z", 5).read(), B(b"z",5).tag)
import csv
print(list(csv.reader(io.StringIO('a,"b\r\nc"\r\nd,e\r\n', newline=''))))
with io.StringIO() as f: print("hi", file=f); print(f.getvalue())
