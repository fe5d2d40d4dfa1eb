//! What the window wants of GTK and WebKitGTK beside Tauri: how the engine works, and the text of the clipboard.
//!
//! WebKitGTK draws by OpenGL. Where no GPU is, the processor plays one, which is slower than drawing at once and costs some 80 MiB for
//! every page. And its JavaScript is compiled to machine code as soon as a function has run some thirty times, which is right for pages
//! of the web, and costs a window that waits for keys most of the time 11 MiB for functions that ran while it opened. Garbage it collects
//! when 32 MiB have gathered, where some 4 are alive here: to look sooner saves 2 MiB at the start, and costs no time that one could measure.
//!
//! The engine takes such choices from the environment of its process, which a running program cannot change safely; so the program
//! begins anew, once, in the same process. What somebody has chosen already stays.

use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::sync::oneshot::Sender;

/// Where no GPU is: WebKitGTK's switch for drawing without OpenGL. GTK's own (`GDK_GL=disable`) would save 1 MiB more, and nobody could
/// take a picture of the window through WebDriver then.
const WITHOUT_GPU: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");

/// Everywhere: the count at which JavaScriptCore compiles a function, where a call is 15, a round of a loop 1, and 500 is its own choice (what
/// is truly hot, typing and much output, is still compiled within a second); and the bytes after which it collects garbage.
const EVERYWHERE: [(&str, &str); 2] = [("JSC_thresholdForJITAfterWarmUp", "50000"), ("JSC_largeHeapSize", "4194304")];

/// Chooses how the engine works, as far as nobody has. To be called first: whatever the program has done before would be done twice.
pub fn choose_engine() {
    let drawing = (!has_gpu()).then_some(WITHOUT_GPU);
    let open: Vec<_> = EVERYWHERE.into_iter().chain(drawing).filter(|(name, _)| std::env::var_os(name).is_none()).collect();
    let Ok(program) = std::env::current_exe() else { return };
    if !open.is_empty() {
        // It returns only if it could not; then the window merely takes more memory.
        let _ = Command::new(program).args(std::env::args_os().skip(1)).envs(open).exec();
    }
}

/// Interrupts a child, as Ctrl-C in a terminal does; false if it cannot be interrupted. A child that was not waited for yet has its number still.
pub fn interrupt(child: Option<u32>) -> bool {
    let pid = child.and_then(|pid| i32::try_from(pid).ok());
    pid.is_some_and(|pid| kill(Pid::from_raw(pid), Signal::SIGINT).is_ok())
}

/// Whether the kernel has a device that draws.
fn has_gpu() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}

/// Asks for the text of the clipboard, which another program may have; on the main thread. The engine lets no page read it.
pub fn clipboard(answer: Sender<Option<String>>) {
    let clipboard = gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD);
    clipboard.request_text(move |_, text| drop(answer.send(text.map(str::to_owned)))); // nobody may wait any more
}
