//! The window: wires the libraries about boards and Python text to a page.
//!
//! This program holds no logic: `board` and `code` have never heard of a window, the page decides what to show. The commands
//! below only pass values from one to the other.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
#[cfg_attr(target_os = "linux", path = "desktop/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "desktop/other.rs")]
mod desktop;
mod encoding;
mod error;
mod events;
mod frame;
mod search;
mod unfinished;

use std::time::Duration;

use tauri::{Manager, RunEvent};

/// So long boards may take to be let go when the window closes.
const FAREWELL: Duration = Duration::from_secs(1);

fn main() {
    desktop::choose_engine();
    use commands::{board, code, computer, desk, files, firmware, run, search};
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(board::Boards::default())
        .manage(run::Here::default())
        .manage(firmware::Firmware::new())
        .manage(code::Texts::new())
        .manage(computer::Watched::default())
        .manage(search::Wanted::default())
        .manage(desk::Seat::default())
        .manage(frame::Frame::default())
        .setup(|app| Ok(frame::open(app)?))
        .on_window_event(frame::changed)
        .invoke_handler(tauri::generate_handler![
            board::board_open,
            board::board_close,
            board::board_drawn,
            board::board_ask,
            board::board_read,
            board::board_read_archived,
            board::board_write,
            board::board_holds,
            board::board_start_virtual,
            board::board_save_traffic,
            board::ports_list,
            board::ports_watch,
            code::code_open,
            code::code_edit,
            code::code_close,
            code::code_outline,
            code::code_complete,
            code::code_hover,
            code::code_signature,
            code::code_definition,
            code::code_diagnose,
            code::code_rename,
            computer::clipboard_text,
            computer::folder_home,
            computer::folder_list,
            computer::folder_make,
            computer::folder_watch,
            computer::folder_unwatch,
            computer::path_rename,
            computer::paths_copy,
            computer::path_remove,
            computer::path_properties,
            code::code_document,
            code::code_format,
            desk::desk_load,
            desk::desk_save,
            desk::desk_set_aside,
            desk::settings_load,
            desk::settings_save,
            files::file_read,
            files::file_write,
            firmware::firmware_waiting,
            firmware::firmware_images,
            firmware::firmware_check,
            firmware::firmware_renew,
            firmware::firmware_give_up,
            firmware::firmware_pull,
            firmware::firmware_rules,
            firmware::firmware_saved,
            files::file_write_bytes,
            run::here_listen,
            run::here_drawn,
            run::here_run,
            run::here_modules,
            run::here_type,
            run::here_end_input,
            run::here_stop,
            search::search_start,
            search::search_cancel,
            search::search_names,
            search::search_replace,
        ])
        .build(tauri::generate_context!())
        .expect("the configuration was checked when this was built")
        .run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<desk::Seat>().leave();
                let boards = app.state::<board::Boards>();
                run::here_stop(app.state());
                // Ends the virtual board, which would otherwise outlive its window.
                tauri::async_runtime::block_on(async { drop(tokio::time::timeout(FAREWELL, boards.farewell()).await) });
            }
        });
}
