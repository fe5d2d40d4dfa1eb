//! Which serial ports this computer has, and what is likely to be behind them.
//!
//! The guess only orders and labels the list: a port that looks like nothing may still be chosen.

use std::time::Duration;

use tokio_serial::{SerialPortType, UsbPortInfo};

use crate::model::{Guess, Port, Target, Usb};

/// How often [`watch`] looks. Systems tell of changes in three different ways; looking twice a second is one way for all.
const LOOK: Duration = Duration::from_millis(500);

/// What USB numbers mean: vendor, product (`None`: any), guess, name. The first row that fits counts.
pub(crate) const KNOWN: &[(u16, Option<u16>, Guess, &str)] = &[
    (0xF055, None, Guess::Board, "MicroPython board"),
    (0x2E8A, Some(0x000C), Guess::Unknown, "Debug probe"),
    (0x2E8A, None, Guess::Board, "Raspberry Pi Pico"),
    (0x239A, None, Guess::Board, "CircuitPython board"),
    (0x303A, Some(0x1001), Guess::Bridge, "ESP32 USB-JTAG"),
    (0x303A, None, Guess::Board, "ESP32-S board"),
    (0x2341, None, Guess::Board, "Arduino"),
    (0x1B4F, None, Guess::Board, "SparkFun board"),
    (0x0D28, Some(0x0204), Guess::Bridge, "micro:bit or DAPLink"),
    (0x0483, Some(0x374B), Guess::Bridge, "ST-Link"),
    (0x0483, Some(0x5740), Guess::Board, "STM32 board"),
    (0x16C0, Some(0x0483), Guess::Board, "Teensy"),
    (0x10C4, None, Guess::Bridge, "CP210x"),
    (0x1A86, None, Guess::Bridge, "CH340"),
    (0x0403, None, Guess::Bridge, "FTDI"),
    (0x067B, None, Guess::Bridge, "PL2303"),
];

/// The ports as they are now: boards first, then bridges, each by name. Empty if the system cannot tell.
pub fn ports() -> Vec<Port> {
    let found = tokio_serial::available_ports().unwrap_or_default();
    let mut ports: Vec<Port> =
        found.into_iter().filter(|port| worth_showing(&port.port_name, &port.port_type)).map(port).collect();
    ports.sort_by(|a, b| (rank(a.guess), &a.name).cmp(&(rank(b.guess), &b.name)));
    ports
}

/// Calls `tell` with the ports now and after each change; never returns.
pub async fn watch(mut tell: impl FnMut(Vec<Port>)) {
    let mut known = None;
    let mut clock = tokio::time::interval(LOOK);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        clock.tick().await;
        let found = tokio::task::spawn_blocking(ports).await.expect("listing ports does not panic");
        if known.as_ref() != Some(&found) {
            tell(found.clone());
            known = Some(found);
        }
    }
}

/// What USB tells of a target now.
pub fn usb_of(target: &Target) -> Option<Usb> {
    let Target::Serial { port, .. } = target else { return None };
    ports().into_iter().find(|found| found.name == *port)?.usb
}

/// Where a board that was lost is now, if that is beyond doubt. A virtual board of ours is not started again.
pub fn find_again(target: &Target, usb: Option<&Usb>) -> Option<Target> {
    match target {
        Target::Serial { port, baud } => {
            // A port that the system does not list, such as a pseudo-terminal, is found by its name alone.
            let unlisted = || (usb.is_none() && std::path::Path::new(port).exists()).then(|| port.clone());
            again(&ports(), port, usb).or_else(unlisted).map(|port| Target::Serial { port, baud: *baud })
        }
        Target::Tcp { .. } => Some(target.clone()),
        Target::Virtual { .. } => None,
    }
}

/// The board of this serial number, if it is at its prompt.
pub fn numbered(serial: &str) -> Option<Target> {
    let port = ports().into_iter().find(|port| port.usb.as_ref().and_then(|usb| usb.serial.as_deref()) == Some(serial))?;
    Some(Target::Serial { port: port.name, baud: BAUD })
}

