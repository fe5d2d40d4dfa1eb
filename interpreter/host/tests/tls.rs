//! Encrypted connections: among Taipan's own programs, and with CPython's.
//!
//! The certificate in `tls/` is its own authority, made for `localhost`; its key is known to everybody.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls");

fn start(interpreter: &str, program: &str, arguments: &[&str]) -> Child {
    let mut command = Command::new(interpreter);
    command.args(["-c", program]).args(arguments).env_remove("MICROPYPATH").current_dir(FOLDER);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the program starts")
}

#[track_caller]
fn printed(program: &str) -> String {
    let output = start(env!("CARGO_BIN_EXE_taipan"), program, &[]).wait_with_output().expect("it ends");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn tasks_of_one_program_talk_in_secret() {
    let program = r#"
import asyncio, ssl
async def serve(reader, writer):
    line = await reader.readline()
    writer.write(line[::-1] * 20000)
    await writer.drain()
    writer.close()
    await writer.wait_closed()
async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("cert.pem", "key.pem")
    context.set_alpn_protocols(["h2", "http/1.1"])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    client = ssl.create_default_context(cafile="cert.pem")
    client.set_alpn_protocols(["http/1.1"])
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname="localhost")
    writer.write(b"drawer\n")
    await writer.drain()
    data = await reader.read()
    print("SSL" in type(writer.transport).__name__, reader.s.selected_alpn_protocol(), len(data), data[:8], reader.s.version(), reader.s.cipher()[0][:4], len(reader.s.getpeercert(True)) > 200)
    writer.close()
    server.close()
asyncio.run(main())
"#;
    assert_eq!(printed(program), "True http/1.1 140000 b'\\nreward\\n' TLSv1.3 TLS1 True\n");
}

/// A server that answers each connection with what it read, and says its port first.
const SERVER: &str = r#"
import socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("cert.pem", "key.pem")
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(5)
print(listener.getsockname()[1])
sys.stdout.flush()
for _ in range(int(sys.argv[1])):
    connection, _ = listener.accept()
    try:
        secret = context.wrap_socket(connection, server_side=True)
        secret.write(b"got " + secret.recv(100))
        secret.close()
    except OSError:
        connection.close()
"#;

const CLIENT: &str = r#"
import socket, ssl, sys
def ask(**options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    name = options.pop("name")
    if "check_hostname" in dir(context):
        context.check_hostname = False
    context.verify_mode = options.pop("mode")
    if options:
        context.load_verify_locations(**options)
    connection = socket.socket()
    connection.connect(("127.0.0.1", int(sys.argv[1])))
    try:
        secret = context.wrap_socket(connection, server_hostname=name)
        secret.write(b"it")
        print(secret.recv(100))
        secret.close()
    except OSError as error:
        print("refused")
        connection.close()
ask(mode=ssl.CERT_NONE, name=None)
ask(mode=ssl.CERT_REQUIRED, name="localhost", cafile="cert.pem")
ask(mode=ssl.CERT_REQUIRED, name="localhost")
"#;

/// The port that a server said.
fn port(server: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("it was asked for")).read_line(&mut line).expect("it says its port");
    line.trim().to_owned()
}

#[track_caller]
fn between(server: &str, client: &str) {
    let mut server = start(server, SERVER, &["3"]);
    let port = port(&mut server);
    let output = start(client, CLIENT, &[&port]).wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "b'got it'\nb'got it'\nrefused\n");
    assert!(server.wait().expect("it ends").success());
}

#[test]
fn a_client_of_cpython_is_served() {
    between(env!("CARGO_BIN_EXE_taipan"), "python3");
}

#[test]
fn a_server_of_cpython_is_asked() {
    between("python3", env!("CARGO_BIN_EXE_taipan"));
}

#[test]
fn both_sides_are_taipan() {
    between(env!("CARGO_BIN_EXE_taipan"), env!("CARGO_BIN_EXE_taipan"));
}

