# Deep copies of data and of objects.
from copy import deepcopy


class Point:
    def __init__(self, x, y):
        self.x, self.y, self.more = x, y, [x, y]


data = {"list": [1, 2, 3, 43], "tuple": (1, 2, 3), "text": "hello", "dict": {"a": True}, "points": [Point(1, 2), Point(3, 4)]}
for i in range(6000):
    copied = deepcopy(data)
print(copied["list"], copied["points"][1].more, copied["points"][0] is data["points"][0])
