//! A board in its loader, updated by the host's half of `dfu` over control transfers, with the cable pulled at each of them.

use super::computer::{Computer, interfaces};
use super::running::PYBOARD;
use dfu::device::{Device, Outcome};
use dfu::file::Element;
use dfu::host::{End, Host, Plan, Wire as Transfers};
use dfu::layout::Layout;
use dfu::protocol::Request;
use dfu::simulated::{Chip, Powered};
use std::ops::ControlFlow;
use usb::loader::{BLOCK, Loader};
use usb::simulated::Wire;
use usb::usb_device::bus::UsbBusAllocator;

const LAYOUT: &str = "@Internal Flash  /0x08000000/02*016Kg,01*064Kg";
const PAGE: usize = 512;

fn chip() -> Chip {
    Chip::new(LAYOUT, BLOCK, PAGE, |vectors| vectors[..4] == [0, 0, 0, 0x20])
}

fn image() -> Vec<u8> {
    let mut image: Vec<u8> = (0..20_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    image[..4].copy_from_slice(&[0, 0, 0, 0x20]);
    image
}

/// A loader on a bus, as the host's half of `dfu` sees it.
struct Plugged<'c, 'l, 'a> {
    computer: &'c Computer,
    loader: &'l mut Loader<'a, Wire, Powered<'a>>,
    started: &'c mut bool,
    /// Requests until the cable is pulled.
    left: Option<usize>,
}

impl Plugged<'_, '_, '_> {
    fn transfer<R>(&mut self, body: impl FnOnce(&Computer, &mut dyn FnMut()) -> R) -> Result<R, &'static str> {
        match &mut self.left {
            Some(0) => return Err("unplugged"),
            Some(left) => *left -= 1,
            None => {}
        }
        if *self.started {
            return Err("gone");
        }
        let wire = &self.computer.wire;
        let mut turn = || {
            if !self.loader.poll() && self.loader.has_work() && wire.is_quiet() {
                *self.started |= self.loader.work() == Outcome::Start;
            }
        };
        let result = body(self.computer, &mut turn);
        (0..4).for_each(|_| turn());
        Ok(result)
    }
}

impl Transfers for Plugged<'_, '_, '_> {
    type Error = &'static str;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> Result<(), &'static str> {
        self.transfer(|computer, turn| computer.tell(0x21, request as u8, value, 0, data, turn))?.map_err(|_| "stalled")
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> Result<usize, &'static str> {
        let length = into.len() as u16;
        let answer = self.transfer(|computer, turn| computer.ask(0x21, request as u8, value, 0, length, turn))?;
        let answer = answer.map_err(|_| "stalled")?;
        into[..answer.len()].copy_from_slice(&answer);
        Ok(answer.len())
    }

    fn wait(&mut self, _milliseconds: u32) {}
}

/// Switches the chip on, plugs it in, and sends an image; `left` requests later the cable is pulled.
fn update(chip: &Chip, image: &[u8], left: Option<usize>) -> Result<End, ()> {
    with_loader(chip, |computer, loader| update_by(computer, loader, image, left))
}

/// Switches the chip on, plugs it in, and does something to its loader.
fn with_loader<R>(chip: &Chip, body: impl for<'a> FnOnce(&Computer, &mut Loader<'a, Wire, Powered<'a>>) -> R) -> R {
    let computer = Computer::new();
    let bus = UsbBusAllocator::new(computer.wire.clone());
    let (mut block, mut held) = ([0; BLOCK], [0; PAGE]);
    let device = Device::new(chip.powered(), 0x0800_0000, &mut block, &mut held);
    let mut loader = Loader::new(&bus, PYBOARD, device);
    let configuration = computer.enumerate(&mut || {
        loader.poll();
    });
    assert_eq!(interfaces(&configuration), [[0, 0xFE, 1, 2]]);
    assert_eq!(
        computer.text(4, &mut || {
            loader.poll();
        }),
        LAYOUT
    );
    body(&computer, &mut loader)
}

fn update_by<'a>(
    computer: &Computer,
    loader: &mut Loader<'a, Wire, Powered<'a>>,
    image: &[u8],
    left: Option<usize>,
) -> Result<End, ()> {
    let elements = [Element { address: 0x0800_0000, data: image }];
    let plan = Plan::new(Layout::parse(LAYOUT).expect("it is one"), &elements, 0x0800_0000).expect("it fits");
    let mut started = false;
    let wire = Plugged { computer, loader, started: &mut started, left };
    let mut watch = |_| ControlFlow::Continue(());
    let ended = Host::new(wire, &mut [0; BLOCK], &mut watch).update(&plan).map_err(|_| ());
    assert!(ended != Ok(End::Started) || started, "it starts when it says so");
    ended
}

#[test]
fn an_image_is_written_over_the_bus() {
    let chip = chip();
    let image = image();
    assert!(update(&chip, &image, None).is_ok());
    assert_eq!(chip.at(0x0800_0000, image.len()), image);
    assert!(chip.at(0x0800_0000 + 20_000, 100).iter().all(|byte| *byte == 0xFF));
}

#[test]
fn wherever_the_cable_is_pulled_the_next_update_is_whole() {
    let image = image();
    for left in (0..400).step_by(7) {
        let chip = chip();
        chip.set(0x0800_0000, &[0, 0, 0, 0x20, 1, 2, 3, 4]);
        // One that vanished in the moment of leaving may have started, or not.
        if update(&chip, &image, Some(left)) != Ok(End::Started) {
            let start = chip.at(0x0800_0000, 4);
            let old = chip.at(0x0800_0000, 8) == [0, 0, 0, 0x20, 1, 2, 3, 4];
            let whole = chip.at(0x0800_0000, image.len()) == image;
            assert!(old || whole || start == [0xFF; 4], "after {left} requests half an image would start");
            assert!(update(&chip, &image, None).is_ok());
        }
        assert_eq!(chip.at(0x0800_0000, image.len()), image, "after {left} requests");
    }
}

#[test]
fn whoever_chooses_the_interface_finds_a_loader_at_rest() {
    const SET_INTERFACE: u8 = 11;
    let image = image();
    for left in 0..60 {
        with_loader(&chip(), |computer, loader| {
            // A program that ends in the midst of its work.
            assert!(update_by(computer, loader, &image, Some(left)).is_err());
            let mut turn = || {
                loader.poll();
            };
            computer.tell(0x01, SET_INTERFACE, 0, 0, &[], &mut turn).expect("it is the only setting");
            let report = computer.ask(0x21, Request::GetStatus as u8, 0, 0, 6, &mut turn).expect("a loader has a status");
            assert_eq!((report[0], report[4]), (0, 2), "status and state after {left} requests");
        });
    }
}
