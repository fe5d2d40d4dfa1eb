//! The verbs about which board: `connect`, and `virtual` for those who have none.

use crate::place;
use crate::show::{Show, result};
use crate::{Ended, Failed, out};
use board::phrase::Reason;
use board::transport::process::{self, Reach};
use board::{Board, Error, Hardware};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

/// `connect` without a name: which board is chosen; with `--forget`: none from now on.
pub fn tell(json: bool, forget: bool) -> Ended {
    if forget {
        place::choose(None)?;
    }
    let chosen = place::chosen()?;
    let words = chosen.as_deref().unwrap_or("no board is chosen: the only one that is plugged in is taken");
    result(json, &json!({ "board": chosen }), || vec![words.into()]);
    Ok(ExitCode::SUCCESS)
}

/// `connect NAME`: the board is attached, so it is there.
pub fn choose(board: &Board, show: &Show, words: &str) -> Ended {
    let name = place::lasting_name(words);
    place::choose(Some(&name))?;
    let identity = board.identity().unwrap_or_default();
    let value = json!({ "board": name, "firmware": identity.firmware, "machine": identity.machine });
    show.result(&value, || {
        vec![match identity.machine.is_empty() {
            true => format!("{name}: it runs a program, and does not say who it is"),
            false => format!("{name}: {}, {}", identity.machine, identity.firmware),
        }]
    });
    if std::env::var_os(place::VARIABLE).is_some_and(|words| !words.is_empty()) {
        out::aside(&format!("{} is set, and goes before what is chosen here", place::VARIABLE));
    }
    Ok(ExitCode::SUCCESS)
}

/// `virtual`.
pub async fn serve(json: bool, image: Option<&Path>, tcp: Option<SocketAddr>) -> Ended {
    let image = image.map_or_else(place::default_image, |image| Ok(image.to_path_buf()))?;
    let reach = tcp.map_or(Reach::Pty, |address| Reach::Tcp(address.to_string()));
    let (mut board, address) = process::serve(&place::program(), &image.display().to_string(), &reach).await?;
    if json {
        out::line(&json!({ "board": address }).to_string());
    } else {
        out::line(&format!("The virtual board is at {address}; Ctrl-C ends it."));
    }
    let seen = board.watch(move |seen| {
        let line = if json { Some(json!(seen).to_string()) } else { line(&seen) };
        line.into_iter().for_each(|line| out::line(&line));
    });
    tokio::select! {
        _ = seen => Err(Failed::Board(Error::Lost { reason: Reason::Stopped { words: board.obituary().await } })),
        _ = tokio::signal::ctrl_c() => {
            board.end().await;
            Ok(ExitCode::SUCCESS)
        }
        _ = out::broken() => {
            board.end().await;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn line(seen: &Hardware) -> Option<String> {
    match seen {
        Hardware::Led { led, on, .. } => Some(format!("LED {led} is {}", if *on { "on" } else { "off" })),
        Hardware::Pin { pin, hertz: Some(hertz), duty: Some(duty), .. } => {
            Some(format!("pin {pin} is high for {:.1} % of {hertz:.1} Hz", duty * 100.0))
        }
        Hardware::Pin { pin, millivolts: Some(millivolts), .. } => Some(format!("pin {pin} is at {millivolts} mV")),
        Hardware::Pin { pin, value, .. } => Some(format!("pin {pin} is {value}")),
        Hardware::Accel { accel: [x, y, z] } => Some(format!("the board is pulled by {x}, {y} and {z}")),
        Hardware::Strip { strip, colours } => Some(format!("lights at {strip} are {}", colours.join(" "))),
        Hardware::Screen { .. } => None, // a picture has no words
        Hardware::Other(_) => None,      // what a later board tells has no words here
    }
}
