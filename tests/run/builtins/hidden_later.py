# A name that becomes global hides the builtin at once, however it got there, also where the builtin was called before.


def size(x):
    return len(x)


def biggest(x):
    return max(x)


for turn in range(6):
    size([1]), biggest([1, 2])
globals().update(len=lambda x: "mine")
print(size([1]), biggest([1, 2]))
globals()["max"] = lambda x: "largest"
print(size([1]), biggest([1, 2]))
del globals()["max"]
print(size([1]), biggest([1, 2]))
globals().pop("len")
print(size([1, 2, 3]), biggest([1, 2]))

# Names come and go, and take the places of others.
for turn in range(6):
    size([1])
for number in range(20):
    globals()["name%d" % number] = number
    size([1])
for number in range(20):
    del globals()["name%d" % number]
    globals().setdefault("len", lambda x: number)
    print(size([1]), end=" ")
    del globals()["len"]
    print(size([1]), end=" ")
print()

space = {}
exec("def f(x): return len(x)\nfor i in range(5): f([])", space)
f = space["f"]
print(f([1]))
space.clear()
space["len"] = lambda x: "new"
print(f([1]))
