//! What the editor asks about its text.

use code::OutlineItem;

/// The functions and classes of a text.
#[tauri::command]
pub async fn code_outline(source: String) -> Vec<OutlineItem> {
    code::outline(&source)
}
