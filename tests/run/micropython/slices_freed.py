# What was sliced, and what came of it, is garbage when nothing names it any more.
# not CPython: it has no `gc.mem_free`
import gc


def halve(made):
    items = [bytearray(100) for _ in range(50)]
    half = items[::2]
    items[10:20] = []
    del items[::2]
    return made(items)


gc.collect()
before = gc.mem_free()
for made in (len, id, lambda items: items[1:2] and 1):
    halve(made)
    gc.collect()
    print(before - gc.mem_free() < 3000)
