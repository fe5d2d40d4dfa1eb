# The timeout that new sockets have unless they are told.
import socket
socket.setdefaulttimeout(0.05)
a = socket.socket(); print(a.gettimeout()); a.bind(("127.0.0.1", 0)); a.listen()
try: a.accept()
except TimeoutError as e: print("timed out")
a.close()
socket.setdefaulttimeout(None); s = socket.socket(); print(s.gettimeout()); s.close()
with socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as s: print(s.gettimeout(), s.type == socket.SOCK_STREAM)
for w in (-1, "x"):
    try: socket.setdefaulttimeout(w)
    except (ValueError, TypeError) as e: print(type(e).__name__)
