//! What the window wants of GTK and WebKitGTK beside Tauri: how the engine draws, and the text of the clipboard.
//!
//! WebKitGTK draws by OpenGL. Where no GPU is, the processor plays one, which is slower than drawing at once and costs some 80 MiB for
//! every page. The engine takes its choice from the environment of its process, which a running program cannot change safely; so the
//! program begins anew, once, in the same process. Whoever has chosen already is not asked.

use std::os::unix::process::CommandExt;
use std::process::Command;

use tokio::sync::oneshot::Sender;

/// WebKitGTK's own switch.
const CHOICE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Chooses how the engine draws, if nobody has. To be called first: whatever the program has done before would be done twice.
pub fn choose_renderer() {
    if std::env::var_os(CHOICE).is_some() || has_gpu() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    // It returns only if it could not; then the window is merely slower.
    let _ = Command::new(program).args(std::env::args_os().skip(1)).env(CHOICE, "1").exec();
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