/// Bits a second where nobody says; boards on USB do not look at it.
const BAUD: u32 = 115_200;

/// The port of the same board: by its serial number, whatever product it says it is now; one without a number where it was plugged in, else the
/// same port with the same kind of device, else the only such device.
fn again(ports: &[Port], port: &str, usb: Option<&Usb>) -> Option<String> {
    let Some(usb) = usb else {
        return ports.iter().find(|found| found.name == port).map(|found| found.name.clone());
    };
    let all = |fits: &dyn Fn(&Usb) -> bool| ports.iter().filter(|found| found.usb.as_ref().is_some_and(fits)).collect::<Vec<_>>();
    let is_there =
        |found: &&&Port| usb.location.is_some() && found.usb.as_ref().is_some_and(|other| other.location == usb.location);
    let alike = match usb.serial {
        // Some makers give all of their devices one number.
        Some(_) => all(&|other| other.vendor == usb.vendor && other.serial == usb.serial),
        None => all(&|other| (other.vendor, other.product) == (usb.vendor, usb.product)),
    };
    let found = match alike[..] {
        [only] => Some(only),
        _ => alike.iter().find(is_there).or_else(|| alike.iter().find(|found| found.name == port)).copied(),
    };
    found.map(|found| found.name.clone())
}

/// Linux lists 32 legacy ports that no machine has, and macOS lists each port twice.
fn worth_showing(name: &str, kind: &SerialPortType) -> bool {
    let legacy = name.starts_with("/dev/ttyS") && matches!(kind, SerialPortType::Unknown | SerialPortType::PciPort);
    !legacy && !name.starts_with("/dev/tty.")
}

fn rank(guess: Guess) -> u8 {
    match guess {
        Guess::Board => 0,
        Guess::Bridge => 1,
        Guess::Unknown => 2,
    }
}

fn port(found: tokio_serial::SerialPortInfo) -> Port {
    let SerialPortType::UsbPort(info) = found.port_type else {
        return Port { label: found.port_name.clone(), name: found.port_name, guess: Guess::Unknown, usb: None };
    };
    let (guess, label) = guess(&info);
    let usb = Usb { location: location(&found.port_name), ..usb(info) };
    Port { name: found.port_name, label, guess, usb: Some(usb) }
}

/// Where the device of a port is plugged in: Linux shows it as a file below that place (`…/usb1/1-2/1-2:1.0/tty/ttyACM0`).
fn location(port: &str) -> Option<String> {
    let device = std::fs::canonicalize(format!("/sys/class/tty/{}/device", port.strip_prefix("/dev/")?)).ok()?;
    let place = device.ancestors().find(|folder| folder.join("busnum").exists())?;
    Some(place.file_name()?.to_string_lossy().into_owned())
}

/// What it is, and what to call it: the maker's words where there are any, else ours.
fn guess(info: &UsbPortInfo) -> (Guess, String) {
    let row = KNOWN.iter().find(|row| row.0 == info.vid && row.1.is_none_or(|product| product == info.pid));
    let words = [&info.manufacturer, &info.product].into_iter().flatten();
    let says_python = words.clone().any(|word| word.contains("Python") || word.contains("Taipan"));
    let guess = match row {
        _ if says_python => Guess::Board,
        Some(row) => row.2,
        None => Guess::Unknown,
    };
    let name = match (row, info.product.as_deref()) {
        (Some(row), Some(product)) => format!("{} ({product})", row.3),
        (Some(row), None) => row.3.to_string(),
        (None, Some(product)) => product.to_string(),
        (None, None) => format!("USB device {:04x}:{:04x}", info.vid, info.pid),
    };
    (guess, name)
}

