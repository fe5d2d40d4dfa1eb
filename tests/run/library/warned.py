# needs: import copy, pickle
# Warnings: filters by patterns, places that warned once, hooks, and a block that leaves no trace.
import _thread
import io
import sys
import threading
import warnings


def old():
    warnings.warn("old is old", DeprecationWarning, stacklevel=2)


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("default")
    for _ in range(3):
        old()
    old()
    print([(w.category.__name__, str(w.message), w.lineno) for w in caught])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("ignore")
    warnings.filterwarnings("always", "o.d", module="__main__")
    warnings.filterwarnings("error", ".*bad")
    old(), old()
    warnings.warn("quiet")
    try:
        warnings.warn("very Bad")
    except UserWarning as e:
        print("raised", e)
    print(len(caught))
with warnings.catch_warnings():
    warnings.simplefilter("once")
    warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: print("shown", message, lineno)
    for text in ("a", "a", "b"):
        warnings.warn(text)
        warnings.warn(text)
print(warnings.showwarning is warnings._showwarning_orig)
out = io.StringIO()
warnings.showwarning("m", UserWarning, "nowhere.py", 3, out, "the line")
print(out.getvalue(), end="")
registry = {}
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("module")
    for line in (1, 2):
        warnings.warn_explicit("twice", UserWarning, "f.py", line, registry=registry)
    print(len(caught), caught[0].filename, ("twice", UserWarning, 1) in registry)
for wrong in (
    lambda: warnings.simplefilter("never"),
    lambda: warnings.warn("x", int),
    lambda: warnings.catch_warnings().__exit__(None, None, None),
):
    try:
        wrong()
    except (AssertionError, ValueError, TypeError, RuntimeError) as e:
        print(type(e).__name__ if isinstance(e, AssertionError) else e)
print(_thread._count(), _thread.RLock is not None, threading.active_count())
