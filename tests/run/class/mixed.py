# needs: import copy, pickle
class Plain:
    def __getitem__(self, k): return "plain", k
    def __len__(self): return 42
    def __contains__(self, k): return True
    def __iter__(self): return iter("xyz")
    def __setitem__(self, k, v): print("set", k, v)
    def __eq__(self, o): return "eq"
    def get(self, k): return "plainget"
class E(dict, Plain): pass
class F(Plain, dict): pass
e = E(a=1); f = F(a=1)
print(e["a"], len(e), "b" in e, list(e), e == {}, e.get("a"))
print(f["a"], len(f), "b" in f, list(f), f == {}, f.get("a"))
e["q"] = 2; f["q"] = 3
print(dict.__len__(e), dict.__len__(f))
try: e["zz"]
except KeyError as x: print("KeyError", x)
class L(list, Plain): pass
l = L([1,2]); print(l[0], len(l), list(l), 5 in l)
class CallbackDict(dict):
    def __init__(self, initial=None): super().__init__(initial or {})
class Mixin:
    def __setitem__(self, k, v): print("mixin set", k); super().__setitem__(k, v)
    def __delitem__(self, k): print("mixin del"); super().__delitem__(k)
class U(Mixin, dict): pass
class S(U, Plain): pass
s = S(); s["x"] = 1; print(s["x"], len(s)); del s["x"]; print(len(s))
from collections import OrderedDict
class O(OrderedDict, Plain): pass
o = O(a=1); print(o["a"], len(o), list(o))
class I(int, Plain): pass
i = I(3); print(i[0], len(i), i == 3)
class T(tuple, Plain): pass
print(T((1,))[0], len(T()))
