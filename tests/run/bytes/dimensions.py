# needs: import copy, pickle
# Views in several dimensions: `cast` with a shape, and what it refuses.
import array


def told(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)


flat = memoryview(bytearray(range(24)))
block = flat.cast("B", (2, 3, 4))
print(block.ndim, block.shape, block.strides, len(block), block.nbytes, block.itemsize, block.c_contiguous, block.f_contiguous, block.contiguous)
print(block[1, 2, 3], block[0, 0, 0], block[-1, -1, -4], block.tolist())
block[0, 1, 2] = 99
print(flat[6], block.tobytes() == flat.tobytes(), block.hex()[:14], block == flat, block == flat.cast("B", shape=[2, 3, 4]), block == flat.cast("B", [4, 3, 2]))
print(block.cast("B").shape, block.cast("B").cast("H").shape, block.cast("I").tolist()[:2], block.toreadonly()[1, 0, 0])
grid = flat.cast("h", [3, 4])
print(grid.shape, grid.strides, grid[2, 3], grid.tolist()[0], grid.format)
print(flat.cast("B", [24]).ndim, flat[(3,)], memoryview(b"abc")[-1,])
for key in [0, (0, 0), (0, 0, 0, 0), (slice(0, 1), slice(0, 1)), (2, 0, 0), (0, 3, 0), (0, 0, -5), ("a", 0, 0)]:
    print(told(block.__getitem__, key))
print(told(iter, block) and told(list, block), told(flat.__getitem__, (1, 2)), told(flat.__getitem__, "a"))
for arguments in [("B", (5, 5)), ("B", 24), ("B", ("a", 1)), ("B", (0, 24)), ("B", (-1, -24)), ("Z",), ("3B",), (5,), ("Q", (1, 4))]:
    print(told(flat.cast, *arguments))
print(told(grid.cast, "i"), told(flat.cast("H").cast, "I"), told(block.cast, "B", (4, 6)), told(flat[::2].cast, "B"), told(flat[:5].cast, "I"))
print(told(memoryview(b"ab").__setitem__, 0, 1), told(flat.__setitem__, slice(0, 2), b"abc"))
numbers = memoryview(array.array("d", [1.5, 2.5]))
print(told(numbers.cast, "B").shape, told(numbers.cast, "i"), numbers.tolist(), numbers.tobytes("C") == numbers.tobytes(None))
released = memoryview(b"ab")
released.release()
print(repr(released)[:9], told(released.tolist))
