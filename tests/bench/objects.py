# Methods, attributes and inheritance.
class Shape:
    def __init__(self, size):
        self.size = size
        self.seen = 0

    def area(self):
        return 0

    def visit(self, amount):
        self.seen += amount
        return self.area() + self.seen

class Square(Shape):
    def area(self):
        return self.size * self.size

class Bar(Square):
    def __init__(self, size, length):
        super().__init__(size)
        self.length = length

    def area(self):
        return self.size * self.length

def run(rounds):
    shapes = [Square(3), Bar(2, 5), Square(4), Bar(1, 9)]
    total = 0
    for i in range(rounds):
        for shape in shapes:
            total = (total + shape.visit(i & 3)) & 0xFFFFFF
    return total

print(run(60000))
