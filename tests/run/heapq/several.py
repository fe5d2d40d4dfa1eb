# What works on many items at once.
# needs: from heapq import merge
import heapq
data = [(3, "c"), (1, "a"), (2, "b"), (1, "z")]
print(heapq.nsmallest(2, data), heapq.nlargest(2, data), heapq.nlargest(9, "hello"), heapq.nsmallest(0, data))
print(heapq.nsmallest(2, data, key=lambda p: p[1]), heapq.nlargest(2, data, lambda p: -p[0]))
print(list(heapq.merge([1, 4, 7], (2, 5), iter([0, 9]), [])), list(heapq.merge([3, 1], [4, 0], reverse=True)))
print(list(heapq.merge(["a", "ccc"], ["bb"], key=len)), list(heapq.merge()))
