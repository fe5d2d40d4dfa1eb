//! The board's USB side with somebody who plays the computer (`--bridge`).

use super::{Board, PATIENCE};
use std::io::Write;

impl Board {
    /// Plays the computer on USB.
    fn usb(&mut self, event: &str) {
        let told = self.process.stdin.as_mut().expect("it is piped");
        writeln!(told, "{{\"usb\":{event}}}").expect("it listens");
    }

    /// The next that the board says in which there is this.
    fn next(&mut self, of: &str) -> serde_json::Value {
        loop {
            let line = self.events.recv_timeout(PATIENCE).expect("it says so");
            let event: serde_json::Value = serde_json::from_str(&line).expect("a JSON object");
            if event.get(of).is_some() {
                return event;
            }
        }
    }

    /// What the board says next of this.
    fn said(&mut self, of: &str) -> serde_json::Value {
        self.next(of)[of].take()
    }
}

#[test]
fn usb_shows_what_a_program_wants() {
    let mut board = Board::start_as("usb-modes", &["--bridge"]);
    let program = "import pyb\nv = pyb.USB_VCP()\nprint(pyb.usb_mode(), v, v is pyb.USB_VCP(0), pyb.have_cdc(), v.isconnected(), v.write(b'lost'))\n\
        for wrong in (lambda: pyb.USB_VCP(1), lambda: pyb.usb_mode('VCP+MSC+HID'), lambda: pyb.usb_mode('MSC', msc=(v,)), \
        lambda: v.irq(print, hard=True), lambda: v.irq(print, 2), lambda: pyb.hid(bytes(65)), \
        lambda: pyb.usb_mode('VCP+HID', hid=(0, 0, 65, 8, b''))):\n    \
        try:\n        wrong()\n    except ValueError:\n        print('no')\nprint(pyb.hid_mouse[:4], pyb.hid_keyboard[2], len(pyb.hid_keyboard[4]))\n";
    let expected = "VCP+MSC USB_VCP(0) True False False 4\n".to_owned() + &"no\n".repeat(7) + "(1, 2, 4, 8) 8 63\n";
    assert_eq!(board.run(program), expected);
    assert_eq!(board.run("pyb.usb_mode('CDC+HID', pid=7)\nprint(pyb.usb_mode(), pyb.hid((1, 2, 3, 4)))\n"), "VCP+HID 0\n");
    let shown = board.said("usb");
    assert_eq!((&shown["mode"], &shown["vendor"], &shown["product"]), (&"VCP+HID".into(), &0xF055.into(), &7.into()));
    assert_eq!(shown["input"], serde_json::json!([1, 2, 4, 8]));
    board.usb("{\"configured\":true,\"open\":true}");
    let program = "import select\nh = pyb.USB_HID()\nwhile not v.isconnected():\n    pyb.delay(1)\np = select.poll()\np.register(h)\n\
        print(p.poll(0)[0][1], pyb.hid(b'\\1\\2\\3\\4'), h.send([5, 6]), p.poll(0))\n";
    assert_eq!(board.run(program), "4 4 0 []\n");
    assert_eq!(board.said("report"), serde_json::json!([1, 2, 3, 4]));
    board.usb("\"reported\"");
    board.usb("{\"report\":[2,0,7]}");
    assert_eq!(board.run("b = bytearray(2)\nprint(h.recv(b), b, h.recv(8, timeout=0))\n"), "2 bytearray(b'\\x02\\x00') b''\n");
    assert_eq!(board.run("pyb.usb_mode(None)\nprint(pyb.usb_mode(), v.isconnected())\n"), "None False\n");
    assert!(board.said("usb").is_null());
}

#[test]
fn a_program_reads_and_writes_the_line_on_usb() {
    let mut board = Board::start_as("usb-line", &["--bridge"]);
    board.usb("{\"configured\":true,\"open\":true}");
    board.begin("import pyb\nv = pyb.USB_VCP()\nwhile not v.isconnected():\n    pyb.delay(1)\nv.setinterrupt(-1)\nprint('ready')\n\
        print(v.recv(3), v.recv(2, timeout=1), v.any(), v.read(), v.send(b'ab'), v.send(99), v.init(flow=v.CTS), v.write(b'd'))\n", "ready\r\n");
    board.line.write_all(b"\x03 x").expect("it listens");
    assert_eq!(board.until("\x04\x04>"), "abcdb'\\x03 x' b'' False None 2 1 None 1\n");
    board.begin("v.irq(lambda w: print('came', w, v.any()))\nprint('ready')\nwhile not v.any():\n    pyb.delay(1)\npyb.delay(20)\nv.irq()\nv.irq(None)\n\
        print(v.recv(bytearray(4), timeout=20), v.readline(), v.readlines(), v.close(), v.isconnected())\n", "ready\r\n");
    board.line.write_all(b"1").expect("it listens");
    board.until("came USB_VCP(0) True\r\n");
    board.line.write_all(b"23\nfour\nfive\nsix").expect("it listens");
    let rest = board.until("\x04\x04>");
    assert!(rest.ends_with("4 b'four\\n' [b'five\\n', b'six'] None True\n"), "{rest}");
}

