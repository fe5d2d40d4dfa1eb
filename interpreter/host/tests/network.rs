//! Sockets and connections between tasks of one program, over this computer's own network.

use std::process::{Command, Stdio};

#[track_caller]
fn printed(program: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taipan"));
    command.args(["-c", program]).env_remove("MICROPYPATH").stdin(Stdio::null());
    let output = command.output().expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_socket_is_a_stream_that_waits_as_long_as_it_was_told() {
    let program = r#"
import errno, select, socket
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
print(address == client.getsockname())
client.sendall(b"hello\nworld\n")
print(server.recv(6, socket.MSG_PEEK), server.readline(), server.read(3))
server.setblocking(False)
print(server.read(100), server.read(5), server.readline())
for timeout in (0, 0.001):
    server.settimeout(timeout)
    try:
        server.recv(1)
    except OSError as error:
        print(error)
poll = select.poll()
poll.register(server, select.POLLIN)
poll.register(client, select.POLLOUT)
print([(stream is client, events) for stream, events in poll.poll()])
client.close()
print(server.recv(5), server.read(), client.fileno())
"#;
    let expected = "True\nb'hello\\n' b'hello\\n' b'wor'\nb'ld\\n' None None\n[Errno 11] Resource temporarily unavailable\n[Errno 110] ETIMEDOUT\n\
        [(True, 4)]\nb'' b'' -1\n";
    assert_eq!(printed(program), expected);
}

#[test]
fn datagrams_and_names_of_addresses() {
    let program = r#"
import socket
a, b = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
a.bind(("127.0.0.1", 0))
b.sendto(b"ping", a.getsockname())
data, sender = a.recvfrom(100)
a.sendto(data + b" pong", sender)
buffer = bytearray(20)
print(b.recv_into(buffer), buffer[:9])
print(socket.getaddrinfo("127.0.0.1", 80, 0, socket.SOCK_STREAM))
print(socket.inet_pton(socket.AF_INET, "1.2.3.4"), socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\x01"))
"#;
    let expected = "9 bytearray(b'ping pong')\n[(2, 1, 6, '', ('127.0.0.1', 80))]\nb'\\x01\\x02\\x03\\x04' ::1\n";
    assert_eq!(printed(program), expected);
}

#[test]
fn asyncio_serves_and_connects() {
    let program = r#"
import asyncio

async def echo(reader, writer):
    writer.write(b"echo " + await reader.readline())
    await writer.drain()
    writer.close()
    await writer.wait_closed()

async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
    writer.write(b"hello\n")
    await writer.drain()
    print(await reader.read())
    server.close()
    await server.wait_closed()

asyncio.run(main())
"#;
    assert_eq!(printed(program), "b'echo hello\\n'\n");
}
