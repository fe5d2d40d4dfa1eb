//! The types that cross to the window, as a TypeScript file.

#[cfg(test)]
mod tests {
    use crate::*;
    use ts_rs::TS;

    /// All of them, in one file.
    fn declarations() -> String {
        let config = ts_rs::Config::default();
        let types = [
            Kind::decl(&config),
            OutlineItem::decl(&config),
            Change::decl(&config),
            Span::decl(&config),
            CompletionKind::decl(&config),
            Completion::decl(&config),
            Completions::decl(&config),
            Hover::decl(&config),
            Signature::decl(&config),
            Definition::decl(&config),
            Renaming::decl(&config),
            Severity::decl(&config),
            Fault::decl(&config),
            Diagnostic::decl(&config),
        ];
        let types = types.map(|declaration| format!("export {declaration}\n"));
        let head = "// Generated from app/code/src/typescript.rs by `TAIPAN_BLESS=1 cargo test -p code`: change that file, not this one.\n";
        format!("{head}\n{}", types.join("\n"))
    }

    #[test]
    fn the_window_has_these_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/backend/generated/code.ts");
        if std::env::var_os("TAIPAN_BLESS").is_some() {
            std::fs::write(path, declarations()).expect("the window's tree is beside this one");
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), declarations());
    }
}
