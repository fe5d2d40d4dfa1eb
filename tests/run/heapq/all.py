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
