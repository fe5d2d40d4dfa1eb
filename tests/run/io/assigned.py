# needs: import linecache
# What programs set on streams.
import sys

out = sys.stdout
write = out.write
try:
    out.write = lambda text: write(text.upper())
    out.label = "console"
    print("printed", 1)
    sys.stdout.write("written\n")
finally:
    del out.write
print("plain", out.label)
del out.label
print(hasattr(out, "label"))
with open(__file__) as f:
    f.label = "file"
    f.read = lambda: "read"
    print(f.label, f.read(), f.readline()[:7])
    with open(__file__, "rb") as other:
        print(hasattr(other, "label"))
for name in ("closed", "encoding", "newlines"):
    try:
        setattr(out, name, 1)
    except AttributeError:
        print("fixed", name)
view = memoryview(b"abc")
same = memoryview(b"abc")
view.release()
print(view == view, view == same, same == view, view != same)
for use in (bytes, len, list, lambda view: view.hex()):
    try:
        use(view)
    except ValueError:
        print("given up")
