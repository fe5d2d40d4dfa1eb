//! `machine.USBDevice` on a bus in memory: a program that describes a device, and a computer that takes it in use.

mod board;
mod library;

use board::{Answer, Step, run};
use usb::simulated::Stalled;

const KEYBOARD: &str = include_str!("keyboard.py");
/// Bytes of what the keyboard says of itself.
const CONFIGURATION: usize = 34;

/// The descriptor of a text.
fn text(text: &str) -> Answer {
    let mut bytes = vec![2 + 2 * text.len() as u8, 3];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    Ok(bytes)
}

#[test]
fn a_program_is_a_keyboard() {
    let mut steps = Step::enumerate(CONFIGURATION);
    let first = steps.len();
    steps.extend((0..=4).map(|index| Step::ask(0, 6, 0x0300 | index, 0x0409, 255)));
    steps.push(Step::ask(1, 6, 0x2200, 0, 256));
    steps.push(Step::tell(0x21, 0x0A, 0, 0, &[]));
    steps.extend((0..3).map(|_| Step::read(1, 8)));
    steps.push(Step::tell(0x21, 9, 0x0200, 0, &[5]));
    steps.push(Step::ask(0x21, 3, 0, 0, 1));
    steps.push(Step::tell(0x21, 9, 0x0200, 0, &[0]));
    let (answers, printed) = run(KEYBOARD, &[], steps);
    assert_eq!(answers[0].as_ref().map(|device| device[8..12].to_vec()), Ok(vec![0x09, 0x12, 0x01, 0x00]), "{printed}");
    assert_eq!(answers[3].as_ref().map(Vec::len), Ok(CONFIGURATION));
    let texts = [Ok(vec![4, 3, 9, 4]), text("Taipan"), text("Writer"), text("0123456789"), text("Keys")];
    assert_eq!(answers[first..first + 5], texts);
    assert_eq!(answers[first + 5].as_ref().map(Vec::len), Ok(63), "what stands in a report");
    assert_eq!(answers[first + 6], Ok(vec![]));
    let keys = [[0, 0, 11, 0, 0, 0, 0, 0], [2, 0, 4, 0, 0, 0, 0, 0], [0; 8]];
    assert_eq!(answers[first + 7..first + 10], keys.map(|keys| Ok(keys.to_vec())));
    assert_eq!(answers[first + 10..], [Ok(vec![]), Err(Stalled), Ok(vec![])]);
    let said = "False True\nreset\nopen 25 True True\ntypes 11 True\nleft 0x81 0 8\ntypes 4 True\nleft 0x81 0 8\ntypes 0 True\n\
                left 0x81 0 8\nlights 5\nlights 0\n";
    assert!(printed.starts_with(said), "{printed}");
}

/// A device without a class: an endpoint in each direction, and requests that carry much.
const VENDOR: &str = include_str!("vendor.py");

#[test]
fn transfers_and_requests_of_every_length_arrive_whole() {
    let bytes = |count: usize| (0..count).map(|index| (index * 7) as u8).collect::<Vec<_>>();
    let mut steps = Step::enumerate(255);
    let first = steps.len();
    // A whole number of packets ends with an empty one only where the computer wants more.
    let lengths = [(0, 64), (63, 255), (64, 64), (64, 255), (128, 255), (200, 100), (200, 255), (200, 1000)];
    steps.extend(lengths.map(|(count, wanted)| Step::ask(0x41, 1, count, 0, wanted)));
    steps.extend([1, 63, 64, 65, 128, 200].map(|count| Step::tell(0x41, 2, 0, 0, &bytes(count))));
    // More than the program has room for, and what it refuses when it has come.
    steps.extend([Step::tell(0x41, 2, 0, 0, &bytes(300)), Step::tell(0x41, 2, 1, 0, &bytes(65)), Step::ask(0x41, 9, 0, 0, 8)]);
    steps.extend([Step::write(1, &bytes(200)), Step::read(2, 200), Step::write(1, &bytes(20)), Step::read(2, 20)]);
    let (answers, printed) = run(VENDOR, &[], steps);
    let asked = lengths.map(|(count, wanted)| Ok(bytes(usize::from(count).min(wanted))));
    assert_eq!(answers[first..first + lengths.len()], asked, "{printed}");
    let told = [true, true, true, true, true, true, false, false, false].map(|done| if done { Ok(vec![]) } else { Err(Stalled) });
    let (heard, rest) = answers[first + lengths.len()..].split_at(told.len());
    assert_eq!(heard, told);
    assert_eq!(rest, [Ok(vec![]), Ok(bytes(200)), Ok(vec![]), Ok(bytes(20))]);
    let sums = [1, 63, 64, 65, 128, 200]
        .map(|count| format!("came {count} {}\n", bytes(count).iter().map(|b| u32::from(*b)).sum::<u32>()));
    assert!(printed.starts_with(&sums.concat()), "{printed}");
    let rest = ["refused\n", "ValueError: no\n", "echoed 200\nechoed 20\n"];
    assert!(rest.iter().all(|said| printed.contains(said)), "{printed}");
}

/// What a program may do wrong, and what it is told.
const MISUSE: &str = "
import machine
usb = machine.USBDevice()
def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
def builtin(value):
    usb.builtin_driver = value
print(usb is machine.USBDevice(), usb.active(), usb.builtin_driver is usb.BUILTIN_NONE)
attempt(lambda: usb.active(True))
attempt(lambda: usb.submit_xfer(0x81, b''))
attempt(lambda: usb.stall(0x81))
attempt(lambda: usb.config(1, b''))
attempt(lambda: builtin(1))
for part in usb.BUILTIN_NONE, usb.BUILTIN_CDC:
    print(part.itf_max, part.ep_max, part.str_max, len(part.desc_dev), len(part.desc_cfg))
