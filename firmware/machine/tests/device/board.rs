//! A board in memory whose program describes its USB device, and a computer that does one thing after the other with it.
//!
//! All of it is one thread: whenever the program waits, the bus goes on by a step, and a millisecond is over.

use interpreter::heap::cleared;
use interpreter::modules::BuiltinModule;
use interpreter::modules::frozen::Frozen;
use interpreter::object::name::Pool;
use interpreter::object::print::{Console, Printer};
use interpreter::port::Port;
use interpreter::source::Mode as Source;
use interpreter::vfs::Errno;
use interpreter::vm::import::Text;
use interpreter::vm::{Memory, Outcome, Root, Vm};
use machine::boards::PinRow;
use machine::event;
use machine::{Board, Cause, Clockwork, Edges, Hardware, Mode, Pull, Usb, UsbEndpoint, UsbEvent, UsbMode, UsbSettings};
use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use usb::board::{Identity, Wear};
use usb::own::{ENDPOINTS, Endpoint, Event};
use usb::serial::PACKET;
use usb::simulated::{Finished, Stalled, Transfer, Wire};
use usb::usb_device::bus::UsbBusAllocator;

/// Bytes of heap, words of the stack, bytes of the machine's stack.
const HEAP: usize = 512 << 10;
const STACK: usize = 16 << 10;
const MACHINE_STACK: usize = 256 << 10;
/// Waits after the last step until the program is interrupted; waits that it has in all.
const QUIET: usize = 200;
const PATIENCE: usize = 100_000;

/// What the computer does.
pub struct Step {
    endpoint: usize,
    wanted: Option<usize>,
    data: Vec<u8>,
    setup: [u8; 8],
}

fn request(kind: u8, request: u8, value: u16, index: u16, length: usize) -> [u8; 8] {
    let [value, index, length] = [value, index, length as u16].map(u16::to_le_bytes);
    [kind, request, value[0], value[1], index[0], index[1], length[0], length[1]]
}

impl Step {
    /// A request that wants to know something.
    pub fn ask(kind: u8, what: u8, value: u16, index: u16, length: usize) -> Step {
        Step { endpoint: 0, wanted: Some(length), data: Vec::new(), setup: request(kind | 0x80, what, value, index, length) }
    }

    /// A request that brings something.
    pub fn tell(kind: u8, what: u8, value: u16, index: u16, data: &[u8]) -> Step {
        Step { endpoint: 0, wanted: None, data: data.to_vec(), setup: request(kind, what, value, index, data.len()) }
    }

    /// So many bytes at the most from an endpoint.
    pub fn read(endpoint: usize, length: usize) -> Step {
        Step { endpoint, wanted: Some(length), data: Vec::new(), setup: [0; 8] }
    }

    /// Bytes to an endpoint.
    pub fn write(endpoint: usize, data: &[u8]) -> Step {
        Step { endpoint, wanted: None, data: data.to_vec(), setup: [0; 8] }
    }

    /// What every system does with a new device.
    pub fn enumerate(configuration: usize) -> Vec<Step> {
        let of_device = [Step::ask(0, 6, 0x0100, 0, 64), Step::tell(0, 5, 7, 0, &[]), Step::ask(0, 6, 0x0200, 0, 9)];
        let mut steps = Vec::from(of_device);
        steps.extend([Step::ask(0, 6, 0x0200, 0, configuration), Step::tell(0, 9, 1, 0, &[])]);
        steps
    }
}

/// What came of a step: the bytes from the board.
pub type Answer = Result<Vec<u8>, Stalled>;

/// What is on the bus now.
struct Shown {
    board: usb::board::Board<'static, Wire>,
    wire: Wire,
    finished: Receiver<Finished>,
}

#[derive(Default)]
struct State {
    shown: Option<Shown>,
    steps: Vec<Step>,
    answers: Vec<Answer>,
    begun: usize,
    waits: usize,
    quiet: usize,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static PENDING: &'static AtomicBool = Box::leak(Box::default());
    static LIBRARY: Cell<&'static [Frozen]> = const { Cell::new(&[]) };
    static NOW: Cell<u64> = const { Cell::new(0) };
}

/// Events are a board's, and a process has one board at a time.
static ONE: Mutex<()> = Mutex::new(());

