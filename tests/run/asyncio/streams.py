# needs: import signal, tempfile
# not CPython: separators as a tuple, and names of sockets that go with their server, are 3.13's
# Streams as CPython has them: limits, separators, sockets with a name, pipes, signals, threads.
import asyncio
import os
import signal
import socket
import tempfile
from concurrent.futures import ThreadPoolExecutor


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(b"echo " + line)
        await writer.drain()
    writer.close()


def fed(data, limit=100):
    reader = asyncio.StreamReader(limit)
    reader.feed_data(data)
    reader.feed_eof()
    return reader


async def failing(awaitable):
    try:
        return await awaitable
    except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        return type(error).__name__


async def readers():
    reader = fed(b"a line that is too long\nthe next", 10)
    print(await failing(reader.readline()), await reader.readline(), reader.at_eof())
    reader = fed(b"one;two,three")
    print([await failing(reader.readuntil((b",", b";"))) for _ in range(3)])
    reader = fed(b"exactly")
    print(await reader.readexactly(3), await failing(reader.readexactly(9)), await reader.read())
    print(await failing(fed(b"x" * 50, 10).readuntil(b"y")))
    print([line async for line in fed(b"1\n2\n3")])
    waiting = asyncio.StreamReader()
    task = asyncio.create_task(waiting.read(5))
    await asyncio.sleep(0)
    waiting.feed_data(b"at last")
    print(await task)


async def sockets():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    print(isinstance(reader, asyncio.StreamReader), isinstance(writer, asyncio.StreamWriter), server.is_serving())
    writer.write(b"a\nb\n")
    writer.write_eof()
    print(await reader.read(), reader.at_eof(), writer.is_closing())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    print(server.is_serving(), server.sockets)
    path = os.path.join(tempfile.mkdtemp(), "name")
    server = await asyncio.start_unix_server(echo, path)
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b"by name\n")
    print(await reader.readline())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    print(os.path.exists(path))


async def system():
    loop = asyncio.get_running_loop()
    came = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, came.set)
    loop.call_later(0.01, os.kill, os.getpid(), signal.SIGUSR1)
    await asyncio.wait_for(came.wait(), 10)
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    output, input = os.pipe()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(output, "rb"))
    transport, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(input, "wb"))
    transport.write(b"through a pipe")
    transport.close()
    print(await reader.read())
    output, input = os.pipe()
    ready = loop.create_future()
    loop.add_reader(output, lambda: ready.done() or ready.set_result(os.read(output, 9)))
    os.write(input, b"a number")
    print(await ready, loop.remove_reader(output), loop.remove_reader(output))
    with ThreadPoolExecutor() as pool:
        print(await loop.run_in_executor(pool, pow, 2, 10), await loop.run_in_executor(None, pow, 2, 11))


async def files_and_pairs():
    loop = asyncio.get_running_loop()
    left, right = socket.socketpair()
    for each in left, right:
        each.setblocking(False)
    data = bytes(range(256)) * 4000
    sending = asyncio.create_task(loop.sock_sendall(left, data))
    room, count = bytearray(1 << 16), 0
    while count < len(data):
        count += await loop.sock_recv_into(right, room)
    await sending
    waiting = asyncio.create_task(loop.sock_recv(left, 100))
    await asyncio.sleep(0)
    await loop.sock_sendall(right, b"back")
    print(count, await waiting)
    reader, writer = await asyncio.open_connection(sock=right)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        sending = asyncio.create_task(loop.sendfile(writer.transport, file, 1000, len(data) - 2000))
        found = b""
        while len(found) < len(data) - 2000:
            found += await loop.sock_recv(left, 1 << 16)
        print(await sending, found == data[1000:-1000])
    writer.close()
    await writer.wait_closed()
    left.close()


asyncio.run(readers())
asyncio.run(sockets())
asyncio.run(files_and_pairs())
asyncio.run(system())
