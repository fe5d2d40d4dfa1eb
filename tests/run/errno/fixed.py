# not CPython: its errno.errorcode can be changed.
import errno

for change in (
    lambda: errno.errorcode.clear(),
    lambda: errno.errorcode.pop(2),
    lambda: errno.errorcode.popitem(),
    lambda: errno.errorcode.setdefault(2, "x"),
    lambda: errno.errorcode.update({2: "x"}),
    lambda: errno.errorcode.__setitem__(2, "x"),
    lambda: errno.errorcode.__delitem__(2),
):
    try:
        change()
        print("changed")
    except TypeError:
        print("TypeError")

copy = errno.errorcode.copy()
print(copy == errno.errorcode, {0: "OK"} | errno.errorcode == {0: "OK", **copy}, errno.errorcode | {0: "OK"} == {0: "OK", **copy})
copy[2] = "mine"
print(copy[2], errno.errorcode[2], type(errno.errorcode).__name__, isinstance(errno.errorcode, dict))
