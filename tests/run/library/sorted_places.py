# needs: import bisect
# Places in sorted lists, of what is no list, and with what compares in its own way.
import bisect
from bisect import bisect_left, bisect_right, insort

a = [1, 3, 3, 5.5, 8]
for x in (0, 1, 3, 4, 8, 9, True, 2.5):
    print(bisect_left(a, x), bisect_right(a, x), bisect.bisect(a, x), bisect_left(tuple(a), x), bisect_right(a, x, 1, 3), bisect_left(a, x=x, lo=2))
print(bisect_right(["a", "b"], "a"), bisect_left([], 1), bisect_left([(1, 2), (3,)], (2,)), bisect_right("abc", "b"))
print(bisect_left([-3, 2, -1], 2, key=abs), bisect_right([1, 2, 3, 4], -3, key=lambda v: -v))
for call in (lambda: bisect_left([1], "x"), lambda: bisect_right([1]), lambda: bisect_left([1], 1, -1), lambda: bisect_right(5, 1)):
    try:
        call()
    except (TypeError, ValueError) as e:
        print(type(e).__name__)


class Shrinks:
    def __lt__(self, other):
        rows.clear()
        return False


rows = [1] * 10
try:
    print(bisect_right(rows, Shrinks()) > 0)
except IndexError:
    print(True)
rows = []
for x in (3, 1, 2, 1, 3):
    insort(rows, x)
print(rows)
insort(rows, -2, key=abs)
print(rows)
