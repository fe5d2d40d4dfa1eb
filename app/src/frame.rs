//! The window itself: as large as it was left. Where it stands is the desktop's business.

use std::path::PathBuf;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use tauri::{App, Manager, WebviewWindowBuilder, Window, WindowEvent};

use crate::commands::desk::{self, Seat};

/// How large a window is, in points of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Size {
    width: f64,
    height: f64,
    maximized: bool,
}

/// The size now, as far as it was changed, and the one that was kept last.
#[derive(Default)]
pub struct Frame(Mutex<(Option<Size>, Option<Size>)>);

/// Opens the window of the configuration.
pub fn open(app: &mut App) -> tauri::Result<()> {
    let config = app.config().app.windows.first().expect("the configuration has a window").clone();
    let mut window = WebviewWindowBuilder::from_config(app.handle(), &config)?;
    let kept = file(app).and_then(|path| desk::load(&path).ok().flatten());
    if let Some(size) = kept.and_then(|text| sound(&text, config.min_width, config.min_height)) {
        window = window.inner_size(size.width, size.height).maximized(size.maximized);
        *app.state::<Frame>().0.lock().expect("nobody panics with it") = (Some(size), Some(size));
    }
    window.build()?;
    Ok(())
}

/// What a file says, if it is a size that a window can have.
fn sound(text: &str, least_width: Option<f64>, least_height: Option<f64>) -> Option<Size> {
    const MOST: f64 = 16_384.0;
    let size: Size = serde_json::from_str(text).ok()?;
    let fits = |value: f64, least: Option<f64>| value >= least.unwrap_or(1.0) && value <= MOST;
    (fits(size.width, least_width) && fits(size.height, least_height)).then_some(size)
}

/// Takes note of a change; one that is maximized keeps in mind how large it was before.
pub fn changed(window: &Window, event: &WindowEvent) {
    let WindowEvent::Resized(size) = event else { return };
    let (Ok(scale), Ok(maximized)) = (window.scale_factor(), window.is_maximized()) else { return };
    let now = size.to_logical::<f64>(scale);
    let frame = window.state::<Frame>();
    let mut kept = frame.0.lock().expect("nobody panics with it");
    kept.0 = Some(match kept.0 {
        Some(before) if maximized => Size { maximized, ..before },
        _ => Size { width: now.width, height: now.height, maximized },
    });
}

/// Keeps it for the next start, with the desk. That it cannot be kept is no trouble that anybody wants to hear of.
pub fn keep(app: &impl Manager<tauri::Wry>) {
    let frame = app.state::<Frame>();
    let (now, kept) = *frame.0.lock().expect("nobody panics with it");
    if let (Some(size), Some(path)) = (now.filter(|_| now != kept), file(app)) {
        let text = serde_json::to_string(&size).expect("numbers are plain data");
        if desk::keep(&path, text.as_bytes()).is_ok() {
            frame.0.lock().expect("nobody panics with it").1 = now;
        }
    }
}

fn file(app: &impl Manager<tauri::Wry>) -> Option<PathBuf> {
    let folder = app.path().app_data_dir().ok()?;
    app.state::<Seat>().named(&folder, "window", "json").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_size_that_a_window_can_have_is_taken() {
        let read = |text: &str| sound(text, Some(640.0), Some(420.0));
        let size = Size { width: 1024.0, height: 600.0, maximized: true };
        assert_eq!(read(&serde_json::to_string(&size).expect("plain data")), Some(size));
        for text in
            ["", "{}", r#"{"width":1,"height":600,"maximized":false}"#, r#"{"width":1024,"height":1e9,"maximized":false}"#]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
