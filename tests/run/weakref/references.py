import gc
import weakref


class Thing:
    pass


def note(*parts):
    print("called", len(parts), parts[1:])


thing = Thing()
plain = weakref.ref(thing)
watched = weakref.ref(thing, note)
print(plain() is thing, watched() is thing, plain == watched, hash(plain) == hash(thing), plain == 1)
print(plain.__callback__, watched.__callback__ is note, bool(plain))
for value in (None, 1, "text", (), b"x"):
    try:
        weakref.ref(value)
    except TypeError as e:
        print(type(e).__name__)

# A finalizer tells what it would do, does it once, and can be let off.
final = weakref.finalize(thing, note, 1, 2)
print(final.alive, final.peek()[0] is thing, final.peek()[2:])
print(final(), final.alive, final(), final.peek(), final.detach())
other = weakref.finalize(thing, note)
print(other.detach()[2:], other.alive, other())
with_keywords = weakref.finalize(thing, lambda *a, **k: print(a, k), 3, key="word")
with_keywords()


# What nothing holds is gone after a collection, but for the few that stale memory of the machine may still name.
def make(count):
    return [weakref.ref(Thing()) for i in range(count)]


references = make(200)
gc.collect()
alive = sum(reference() is not None for reference in references)
print(alive < 20)

done = []


def finalize(count):
    for i in range(count):
        weakref.finalize(Thing(), done.append, i)


finalize(200)
gc.collect()
print(len(done) > 180, len(set(done)) == len(done))


# A reference keeps its hash when its object is gone: so dicts forget it, however many die at once.
class Key:
    pass


def fill(table):
    keys = [Key() for _ in range(2000)]
    for key in keys:
        table[key] = 1
    return keys


table = weakref.WeakKeyDictionary()
keys = fill(table)
print(len(table), len(table.data))
del keys
gc.collect()
print(len(table), len(table.data))
reference = weakref.ref(Key())
gc.collect()
try:
    hash(reference)
except TypeError as e:
    print(e)