for endpoint in b'\\x07\\x05\\x04\\x02\\x40\\x00\\x00', b'\\x07\\x05\\x01\\x01\\x40\\x00\\x00', b'\\x07\\x05\\x01\\x02\\x41\\x00\\x00':
    usb.config(usb.BUILTIN_NONE.desc_dev, b'\\x09\\x02\\x10\\x00\\x00\\x01\\x00\\x80\\x32' + endpoint)
    attempt(lambda: usb.active(True))
usb.config(usb.BUILTIN_NONE.desc_dev, b'\\x09\\x02\\x10\\x00\\x00\\x01\\x00\\x80\\x32' + b'\\x07\\x05\\x81\\x02\\x40\\x00\\x00')
attempt(lambda: usb.active(True))
attempt(lambda: usb.submit_xfer(0x81, b''))
attempt(lambda: usb.submit_xfer(0, b''))
attempt(lambda: usb.submit_xfer(1, b''))
attempt(lambda: builtin(usb.BUILTIN_CDC))
attempt(lambda: usb.remote_wakeup())
attempt(lambda: usb.active(False))
attempt(lambda: builtin(usb.BUILTIN_DEFAULT))
print(usb.builtin_driver is usb.BUILTIN_CDC, usb.active())
";

#[test]
fn what_a_program_does_wrong_it_is_told() {
    let (_, printed) = run(MISUSE, &[], Vec::new());
    let said = [
        "True False True",
        "OSError [Errno 22] EINVAL",
        "OSError [Errno 22] EINVAL",
        "OSError [Errno 22] EINVAL",
        "TypeError a bytes-like object is required, not 'int'",
        "ValueError builtin_driver is one of USBDevice.BUILTIN_NONE, BUILTIN_DEFAULT, BUILTIN_CDC",
        "0 0 1 18 0",
        "2 3 4 18 75",
        "OSError [Errno 19] ENODEV",
        "OSError [Errno 19] ENODEV",
        "OSError [Errno 19] ENODEV",
        "False",
        "False",
        "ValueError ep",
        "TypeError a bytes-like object is required, not 'bytes'",
        "OSError [Errno 22] EINVAL",
        "False",
        "True",
        "None",
        "True False",
    ];
    assert_eq!(printed.lines().collect::<Vec<_>>(), said);
}

/// The serial line alone, which the board answers for itself.
const LINE: &str = "
import machine
usb = machine.USBDevice()
usb.builtin_driver = usb.BUILTIN_CDC
usb.active(True)
while True:
    machine.idle()
";

#[test]
fn the_builtin_line_is_what_its_description_says() {
    let mut steps = Step::enumerate(255);
    steps.push(Step::tell(0x21, 0x20, 0, 0, &[0, 0xC2, 1, 0, 0, 0, 8]));
    steps.extend([Step::ask(0x21, 0x21, 0, 0, 7), Step::tell(0x21, 0x22, 1, 0, &[]), Step::tell(0x21, 0x22, 1, 1, &[])]);
    steps.extend([Step::ask(0, 8, 0, 0, 1), Step::ask(0, 0, 0, 0, 2), Step::ask(1, 10, 0, 0, 1), Step::tell(1, 11, 0, 0, &[])]);
    steps.extend([
        Step::tell(0, 3, 1, 0, &[]),
        Step::ask(0, 0, 0, 0, 2),
        Step::tell(2, 3, 0, 0x82, &[]),
        Step::ask(2, 0, 0, 0x82, 2),
    ]);
    steps.extend([Step::tell(0, 9, 2, 0, &[]), Step::tell(0, 9, 0, 0, &[]), Step::ask(0, 8, 0, 0, 1)]);
    let (answers, printed) = run(LINE, &[], steps);
    let board = shown_by_the_board();
    assert_eq!(answers[3].as_ref().map(|it| &it[9..]), Ok(&board[9..75]), "{printed}");
    let done = || Ok(vec![]);
    let line = [done(), Ok(vec![0, 0xC2, 1, 0, 0, 0, 8]), done(), Err(Stalled)];
    let device = [Ok(vec![1]), Ok(vec![0, 0]), Ok(vec![0]), done(), done(), Ok(vec![2, 0]), done(), Ok(vec![1, 0])];
    assert_eq!(answers[5..9], line);
    assert_eq!(answers[9..17], device);
    assert_eq!(answers[17..], [Err(Stalled), done(), Ok(vec![0])]);
}

/// The configuration of a board whose device no program describes.
fn shown_by_the_board() -> Vec<u8> {
    use usb::board::{Board, Identity, Wear};
    use usb::simulated::{Transfer, Wire};
    let (tell, finished) = std::sync::mpsc::channel();
    let wire = Wire::new(move |ended| drop(tell.send(ended)));
    let bus = usb::usb_device::bus::UsbBusAllocator::new(wire.clone());
    let identity = Identity { vendor: 1, product: 1, maker: "", name: "", serial: "" };
    let mut board = Board::new(&bus, identity, Wear::SERIAL);
    let setup = [0x80, 6, 0, 2, 0, 0, 255, 0];
    wire.submit(Transfer { id: 0, endpoint: 0, wanted: Some(255), data: Vec::new(), setup, ends_short: false });
    for _ in 0..100 {
        board.poll();
    }
    finished.try_recv().expect("it answers").done.expect("it has a configuration").0
}
