//! A bus in memory: packets on the board's side, whole transfers on the computer's, as its controller has them.
//!
//! ```text
//! computer   submit(Transfer) ──▶  endpoints: one packet each  ──▶  UsbBus   the board's classes
//!            tell(Finished)   ◀──  NAK = the packet is still there
//! ```
//! An endpoint holds one packet, as a chip's does: while the board has not taken it the transfer waits, which is what NAK means on a wire. A
//! control transfer goes through its three stages (USB 2.0 §8.5.3). Only the tests of this crate and the rig use it; there, USB/IP
//! carries the transfers of a Linux kernel.

extern crate std;

use std::boxed::Box;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::vec::Vec;
use usb_device::bus::{PollResult, UsbBus};
use usb_device::endpoint::{EndpointAddress, EndpointType};
use usb_device::{Result, UsbDirection, UsbError};

/// Endpoints of a device in one direction.
const ENDPOINTS: usize = 16;

/// What the computer wants of an endpoint.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// The computer's own number for it.
    pub id: u32,
    /// The endpoint's number.
    pub endpoint: usize,
    /// The most bytes that are wanted from the board; `None` if `data` goes there.
    pub wanted: Option<usize>,
    /// What goes to the board.
    pub data: Vec<u8>,
    /// The request of a control transfer.
    pub setup: [u8; 8],
    /// Whether an empty packet ends what would else end with a full one.
    pub ends_short: bool,
}

/// How a transfer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The number that the computer gave it.
    pub id: u32,
    /// The bytes from the board, and how many went there.
    pub done: core::result::Result<(Vec<u8>, usize), Stalled>,
}

/// The board refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stalled;

/// The bus; both sides have a clone.
#[derive(Clone)]
pub struct Wire(Arc<(Mutex<State>, Condvar)>);

/// A transfer under way.
struct Running {
    asked: Transfer,
    /// Bytes that the board has taken.
    sent: usize,
    received: Vec<u8>,
}

/// One direction of an endpoint.
#[derive(Default)]
struct Endpoint {
    /// The longest packet; 0 where the board has no such endpoint.
    longest: usize,
    packet: Option<Vec<u8>>,
    stalled: bool,
    running: VecDeque<Running>,
}

/// Where a control transfer is.
#[derive(PartialEq, Clone, Copy)]
enum Stage {
    Setup,
    FromBoard,
    ToBoard,
    /// The empty packet that ends it, from the board or to it.
    EndFromBoard,
    EndToBoard,
}

struct State {
    from_board: [Endpoint; ENDPOINTS],
    to_board: [Endpoint; ENDPOINTS],
    controls: VecDeque<Running>,
    control: Option<(Running, Stage)>,
    /// What the board has not seen yet.
    reset: bool,
    setup_came: bool,
    packets_left: u16,
    unplugged: bool,
    woken: bool,
    tell: Box<dyn FnMut(Finished) + Send>,
}

impl Wire {
    /// A plugged-in bus; `tell` learns of every transfer that ends.
    pub fn new(tell: impl FnMut(Finished) + Send + 'static) -> Wire {
        let state = State {
            from_board: Default::default(),
            to_board: Default::default(),
            controls: VecDeque::new(),
            control: None,
            reset: true,
            setup_came: false,
            packets_left: 0,
            unplugged: false,
            woken: false,
            tell: Box::new(tell),
        };
        Wire(Arc::new((Mutex::new(state), Condvar::new())))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The computer begins a transfer.
    pub fn submit(&self, transfer: Transfer) {
        let running = Running { asked: transfer, sent: 0, received: Vec::new() };
        let mut state = self.state();
        match (running.asked.endpoint, running.asked.wanted) {
            (0, _) => state.controls.push_back(running),
            (endpoint, Some(_)) => state.from_board[endpoint].running.push_back(running),
            (endpoint, None) => state.to_board[endpoint].running.push_back(running),
        }
        state.advance();
        self.0.1.notify_all();
    }

    /// The computer gives a transfer up; whether it had not ended yet.
    pub fn cancel(&self, id: u32) -> bool {
        let mut state = self.state();
        let found = state.cancel(id);
        state.advance();
        self.0.1.notify_all();
        found
    }

    /// The computer resets the bus.
    pub fn reset_bus(&self) {
        self.state().reset = true;
        self.0.1.notify_all();
    }

    /// Plugs in a board whose cable was pulled; `tell` learns of what ends from here on.
    pub fn plug(&self, tell: impl FnMut(Finished) + Send + 'static) {
        let mut state = self.state();
        state.drop_transfers();
        (state.unplugged, state.reset, state.tell) = (false, true, Box::new(tell));
        self.0.1.notify_all();
    }

    /// Pulls the cable: nothing more happens.
    pub fn unplug(&self) {
        let mut state = self.state();
        state.drop_transfers();
        (state.unplugged, state.tell) = (true, Box::new(|_| {}));
        self.0.1.notify_all();
    }

    /// Ends a wait of the board's: something happened that is not the bus's.
    pub fn wake(&self) {
        self.state().woken = true;
        self.0.1.notify_all();
    }

    /// Whether the cable was pulled.
    pub fn is_unplugged(&self) -> bool {
        self.state().unplugged
    }

    /// Whether no control transfer is under way: the last answer has left the board.
    pub fn is_quiet(&self) -> bool {
        let state = self.state();
        state.control.is_none() && state.controls.is_empty()
    }

    /// Waits until there is something for the board to do, or the time is over. A board that `takes` no data does not wake for it.
    pub fn wait(&self, longest: Duration, takes: bool) {
        let idle = |state: &mut State| !core::mem::take(&mut state.woken) && (!state.has_news(takes) || state.unplugged);
        drop(self.0.1.wait_timeout_while(self.state(), longest, idle));
    }
}

impl State {
    fn drop_transfers(&mut self) {
        self.from_board.iter_mut().chain(&mut self.to_board).for_each(|endpoint| endpoint.running.clear());
        self.controls.clear();
    }

