# needs: import subprocess, socket, threading
# A program ends while its threads sleep, count, or have just begun to wait for a visitor: they end with it, quietly.
import subprocess
import sys

PROGRAM = """
import socket, threading, time

listener = socket.create_server(("127.0.0.1", 0))

def accept():
    while True:
        visitor, _ = listener.accept()
        visitor.recv(10)
        visitor.close()

def sleep():
    while True:
        time.sleep(0.001)

def count():
    while True:
        pass

for body in [accept] * 4 + %s:
    threading.Thread(target=body, daemon=True).start()
for _ in range(3):
    with socket.create_connection(listener.getsockname()) as visit:
        visit.sendall(b"hello")
        visit.recv(1)
print("end")
"""

for others, times in ("[]", 30), ("[sleep] * 20 + [count] * 2", 5):
    ended = [subprocess.run([sys.executable, "-c", PROGRAM % others], capture_output=True, text=True) for _ in range(times)]
    print({(one.returncode, one.stdout, one.stderr) for one in ended})
