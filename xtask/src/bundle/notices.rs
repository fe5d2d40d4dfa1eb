//! The notices that licences ask for: whose work is in the programs, in the pages and in the firmware, and on which terms.
//!
//! They are read from the sources that are built, so they cannot go stale. A text that several share is printed once. The form is Debian's
//! `copyright` (Policy 12.5), which is plain text anywhere else.

use crate::house::House;
use crate::shell;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Packages that ship code.
const SHIPPED: &[&str] = &["app", "host", "taipanctl", "pyboard"];
/// What a file with terms may be called, in small letters, at its beginning.
const TERMS: &[&str] = &["licen", "copying", "notice", "unlicense"];
/// The front end's compiler puts a part of itself into the pages.
const COMPILED_IN: &str = "node_modules/svelte";

/// The whole text.
pub fn notices(house: &House) -> Result<String> {
    let own = fs::read_to_string(house.root.join("LICENSE"))?;
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut list = BTreeSet::new();
    for work in crates(house)?.into_iter().chain(pages(house)?) {
        list.insert(format!("{} ({})", work.name, work.licence));
        for text in work.texts {
            texts.entry(text).or_default().insert(work.name.clone());
        }
    }
    let mut whole = format!("Taipan\n\n{own}\nTaipan contains the work of others:\n\n");
    list.iter().for_each(|line| whole.push_str(&format!("  {line}\n")));
    for (text, names) in &texts {
        let names = names.iter().cloned().collect::<Vec<_>>().join(", ");
        whole.push_str(&format!("\n{}\n{names}\n\n{text}\n", "-".repeat(100)));
    }
    Ok(whole)
}

/// Somebody's work.
struct Work {
    name: String,
    licence: String,
    texts: Vec<String>,
}

/// The crates that code of the shipped packages comes from.
fn crates(house: &House) -> Result<Vec<Work>> {
    let metadata = shell::capture(house.cargo().args(["metadata", "--format-version=1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<_, _> = items(&metadata["packages"]).into_iter().map(|it| (text(&it["id"]), it)).collect();
    let nodes: BTreeMap<_, _> = items(&metadata["resolve"]["nodes"]).into_iter().map(|it| (text(&it["id"]), it)).collect();
    let ours = packages.iter().filter(|(_, it)| it["source"].is_null() && SHIPPED.contains(&it["name"].as_str().unwrap_or("")));
    let mut waiting: Vec<String> = ours.map(|(id, _)| id.clone()).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if seen.insert(id.clone()) {
            let needed = items(&nodes[&id]["deps"]).into_iter().filter(|it| items(&it["dep_kinds"]).iter().any(ships));
            waiting.extend(needed.map(|it| text(&it["pkg"])));
        }
    }
    let works = seen.iter().map(|id| &packages[id]).filter(|it| !it["source"].is_null()).map(|it| {
        let folder = Path::new(it["manifest_path"].as_str().unwrap_or_default()).parent().context("a crate lies in a folder")?;
        let name = format!("{} {}", text(&it["name"]), text(&it["version"]));
        Ok(Work { name, licence: text(&it["license"]), texts: terms(folder)? })
    });
    works.collect()
}

/// Whether a dependency comes to lie in a program, and not only on another system.
fn ships(kind: &Value) -> bool {
    let elsewhere = ["windows", "macos", "android", "wasm32", "ios", "redox", "hermit", "wasi"];
    let target = kind["target"].as_str().unwrap_or_default();
    kind["kind"].is_null() && (target.contains("not(") || !elsewhere.iter().any(|system| target.contains(system)))
}

/// The front end's packages that come to lie in the pages.
fn pages(house: &House) -> Result<Vec<Work>> {
    let ui = house.root.join("ui");
    let lock: Value = serde_json::from_slice(&fs::read(ui.join("package-lock.json"))?)?;
    let packages = lock["packages"].as_object().context("the lock file lists packages")?;
    let shipped =
        packages.iter().filter(|(path, it)| path.starts_with("node_modules/") && (it["dev"] != true || *path == COMPILED_IN));
    let works = shipped.map(|(path, it)| {
        let name = format!("{} {}", path.trim_start_matches("node_modules/"), it["version"].as_str().unwrap_or_default());
        let licence = it["license"].as_str().unwrap_or("see below").to_owned();
        Ok(Work { name, licence, texts: terms(&ui.join(path))? })
    });
    works.collect()
}

/// The texts of a folder that say terms.
fn terms(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && is_terms(&path.file_name().unwrap_or_default().to_string_lossy()))
        .collect();
    names.sort();
    let read = |path: &std::path::PathBuf| Ok(String::from_utf8_lossy(&fs::read(path)?).replace("\r\n", "\n").trim().to_owned());
    names.iter().map(read).collect()
}

fn is_terms(name: &str) -> bool {
    let name = name.to_lowercase();
    TERMS.iter().any(|word| name.starts_with(word)) && !name.ends_with(".json") && !name.ends_with(".html")
}
