//! The front end's packages, exactly as `ui/package-lock.json` names them.

use crate::house::House;
use crate::shell;
use anyhow::{Context, Result};

/// Installs the packages unless those of this lock file are installed already.
pub fn install(house: &House) -> Result<()> {
    let ui = house.root.join("ui");
    let lock = std::fs::read(ui.join("package-lock.json")).context("ui/package-lock.json cannot be read")?;
    // A copy of the lock file says what was installed; inside node_modules, so that removing that folder removes it too.
    let stamp = ui.join("node_modules/.installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!("Installing the front end's packages (npm ci in ui/)");
    shell::run(house.command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&ui))
        .context("the front end needs Node 20 or later with npm, and its package registry")?;
    std::fs::write(&stamp, lock).context("ui/node_modules cannot be written")
}
