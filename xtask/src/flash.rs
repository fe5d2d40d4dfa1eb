//! Who takes the flash: a firmware's bytes by crate and module, its largest symbols, and what changed since a listing was saved.
//!
//! A module is what a symbol's name says. The interpreter's are told apart to two levels, other crates' to one. What was inlined counts
//! for the function that it went into; texts and constants without a name of their own count for nobody.

use crate::elf::{Symbol, Use};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The crate of which the modules below its modules are told as well.
const DEEP: &str = "interpreter";

/// Bytes of flash, by `Use`.
type Bytes = [i64; 3];

/// Modules, as paths that begin with their crate, and what they take.
pub type Listing = BTreeMap<String, Bytes>;

/// The listing of a program's symbols.
pub fn listing(symbols: &[Symbol]) -> Listing {
    let mut listing = Listing::new();
    for symbol in symbols {
        let module = symbol.name.as_deref().map_or_else(|| "(no name)".to_owned(), module);
        listing.entry(module).or_default()[symbol.kind as usize] += i64::from(symbol.size);
    }
    listing
}

/// The module that a symbol belongs to: of `<a::b::C as d::E>::f` and of `a::b::f` it is `a::b`.
fn module(name: &str) -> String {
    // What is implemented for a type counts for the type's module.
    let path = name.trim_start_matches(['<', '&', '(', '[', '*']).trim_start_matches("mut ").trim_start_matches("const ");
    let end = path.find(|it: char| !(it.is_alphanumeric() || "_:".contains(it))).unwrap_or(path.len());
    let segments: Vec<_> = path[..end].split("::").collect();
    if segments.len() < 2 {
        return "(no crate)".to_owned();
    }
    let deep = if segments[0] == DEEP { 3 } else { 2 };
    // The last segment is the function itself, unless the path was of a type; a type's name is no module either.
    let modules = segments.len() - usize::from(end == path.len());
    let lower = |it: &&&str| it.starts_with(|it: char| it.is_lowercase() || it == '_');
    segments[..modules.max(1)].iter().take(deep).take_while(lower).copied().collect::<Vec<_>>().join("::")
}

/// The listing as a table of crates and, below each, its modules, the largest first. With an earlier listing, what changed.
pub fn table(listing: &Listing, earlier: Option<&Listing>) -> String {
    let total = |it: &Bytes| it.iter().sum::<i64>();
    let krate = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let names = listing.keys().chain(earlier.into_iter().flat_map(Listing::keys)).collect::<std::collections::BTreeSet<_>>();
    let row_of = |of: &Listing, name: &str| of.get(name).copied().unwrap_or_default();
    let mut crates = BTreeMap::<String, Vec<(String, Bytes, i64)>>::new();
    for name in names {
        let now = row_of(listing, name);
        let change = earlier.map_or(0, |earlier| total(&now) - total(&row_of(earlier, name)));
        crates.entry(krate(name)).or_default().push((name.clone(), now, change));
    }
    let sum = |rows: &[(String, Bytes, i64)]| {
        rows.iter()
            .fold((Bytes::default(), 0), |(bytes, change), row| (std::array::from_fn(|at| bytes[at] + row.1[at]), change + row.2))
    };
    let mut crates: Vec<_> = crates.into_iter().map(|(name, rows)| (name, sum(&rows), rows)).collect();
    crates.sort_by_key(|(_, (bytes, _), _)| -total(bytes));
    let all = sum(&crates.iter().map(|(name, (bytes, change), _)| (name.clone(), *bytes, *change)).collect::<Vec<_>>());

    let mut text = format!("{:40} {:>9} {:>9} {:>9} {:>9}", "", "bytes", "code", "constants", "variables");
    text += if earlier.is_some() { "    change\n" } else { "\n" };
    let mut line = |name: &str, bytes: &Bytes, change: i64| {
        let [code, constants, variables] = bytes;
        write!(text, "{name:40} {:9} {code:9} {constants:9} {variables:9}", total(bytes)).expect("a String takes any text");
        match (earlier, change) {
            (None, _) | (_, 0) => text.push('\n'),
            _ => writeln!(text, " {change:+9}").expect("a String takes any text"),
        }
    };
    line("all", &all.0, all.1);
    for (name, (bytes, change), mut rows) in crates {
        line(&name, &bytes, change);
        rows.sort_by_key(|(_, bytes, _)| -total(bytes));
        for (module, bytes, change) in rows.iter().filter(|(module, ..)| *module != name) {
            line(&format!("  {module}"), bytes, *change);
        }
    }
    text
}

