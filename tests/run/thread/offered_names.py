# What `from threading import *` brings: what the module has, not what it is made with.
# needs: import threading
space = {}
exec("from threading import *", space)
print("Thread" in space, "Barrier" in space, "sys" in space, "weakref" in space, "_thread" in space)
import threading

print([name for name in threading.__all__ if not hasattr(threading, name)])
