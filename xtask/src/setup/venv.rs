//! A Python environment for the tests, with the clients that people really use, pinned.

use crate::house::House;
use crate::shell;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// What is installed into it.
const CLIENTS: &[&str] = &["mpremote==1.29.0"];

/// The environment's interpreter.
pub fn python(house: &House) -> PathBuf {
    folder(house).join("bin/python")
}

/// Makes the environment unless it is there with these clients.
pub fn create(house: &House) -> Result<()> {
    let folder = folder(house);
    let stamp = folder.join("clients");
    let wanted = CLIENTS.join(" ");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("Installing Python packages into {}: {wanted}", folder.display());
    let fill = || {
        shell::capture(house.command("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        shell::capture(house.command(python(house)).args(["-m", "pip", "install", "--quiet"]).args(CLIENTS))
    };
    shell::during("Installing Python packages", fill).context("the tests need Python 3 with venv, and its package index")?;
    std::fs::write(&stamp, wanted).context("the Python environment cannot be written")
}

fn folder(house: &House) -> PathBuf {
    house.target.join("venv")
}
