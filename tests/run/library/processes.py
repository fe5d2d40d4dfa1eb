# Processes as copies: os.fork and what is around it, multiprocessing, pools.
# needs: import multiprocessing, resource, pty
import multiprocessing
import os
import resource
import socket
import socketserver
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.pool import ThreadPool

# A copy ends as it likes.
pid = os.fork()
if pid == 0:
    os._exit(7)
found, status = os.waitpid(pid, 0)
print(found == pid, os.WIFEXITED(status), os.WEXITSTATUS(status), os.waitstatus_to_exitcode(status))
pid = os.fork()
if pid == 0:
    sys.exit(3)
print(os.WEXITSTATUS(os.wait()[1]))
pid = os.fork()
if pid == 0:
    os.execvp("echo", ["echo", "another program"])
os.waitpid(pid, 0)
pid = os.fork()
if pid == 0:
    time.sleep(100)
os.kill(pid, 15)
status = os.waitpid(pid, 0)[1]
print(os.WIFSIGNALED(status), os.WTERMSIG(status))
try:
    os.waitpid(-1, 0)
except ChildProcessError as error:
    print(error.errno)
try:
    os.execv("/nowhere/at/all", ["x"])
except FileNotFoundError:
    print("not found")
print(os.spawnlp(os.P_WAIT, "sh", "sh", "-c", "exit 5"))
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(r)
    os.write(w, b"x" * 100000)
    os._exit(0)
os.close(w)
got = 0
while data := os.read(r, 65536):
    got += len(data)
print(got)
os.waitpid(pid, 0)
calls = []
os.register_at_fork(before=lambda: calls.append("before"), after_in_parent=lambda: calls.append("parent"), after_in_child=lambda: calls.append("child"))
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(w, repr(calls).encode())
    os._exit(0)
os.waitpid(pid, 0)
print(calls, os.read(r, 100))
master, slave = os.openpty()
print(os.isatty(slave), os.ttyname(slave).startswith("/dev/"))
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
print(soft > 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0, os.times().user >= 0, len(os.getloadavg()), os.sysconf("SC_PAGESIZE") % 1024)
with open("/proc/self/status" if os.path.exists("/proc/self/status") else __file__, "rb") as file:
    print(len(os.pread(file.fileno(), 5, 2)))


def square(x):
    return x * x


def fail(x):
    raise ValueError("bad %d" % x)


def fill(queue, count):
    for number in range(count):
        queue.put(number)


def add(value, lock, count):
    for _ in range(count):
        with lock:
            value.value += 1


def answer(link):
    while (asked := link.recv()) is not None:
        link.send(asked * 2)


def begin(number):
    global base
    base = number


def based(x):
    return base + x


def double(array):
    for place in range(len(array)):
        array[place] *= 2


def note(table, names, number):
    table[number] = number * number
    names.append(number)


with multiprocessing.Pool(2) as pool:
    print(pool.map(square, range(8)), pool.starmap(pow, [(2, 3), (3, 2)]), pool.apply(max, (3, 5)))
    print(sorted(pool.imap_unordered(square, range(4))), list(pool.imap(square, range(4), chunksize=3)))
    try:
        pool.map(fail, [1])
    except ValueError as error:
        print(error, "fail" in str(error.__cause__))
    result = pool.apply_async(square, (9,))
    print(result.get(10), result.ready(), result.successful())
with multiprocessing.Pool(1, begin, (100,)) as pool:
    print(pool.map(based, [1, 2]))
queue = multiprocessing.Queue()
children = [multiprocessing.Process(target=fill, args=(queue, 4)) for _ in range(2)]
for child in children:
    child.start()
print(sorted([queue.get() for _ in range(8)]))
for child in children:
    child.join()
print([child.exitcode for child in children], queue.empty(), children[0].is_alive())
value, lock = multiprocessing.Value("i", 5), multiprocessing.Lock()
children = [multiprocessing.Process(target=add, args=(value, lock, 20)) for _ in range(2)]
for child in children:
    child.start()
for child in children:
    child.join()
print(value.value)
array = multiprocessing.Array("d", [1.5, 2.5])
child = multiprocessing.Process(target=double, args=(array,))
child.start()
child.join()
print(array[:], len(array))
here, there = multiprocessing.Pipe()
child = multiprocessing.Process(target=answer, args=(there,))
child.start()
here.send([1])
print(here.recv(), here.poll(), here.poll(0))
here.send(None)
child.join()
child = multiprocessing.Process(target=sys.exit, args=(4,), name="four")
child.start()
child.join()
print(child.exitcode, child.name, multiprocessing.current_process().name, multiprocessing.parent_process())
child = multiprocessing.Process(target=time.sleep, args=(100,), daemon=True)
child.start()
print(child.is_alive(), child.daemon)
child.terminate()
child.join()
print(child.exitcode)
with multiprocessing.Manager() as manager:
    table, names = manager.dict(), manager.list()
    children = [multiprocessing.Process(target=note, args=(table, names, number)) for number in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print(sorted(table.items()), sorted(names), table[2], len(names))
try:
    multiprocessing.Queue().get(timeout=0.01)
except Exception as error:
    print(type(error).__name__)
with ProcessPoolExecutor(2) as executor:
    print(list(executor.map(square, range(5), chunksize=2)), executor.submit(square, 12).result(), repr(executor.submit(fail, 3).exception()).replace(",)", ")"))
with ThreadPool(2) as pool:
    print(pool.map(square, [3, 4]))


# A server whose requests are processes.
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline()
        if line == b"fail\n":
            os._exit(1)
        self.wfile.write(line.upper() + str(os.getpid() == own).encode())


own = os.getpid()
with socketserver.ForkingTCPServer(("127.0.0.1", 0), Echo) as server:
    for text in b"one\n", b"fail\n", b"two\n":
        with socket.create_connection(server.server_address) as line:
            line.sendall(text)
            server.handle_request()
            print(line.makefile("rb").read())
    print(1 <= len(server.active_children) <= 3)
print(server.active_children)
# What a copy finds by chance is its own.
os.urandom(4); r, w = os.pipe(); child = os.fork()
if not child: os.write(w, os.urandom(16)); os._exit(0)
print(os.read(r, 16) != os.urandom(16), os.waitpid(child, 0)[1])
