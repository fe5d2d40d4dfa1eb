# A class that derives from `str` or a number may say itself what number it is.
# needs: assert int(type("T", (str,), {"__int__": lambda self: 7})("1")) == 7


class Text(str):
    def __int__(self):
        return 7

    def __float__(self):
        return 7.5


class Index(str):
    def __index__(self):
        return 9


class Whole(int):
    def __int__(self):
        return 3

    def __float__(self):
        return 8.5


class Part(float):
    def __int__(self):
        return 4


print(int(Text("1")), float(Text("1")), int(Text("11"), 2), int(Index("1")), int(Whole(1)), float(Whole(1)), int(Part(2.5)), float(Part(2.5)))
print(int(type("Plain", (str,), {})("12")), float(type("Plain", (str,), {})("1.5")))
