# needs: from collections import UserList
# A list that wraps another hands its items out as its class does.
from collections import UserList, UserString


class Doubled(UserList):
    def __getitem__(self, i):
        item = super().__getitem__(i)
        return item if isinstance(i, slice) else item * 2


class Both(Doubled, list):
    pass


for kind in UserList, Doubled, Both:
    items = kind([1, 2, 3])
    print(list(items), list(reversed(items)), items[0], items[1:].data, 2 in items, bool(items), len(items), bool(kind()))
grown = Doubled([1])
for item in grown:
    if len(grown) < 4:
        grown.append(item)
print(grown.data)
text = UserString("{a}")
print(text.format_map({"a": 1}), text.maketrans("a", "b"), "%s" % text, text.__getnewargs__(), complex(UserString("1j")))