/// What a verified certificate says, and one that nobody has looked at; one of another host is refused unless any will do.
const READER: &str = r#"
import socket, ssl, sys
def ask(name, **options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations("cert.pem")
    for option, value in options.items():
        setattr(context, option, value)
    connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    try:
        secret = context.wrap_socket(connection, server_hostname=name)
        secret.sendall(b"it")
        print(sorted(secret.getpeercert().items()), secret.recv(100))
        secret.close()
    except ssl.SSLCertVerificationError:
        print("refused")
        connection.close()
ask("localhost")
ask("localhost", check_hostname=False, verify_mode=ssl.CERT_NONE)
ask("elsewhere.org", check_hostname=False)
ask("elsewhere.org")
"#;

#[test]
fn a_certificate_says_what_cpython_reads_in_it() {
    let read = |reader: &str| {
        let mut server = start(env!("CARGO_BIN_EXE_taipan"), SERVER, &["4"]);
        let port = port(&mut server);
        let output = start(reader, READER, &[&port]).wait_with_output().expect("it ends");
        assert!(server.wait().expect("it ends").success());
        String::from_utf8(output.stdout).expect("text")
    };
    let ours = read(env!("CARGO_BIN_EXE_taipan"));
    assert!(ours.contains("('subjectAltName', (") && ours.ends_with("refused\n"), "{ours}");
    assert_eq!(ours, read("python3"));
}

#[test]
fn an_encrypted_socket_is_a_stream_of_text_as_well() {
    let program = r#"
import socket, ssl, threading
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("cert.pem", "key.pem")
listener = socket.create_server(("127.0.0.1", 0))
def serve():
    secret = context.wrap_socket(listener.accept()[0], server_side=True)
    lines = secret.makefile("rb")
    secret.sendall(b"hello\r\n")
    print(lines.readline())
    secret.sendall("\u00e9\n".encode())
    secret.close()
    lines.close()
server = threading.Thread(target=serve)
server.start()
client = ssl.create_default_context(cafile="cert.pem")
secret = client.wrap_socket(socket.create_connection(listener.getsockname()), server_hostname="localhost")
lines = secret.makefile("r", encoding="utf-8")
print(repr(lines.readline()), secret.getpeername() == listener.getsockname(), secret.pending())
secret.sendall(b"hi\r\n")
print(ascii(lines.readline()))
server.join()
print(secret.recv_into(bytearray(4)))
"#;
    assert_eq!(printed(program), "'hello\\n' True 0\nb'hi\\r\\n'\n'\\xe9\\n'\n0\n");
}

#[test]
fn what_is_wrong_is_said() {
    let program = r#"
import io, ssl, tls
context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
for attempt in (
    lambda: tls.SSLContext(7),
    lambda: context.wrap_socket(io.BytesIO()),
    lambda: context.wrap_socket(io.BytesIO(), server_hostname="no host"),
    lambda: context.load_cert_chain(b"!", b"!"),
    lambda: context.load_verify_locations(b"!"),
    lambda: context.set_ciphers(["ROT13"]),
    lambda: setattr(context, "verify_mode", 9),
    lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(io.BytesIO()),
):
    try:
        attempt()
    except (OSError, ValueError) as error:
        print(type(error).__name__, error)
print(issubclass(ssl.SSLCertVerificationError, ssl.SSLError), issubclass(ssl.SSLError, OSError), ssl.SSLError is OSError)
"#;
    let expected = "ValueError the protocol is PROTOCOL_TLS_CLIENT or PROTOCOL_TLS_SERVER\n\
        ValueError CERT_REQUIRED needs server_hostname\n\
        ValueError server_hostname is no name of a host\n\
        ValueError invalid key\n\
        ValueError invalid cert\n\
        SSLError [Errno 5] no such cipher\n\
        ValueError verify_mode is CERT_NONE, CERT_OPTIONAL or CERT_REQUIRED\n\
        SSLError [Errno 5] the peer closed the connection while it was set up\n\
        True True False\n";
    assert_eq!(printed(program), expected);
}

/// CPython prints the same, but for the names of ciphers.
#[test]
fn a_session_lies_between_buffers() {
    let program = r#"
import ssl
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain("cert.pem", "key.pem")
client = ssl.create_default_context(cafile="cert.pem")
client_in, client_out, server_in, server_out = [ssl.MemoryBIO() for _ in range(4)]
asks = client.wrap_bio(client_in, client_out, server_hostname="localhost")
answers = server.wrap_bio(server_in, server_out, server_side=True)
def carry():
    server_in.write(client_out.read())
    client_in.write(server_out.read())
greeting = [asks, answers]
while greeting:
    for side in list(greeting):
        try:
            side.do_handshake()
            greeting.remove(side)
        except ssl.SSLWantReadError:
            pass
    carry()
print(asks.version(), answers.version(), asks.server_hostname, answers.server_side)
print(asks.write(b"hello" * 1000))
carry()
got = b""
while len(got) < 5000:
    got += answers.read(4096)
print(got == b"hello" * 1000)
try:
    answers.read(10)
except ssl.SSLWantReadError as error:
    print(error.errno)
answers.write(b"answer")
carry()
room = bytearray(10)
print(asks.read(10, room), bytes(room))
try:
    asks.unwrap()
except ssl.SSLWantReadError:
    print("waits for the other side")
carry()
print(answers.read(10))
answers.unwrap()
carry()
asks.unwrap()
ended = ssl.MemoryBIO()
print(ended.write(b"abc"), ended.pending, ended.read(2), ended.eof)
ended.write_eof()
print(ended.read(), ended.eof, ended.read())
"#;
    let expected = "TLSv1.3 TLSv1.3 localhost True\n5000\nTrue\n2\n6 b'answer\\x00\\x00\\x00\\x00'\nwaits for the other side\nb''\n\
                    3 3 b'ab' False\nb'c' True b''\n";
    assert_eq!(printed(program), expected);
}
