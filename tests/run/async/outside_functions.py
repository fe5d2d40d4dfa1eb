# needs: import ast, asyncio, codeop, inspect; asyncio.iscoroutine
# `await` outside of functions, where a prompt asks for it.
import ast
import asyncio
import codeop

WAITS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class Lines:
    def __init__(self, count):
        self.count = count

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        print("closed")

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.count -= 1
        if self.count < 0:
            raise StopAsyncIteration
        return self.count


def run(source, mode="exec", tree=False):
    names = {"asyncio": asyncio, "Lines": Lines}
    if tree:
        source = compile(source, "f", mode, ast.PyCF_ONLY_AST | WAITS)
    made = eval(compile(source, "f", mode, WAITS), names)
    waits = asyncio.iscoroutine(made)
    if waits:
        made = asyncio.run(made)
    return waits, made, names.get("x")


print(run("x = await asyncio.sleep(0, 5)"))
print(run("x = 6"), run("1 + 1", "eval"), run("await asyncio.sleep(0, 8)", "eval"))
print(run("async with Lines(2) as lines:\n    async for line in lines:\n        print(line)\n    x = [line async for line in Lines(3)]"))
print(run("x = [await asyncio.sleep(0, i) for i in range(3)]", tree=True))
print(run("async def f():\n    return await asyncio.sleep(0, 4)\nx = 1"))
print(run("await asyncio.sleep(0, 'shown')", "single")[0])
for source in "await f()", "async for x in y: pass", "[x async for x in y]":
    try:
        compile(source, "f", "exec")
    except SyntaxError as error:
        print("outside" in str(error))
compiler = codeop.CommandCompiler()
compiler.compiler.flags |= WAITS
print(compiler("await (", symbol="single"), compiler("for i in x:\n    await i", symbol="single"), compiler("await x") is not None)
