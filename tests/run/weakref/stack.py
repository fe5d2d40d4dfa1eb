# What Python refers to no more is gone after gc.collect(), whatever the machine's stack still names.
import gc
import weakref


class A:
    pass


def told(reference):
    print("told", reference())


def many(depth):
    if depth:
        return many(depth - 1)
    first = A()
    one = weakref.ref(first, told)
    two = weakref.ref(first)
    print(one() is first, two() is first)
    first = None
    gc.collect()
    return one(), two()


print(many(0), many(5))


def steps():
    thing = A()
    yield weakref.ref(thing)
    thing = None
    gc.collect()
    yield None


for step in steps():
    reference = step or reference
gc.collect()
print(reference())
