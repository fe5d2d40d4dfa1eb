//! `taipanctl mip`: packages searched, installed, listed and removed.

use crate::show::Show;
use crate::{Ended, out};
use board::Board;
use board::mip::{self, Change, Installed, Offer, Wanted};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Verb {
    /// Looks for packages in the index
    Search {
        /// What must be in the name or the description; all packages without it
        words: Vec<String>,
        /// The index
        #[arg(long, env = "TAIPANCTL_INDEX", default_value = mip::INDEX, value_name = "ADDRESS")]
        index: String,
    },
    /// Installs packages with all that they need; this computer fetches them, so the board needs no network
    Install {
        /// Names, `NAME@VERSION`, `github:USER/REPOSITORY`, `gitlab:…` or addresses
        #[arg(required = true)]
        packages: Vec<String>,
        /// The index
        #[arg(long, env = "TAIPANCTL_INDEX", default_value = mip::INDEX, value_name = "ADDRESS")]
        index: String,
        /// The board's folder; without it the one where it looks for libraries
        #[arg(long, default_value = "", hide_default_value = true)]
        target: String,
        /// Source even where there is bytecode that the board runs
        #[arg(long)]
        source: bool,
    },
    /// The packages that were installed
    List {
        /// The board's folder; without it the one where it looks for libraries
        #[arg(long, default_value = "", hide_default_value = true)]
        target: String,
    },
    /// Removes packages, and those that only they needed; files that you changed stay
    Remove {
        /// Names as `mip list` shows them
        #[arg(required = true)]
        packages: Vec<String>,
        /// The board's folder; without it the one where it looks for libraries
        #[arg(long, default_value = "", hide_default_value = true)]
        target: String,
    },
}

/// What needs a board. Searching needs none: [`search`].
pub async fn perform(board: &Board, show: &Show, verb: &Verb) -> Ended {
    match verb {
        Verb::Search { words, index } => return search(show, words, index).await,
        Verb::Install { packages, index, target, source } => {
            let mut changes = Vec::new();
            for package in packages {
                let (name, version) = named(package);
                let wanted = Wanted { name: name.into(), version: version.into(), source: *source };
                changes.push(mip::install(board, index, &wanted, target.trim_start_matches(':')).await?);
            }
            tell(show, changes, "installed", "was there already");
        }
        Verb::List { target } => {
            let packages = mip::list(board, target.trim_start_matches(':')).await?;
            show.result(&packages, || packages.iter().map(installed).collect());
            if packages.is_empty() && !show.is_json() {
                out::aside("no package is there; `taipanctl mip search` shows what can be installed");
            }
        }
        Verb::Remove { packages, target } => {
            let mut changes = Vec::new();
            for name in packages {
                changes.push(mip::remove(board, name, target.trim_start_matches(':')).await?);
            }
            tell(show, changes, "removed", "was changed, and stays");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Packages whose name or description has all of the words.
pub async fn search(show: &Show, words: &[String], index: &str) -> Ended {
    let offers = mip::offers(index).await?;
    let found = mip::matching(&offers, &words.join(" "));
    show.result(&found, || found.iter().map(|offer| offered(offer)).collect());
    Ok(ExitCode::SUCCESS)
}

fn offered(offer: &Offer) -> String {
    format!("{:24} {:10} {}", offer.name, offer.version, offer.description)
}

fn installed(package: &Installed) -> String {
    let why = if package.asked { "" } else { "  (needed by others)" };
    format!("{:24} {:10} {} files{why}", package.name, package.version, package.files.len())
}

fn tell(show: &Show, changes: Vec<Change>, done: &str, kept: &str) {
    show.result(&changes, || {
        let lines = |change: &Change| {
            let packages = change.packages.iter().map(|name| format!("{name} {done}")).collect::<Vec<_>>();
            let stays = change.kept.iter().map(|path| format!("  :{path} {kept}")).collect::<Vec<_>>();
            [packages, stays].concat()
        };
        changes.iter().flat_map(lines).collect()
    });
}

/// `NAME@VERSION`; an address may have a name and a password before its `@`, which are no version.
fn named(package: &str) -> (&str, &str) {
    match package.rsplit_once('@') {
        Some((name, version)) if !version.contains('/') => (name, version),
        _ => (package, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_stand_behind_an_at() {
        assert_eq!(named("aioble@0.2.0"), ("aioble", "0.2.0"));
        assert_eq!(named("github:ann/tools@main"), ("github:ann/tools", "main"));
        assert_eq!(named("https://ann@host/x.py"), ("https://ann@host/x.py", ""));
        assert_eq!(named("aioble"), ("aioble", ""));
    }
}
