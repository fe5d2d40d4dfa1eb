# needs: import sys; sys._getframe
# A pattern that fails binds nothing.
def f(subject):
    a = b = c = "untouched"
    match subject:
        case (a, 1):
            return "one", a
        case (a, (b, 2)) | (b, a, (3, 3)):
            return "two", a, b
        case {"k": a, "n": [b, 5]}:
            return "three", a, b
        case {"k": a, "n": 7, **c}:
            return "rest", a, c
        case [a, b, *c, None]:
            return "four", a, b, c
        case complex(real=a, imag=2.0):
            return "five", a
        case [int() as a, (str() as b)] if b:
            return "six", a, b
        case _:
            return a, b, c


for subject in (
    (0, 1), (0, (1, 2)), (1, 2, (3, 3)), (1, 2, (3, 4)), {"k": 1, "n": [2, 5]}, {"k": 1, "n": [2, 6]}, {"k": 1, "n": 7, "m": 8},
    [1, 2, 3, None], [1, 2, 3, 4], 1 + 2j, 1 + 3j, [1, "x"], [1, ""], [1, 2],
):
    print(f(subject))
