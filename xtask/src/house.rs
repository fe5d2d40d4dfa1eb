//! Where things lie: the clone, what is built, and what outlives both.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The places of one clone.
pub struct House {
    /// The clone.
    pub root: PathBuf,
    /// Where cargo builds: `target`, or what `CARGO_TARGET_DIR` says.
    pub target: PathBuf,
}

impl House {
    /// The clone that this program was built from.
    pub fn locate() -> House {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the clone").to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |given| root.join(given));
        House { root, target }
    }

    /// A folder that other clones share, so that costly parts of the set-up are made once; in `target` where there is no home.
    pub fn cache(&self) -> PathBuf {
        let home = |name, below: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(|it| PathBuf::from(it).join(below));
        home("XDG_CACHE_HOME", "taipan").or_else(|| home("HOME", ".cache/taipan")).unwrap_or_else(|| self.target.join("cache"))
    }

    /// A command that starts in the clone.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// Cargo, as the one that runs this program.
    pub fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Cargo, told to do this with every crate that runs here. Features depend on what is chosen, so whoever chooses alike shares
    /// what was built: a dependency is built once for all tests. `custom-protocol` makes the window serve the pages that it
    /// carries, not a development server's; so these pages must have been built (`run::build_pages`).
    pub fn cargo_with_all(&self, verb: &str) -> Command {
        let mut cargo = self.cargo();
        cargo.args([verb, "--quiet", "--workspace", "--features", "app/custom-protocol"]);
        cargo.args(["--exclude", "copy", "--exclude", "minimal", "--exclude", "pyboard"]);
        cargo
    }
}
