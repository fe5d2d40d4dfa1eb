# needs: import socket
# Connections that end: each side learns of the other's `close`, once it has what was written.
import asyncio

SIZE = 3_000_000


async def answer(reader, writer):
    line = await reader.readline()
    if line == b"much\n":
        # More than the system takes at once, and nobody waits for it.
        writer.write(b"x" * SIZE)
    else:
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def ask(port, question):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(question)
    await writer.drain()
    answered = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answered


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(await ask(port, b"hello\n"))
    print(len(await ask(port, b"much\n")) == SIZE)
    print(await asyncio.gather(*[ask(port, b"%d\n" % number) for number in range(5)]))
    _, unused = await asyncio.open_connection("127.0.0.1", port)
    unused.close()
    unused.close()
    await unused.wait_closed()
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except OSError as error:
        print("refused")


asyncio.run(main())
