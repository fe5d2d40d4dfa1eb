# A container asks the object itself whether it is one of its own, not the dict, list or number that it derives from.
from collections import OrderedDict
class Hashed(dict):
    def __hash__(self):
        return 5
    def __eq__(self, other):
        return self is other
one, two = Hashed(x=1), Hashed(x=1)
class Keys(dict):
    pass
for kind in dict, OrderedDict, Keys:
    keys = kind()
    keys[one] = None
    print(one in keys, two in keys, keys.setdefault(one, 3), next(iter(keys)) is one)
class Items(list):
    pass
print(one in Items([one]), two in Items([one]), two in [one])
class Text(str):
    pass
print(Text("b") in Text("abc"), Text("d") in Text("abc"))
