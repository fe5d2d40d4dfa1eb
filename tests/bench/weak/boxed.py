# Floats in lists, attributes and calls, and what math makes of them.
from math import sqrt

class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def distance(self, other):
        dx, dy = self.x - other.x, self.y - other.y
        return sqrt(dx * dx + dy * dy)

def run(count):
    points = [Point(i * 0.5, i * 0.25) for i in range(100)]
    total = 0.0
    for turn in range(count):
        for i in range(99):
            total += points[i].distance(points[i + 1])
    values = [i * 0.1 for i in range(1000)]
    for turn in range(count):
        for i in range(1, 1000):
            values[i] = (values[i - 1] + values[i]) * 0.5
    return int(total), int(sum(values) * 1000)

print(run(1500))