/// Runs a program on a board at which the computer does these steps; what came of them, and what the program printed.
pub fn run(program: &str, library: &'static [Frozen], steps: Vec<Step>) -> (Vec<Answer>, String) {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    event::reset();
    STATE.set(State { steps, ..State::default() });
    LIBRARY.set(library);
    let heap = Box::leak(vec![MaybeUninit::new(0xA5_u8); HEAP].into_boxed_slice());
    heap[..cleared(HEAP)].fill(MaybeUninit::new(0));
    let stack = Box::leak(vec![MaybeUninit::new(0_usize); STACK].into_boxed_slice());
    let port: &'static Outside = Box::leak(Box::new(Outside(Board::new(&Chip))));
    let vm = Vm::new(port, Memory { heap, stack, machine_stack: MACHINE_STACK }).expect("there is room");
    vm.enter(|vm| {
        let done = prepare(vm).and_then(|()| {
            let (globals, name) = (vm.main_globals()?, vm.intern("test.py")?);
            vm.execute(&mut Text::new(program.as_bytes()), name, Source::File, globals)
        });
        if let Err(raised) = done {
            let exception = vm.take_raised(raised);
            let mut console = Console;
            vm.print_exception(exception, &mut Printer::new(&mut console)).expect("there is room to say so");
        }
    });
    let state = STATE.take();
    (state.answers, String::from_utf8(OUTPUT.take()).expect("programs print text"))
}

fn prepare(vm: &Vm) -> Outcome<()> {
    vm.set_root(Root::Path, vm.new_list(&[vm.new_str(".frozen")?])?);
    Ok(())
}

impl State {
    /// A step of the bus, and of the computer if it is idle.
    fn go_on(&mut self) {
        self.waits += 1;
        let Some(shown) = &mut self.shown else { return };
        shown.board.poll();
        if shown.board.own().is_some_and(|(own, ..)| own.has_news()) {
            event::note(event::Source::DEVICE);
            PENDING.with(|pending| pending.store(true, Relaxed));
        }
        while let Ok(ended) = shown.finished.try_recv() {
            self.answers.push(ended.done.map(|(data, _)| data));
        }
        if self.begun == self.answers.len()
            && let Some(Step { endpoint, wanted, data, setup }) = self.steps.get(self.begun)
        {
            let (endpoint, wanted, setup) = (*endpoint, *wanted, *setup);
            shown.wire.submit(Transfer { id: 0, endpoint, wanted, data: data.clone(), setup, ends_short: false });
            self.begun += 1;
        }
        self.quiet += usize::from(self.answers.len() == self.steps.len());
    }

    /// Whether the program has had its time.
    fn is_over(&self) -> bool {
        self.quiet > QUIET || self.waits > PATIENCE
    }
}

struct Outside(Board);

impl Port for Outside {
    fn write(&self, bytes: &[u8]) {
        OUTPUT.with(|output| output.borrow_mut().extend_from_slice(bytes));
    }
    fn read(&self) -> Option<u8> {
        None
    }
    fn has_input(&self) -> bool {
        false
    }
    fn now(&self) -> u64 {
        NOW.get()
    }
    fn idle(&self, _: Option<u64>) {
        NOW.set(NOW.get() + 1000);
        STATE.with(|state| state.borrow_mut().go_on());
        if STATE.with(|state| state.borrow().is_over()) {
            self.pending().store(true, Relaxed);
        }
    }
    fn pending(&self) -> &'static AtomicBool {
        PENDING.with(|pending| *pending)
    }
    fn interrupted(&self) -> bool {
        STATE.with(|state| state.borrow().is_over())
    }
    fn attend(&self, vm: &Vm) -> Outcome<()> {
        event::run_due(vm)
    }
    fn entropy(&self) -> u64 {
        4
    }
    fn modules(&self) -> &'static [&'static BuiltinModule] {
        static MODULES: &[&BuiltinModule] = &[&machine::MACHINE];
        MODULES
    }
    fn pools(&self) -> &'static [&'static Pool] {
        static POOLS: &[&Pool] = &[&machine::POOL];
        POOLS
    }
    fn frozen(&self) -> &'static [Frozen] {
        LIBRARY.get()
    }
    fn context(&self) -> Option<&dyn std::any::Any> {
        Some(&self.0)
    }
    fn machine(&self) -> &'static str {
        "test"
    }
    fn platform(&self) -> &'static str {
        "test"
    }
}

/// A board with nothing but USB.
struct Chip;

fn own<R>(
    body: impl FnOnce(&mut usb::own::Own<'static>, &Wire, &mut Option<usb::serial::Serial<'static, Wire>>) -> R,
) -> Option<R> {
    STATE.with(|state| {
        let mut state = state.borrow_mut();
        let (own, bus, serial) = state.shown.as_mut()?.board.own()?;
        Some(body(own, bus, serial))
    })
}

const IDENTITY: Identity<'static> =
    Identity { vendor: 0xF055, product: 0x9802, maker: "Taipan", name: "Board", serial: "0123456789" };

