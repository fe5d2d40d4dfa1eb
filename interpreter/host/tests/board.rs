//! The hardware of the virtual board (`taipan --board`), as programs use it: run at the raw prompt, over the board's line.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Far more than a program here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A board, and its line at the raw prompt. It ends with the pipe that it listens to.
struct Board {
    process: Child,
    line: TcpStream,
}

impl Board {
    fn start(name: &str) -> Board {
        let image = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("img");
        let mut command = Command::new(env!("CARGO_BIN_EXE_taipan"));
        command.args(["--board", "--tcp", "127.0.0.1:0", "--image"]).arg(image);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the board starts");
        let mut events = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut said = String::new();
        events.read_line(&mut said).expect("it says where its line is");
        // What its hardware does is not looked at, but read.
        std::thread::spawn(move || events.lines().map_while(Result::ok).count());
        let line = TcpStream::connect(said.trim().trim_start_matches("board: tcp ")).expect("its line is open");
        line.set_read_timeout(Some(PATIENCE)).expect("a socket has a deadline");
        let mut board = Board { process, line };
        board.line.write_all(b"\r\x03\x01").expect("it listens");
        board.until("exit\r\n>");
        board
    }

    fn until(&mut self, end: &str) -> String {
        let mut bytes = Vec::new();
        while !bytes.ends_with(end.as_bytes()) {
            let mut byte = [0];
            self.line.read_exact(&mut byte).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&bytes)));
            bytes.extend(byte);
        }
        bytes.truncate(bytes.len() - end.len());
        String::from_utf8(bytes).expect("it prints text").replace("\r\n", "\n")
    }

    /// What a program prints; its traceback behind that.
    fn run(&mut self, program: &str) -> String {
        self.line.write_all(format!("{program}\x04").as_bytes()).expect("it listens");
        self.until("OK");
        let printed = self.until("\x04");
        printed + &self.until("\x04>")
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn serial_lines_hear_themselves() {
    let mut board = Board::start("serial");
    let program = "import machine, pyb, select, time\nu = machine.UART(2, 115200, timeout=10)\nprint(u, u is pyb.UART(2))\n\
        print(u.write(b'one\\ntwo'), u.any(), u.readline(), u.read())\nb = bytearray(4)\nu.write('ab')\n\
        print(u.readinto(b), b, u.readchar(), u.read(1))\np = select.poll()\np.register(u)\nprint(p.poll(0)[0][1])\n\
        u.writechar(7)\nprint(p.poll(0)[0][1])\nfor parity, bits in ((None, 9), (1, 7)):\n    \
        u.init(9600, bits=bits, parity=parity, stop=2, timeout=0, flow=u.RTS | u.CTS)\n    print(u, u.write(b'\\xff\\x01'), u.read())\n";
    let expected = "UART(2, baudrate=115068, bits=8, parity=None, stop=1, flow=0, timeout=10, timeout_char=2, rxbuf=64) True\n\
        7 7 b'one\\n' b'two'\n2 bytearray(b'ab\\x00\\x00') -1 None\n4\n5\n\
        UART(2, baudrate=9600, bits=9, parity=None, stop=2, flow=RTS|CTS, timeout=0, timeout_char=3, rxbuf=64) 2 b'\\xff\\x01'\n\
        UART(2, baudrate=9600, bits=7, parity=1, stop=2, flow=RTS|CTS, timeout=0, timeout_char=3, rxbuf=64) 2 b'\\x7f\\x01'\n";
    assert_eq!(board.run(program), expected);
    let wrong = "for wrong in (lambda: pyb.UART(5), lambda: pyb.UART('ZZ'), lambda: u.init(9600, bits=5), lambda: u.init(1), \
        lambda: u.init(9600, flow=3), lambda: machine.UART(4, flow=u.CTS), lambda: u.irq(print, 1), lambda: u.init(9600, 9, 0)):\n    \
        try:\n        wrong()\n    except ValueError:\n        print('no')\nu.deinit()\ntry:\n    u.write('x')\nexcept OSError as e:\n    print(e.errno, u)\n";
    assert_eq!(board.run(wrong), "no\n".repeat(8) + "22 UART(2)\n");
}

#[test]
fn a_serial_line_calls_back() {
    let mut board = Board::start("serial-irq");
    let program = "import machine, time\nu = machine.UART('XA', 9600)\n\
        def heard(u):\n    print(u.irq().flags(), u.read())\n\
        irq = u.irq(heard, u.IRQ_RXIDLE)\nu.write('12345')\ntime.sleep_ms(1)\nprint(irq.trigger(u.IRQ_RX))\nu.write('6')\ntime.sleep_ms(1)\n\
        u.write('78')\ntime.sleep_ms(1)\nirq()\nu.irq(None)\nu.write('9')\ntime.sleep_ms(1)\nprint(u.any())\n";
    assert_eq!(board.run(program), "48 b'12345'\n16\n32 b'6'\n32 b'78'\n32 None\n1\n");
}
