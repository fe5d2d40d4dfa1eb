//! WebREPL: the password, files and the prompt, as its clients speak it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Far more than an answer takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

fn taipan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taipan"));
    command.args(arguments).env_remove("MICROPYPATH").current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

/// A websocket in memory: frames in, frames out.
const FILES: &str = r#"
import io, os, struct, _webrepl
class Socket(io.IOBase):
    def __init__(self, *frames):
        self.frames, self.out, self.kind, self.seen = list(frames), [], 1, 1
    def read(self, size):
        if not self.frames:
            return None
        self.seen, data = self.frames.pop(0)
        if data[size:]:
            self.frames.insert(0, (self.seen, data[size:]))
        return data[:size]
    def write(self, data):
        self.out.append((self.kind, data.encode() if isinstance(data, str) else bytes(data)))
    def ioctl(self, request, argument):
        if request == 8:
            return self.seen
        if request == 9:
            before, self.kind = self.kind, argument
            return before
        return 0
def request(operation, name=b"", size=0, sign=b"WA"):
    return 2, struct.pack("<2sBBQLH64s", sign, operation, 0, 0, size, len(name), name)
_webrepl.password("secret")
for typed in (b"wrong\r", b"secretly\r", b"\r", b"secret\r1+1"):
    socket = Socket((1, typed))
    terminal = _webrepl._webrepl(socket)
    terminal.write(b"hidden")
    print(terminal.read(3), [data for _, data in socket.out])
name = b"webrepl.bin"
socket.frames = [request(1, name, 700), (2, b"a" * 512), (2, b"b" * 188), request(2, name)] + [(2, b"\0")] * 4
socket.frames += [request(1, name), request(2, b"no/such"), request(9), request(1, name, 0, b"XX"), (1, b"typed")]
socket.out = []
print(terminal.read(10), [(kind, len(data), data[:4]) for kind, data in socket.out])
print(os.stat("webrepl.bin")[6], terminal.read(1), terminal.write(b"shown"), socket.out[-1])
try:
    _webrepl.password("ten letters")
except ValueError as error:
    print(error)
"#;

#[test]
fn files_move_after_the_password() {
    let output = taipan(&["-c", FILES]).stdin(Stdio::null()).output().expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let denied = "b'' [b'Password: ', b'\\r\\nAccess denied\\r\\n']\n".repeat(3);
    let expected = denied
        + "b'1+1' [b'Password: ', b'\\r\\nWebREPL connected\\r\\n>>> ']\n\
           b'typed' [(2, 4, b'WB\\x00\\x00'), (2, 4, b'WB\\x00\\x00'), (2, 4, b'WB\\x00\\x00'), (2, 258, b'\\x00\\x01aa'), \
           (2, 258, b'\\x00\\x01aa'), (2, 190, b'\\xbc\\x00bb'), (2, 2, b'\\x00\\x00'), (2, 4, b'WB\\x00\\x00'), \
           (2, 4, b'WB\\x00\\x00'), (2, 4, b'WB\\x00\\x00'), (2, 4, b'WB\\x02\\x00'), (2, 4, b'WB\\x16\\x00'), (2, 4, b'WB\\x16\\x00')]\n\
           0 None 5 (1, b'shown')\n\
           password of more than 9 characters\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

/// A client's frame of text: masked, short.
fn frame(text: &str) -> Vec<u8> {
    let mask = [1, 2, 3, 4];
    let masked = text.bytes().enumerate().map(|(index, byte)| byte ^ mask[index % 4]);
    [0x81, 0x80 | text.len() as u8].into_iter().chain(mask).chain(masked).collect()
}

/// Reads until the bytes end with some text.
#[track_caller]
fn until(connection: &mut TcpStream, text: &str) {
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(text.as_bytes()) {
        connection.read_exact(&mut byte).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&seen)));
        seen.push(byte[0]);
    }
}

#[test]
fn the_prompt_is_served_over_the_network() {
    let program = "import webrepl\nwebrepl.start_foreground(0, 'pass')\n";
    let mut command = taipan(&["-i", "-c", program]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it was asked for")).read_line(&mut line).expect("it says its port");
    let port = line.rsplit(' ').next().and_then(|port| port.trim().parse::<u16>().ok()).expect("a port");
    let mut client = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    client.set_read_timeout(Some(PATIENCE)).expect("a time");
    // The key and its answer are RFC 6455's own.
    let hello = "GET / HTTP/1.1\r\nHost: board\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    client.write_all(hello.as_bytes()).expect("it listens");
    until(&mut client, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    until(&mut client, "Password: ");
    client.write_all(&frame("pass\r")).expect("it listens");
    until(&mut client, "WebREPL connected\r\n>>> ");
    client.write_all(&frame("6*7\r")).expect("it listens");
    until(&mut client, "42");
    until(&mut client, ">>> ");
    drop(client);
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
}
