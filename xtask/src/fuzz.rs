//! `cargo xtask fuzz TARGET`: invents inputs for one of the targets of `tests/fuzz`, guided by what code they reach.
//!
//! libFuzzer, with the compiler's own counters at every edge: all of it stable switches. Inputs that reach something new
//! gather in `target/fuzz`; `--keep` distils them into `tests/fuzz/corpus`, which every test run replays.

use crate::house::House;
use crate::setup::{self, Part};
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::process::Command;

/// What makes the compiler count the edges that run.
const COUNTERS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=3",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Ccodegen-units=1",
];

/// Runs `target` for `runs` inputs, or distils what was found.
pub fn fuzz(house: &House, target: &str, runs: u64, keep: bool) -> Result<()> {
    setup::ensure(house, &[Part::Build])?;
    let host = shell::capture(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let folder = house.target.join("fuzz");
    // A target is named, so that build scripts are built without counters.
    let mut cargo = house.cargo();
    cargo.args(["build", "--profile", "fuzz", "--package", "fuzz", "--features", "engine", "--target", &host]);
    shell::run(cargo.arg("--target-dir").arg(folder.join("build")).env("RUSTFLAGS", COUNTERS.join(" ")))?;
    let program = folder.join("build").join(&host).join("fuzz/fuzz");

    let kept = house.root.join("tests/fuzz/corpus").join(target);
    ensure!(kept.is_dir(), "there is no target `{target}`: the folders of tests/fuzz/corpus are their names");
    let (found, broken) = (folder.join("found").join(target), folder.join("broken").join(target));
    for path in [&found, &broken] {
        std::fs::create_dir_all(path).with_context(|| format!("{} cannot be made", path.display()))?;
    }
    let mut engine = house.command(&program);
    engine.env("TAIPAN_FUZZ", target).args(["-timeout=10", "-max_len=4096", "-rss_limit_mb=1024"]);
    engine.arg(format!("-artifact_prefix={}/", broken.display()));
    if keep {
        // As few as reach every edge that any reached; how often they do is not looked at.
        shell::run(engine.args(["-set_cover_merge=1", "-use_counters=0"]).arg(&kept).arg(&found))
    } else {
        shell::run(engine.arg(format!("-runs={runs}")).arg("-print_final_stats=1").arg(&found).arg(&kept))
    }
}
