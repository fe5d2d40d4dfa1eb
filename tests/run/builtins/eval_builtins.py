# needs: import ctypes
# short of memory: a NameError does not know which name.
# Globals may bring builtins of their own.
def tell(function):
    try: print(function())
    except NameError as e: print(type(e).__name__, e.name)
tell(lambda: eval("len", {"__builtins__": {}}))
tell(lambda: eval("open('x')", {"__builtins__": {"len": len}}))
tell(lambda: eval("len([1]) + foo", {"__builtins__": {"len": len, "foo": 3}}))
tell(lambda: eval("len([1])", {"__builtins__": __builtins__}))
tell(lambda: eval("[len(x) for x in 'ab']", {"__builtins__": {"len": lambda x: 7}}))
names = {"__builtins__": {"print": print}}
exec("def f():\n    print('in f')\n    return abs(-1)", names)
tell(names["f"])
code = compile("abs(-2)", "x", "eval")
for given in ({}, {"__builtins__": {}}, {"a": 1}, {"__builtins__": {"abs": str}}):
    tell(lambda: eval(code, given))
