# needs: import inspect
# The dict of a builtin module changes the module.
import builtins
import math
import sys

names = builtins.__dict__
names["spam"] = 5
print(spam, builtins.spam, names["spam"], isinstance(names, dict))
del names["spam"]
print(hasattr(builtins, "spam"), "spam" in builtins.__dict__)

names = vars(math)
names.update(two=2, three=3)
names |= {"four": 4}
print(math.two, math.three, math.four, names.setdefault("two", 9), names.setdefault("five", 5), math.five)
print(names.pop("two"), names.pop("two", None), hasattr(math, "two"))
for name in ["three", "four", "five"]:
    del names[name]
print(hasattr(math, "three"), names["pi"] == math.pi)
try:
    names.pop("nothing")
except KeyError as error:
    print(repr(error.args[0]))

shown = []
before = sys.displayhook
sys.displayhook = shown.append
try:
    exec(compile("6 * 7", "f", "single"))
finally:
    sys.displayhook = before
print(shown)
