# not CPython: only a board's heap can be locked.
# needs: import marshal
# A module has room for all that it will store before it runs: nothing is allocated for a new global.
import micropython

a, b, c, d, e, f, g, h = range(8)
micropython.heap_lock()
try:
    i = a
    j = b
    k = c
    l = d
    m = e
    n = f
    o = g
    p = h
    try:
        bytearray(100)
    except MemoryError as error:
        caught = type(error)
finally:
    micropython.heap_unlock()
print(i, p, caught)
