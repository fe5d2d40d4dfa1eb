import heapq
h = []
for x in (5, 3, 8, 1, 9, 2, 7):
    heapq.heappush(h, x)
    print(h)
print([heapq.heappop(h) for _ in range(3)], h)
print(heapq.heapreplace(h, 0), h, heapq.heappushpop(h, 10), h, heapq.heappushpop(h, -1), h)
h = list(range(20, 0, -1))
heapq.heapify(h)
print(h)
data = [(3, "c"), (1, "a"), (2, "b"), (1, "z")]
print(heapq.nsmallest(2, data), heapq.nlargest(2, data), heapq.nlargest(9, "hello"), heapq.nsmallest(0, data))
print(heapq.nsmallest(2, data, key=lambda p: p[1]), heapq.nlargest(2, data, lambda p: -p[0]))
print(list(heapq.merge([1, 4, 7], (2, 5), iter([0, 9]), [])), list(heapq.merge([3, 1], [4, 0], reverse=True)))
print(list(heapq.merge(["a", "ccc"], ["bb"], key=len)), list(heapq.merge()))
for call in (lambda: heapq.heappop([]), lambda: heapq.heapreplace([], 1), lambda: heapq.heappush((), 1), lambda: heapq.heappush([""], 1), lambda: heapq.heapify(3)):
    try:
        call()
    except (IndexError, TypeError) as error:
        print(type(error).__name__)
class Evil:
    def __lt__(self, other):
        h.clear()
        return True
h = [Evil(), Evil(), Evil()]
try:
    heapq.heappush(h, Evil())
    print("no error")
except RuntimeError:
    print(True)