    fn has_news(&self, takes: bool) -> bool {
        let looked_at = if takes { ENDPOINTS } else { 1 };
        let came = self.to_board[..looked_at].iter().any(|endpoint| endpoint.packet.is_some());
        self.reset || self.setup_came || self.packets_left != 0 || came
    }

    fn cancel(&mut self, id: u32) -> bool {
        let mut found = false;
        let queues = self.from_board.iter_mut().chain(&mut self.to_board).map(|endpoint| &mut endpoint.running);
        for queue in queues.chain([&mut self.controls]) {
            let before = queue.len();
            queue.retain(|running| running.asked.id != id);
            found |= queue.len() != before;
        }
        if self.control.as_ref().is_some_and(|(running, _)| running.asked.id == id) {
            (self.control, self.setup_came, self.to_board[0].packet) = (None, false, None);
            found = true;
        }
        found
    }

    fn finish(&mut self, running: Running, stalled: bool) {
        let done = if stalled { Err(Stalled) } else { Ok((running.received, running.sent)) };
        (self.tell)(Finished { id: running.asked.id, done });
    }

    /// Moves everything as far as it goes without the board.
    fn advance(&mut self) {
        if self.reset || self.unplugged {
            return;
        }
        while self.advance_control() {}
        for endpoint in 1..ENDPOINTS {
            self.advance_from_board(endpoint);
            while self.advance_to_board(endpoint) {}
        }
    }

    /// One packet from the board into the first transfer that waits for it.
    fn advance_from_board(&mut self, number: usize) {
        let endpoint = &mut self.from_board[number];
        if endpoint.stalled {
            for running in core::mem::take(&mut endpoint.running) {
                self.finish(running, true);
            }
            return;
        }
        let Some(running) = endpoint.running.front_mut() else { return };
        let Some(packet) = endpoint.packet.take() else { return };
        running.received.extend_from_slice(&packet);
        let wanted = running.asked.wanted.unwrap_or(0);
        let ends = packet.len() < endpoint.longest || running.received.len() >= wanted;
        self.packets_left |= 1 << number;
        if ends {
            let mut running = endpoint.running.pop_front().expect("it was there");
            running.received.truncate(wanted);
            self.finish(running, false);
        }
    }

    /// One packet of the first transfer to the board, if it has taken the one before; whether there may be more to do.
    fn advance_to_board(&mut self, number: usize) -> bool {
        let endpoint = &mut self.to_board[number];
        if endpoint.stalled {
            for running in core::mem::take(&mut endpoint.running) {
                self.finish(running, true);
            }
            return false;
        }
        if endpoint.packet.is_some() || endpoint.longest == 0 {
            return false;
        }
        let Some(running) = endpoint.running.front_mut() else { return false };
        let length = (running.asked.data.len() - running.sent).min(endpoint.longest);
        endpoint.packet = Some(running.asked.data[running.sent..][..length].to_vec());
        running.sent += length;
        let full = length == endpoint.longest;
        if running.sent == running.asked.data.len() && !(full && running.asked.ends_short) {
            let running = endpoint.running.pop_front().expect("it was there");
            self.finish(running, false);
        }
        true
    }

    /// One step of the control transfer; whether there may be another.
    fn advance_control(&mut self) -> bool {
        let Some((running, stage)) = &mut self.control else { return self.begin_control() };
        let length = usize::from(u16::from_le_bytes([running.asked.setup[6], running.asked.setup[7]]));
        if *stage == Stage::Setup {
            if self.setup_came {
                return false;
            }
            let from_board = running.asked.setup[0] & 0x80 != 0;
            *stage = match (from_board, length) {
                (_, 0) => Stage::EndFromBoard,
                (true, _) => Stage::FromBoard,
                (false, _) => Stage::ToBoard,
            };
            return true;
        }
        if self.from_board[0].stalled || self.to_board[0].stalled {
            self.to_board[0].packet = None;
            return self.end_control(true);
        }
        let (to_board, from_board) = (&mut self.to_board[0], &mut self.from_board[0]);
        match *stage {
            Stage::Setup => false,
            Stage::ToBoard if to_board.packet.is_some() => false,
            Stage::ToBoard if running.sent == running.asked.data.len() => {
                *stage = Stage::EndFromBoard;
                true
            }
            Stage::ToBoard => {
                let count = (running.asked.data.len() - running.sent).min(to_board.longest);
                to_board.packet = Some(running.asked.data[running.sent..][..count].to_vec());
                running.sent += count;
                false
            }
            Stage::FromBoard => {
                let Some(packet) = from_board.packet.take() else { return false };
                running.received.extend_from_slice(&packet);
                if packet.len() < from_board.longest || running.received.len() >= length {
                    running.received.truncate(length);
                    *stage = Stage::EndToBoard;
                    to_board.packet = Some(Vec::new());
                } else {
                    self.packets_left |= 1;
                }
                false
            }
            Stage::EndToBoard => to_board.packet.is_none() && self.end_control(false),
            Stage::EndFromBoard => {
                if from_board.packet.take().is_none() {
                    return false;
                }
                self.packets_left |= 1;
                self.end_control(false)
            }
        }
    }

