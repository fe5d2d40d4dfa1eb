# needs: import unicodedata
# Signs that are no letters are not part of names.
for text in ("print(“hello”)", "x = 5 – 3", "price€ = 1", "naïve = 1; größe = 2", "a·b = 1", "x = ‘a’", "변수 = 1"):
    try:
        compile(text, "made", "exec")
        print("fine")
    except SyntaxError as error:
        if error.offset is None:
            raise MemoryError  # Its place found no room.
        print(error.msg, error.offset)
