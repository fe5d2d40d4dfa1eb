# needs: import copy, pickle
# Containers that contain themselves.
from collections import deque
a = [1]; a.append(a); print(a)
d = {1: 2}; d[3] = d; d[4] = [d]; print(d)
t = ([],); t[0].append(t); print(t)
q = deque([1]); q.append(q); print(q)
b = []; print([b, b, [b]])
class L(list): pass
l = L([1]); l.append(l); print(l)
