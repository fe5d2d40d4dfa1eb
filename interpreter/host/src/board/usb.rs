//! The board's USB side, as whoever started this program plays it (`--bridge`): an object a line, both ways.
//!
//! ```text
//! board     {"usb":{"mode":"VCP+MSC","vendor":…,"product":…,"input":[…],"report":[…]}}, {"usb":null}     what it shows from now on
//!           {"report":[0,5,0,0]}                                   from the mouse or keyboard
//!           {"serve":"held" | "wrote" | "idle"}                    the disk may be used until "served"; what the program does with it
//! computer  {"usb":{"configured":true,"open":true}}                whether it has taken the board in use; has opened the line
//!           {"usb":"reported"}, {"usb":{"report":[2]}}             the report has left; one has come
//!           {"usb":"wants"}                                        something waits at the disk
//!           {"usb":{"read":8,"count":16}}, {"usb":{"write":8,"data":"00ff…"}}, {"usb":"sync"}    while it is served: {"done":true,"data":"…"}
//!           {"usb":{"served":{"writes":true,"done":false}}}        the end of that
//!
//! board     {"usb":{"mode":"own","serial":true,"endpoints":[{"address":131,"kind":3,"longest":8,"interval":8}]}}   what its program describes
//!           {"put":131,"data":"00…"}, {"take":3}, {"stall":131,"on":true}, {"default":true}, {"wake":true}    what that does
//! computer  {"usb":"reset"}, {"usb":"taken"}, {"usb":{"asked":"8006…","turn":7}}, {"usb":{"left":131}}        what happens to it
//!           {"usb":{"came":3,"data":"00…"}}                                                                   after "take", when something has
//! ```
//! Blocks change hands between two instructions of Python alone, as on a chip. What happens to the program's own device it hears of in the order in
//! which it was said, packets too. What it does at endpoint 0 bears the `turn` of the request that it is for: the computer may have given that one up.

use super::flash::Sectors;
use super::line;
use anyhow::Context;
use interpreter::vfs::{BlockDevice, Errno};
use machine::event::{self, Source};
use machine::{USB_DEFAULT, UsbEndpoint, UsbEvent, UsbMode, UsbSettings};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use storage::shared::{Shared, Use};

/// How long whoever plays the computer may think about its next request.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where the blocks are, once the board has some.
static SECTORS: OnceLock<Sectors> = OnceLock::new();
/// They, as the program has them.
pub static SHARED: Shared = Shared::new(|| SECTORS.get().expect("a bridge has them"), wait_for_computer);

#[derive(Default)]
struct State {
    shown: Option<Shown>,
    configured: bool,
    open: bool,
    reporting: bool,
    report: Option<Vec<u8>>,
    own: Own,
}

/// A device that the program describes.
#[derive(Default)]
struct Own {
    shown: bool,
    /// What the program has not heard yet.
    news: VecDeque<News>,
    /// The request that it has heard of last, by its number.
    turn: u64,
    /// Endpoints of which a packet has not left; which refuse; of which the program wants a packet.
    busy: Vec<u8>,
    stalled: Vec<u8>,
    wanted: Vec<u8>,
}

/// What has happened to it.
enum News {
    Event(UsbEvent),
    Asked { request: [u8; 8], turn: u64 },
    Came(u8, Vec<u8>),
}

#[derive(PartialEq, Clone)]
struct Shown {
    mode: UsbMode,
    vendor: u16,
    product: u16,
    input: [u8; 4],
    report: Vec<u8>,
}

/// What is asked while the disk is served.
type Requests = (Sender<Value>, Mutex<Receiver<Value>>);

static STATE: Mutex<Option<State>> = Mutex::new(None);
static WANTS: AtomicBool = AtomicBool::new(false);
static LISTENS: AtomicBool = AtomicBool::new(false);
/// Whether the program described the device, or took it away then; it ends with the program.
static DESCRIBED: AtomicBool = AtomicBool::new(false);
static REQUESTS: LazyLock<Requests> = LazyLock::new(|| {
    let (asked, asks) = channel();
    (asked, Mutex::new(asks))
});

