//! The window's copy of the types is the one that this crate generates.

use std::path::Path;

#[test]
fn typescript_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/backend/generated/board.ts");
    let wanted = board::typescript::declarations();
    if std::env::var_os("TAIPAN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        std::fs::write(&path, &wanted).expect("the file can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{} is stale: TAIPAN_BLESS=1 cargo test -p board --test generated", path.display());
}
