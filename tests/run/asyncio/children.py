# Children: their streams, their ends, and the protocols that hear of both.
# needs: import asyncio.subprocess
import asyncio
import select
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT


async def main():
    child = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    print(child.pid > 0, child.returncode, child.stderr)
    child.stdin.write(b"one\ntwo\n")
    await child.stdin.drain()
    print(await child.stdout.readline())
    child.stdin.close()
    await child.stdin.wait_closed()
    print(await child.stdout.read(), await child.wait(), child.returncode)

    child = await asyncio.create_subprocess_shell("cat; echo err >&2; exit 3", stdin=PIPE, stdout=PIPE, stderr=PIPE)
    out, err = await child.communicate(b"x" * 200000)
    print(len(out), err, child.returncode)

    child = await asyncio.create_subprocess_shell("echo out; echo err >&2", stdout=PIPE, stderr=STDOUT, stdin=DEVNULL)
    print(await child.communicate())

    child = await asyncio.create_subprocess_exec("sleep", "100")
    try:
        await asyncio.wait_for(child.wait(), 0.01)
    except asyncio.TimeoutError:
        print("still there", child.returncode)
    child.terminate()
    print(await child.wait())
    try:
        child.send_signal(9)
    except ProcessLookupError:
        print("gone")

    # Several at once, with other tasks between.
    async def one(number):
        child = await asyncio.create_subprocess_shell("read x; echo $x", stdin=PIPE, stdout=PIPE)
        return await child.communicate(b"%d\n" % number)

    print(await asyncio.gather(*map(one, range(5))))

    # Lines that are too long for the limit.
    child = await asyncio.create_subprocess_shell("printf '%050d\\n' 1; echo two", stdout=PIPE, limit=16)
    try:
        await child.stdout.readline()
    except ValueError as error:
        print(error)
    print(await child.stdout.readline(), await child.wait())
    async for line in (await asyncio.create_subprocess_shell("echo a; echo b", stdout=PIPE)).stdout:
        print(line)

    for wrong in ({"shell": True}, {"bufsize": 1}, {"text": True}, {"encoding": "utf-8"}):
        try:
            await asyncio.create_subprocess_exec("true", **wrong)
        except ValueError as error:
            print(error)
    try:
        await asyncio.create_subprocess_exec("/no/such/program")
    except FileNotFoundError as error:
        print(error.filename)


asyncio.run(main())


class Hears(asyncio.SubprocessProtocol):
    def __init__(self, ended):
        self.ended, self.events = ended, []

    def connection_made(self, transport):
        self.transport = transport
        transport.get_pipe_transport(0).write(b"hello")
        transport.get_pipe_transport(0).close()

    def pipe_data_received(self, fd, data):
        self.events.append((fd, data))

    def pipe_connection_lost(self, fd, exc):
        self.events.append((fd, exc))

    def process_exited(self):
        self.events.append("exited")

    def connection_lost(self, exc):
        self.ended.set_result(exc)


async def protocols():
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    transport, protocol = await loop.subprocess_exec(lambda: Hears(ended), "cat")
    print(await ended, transport.get_pid() > 0, transport.get_returncode())
    print(sorted(map(str, protocol.events)))
    transport.close()


asyncio.run(protocols())

# The pipes of a child are descriptors.
with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
    print(isinstance(child.stdout.fileno(), int), select.select([child.stdout], [], [], 0)[0])
    child.stdin.write(b"abc")
    child.stdin.flush()
    print(select.select([child.stdout], [], [], 5)[0] == [child.stdout], child.stdout.read1(10))
    child.stdin.close()
    print(child.stdout.read())
with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
    child.stdin.write("a\u00e4\n")
    child.stdin.flush()
    print(ascii(child.stdout.readline()))
child = subprocess.Popen("echo first; sleep 100", shell=True, stdout=subprocess.PIPE)
try:
    child.communicate(timeout=0.3)
except subprocess.TimeoutExpired as error:
    print(error.output)
child.kill()
first = subprocess.Popen(["echo", "through"], stdout=subprocess.PIPE)
second = subprocess.Popen(["cat"], stdin=first.stdout, stdout=subprocess.PIPE)
first.stdout.close()
print(second.communicate(), first.wait())
