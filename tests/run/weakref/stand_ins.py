# Proxies do all that their object does; references to an object are counted; methods are referred to until object or function is gone.
# needs: from weakref import getweakrefs
# short of memory: callbacks may be told of later
import gc
import weakref


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return "add", other

    def __radd__(self, other):
        return "radd", other

    def __matmul__(self, other):
        return "at"

    def __iadd__(self, other):
        return "iadd"

    def __index__(self):
        return self.value

    def __len__(self):
        return 5

    def __getitem__(self, key):
        return key

    def __bytes__(self):
        return b"bytes"

    def method(self):
        return self.value


class Called:
    def __call__(self, *args, **more):
        return args, more


number = Number(3)
proxy = weakref.proxy(number)
print(proxy + 1, 1 + proxy, proxy @ 2, list("abcd")[proxy], len(proxy), proxy["key"], bytes(proxy), proxy.method(), bool(proxy))
print(proxy == number, isinstance(proxy, Number), type(proxy) is weakref.ProxyType, callable(proxy), proxy + proxy == ("add", number))
other = weakref.proxy(number)
other += 1
print(other)
try:
    next(proxy)
except TypeError:
    print("no iterator")
called = Called()
print(weakref.proxy(called)(1, a=2), type(weakref.proxy(called)) is weakref.CallableProxyType)

reference = weakref.ref(number, lambda _: None)
print(weakref.getweakrefcount(called.__class__) >= 0, reference in weakref.getweakrefs(number), weakref.getweakrefs(Called()))
method = weakref.WeakMethod(number.method, lambda gone: print("gone", gone is method))
print(method()(), method == weakref.WeakMethod(number.method), isinstance(method, weakref.ref))
values = weakref.WeakValueDictionary(a=number)
print(sorted((values | {"b": called}).keys()), type({"b": called} | values).__name__, next(values.items())[0], values.get("none", 7))
keys = weakref.WeakKeyDictionary({called: 1})
keys |= {number: 2}
print(sorted(keys.values()), len(keys))
del number
gc.collect()
print(method(), len(keys))
try:
    proxy.method()
except ReferenceError as error:
    print(error)
for wrong in print, 1:
    try:
        weakref.WeakMethod(wrong)
    except TypeError as error:
        print("refused")
