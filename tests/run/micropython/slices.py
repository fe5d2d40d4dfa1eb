# not CPython: only a board's heap can be locked.
import micropython

data = bytearray(range(8))
view = memoryview(data)
words = []
items = [1, 2, 3, 4]

micropython.heap_lock()
try:
    data[1:3] = b"ab"
    view[4:6] = b"cd"
    del items[:2]
    for word in (1, 2, 3, 4):
        words.append(word)
finally:
    micropython.heap_unlock()

print(data, items, words, view)