    fn begin_control(&mut self) -> bool {
        // The board must see the end of the last one first.
        if self.packets_left & 1 != 0 {
            return false;
        }
        let Some(running) = self.controls.pop_front() else { return false };
        (self.from_board[0].packet, self.from_board[0].stalled, self.to_board[0].stalled) = (None, false, false);
        self.to_board[0].packet = Some(running.asked.setup.to_vec());
        self.setup_came = true;
        self.control = Some((running, Stage::Setup));
        false
    }

    fn end_control(&mut self, stalled: bool) -> bool {
        let (running, _) = self.control.take().expect("one is under way");
        self.finish(running, stalled);
        true
    }

    fn endpoint(&mut self, address: EndpointAddress) -> &mut Endpoint {
        let endpoints = if address.is_in() { &mut self.from_board } else { &mut self.to_board };
        &mut endpoints[address.index()]
    }
}

impl UsbBus for Wire {
    fn alloc_ep(
        &mut self,
        direction: UsbDirection,
        address: Option<EndpointAddress>,
        _kind: EndpointType,
        longest: u16,
        _interval: u8,
    ) -> Result<EndpointAddress> {
        let mut state = self.state();
        let endpoints = if direction == UsbDirection::In { &state.from_board } else { &state.to_board };
        let number = match address {
            Some(address) => address.index(),
            None => (1..ENDPOINTS).find(|number| endpoints[*number].longest == 0).ok_or(UsbError::EndpointOverflow)?,
        };
        let address = EndpointAddress::from_parts(number, direction);
        state.endpoint(address).longest = longest.into();
        Ok(address)
    }

    fn enable(&mut self) {}

    fn reset(&self) {
        let mut state = self.state();
        let state = &mut *state;
        for endpoint in state.from_board.iter_mut().chain(&mut state.to_board) {
            (endpoint.packet, endpoint.stalled) = (None, false);
        }
        (state.packets_left, state.setup_came, state.control) = (0, false, None);
        state.advance();
    }

    fn set_device_address(&self, _address: u8) {}

    fn write(&self, address: EndpointAddress, bytes: &[u8]) -> Result<usize> {
        let mut state = self.state();
        let endpoint = state.endpoint(address);
        if bytes.len() > endpoint.longest {
            return Err(UsbError::BufferOverflow);
        }
        if endpoint.packet.is_some() {
            return Err(UsbError::WouldBlock);
        }
        endpoint.packet = Some(bytes.to_vec());
        state.advance();
        Ok(bytes.len())
    }

    fn read(&self, address: EndpointAddress, into: &mut [u8]) -> Result<usize> {
        let mut state = self.state();
        let packet = state.endpoint(address).packet.take().ok_or(UsbError::WouldBlock)?;
        let count = packet.len();
        into.get_mut(..count).ok_or(UsbError::BufferOverflow)?.copy_from_slice(&packet);
        if address.index() == 0 {
            state.setup_came = false;
        }
        state.advance();
        Ok(count)
    }

    fn set_stalled(&self, address: EndpointAddress, stalled: bool) {
        let mut state = self.state();
        state.endpoint(address).stalled = stalled;
        state.advance();
    }

    fn is_stalled(&self, address: EndpointAddress) -> bool {
        self.state().endpoint(address).stalled
    }

    fn suspend(&self) {}

    fn resume(&self) {}

    fn poll(&self) -> PollResult {
        let mut state = self.state();
        if core::mem::take(&mut state.reset) {
            return PollResult::Reset;
        }
        if state.unplugged {
            return PollResult::None;
        }
        let came = state.to_board.iter().enumerate().filter(|(_, endpoint)| endpoint.packet.is_some());
        let came = came.fold(0_u16, |bits, (number, _)| bits | 1 << number);
        let setup = u16::from(state.setup_came);
        let left = core::mem::take(&mut state.packets_left);
        // The next control transfer may begin now; the board sees it when it asks again.
        state.advance();
        match came | left {
            0 => PollResult::None,
            _ => PollResult::Data { ep_out: came & !setup, ep_in_complete: left, ep_setup: setup },
        }
    }
}
