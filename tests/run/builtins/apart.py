# needs: import copy, pickle
# Programs with globals and locals apart.
g = {"x": 1}
l = {"y": 2}
exec("z = x + y\ndef f(): return x\n", g, l)
print(sorted(k for k in g if k != "__builtins__"), sorted(l), l["z"], l["f"]())
print(eval("x + y", g, l), eval("locals() is not None", g, l))
exec("print(sorted(locals())); print('z' in globals())", g, l)
class M(dict):
    def __missing__(self, k): return "missing " + k
print(eval("foo", {}, M()))
class NS:
    def __init__(self): self.d = {}
    def __getitem__(self, k):
        print("get", k); return self.d[k]
    def __setitem__(self, k, v): print("set", k); self.d[k] = v
    def __delitem__(self, k): print("del", k); del self.d[k]
exec("a = 1\nb = a + 1\ndel a\nprint(len('x'))", {}, NS())
code = compile("q = 7\nr = [1 for _ in 'a']\nimport math as m\nfrom math import *\nmatch q:\n  case int(k): pass\n", "x", "exec")
d = {}
exec(code, {}, d)
print(d["q"], d["r"], d["m"].pi == d["pi"], d["k"])
g = {}
exec(code, g); print(g["q"], g["r"])
def fn():
    v = 3
    exec("print(v)")
    print(eval("v+1"))
    loc = {}
    exec("v = 9", globals(), loc)
    return loc
print(fn())
exec("class C:\n  a = 1\n  def m(self): return y2\n", g, l)
try: l["C"]().m()
except NameError: print("no y2")
for call in (lambda: exec("1", [], {}), lambda: exec("1", {}, 5), lambda: eval("1", 5)):
    try: call()
    except TypeError as e: print(e)
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases): return Known(one=1)
    def __new__(mcs, name, bases, space): return super().__new__(mcs, name, bases, dict(space))
class Known(dict):
    def __missing__(self, key):
        if key.startswith("__") or key in ("print",): raise KeyError(key)
        return key.upper()
class K(metaclass=Meta):
    print(one, two)
    three = four
print(K.three)
