# needs: import os, socket; os.close; os.path.exists("/dev/null") or 1 / 0
# A descriptor that was closed by its number: the file that had it says so, nothing breaks.
import os
import socket

f = open("/dev/null", "rb", 0)
os.close(f.fileno())
try:
    f.close()
except OSError as e:
    print(type(e).__name__, e.errno)
s = socket.socket()
os.close(s.fileno())
try:
    s.close()
except OSError as e:
    pass
print("goes on")
