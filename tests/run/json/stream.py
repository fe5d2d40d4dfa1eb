import io
import json
out = io.StringIO()
json.dump({"a": [1, "x" * 100, "\xe9"]}, out, ensure_ascii=False)
print(out.getvalue())
out.seek(0)
print(json.load(out))
print(json.load(io.BytesIO(b"[1, 2]")))
class Writer:
    def __init__(self):
        self.parts = []
    def write(self, part):
        self.parts.append(part)
        return len(part)
writer = Writer()
json.dump(list(range(40)), writer)
print("".join(writer.parts))
for bad in (1, {}, None):
    try:
        json.dump(1, bad)
    except AttributeError:
        print("AttributeError")