fn usb(info: UsbPortInfo) -> Usb {
    Usb {
        vendor: info.vid,
        product: info.pid,
        serial: info.serial_number,
        manufacturer: info.manufacturer,
        description: info.product,
        location: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(vid: u16, pid: u16, maker: Option<&str>, product: Option<&str>) -> UsbPortInfo {
        let text = |text: Option<&str>| text.map(str::to_string);
        UsbPortInfo { vid, pid, serial_number: None, manufacturer: text(maker), product: text(product) }
    }

    #[track_caller]
    fn check(info: UsbPortInfo, guess_: Guess, name: &str) {
        assert_eq!(guess(&info), (guess_, name.to_string()));
    }

    #[test]
    fn ports_are_guessed_by_numbers_then_by_words() {
        check(info(0xF055, 0x9800, None, None), Guess::Board, "MicroPython board");
        check(info(0x2E8A, 0x0005, None, Some("Board in FS mode")), Guess::Board, "Raspberry Pi Pico (Board in FS mode)");
        check(info(0x2E8A, 0x000C, None, None), Guess::Unknown, "Debug probe");
        check(info(0x10C4, 0xEA60, None, Some("CP2104")), Guess::Bridge, "CP210x (CP2104)");
        check(info(0x1209, 0x0001, Some("MicroPython"), Some("Feather")), Guess::Board, "Feather");
        check(info(0x1209, 0xABCD, None, None), Guess::Unknown, "USB device 1209:abcd");
    }

    #[test]
    fn a_lost_board_is_found_again_only_beyond_doubt() {
        let board = |serial: Option<&str>| Usb { serial: serial.map(str::to_string), ..usb(info(0xF055, 0x9800, None, None)) };
        let at = |name: &str, usb: Option<Usb>| Port { name: name.into(), label: String::new(), guess: Guess::Board, usb };
        let two = [at("ACM1", Some(board(Some("a")))), at("ACM2", Some(board(Some("b"))))];
        assert_eq!(again(&two, "ACM0", Some(&board(Some("b")))), Some("ACM2".into()));
        assert_eq!(again(&two, "ACM1", Some(&board(Some("c")))), None);
        let nameless = [at("ACM1", Some(board(None))), at("ACM2", Some(board(None)))];
        assert_eq!(again(&nameless[..1], "ACM0", Some(&board(None))), Some("ACM1".into()));
        assert_eq!(again(&nameless, "ACM0", Some(&board(None))), None);
        assert_eq!(again(&nameless, "ACM2", Some(&board(None))), Some("ACM2".into()));
        assert_eq!(again(&[at("S0", None)], "S0", None), Some("S0".into()));
        // A program has made it another product; two devices of one number are told apart by where they are.
        let product = |product, place: &str| Usb { product, location: Some(place.into()), ..board(Some("a")) };
        assert_eq!(
            again(&[at("ACM3", Some(product(0x9801, "1-2")))], "ACM0", Some(&product(0x9800, "1-1"))),
            Some("ACM3".into())
        );
        let twins = [at("ACM1", Some(product(0x9800, "1-1"))), at("ACM2", Some(product(0x9800, "1-2")))];
        assert_eq!(again(&twins, "ACM0", Some(&product(0x9800, "1-2"))), Some("ACM2".into()));
        assert_eq!(again(&twins, "ACM0", Some(&product(0x9800, "1-3"))), None);
        let plugged = |place: &str| Usb { location: Some(place.into()), ..board(None) };
        let nameless = [at("ACM1", Some(plugged("1-1"))), at("ACM2", Some(plugged("1-2")))];
        assert_eq!(again(&nameless, "ACM1", Some(&plugged("1-2"))), Some("ACM2".into()));
    }

    #[test]
    fn legacy_ports_are_not_shown() {
        assert!(!worth_showing("/dev/ttyS4", &SerialPortType::Unknown));
        assert!(!worth_showing("/dev/tty.usbmodem1", &SerialPortType::Unknown));
        assert!(worth_showing("/dev/ttyACM0", &SerialPortType::Unknown));
        assert!(worth_showing("COM3", &SerialPortType::Unknown));
    }
}