/// USB, for the classes.
pub struct Usb;

/// A board with USB, whose disk these blocks are.
pub fn start(sectors: Sectors) {
    SECTORS.get_or_init(|| sectors);
    *lock(&STATE) = Some(State { shown: Some(shown(&USB_DEFAULT)), ..State::default() });
}

/// USB, if the board has it.
pub fn usb() -> Option<&'static dyn machine::Usb> {
    lock(&STATE).is_some().then_some(&Usb)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on<R>(action: impl FnOnce(&mut State) -> R) -> R {
    action(lock(&STATE).get_or_insert_default())
}

fn shown(settings: &UsbSettings) -> Shown {
    let UsbSettings { mode, vendor, product, input, report } = *settings;
    Shown { mode, vendor, product, input, report: report.to_vec() }
}

fn say(event: &Value) {
    println!("{event}");
}

/// Takes what the computer does.
///
/// # Errors
/// What it cannot do.
pub fn take(event: &Value) -> anyhow::Result<()> {
    match event.as_str() {
        Some("reported") => on(|state| state.reporting = false),
        Some("wants") => {
            WANTS.store(true, SeqCst);
            line::ask_for_attention();
        }
        Some("sync") => REQUESTS.0.send(event.clone())?,
        Some("reset") => happened(News::Event(UsbEvent::Reset)),
        Some("taken") => happened(News::Event(UsbEvent::Configured)),
        Some(other) => anyhow::bail!("USB knows no {other:?}"),
        None if event.get("asked").is_some() => {
            let request = event["asked"].as_str().and_then(bytes).and_then(|request| request.try_into().ok());
            let turn = event["turn"].as_u64().context("a request has a number")?;
            happened(News::Asked { request: request.context("a request has eight bytes")?, turn });
        }
        None if event.get("left").is_some() => happened(News::Event(UsbEvent::Left(endpoint(&event["left"])?))),
        None if event.get("came").is_some() => {
            let packet = event["data"].as_str().and_then(bytes).context("a packet has bytes")?;
            happened(News::Came(endpoint(&event["came"])?, packet));
        }
        None if event.get("configured").is_some() => on(|state| {
            let is = |name: &str| event[name].as_bool() == Some(true);
            (state.configured, state.open) = (is("configured"), is("open"));
        }),
        None if event.get("report").is_some() => {
            let bytes = serde_json::from_value(event["report"].clone())?;
            on(|state| state.report = Some(bytes));
            line::ask_for_attention();
        }
        None => REQUESTS.0.send(event.clone())?,
    }
    Ok(())
}

fn endpoint(value: &Value) -> anyhow::Result<u8> {
    value.as_u64().and_then(|number| number.try_into().ok()).context("an endpoint has a number")
}

/// Something has happened to the program's own device.
fn happened(news: News) {
    on(|state| {
        if matches!(news, News::Event(UsbEvent::Reset)) {
            state.own = Own { shown: state.own.shown, ..Own::default() };
        }
        state.own.news.push_back(news);
    });
    event::note(Source::DEVICE);
    line::ask_for_attention();
}

impl Own {
    /// The next event, unless a packet has come before it.
    fn event(&mut self) -> Option<UsbEvent> {
        match self.news.pop_front()? {
            News::Event(event) => {
                if let UsbEvent::Left(endpoint) = event {
                    self.busy.retain(|other| *other != endpoint);
                }
                Some(event)
            }
            News::Asked { request, turn } => {
                // What was on its way for the request before is not wanted any more.
                self.busy.retain(|other| *other != 0x80);
                self.wanted.retain(|other| *other != 0);
                self.turn = turn;
                Some(UsbEvent::Asked(request))
            }
            packet @ News::Came(..) => {
                self.news.push_front(packet);
                None
            }
        }
    }

