# deque.
from collections import deque
d = deque((), 10)
d.append(1); d.append(2); d.appendleft(0); print(len(d), list(d), d[0], d[-1], d.pop(), d.popleft(), list(d))
d.extend([5, 6]); print(list(d), 5 in d, 9 in d, bool(d), bool(deque((), 1)))
m = deque([1, 2, 3], 3)
m.append(4); print(list(m)); m.appendleft(0); print(list(m)); m.extend("abcd"); print(list(m), m.maxlen)
m[1] = "x"; print(list(m), m[-2], m.index("x"), m.count("x"))
for bad in (lambda: deque((), 1).pop(), lambda: deque((), 1).popleft(), lambda: m[5], lambda: m.index("nope"), lambda: deque([], -1)):
    try:
        bad()
    except (IndexError, ValueError) as e:
        print(type(e).__name__)
q = deque(range(5)); q.rotate(2); print(q); q.rotate(-3); print(q); q.reverse(); print(q); q.remove(3); print(q); q.insert(1, "i"); print(q); del q[0]; print(q); q.extendleft("ab"); print(q)
print(q == deque(q), q == deque([1]), q.copy() == q, deque([1]) + deque([2]), deque([1], 2), list(reversed(q)))
q.clear(); print(q, q.maxlen, len(q))
q += [1, 2]; q += q; print(q)
r = deque([], 100)
for i in range(1000):
    r.append(i)
    if i % 3 == 0: r.popleft()
print(len(r), r[0], r[-1], sum(r))
try:
    for x in r: r.append(x)
except RuntimeError:
    print("RuntimeError")
z = deque([1, 2], 0); z.append(3); print(len(z), z)
try:
    hash(deque())
except TypeError:
    print("unhashable")