impl Usb for Chip {
    fn mode(&self) -> Option<UsbMode> {
        None
    }
    fn start(&self, _: &UsbSettings) {}
    fn stop(&self) {
        STATE.with(|state| state.borrow_mut().shown = None);
    }
    fn is_open(&self) -> bool {
        false
    }
    fn waiting(&self) -> usize {
        0
    }
    fn read(&self) -> Option<u8> {
        None
    }
    fn has_room(&self) -> bool {
        false
    }
    fn write(&self, _: &[u8]) -> usize {
        0
    }
    fn listen(&self, _: bool) {}
    fn takes_report(&self) -> bool {
        false
    }
    fn report(&self, _: &[u8]) -> bool {
        false
    }
    fn has_report(&self) -> bool {
        false
    }
    fn take_report(&self, _: &mut [u8; 64]) -> usize {
        0
    }
    fn appear(&self, serial: bool, endpoints: &[UsbEndpoint]) {
        let mut rows = [Endpoint::default(); ENDPOINTS];
        for (row, UsbEndpoint { address, kind, longest, interval }) in rows.iter_mut().zip(endpoints.iter().copied()) {
            *row = Endpoint { address, kind, longest, interval };
        }
        let (tell, finished) = channel();
        let wire = Wire::new(move |ended| drop(tell.send(ended)));
        let bus: &'static UsbBusAllocator<Wire> = Box::leak(Box::new(UsbBusAllocator::new(wire.clone())));
        let board = usb::board::Board::new(bus, IDENTITY, Wear { serial, disk: None, keys: None, own: Some(rows) });
        STATE.with(|state| state.borrow_mut().shown = Some(Shown { board, wire, finished }));
    }
    fn event(&self) -> Option<UsbEvent> {
        own(|own, _, _| own.event()).flatten().map(|event| match event {
            Event::Reset => UsbEvent::Reset,
            Event::Configured => UsbEvent::Configured,
            Event::Asked(request) => UsbEvent::Asked(request),
            Event::Left(endpoint) => UsbEvent::Left(endpoint),
        })
    }
    fn put(&self, endpoint: u8, bytes: &[u8]) -> bool {
        own(|own, bus, _| own.put(bus, endpoint, bytes)) == Some(true)
    }
    fn take(&self, endpoint: u8, into: &mut [u8; PACKET]) -> Option<usize> {
        own(|own, bus, _| own.take(bus, endpoint, into)).flatten()
    }
    fn stall(&self, endpoint: u8, stalled: Option<bool>) -> bool {
        own(|own, bus, _| own.stall(bus, endpoint, stalled)) == Some(true)
    }
    fn by_default(&self) {
        own(|own, bus, serial| own.by_default(bus, serial));
    }
    fn wake(&self) -> bool {
        own(|own, _, _| own.may_wake()) == Some(true)
    }
}

impl Clockwork for Chip {
    fn hold_interrupts(&self) -> bool {
        true
    }
    fn let_interrupts(&self, _: bool) {}
    fn alarm(&self, _: Option<u64>) {}
    fn set_clock(&self, _: u64) -> Result<(), Errno> {
        Err(Errno::ENODEV)
    }
}

impl Hardware for Chip {
    fn usb(&self) -> Option<&dyn Usb> {
        Some(self)
    }
    fn pins(&self) -> &'static [PinRow] {
        &[]
    }
    fn configure(&self, _: usize, _: Mode, _: Pull) {}
    fn configuration(&self, _: usize) -> (Mode, Pull) {
        (Mode::Input, Pull::None)
    }
    fn read(&self, _: usize) -> bool {
        false
    }
    fn write(&self, _: usize, _: bool) {}
    fn watch(&self, _: usize, _: Edges) {}
    fn trigger(&self, _: usize) {}
    fn watch_line(&self, _: u8, _: Edges) {}
    fn trigger_line(&self, _: u8) {}
    fn line_registers(&self) -> [(&'static str, u32); 6] {
        [("", 0); 6]
    }
    fn bitstream(&self, _: usize, _: [u32; 4], _: &[Cell<u8>]) {}
    fn leds(&self) -> usize {
        0
    }
    fn led(&self, _: usize) -> u8 {
        0
    }
    fn set_led(&self, _: usize, _: u8) {}
    fn switch(&self) -> usize {
        0
    }
    fn unique_id(&self) -> [u8; 12] {
        [0; 12]
    }
    fn frequencies(&self) -> [u32; 4] {
        [0; 4]
    }
    fn cause(&self) -> Cause {
        Cause::Power
    }
    fn reset(&self) {}
    fn boot_loader(&self) {}
}
