# What programs ask of a computer: sockets by name, fcntl, platform, names of hosts in ASCII.
import fcntl, os, platform, select, socket, stringprep, tempfile, threading
print(socket.timeout is TimeoutError, socket.error is OSError, issubclass(socket.gaierror, OSError), socket.has_ipv6, socket.getdefaulttimeout())
print(socket.inet_aton('127.1'), socket.inet_ntoa(b'\x01\x02\x03\x04'), socket.htons(1), socket.ntohl(0x01020304), socket.getservbyname('https'), socket.getprotobyname('udp'))
print(socket.gethostname() == platform.node() == os.uname().nodename, platform.system(), platform.architecture()[0], platform.python_version_tuple()[:2], platform.uname().machine == os.uname()[4])
a, b = socket.socketpair(); a.sendall(b'hello'); print(b.recv(9), a.family == socket.AF_UNIX, a.getblocking(), a.type == socket.SOCK_STREAM, a.proto)
number = a.detach(); print(a.fileno(), number >= 0); again = socket.socket(fileno=number); again.send(b'x'); print(b.recv(3)); again.close(); print(b.recv(3)); b.close()
with socket.create_server(('127.0.0.1', 0)) as server:
    def answer():
        made, _ = server.accept()
        made.sendall(made.recv(10)[::-1]); made.close()
    thread = threading.Thread(target=answer); thread.start()
    with socket.create_connection(server.getsockname(), timeout=10) as client: client.sendall(b'abc'); print(client.recv(10), client.gettimeout(), client.family == socket.AF_INET)
    thread.join(); port = server.getsockname()[1]
closed = socket.socket(family=socket.AF_INET, type=socket.SOCK_STREAM); print(closed.connect_ex(('127.0.0.1', port)) != 0)
try: socket.create_connection(('127.0.0.1', port), 10)
except ConnectionRefusedError: print('refused')
print([(int(a), int(b), *c) for a, b, *c in socket.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM)], socket.gethostbyname('127.0.0.1'), socket.getnameinfo(('1.2.3.4', 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
try: socket.getaddrinfo('x.y', 1, flags=socket.AI_NUMERICHOST)
except socket.gaierror as e: print(e.errno == socket.EAI_NONAME)
for name in ['ドメイン.テスト', 'pyth\u00f6n.org', 'a.b', 'Königsgäßchen', 'x' * 64, 'a..b', 'abc.']:
    for codec in 'idna', 'punycode':
        try: print(name.encode(codec), name.encode(codec).decode(codec))
        except UnicodeError as e: print(type(e).__name__)
print(stringprep.map_table_b2('ß'), stringprep.in_table_c12('\xa0'), stringprep.in_table_d1('\u0627'))
file = tempfile.TemporaryFile(); fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB); fcntl.lockf(file, fcntl.LOCK_EX); fcntl.lockf(file, fcntl.LOCK_UN)
flags = fcntl.fcntl(file, fcntl.F_GETFD); fcntl.fcntl(file.fileno(), fcntl.F_SETFD, flags ^ fcntl.FD_CLOEXEC); print(fcntl.fcntl(file, fcntl.F_GETFD) != flags)
try: fcntl.ioctl(file, 0x5413, bytes(8))
except OSError as e: print(e.errno)
descriptor, path = tempfile.mkstemp(); print(os.write(descriptor, b'x'), os.path.getsize(path), oct(os.stat(path).st_mode & 0o777)); os.close(descriptor); os.unlink(path)
try: os.fdopen(fcntl.fcntl(99, fcntl.F_GETFD))
except OSError as e: print(e.errno)
try: str(b'a\xff', 'ascii')
except UnicodeDecodeError as e: print(e)
print(__import__('os', fromlist=['path'], level=0).__name__, list(memoryview(b'ab').cast('c')))
class Mapped:
    def __getitem__(self, key): return key.upper()
print('%(a)s-%(b)s' % Mapped())
