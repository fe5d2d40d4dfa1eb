# A memoryview that is given up, or that only reads.
# needs: memoryview(b"").toreadonly()

data = bytearray(b"abcdef")
with memoryview(data) as view:
    part = view[1:4]
    print(view.tobytes(), part.tolist(), view.suboffsets, view.contiguous, view[::2].contiguous, view.c_contiguous, view.f_contiguous)
for action in (lambda: view[0], lambda: len(view), lambda: view.tobytes(), lambda: view.readonly, lambda: memoryview(view), lambda: view.__enter__()):
    try:
        print(action())
    except ValueError as error:
        print(error)
print(part.tobytes())
view.release()

fixed = memoryview(data).toreadonly()
print(fixed.readonly, bytes(fixed), hash(memoryview(b"ab").toreadonly()) == hash(b"ab"))
try:
    fixed[0] = 1
except TypeError:
    print("TypeError")
data[0] = 65
print(bytes(fixed), memoryview(object=data)[0])
try:
    hash(memoryview(data))
except ValueError as error:
    print(error)