#[test]
fn the_computer_reads_and_writes_the_boards_blocks_between_two_instructions() {
    let mut board = Board::start_as("usb-disk", &["--bridge"]);
    assert_eq!(board.run("with open('/flash/a.txt', 'w') as f:\n    f.write('by the board')\n"), "");
    board.usb("\"wants\"");
    assert_eq!(board.said("serve"), "wrote");
    board.usb("{\"read\":0}");
    let first = board.said("data");
    assert!(first.as_str().is_some_and(|digits| digits.len() == 1024 && digits.ends_with("55aa")), "{first}");
    board.usb("{\"served\":{\"writes\":false,\"done\":false}}");
    // A file that is open keeps the computer from writing.
    assert_eq!(board.run("f = open('/flash/a.txt', 'a')\nf.write('!')\n"), "");
    board.usb("\"wants\"");
    assert_eq!(board.said("serve"), "held");
    board.usb("{\"served\":{\"writes\":false,\"done\":false}}");
    assert_eq!(board.run("f.close()\n"), "");
    // While the computer writes the program waits; what it knows is old afterwards.
    board.usb("\"wants\"");
    assert_eq!(board.said("serve"), "wrote");
    board.usb("{\"write\":16000,\"data\":\"DATA\"}".replace("DATA", &"5a".repeat(512)).as_str());
    assert_eq!(board.said("done"), true);
    board.usb("{\"served\":{\"writes\":true,\"done\":false}}");
    board.begin("r = open('/flash/a.txt')\nprint('on')\n", "");
    assert_eq!(board.said("serve"), "idle", "it asks whether the computer is done");
    board.usb("{\"served\":{\"writes\":false,\"done\":true}}");
    assert_eq!(board.until("\x04\x04>"), "on\n");
    assert_eq!(
        board.run("print(r.read())\nb = bytearray(512)\nimport pyb\npyb.Flash().readblocks(16000, b)\nprint(b == b'Z' * 512)\n"),
        "by the board!\nTrue\n"
    );
}

/// A device of a hundred bytes of description.
const OWN: &str = "import machine
u = machine.USBDevice()
def asked(stage, request):
    print(stage, request[1])
    return False
u.config(bytes(18), bytes((9, 2, 100, 0)) + bytes(96), None, None, None, asked)
print(u.active(True))
";

#[test]
fn what_happens_to_a_programs_device_is_heard_in_its_order() {
    let mut board = Board::start_as("usb-own", &["--bridge"]);
    assert_eq!(board.run(OWN), "False\n");
    assert_eq!(board.said("usb"), serde_json::json!({"mode": "own", "serial": false, "endpoints": []}));
    board.usb("\"reset\"");
    board.usb("{\"asked\":\"8006000200000900\",\"turn\":1}");
    assert_eq!(board.said("data"), "090264000000000000");
    assert_eq!(board.said("take"), 0, "it waits for the end of the request");
    // The end and the next request, of all: its answer has two packets.
    board.usb("{\"came\":0,\"data\":\"\"}");
    board.usb("{\"asked\":\"8006000200006400\",\"turn\":2}");
    assert_eq!(board.said("data").as_str().map(str::len), Some(128));
    board.usb("{\"left\":128}");
    let last = board.next("data");
    assert_eq!((last["data"].as_str().map(str::len), &last["turn"]), (Some(72), &2.into()));
    // The computer gives up, and asks for something that the program refuses, without an end of the request before.
    board.usb("{\"asked\":\"4101000000000000\",\"turn\":3}");
    let refused = board.next("default");
    assert_eq!((&refused["default"], &refused["turn"]), (&true.into(), &3.into()));
    board.until("1 1\r\n");
}
