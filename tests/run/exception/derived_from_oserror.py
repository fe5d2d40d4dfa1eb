# needs: import errno, linecache
# Errors of the system that a program derives: number, text and file, as those that Python has.
class Lost(OSError):
    pass


class Said(Lost):
    def __init__(self, number, text):
        super().__init__(number, text)


class Mine(OSError):
    def __init__(self, *args):
        self.args = args


for error in Lost(2, "no contact"), Lost(9999, "q"), Lost(2, "x", "f"), Lost(2, "x", "f", None, "g"), Said(5, "hm"), Lost("a"):
    print(str(error), error.args, error.errno, error.strerror, error.filename, error.filename2)
print(str(Mine(7, 8)), Mine(7, 8).args)

for source in "x = (1\n", "if 1:\nx\n", "a b":
    try:
        compile(source, "f.py", "exec")
    except SyntaxError as error:
        message, (file, line, offset, text, end_line, end_offset) = error.args
        print(message, file, line, text.rstrip(), (file, line, offset, end_line, end_offset) == (error.filename, error.lineno, error.offset, error.end_lineno, error.end_offset))
