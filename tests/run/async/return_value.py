# needs: exit
# A value is not returned by an asynchronous generator. On boards it is, as in MicroPython.
try:
    exec("async def f():\n    yield 1\n    return 2")
except SyntaxError as e:
    print(e.args[0])
