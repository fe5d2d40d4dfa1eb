//! Who may import whom: ARCHITECTURE.md's table against what cargo says.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use tests::house;

type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn crates_import_only_what_the_table_allows() {
    let allowed = table(&std::fs::read_to_string(house::root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read"));
    let mut wrong = Vec::new();
    for (name, imports) in workspace() {
        match allowed.get(&name) {
            None => wrong.push(format!("`{name}` has no row")),
            Some(allowed) if allowed.contains("anything") => {}
            Some(allowed) => {
                wrong.extend(imports.difference(allowed).map(|import| format!("`{name}` may not import `{import}`")))
            }
        }
    }
    assert!(wrong.is_empty(), "the import table of ARCHITECTURE.md says otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn a_crate_name_in_the_table_is_a_crate_or_said_to_be_planned() {
    let text = std::fs::read_to_string(house::root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read");
    let crates = workspace();
    let ghosts: Vec<_> = table(&text).into_keys().filter(|name| !crates.contains_key(name)).collect();
    let unplanned: Vec<_> = ghosts.iter().filter(|name| !text.contains(&format!("`{name}` (planned)"))).collect();
    assert!(unplanned.is_empty(), "rows of the import table without a crate: {unplanned:?}");
}

/// The rows below the heading "Imports": name, folder, what it may import.
fn table(text: &str) -> Imports {
    let section =
        text.split("\n## ").find(|section| section.starts_with("Imports\n")).expect("ARCHITECTURE.md has a section Imports");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let imports: Imports = rows
        .map(|row| {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            let name = cells[1].split('`').nth(1).expect("a row begins with a crate's name").to_owned();
            let words = cells[3].split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            (name, words.map(str::to_owned).collect())
        })
        .collect();
    assert!(imports.len() > 10, "the table was not understood: {imports:?}");
    imports
}

/// Each crate of the workspace, with the crates of the workspace that it imports. Imports of tests alone do not count,
/// and those of a build script do.
fn workspace() -> Imports {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let output = Command::new(cargo).args(arguments).current_dir(house::root()).output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let imports = |package: &Value| {
        let list = package["dependencies"].as_array().expect("a list of imports");
        let ours = list.iter().filter(|it| it["path"].is_string() && it["kind"] != "dev");
        ours.map(|it| text(&it["name"])).collect()
    };
    packages.iter().map(|package| (text(&package["name"]), imports(package))).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}
