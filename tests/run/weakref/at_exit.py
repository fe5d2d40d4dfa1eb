# Finalizers that nobody has called run when the program ends, the newest first, and after what `atexit` was told.
import atexit
import weakref


class Thing:
    pass


first, never, now, last = Thing(), Thing(), Thing(), Thing()
kept = [weakref.finalize(thing, print, "finalized:", name) for thing, name in ((first, "first"), (never, "never"), (now, "now"))]
weakref.finalize(last, print, "finalized:", "last")
print([it.atexit for it in kept])
kept[1].atexit = False
print(kept[1].atexit, kept[1].alive)
kept[2]()
kept[2].atexit = True
print(kept[2].atexit, kept[2].alive)
atexit.register(print, "at exit")
