//! MicroPython's own library of USB devices on `machine.USBDevice`, from a checkout of its sources: `TAIPAN_USB_LIBRARY` names the folder
//! `micropython/usb` of `micropython-lib`.

use crate::board::{Answer, Step, run};
use interpreter::modules::frozen::{Contents, Frozen};
use std::path::Path;

/// Packages, and their modules in `usb/device`.
const PACKAGES: [(&str, &[&str]); 6] = [
    ("usb-device", &["__init__", "core"]),
    ("usb-device-hid", &["hid"]),
    ("usb-device-keyboard", &["keyboard"]),
    ("usb-device-mouse", &["mouse"]),
    ("usb-device-midi", &["midi"]),
    ("usb-device-cdc", &["cdc"]),
];

fn library() -> &'static [Frozen] {
    let folder = std::env::var("TAIPAN_USB_LIBRARY").expect("TAIPAN_USB_LIBRARY names a folder");
    let read = |package: &str, module: &str| {
        let path = format!("usb/device/{module}.py");
        let text = std::fs::read_to_string(Path::new(&folder).join(package).join(&path)).expect("the library has this module");
        Frozen { path: path.leak(), contents: Contents::Source(text.leak()) }
    };
    let rows = PACKAGES.iter().flat_map(|(package, modules)| modules.iter().map(move |module| read(package, module)));
    let mut files = vec![Frozen { path: "usb/__init__.py", contents: Contents::Source("") }];
    files.extend(rows);
    files.leak()
}

/// What comes of the steps behind the first ones that every system does.
fn play(program: &str, steps: Vec<Step>) -> (Vec<Answer>, String) {
    let mut all = Step::enumerate(255);
    let first = all.len();
    all.extend(steps);
    let (mut answers, printed) = run(program, library(), all);
    assert!(answers[..first].iter().all(Result::is_ok), "{printed}");
    (answers.split_off(first), printed)
}

const KEYBOARD: &str = "
import machine, usb.device
from usb.device.keyboard import KeyboardInterface, KeyCode, LEDCode
class Keys(KeyboardInterface):
    def on_led_update(self, mask):
        print('capitals', mask & LEDCode.CAPS_LOCK)
keys = Keys()
usb.device.get().init(keys, builtin_driver=True)
while not keys.is_open():
    machine.idle()
for held in [KeyCode.LEFT_SHIFT, KeyCode.T], [KeyCode.P], []:
    print(keys.send_keys(held, 1000))
while True:
    machine.idle()
";

#[test]
#[ignore = "wants a checkout of micropython-lib"]
fn a_keyboard_beside_the_serial_line() {
    let mut steps = vec![Step::ask(0, 6, 0x0304, 0x0409, 255), Step::ask(1, 6, 0x2200, 2, 255)];
    steps.extend([Step::tell(0x21, 0x0A, 0, 2, &[]), Step::tell(0x21, 0x20, 0, 0, &[0, 0xC2, 1, 0, 0, 0, 8])]);
    steps.extend([Step::ask(0x21, 0x21, 0, 0, 7), Step::tell(0x21, 0x22, 1, 0, &[])]);
    steps.extend((0..3).map(|_| Step::read(3, 8)));
    steps.push(Step::tell(0x21, 9, 0x0200, 2, &[2]));
    let (answers, printed) = play(KEYBOARD, steps);
    assert_eq!(answers[0].as_ref().map(|name| name[2]), Ok(b'M'), "{printed}");
    assert_eq!(answers[1].as_ref().map(Vec::len), Ok(63));
    assert_eq!(answers[4], Ok(vec![0, 0xC2, 1, 0, 0, 0, 8]), "the serial line works beside it");
    let keys = [[2, 0, 23, 0, 0, 0, 0, 0], [0, 0, 19, 0, 0, 0, 0, 0], [0; 8]];
    assert_eq!(answers[6..9], keys.map(|keys| Ok(keys.to_vec())));
    assert!(printed.starts_with("True\nTrue\nTrue\ncapitals 2\n"), "{printed}");
}

const MOUSE: &str = "
import machine, usb.device
from usb.device.mouse import MouseInterface
mouse = MouseInterface()
usb.device.get().init(mouse)
while not mouse.is_open():
    machine.idle()
mouse.move_by(3, -4)
mouse.click_left()
mouse.click_left(False)
while True:
    machine.idle()
";

#[test]
#[ignore = "wants a checkout of micropython-lib"]
fn a_mouse() {
    let (answers, printed) = play(MOUSE, (0..3).map(|_| Step::read(1, 8)).collect());
    assert_eq!(answers, [[0, 3, 252], [1, 0, 0], [0, 0, 0]].map(|report| Ok(report.to_vec())), "{printed}");
}

const MIDI: &str = "
import machine, usb.device
from usb.device.midi import MIDIInterface
class Organ(MIDIInterface):
    def on_note_on(self, channel, pitch, velocity):
        print('on', channel, pitch, velocity)
        self.note_on(channel, pitch + 12, velocity)
    def on_control_change(self, channel, controller, value):
        print('control', channel, controller, value)
organ = Organ()
usb.device.get().init(organ)
while True:
    machine.idle()
";

#[test]
#[ignore = "wants a checkout of micropython-lib"]
fn an_instrument() {
    let steps = vec![Step::write(1, &[9, 0x91, 60, 70]), Step::read(1, 64), Step::write(1, &[11, 0xB2, 7, 99])];
    let (answers, printed) = play(MIDI, steps);
    assert_eq!(answers, [Ok(vec![]), Ok(vec![9, 0x91, 72, 70]), Ok(vec![])], "{printed}");
    assert!(printed.starts_with("on 1 60 70\ncontrol 2 7 99\n"), "{printed}");
}

const LINE: &str = "
import machine, usb.device
from usb.device.cdc import CDCInterface
line = CDCInterface()
line.init(timeout=0)
line.set_line_state_cb(lambda state: print('state', state))
line.set_line_coding_cb(lambda coding: print(line))
usb.device.get().init(line)
while True:
    if text := line.read(200):
        line.write(bytes(text).upper())
    machine.idle()
";

#[test]
#[ignore = "wants a checkout of micropython-lib"]
fn a_serial_line() {
    let long: Vec<u8> = (0..150).map(|index| b'a' + index % 26).collect();
    let mut steps = vec![Step::tell(0x21, 0x20, 0, 0, &[0, 0xC2, 1, 0, 0, 1, 7]), Step::tell(0x21, 0x22, 3, 0, &[])];
    steps.extend([Step::write(2, b"hello"), Step::read(2, 64), Step::write(2, &long), Step::read(2, 64), Step::read(2, 64)]);
    steps.push(Step::read(2, 64));
    let (answers, printed) = play(LINE, steps);
    assert_eq!(answers[3], Ok(b"HELLO".to_vec()), "{printed}");
    let echoed: Vec<u8> = answers[5..].iter().flatten().flatten().copied().collect();
    assert_eq!(echoed, long.to_ascii_uppercase(), "{printed}");
    assert!(printed.starts_with("115200/7O1 rts=False dtr=False\nstate 3\n"), "{printed}");
}
