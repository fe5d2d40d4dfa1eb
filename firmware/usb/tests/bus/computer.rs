//! A computer on the bus in memory: it does what an operating system does, one transfer at a time, and lets the board act meanwhile.

use std::cell::Cell;
use std::sync::mpsc::{Receiver, channel};
use usb::simulated::{Finished, Stalled, Transfer, Wire};

/// Turns that a board gets to end a transfer before the test gives up: far more than any needs.
const PATIENCE: usize = 100_000;

/// The computer's end of a wire.
pub struct Computer {
    pub wire: Wire,
    finished: Receiver<Finished>,
    next: Cell<u32>,
}

/// A transfer that the board did not end.
#[derive(Debug, PartialEq, Eq)]
pub struct Waits(pub u32);

impl Computer {
    pub fn new() -> Computer {
        let (tell, finished) = channel();
        let wire = Wire::new(move |ended| drop(tell.send(ended)));
        Computer { wire, finished, next: Cell::new(1) }
    }

    /// Begins a transfer.
    pub fn begin(&self, endpoint: usize, wanted: Option<usize>, data: &[u8], setup: [u8; 8]) -> u32 {
        let id = self.next.replace(self.next.get() + 1);
        self.wire.submit(Transfer { id, endpoint, wanted, data: data.to_vec(), setup, ends_short: false });
        id
    }

    /// Lets the board act until this transfer has ended.
    pub fn end(&self, id: u32, board: &mut dyn FnMut()) -> Result<Result<(Vec<u8>, usize), Stalled>, Waits> {
        for _ in 0..PATIENCE {
            match self.finished.try_recv() {
                Ok(ended) if ended.id == id => return Ok(ended.done),
                _ => board(),
            }
        }
        Err(Waits(id))
    }

    /// A request that answers with data.
    pub fn ask(
        &self,
        kind: u8,
        request: u8,
        value: u16,
        index: u16,
        length: u16,
        board: &mut dyn FnMut(),
    ) -> Result<Vec<u8>, Stalled> {
        let setup = setup(kind | 0x80, request, value, index, length);
        let id = self.begin(0, Some(length.into()), &[], setup);
        self.end(id, board).expect("the board answers").map(|(data, _)| data)
    }

    /// A request that brings data.
    pub fn tell(
        &self,
        kind: u8,
        request: u8,
        value: u16,
        index: u16,
        data: &[u8],
        board: &mut dyn FnMut(),
    ) -> Result<(), Stalled> {
        let id = self.begin(0, None, data, setup(kind, request, value, index, data.len() as u16));
        self.end(id, board).expect("the board answers").map(drop)
    }

    /// What every system does with a new device: its description, its address, its configuration, which it answers.
    pub fn enumerate(&self, board: &mut dyn FnMut()) -> Vec<u8> {
        let device = self.ask(0, 6, 0x0100, 0, 64, board).expect("a device describes itself");
        assert_eq!((device.len(), device[1]), (18, 1));
        self.tell(0, 5, 5, 0, &[], board).expect("it takes an address");
        let head = self.ask(0, 6, 0x0200, 0, 9, board).expect("it has a configuration");
        let length = u16::from_le_bytes([head[2], head[3]]);
        let configuration = self.ask(0, 6, 0x0200, 0, length, board).expect("it has a configuration");
        assert_eq!(configuration.len(), usize::from(length));
        self.tell(0, 9, 1, 0, &[], board).expect("it can be configured");
        configuration
    }

    /// A text of the device.
    pub fn text(&self, index: u8, board: &mut dyn FnMut()) -> String {
        let bytes = self.ask(0, 6, 0x0300 | u16::from(index), 0x0409, 255, board).expect("it has this text");
        let units: Vec<u16> = bytes[2..].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
        String::from_utf16(&units).expect("a text is UTF-16")
    }
}

fn setup(kind: u8, request: u8, value: u16, index: u16, length: u16) -> [u8; 8] {
    let [value, index, length] = [value, index, length].map(u16::to_le_bytes);
    [kind, request, value[0], value[1], index[0], index[1], length[0], length[1]]
}

/// The descriptors of a configuration that are interfaces: number, class, subclass, protocol.
pub fn interfaces(configuration: &[u8]) -> Vec<[u8; 4]> {
    let mut rest = configuration;
    let mut found = Vec::new();
    while let Some(length) = rest.first() {
        let (descriptor, behind) = rest.split_at((*length).into());
        if descriptor[1] == 4 {
            found.push([descriptor[2], descriptor[5], descriptor[6], descriptor[7]]);
        }
        rest = behind;
    }
    found
}