    /// A packet of an endpoint, if it came before the next event.
    fn take(&mut self, endpoint: u8) -> Option<Vec<u8>> {
        let packets = self.news.iter().map_while(|news| if let News::Came(of, _) = news { Some(*of) } else { None });
        let at = packets.enumerate().find_map(|(at, of)| (of == endpoint).then_some(at))?;
        self.wanted.retain(|other| *other != endpoint);
        let Some(News::Came(_, packet)) = self.news.remove(at) else { return None };
        Some(packet)
    }
}

/// A byte has come on the line.
pub fn arrived() {
    if LISTENS.load(SeqCst) {
        event::note(Source::USB);
        line::ask_for_attention();
    }
}

/// Lets the computer at the blocks, if it waits for them, or has not said that it is done.
pub fn serve() {
    if !WANTS.swap(false, SeqCst) && !SHARED.is_written() {
        return;
    }
    say(&json!({"serve": match SHARED.take_use() {
        Use::Held => "held",
        Use::Wrote => "wrote",
        Use::Idle => "idle",
    }}));
    let requests = lock(&REQUESTS.1);
    loop {
        let Ok(request) = requests.recv_timeout(PATIENCE) else { return SHARED.leave() };
        if let Some(served) = request.get("served") {
            return SHARED.tell(served["writes"] == true, served["done"] == true);
        }
        let (done, data) = perform(&request).map_or((false, Vec::new()), |data| (true, data));
        say(&json!({"done": done, "data": hexadecimal(&data)}));
    }
}

