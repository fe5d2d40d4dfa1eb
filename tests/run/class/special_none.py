# needs: import ctypes
# A special method that is None says that there is none, whatever a base has.
def tell(function):
    try: print(function())
    except TypeError as e: print(e)
class Walker: __iter__ = None
class Items:
    __iter__ = None
    def __getitem__(self, index): return (1, 2)[index]
class Numbers(list): __iter__ = __contains__ = None
for kind in Walker, Items, Numbers:
    for use in iter, list, lambda it: [*it], lambda it: 1 in it, lambda it: max(it):
        tell(lambda: use(kind()))
class Plain:
    def __getitem__(self, index): return (1, 2)[index]
class Given:
    def __iter__(self): return iter((3, 4))
print(bytes(Plain()), bytearray(Given()), bytes(Given()))
class Empty:
    __len__ = __bool__ = __str__ = __repr__ = None
for use in len, bool, str, repr:
    tell(lambda: use(Empty()))