/// The `count` largest functions and constants.
pub fn largest(symbols: &[Symbol], count: usize) -> String {
    let mut named: Vec<_> = symbols.iter().filter_map(|it| Some((it.size, it.kind, it.name.as_deref()?))).collect();
    named.sort_by_key(|(size, _, name)| (std::cmp::Reverse(*size), *name));
    let kind = |kind| match kind {
        Use::Code => "code",
        Use::Constants => "constant",
        Use::Variables => "variable",
    };
    let lines = named.iter().take(count).map(|(size, it, name)| format!("{size:7} {:8} {name}\n", kind(*it)));
    lines.collect()
}

/// Writes a listing into a file, a module a line.
pub fn save(listing: &Listing, path: &Path) -> Result<()> {
    let lines = listing.iter().map(|(name, [code, constants, variables])| format!("{code} {constants} {variables} {name}\n"));
    std::fs::write(path, lines.collect::<String>()).with_context(|| format!("{} cannot be written", path.display()))
}

/// Reads what `save` wrote.
pub fn read(path: &Path) -> Result<Listing> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let line = |line: &str| {
        let mut fields = line.splitn(4, ' ');
        let mut number = || fields.next()?.parse().ok();
        let bytes = [number()?, number()?, number()?];
        Some((fields.next()?.to_owned(), bytes))
    };
    let lines = text.lines().map(|it| line(it).with_context(|| format!("{} is no listing: {it}", path.display())));
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_belongs_to_the_module_its_name_says() {
        let names = [
            ("interpreter::object::str::methods::find", "interpreter::object::str"),
            ("interpreter::vm::raise::<impl interpreter::vm::Vm>::raise", "interpreter::vm::raise"),
            ("<interpreter::object::print::Builder as interpreter::object::print::Sink>::write", "interpreter::object::print"),
            ("interpreter::object::CORE", "interpreter::object"),
            ("interpreter::repl::run", "interpreter::repl"),
            ("pyboard::memory::with_vm", "pyboard::memory"),
            ("<&mut pyboard::port::Port as core::fmt::Write>::write", "pyboard::port"),
            ("stm32f4::Chip::read", "stm32f4"),
            ("memcpy", "(no crate)"),
        ];
        for (name, expected) in names {
            assert_eq!(module(name), expected, "{name}");
        }
    }

    #[test]
    fn a_saved_listing_is_read_as_it_was() {
        let path = std::env::temp_dir().join(format!("taipan-listing-{}", std::process::id()));
        let listing = Listing::from([("a::b".to_owned(), [1, 2, 3]), ("(no name)".to_owned(), [0, 9, 0])]);
        save(&listing, &path).expect("the folder for temporary files can be written");
        let read = read(&path);
        std::fs::remove_file(&path).expect("it was just written");
        assert_eq!(read.expect("it was just written"), listing);
    }

    #[test]
    fn a_table_says_what_changed() {
        let now = Listing::from([("a::b".to_owned(), [10, 0, 0]), ("a::c".to_owned(), [1, 0, 0])]);
        let then = Listing::from([("a::b".to_owned(), [4, 0, 0]), ("d".to_owned(), [2, 0, 0])]);
        let changes = |name: &str| {
            let table = table(&now, Some(&then));
            let line = table.lines().find(|it| it.split_whitespace().next() == Some(name)).expect("each has a line").to_owned();
            line.split_whitespace().nth(5).map(str::to_owned)
        };
        assert_eq!(["all", "a", "a::b", "a::c", "d"].map(|it| changes(it).unwrap_or_default()), ["+5", "+7", "+6", "+1", "-2"]);
    }
}
