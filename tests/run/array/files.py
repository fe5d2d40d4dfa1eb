# needs: import array; array.array("i").tofile
# Arrays of a computer: of characters, from and to files and lists, and how they lie in memory.
import array
import io
import sys

text = array.array("u", "aé€😀")
print(text, len(text), text[3], text.tounicode())
text.fromunicode("!")
text[0] = "b"
print(text.tounicode(), text == array.array("u", "bé€😀!"), array.array("u"))
try:
    text.append("ab")
except TypeError:
    print("TypeError")

numbers = array.array("h", [1, -2, 300])
file = io.BytesIO()
numbers.tofile(file)
file.seek(0)
read = array.array("h")
read.fromfile(file, 2)
print(read)
try:
    read.fromfile(file, 2)
except EOFError as e:
    print(e, read)
numbers.byteswap()
numbers.byteswap()
print(numbers, numbers.buffer_info()[1])
try:
    numbers.fromlist([5, 6, "x"])
except TypeError:
    print("nothing of it:", numbers)
numbers.fromlist([5, 6])
print(numbers)

# Only arrays of one kind go together; a derived class keeps keywords for its own `__init__`.
numbers = array.array("h", [1, 2])
same = numbers
numbers *= 2
numbers += array.array("h", [7])
print(numbers, same is numbers, array.array("i", numbers), array.array("d", numbers))


class Named(array.array):
    def __init__(self, typecode, items=(), name=None):
        array.array.__init__(self)
        self.name = name


print(list(Named("b", [1, 2], name="n")), Named("b", [1], name="n").name)


class Iterable:
    def __iter__(self):
        return iter((1, 2))


print(array.array("h", Iterable()))
for wrong in (
    lambda: numbers + array.array("i", [1]),
    lambda: numbers + [1],
    lambda: numbers * "2",
    lambda: numbers.extend(array.array("i", [1])),
    lambda: numbers.__iadd__([1]),
    lambda: array.array("h", "text"),
    lambda: array.array("h", text),
):
    try:
        wrong()
    except TypeError as e:
        print(e)