/// What was asked of the blocks.
fn perform(request: &Value) -> Result<Vec<u8>, Errno> {
    let blocks = SHARED.blocks();
    let size = blocks.block_size() as usize;
    let number = |name: &str| request[name].as_u64().and_then(|number| u32::try_from(number).ok());
    if let Some(first) = number("read") {
        let count = number("count").unwrap_or(1).min(blocks.block_count().saturating_sub(first));
        let mut bytes = vec![0; count as usize * size];
        for (block, into) in (first..).zip(bytes.chunks_mut(size)) {
            blocks.read(block, 0, into)?;
        }
        return Ok(bytes);
    }
    if let Some(block) = number("write") {
        let bytes = request["data"].as_str().and_then(bytes).filter(|bytes| bytes.len() == size).ok_or(Errno::EINVAL)?;
        return blocks.write(block, &bytes).map(|()| Vec::new());
    }
    blocks.sync().map(|()| Vec::new())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    digits.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// A millisecond for a computer that writes.
fn wait_for_computer() {
    serve();
    std::thread::park_timeout(Duration::from_millis(1));
}

/// The program starts anew.
pub fn soft_reset() {
    LISTENS.store(false, SeqCst);
    SHARED.release(false);
    if DESCRIBED.swap(false, SeqCst) {
        machine::Usb::start(&Usb, &USB_DEFAULT);
    }
}

impl machine::Usb for Usb {
    fn mode(&self) -> Option<UsbMode> {
        on(|state| state.shown.as_ref().map(|shown| shown.mode))
    }

    fn start(&self, settings: &UsbSettings) {
        let wanted = shown(settings);
        let before = on(|state| state.shown.replace(wanted.clone()));
        if before.as_ref() == Some(&wanted) {
            return;
        }
        SHARED.leave();
        on(|state| *state = State { shown: Some(wanted), ..State::default() });
        let UsbSettings { mode, vendor, product, input, report } = *settings;
        let mode = match mode {
            UsbMode::Serial => "VCP",
            UsbMode::Disk => "MSC",
            UsbMode::SerialDisk => "VCP+MSC",
            UsbMode::SerialInput => "VCP+HID",
        };
        say(&json!({"usb": {"mode": mode, "vendor": vendor, "product": product, "input": input, "report": report}}));
    }

    fn stop(&self) {
        SHARED.leave();
        on(|state| *state = State::default());
        say(&json!({"usb": null}));
    }

    fn is_open(&self) -> bool {
        on(|state| state.open)
    }

    fn waiting(&self) -> usize {
        line::waiting()
    }

    fn read(&self) -> Option<u8> {
        line::read()
    }

    fn has_room(&self) -> bool {
        self.is_open() && line::room() > 0
    }

    fn write(&self, bytes: &[u8]) -> usize {
        let count = if self.is_open() { bytes.len().min(line::room()) } else { 0 };
        line::print(&bytes[..count]);
        count
    }

    fn listen(&self, on: bool) {
        LISTENS.store(on, SeqCst);
    }

    fn takes_report(&self) -> bool {
        on(|state| state.configured && !state.reporting)
    }

    fn report(&self, bytes: &[u8]) -> bool {
        let takes = on(|state| {
            let takes =
                state.configured && !state.reporting && state.shown.as_ref().is_some_and(|it| it.mode == UsbMode::SerialInput);
            state.reporting |= takes;
            takes
        });
        if takes {
            say(&json!({"report": bytes}));
        }
        takes
    }

    fn has_report(&self) -> bool {
        on(|state| state.report.is_some())
    }

    fn take_report(&self, into: &mut [u8; 64]) -> usize {
        let bytes = on(|state| state.report.take()).unwrap_or_default();
        let count = bytes.len().min(into.len());
        into[..count].copy_from_slice(&bytes[..count]);
        count
    }

    fn appear(&self, serial: bool, endpoints: &[UsbEndpoint]) {
        SHARED.leave();
        DESCRIBED.store(true, SeqCst);
        on(|state| *state = State { own: Own { shown: true, ..Own::default() }, ..State::default() });
        let row =
            |it: &UsbEndpoint| json!({"address": it.address, "kind": it.kind, "longest": it.longest, "interval": it.interval});
        let endpoints: Vec<_> = endpoints.iter().map(row).collect();
        say(&json!({"usb": {"mode": "own", "serial": serial, "endpoints": endpoints}}));
    }

    fn event(&self) -> Option<UsbEvent> {
        on(|state| state.own.event())
    }

    fn put(&self, endpoint: u8, bytes: &[u8]) -> bool {
        let (is_free, turn) = on(|state| {
            let is_free = state.own.shown && !state.own.busy.contains(&endpoint);
            state.own.busy.extend(is_free.then_some(endpoint));
            (is_free, state.own.turn)
        });
        if is_free {
            say(&json!({"put": endpoint, "data": hexadecimal(bytes), "turn": turn}));
        }
        is_free
    }

    fn take(&self, endpoint: u8, into: &mut [u8; 64]) -> Option<usize> {
        let (packet, asks, turn) = on(|state| {
            let own = &mut state.own;
            let packet = own.take(endpoint);
            let asks = packet.is_none() && !own.wanted.contains(&endpoint);
            own.wanted.extend(asks.then_some(endpoint));
            (packet, asks, own.turn)
        });
        if asks {
            say(&json!({"take": endpoint, "turn": turn}));
        }
        let packet = packet?;
        let count = packet.len().min(into.len());
        into[..count].copy_from_slice(&packet[..count]);
        Some(count)
    }

    fn stall(&self, endpoint: u8, stalled: Option<bool>) -> bool {
        let (was, turn) = on(|state| {
            let was = state.own.stalled.contains(&endpoint);
            if endpoint != 0 && stalled.is_some_and(|stalled| stalled != was) {
                state.own.stalled.retain(|other| *other != endpoint);
                state.own.stalled.extend((!was).then_some(endpoint));
            }
            (was, state.own.turn)
        });
        if let Some(stalled) = stalled {
            say(&json!({"stall": endpoint, "on": stalled, "turn": turn}));
        }
        was
    }

    fn by_default(&self) {
        let turn = on(|state| state.own.turn);
        say(&json!({"default": true, "turn": turn}));
    }

    fn wake(&self) -> bool {
        say(&json!({"wake": true}));
        false
    }
}
