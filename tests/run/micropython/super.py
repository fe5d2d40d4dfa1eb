# not CPython: only a board's heap can be locked.
import micropython


class A:
    def method(self):
        return 42


class B(A):
    def method(self):
        return super().method()


class C(B):
    def method(self):
        return super().method()


c = C()
micropython.heap_lock()
try:
    answer = c.method()
finally:
    micropython.heap_unlock()
print(answer)
