//! The types that cross to the window, as one TypeScript file.
//!
//! The file lies in the window's tree, and a test compares it: `cargo xtask generate` (or `TAIPAN_BLESS=1 cargo test -p
//! board`) writes it anew after a change of [`crate::model`].

use ts_rs::{Config, TS};

use crate::archive::Manifest;
use crate::copy;
use crate::error::{Error, Problem};
use crate::flash;
use crate::flash::renew::{self, Moved, Renewed, Wish};
use crate::mip::{Change, Installed, Offer, Owned, Wanted};
use crate::model::*;
use crate::phrase::{Doing, Reason};
use crate::sync::{Conflicts, Options, Plan, Removal, Step};

/// All declarations, in the order of the model.
pub fn declarations() -> String {
    let config = Config::default();
    let mut text =
        String::from("// Generated from app/board/src/model.rs by `cargo xtask generate`: change that file, not this one.\n");
    let mut add = |declaration: String| text.push_str(&format!("\nexport {declaration}\n"));
    add(Target::decl(&config));
    add(Doing::decl(&config));
    add(Reason::decl(&config));
    add(Held::decl(&config));
    add(Connection::decl(&config));
    add(Identity::decl(&config));
    add(Event::decl(&config));
    add(Outcome::decl(&config));
    add(Traceback::decl(&config));
    add(Frame::decl(&config));
    add(Progress::decl(&config));
    add(Stage::decl(&config));
    add(Entry::decl(&config));
    add(Node::decl(&config));
    add(EntryKind::decl(&config));
    add(Properties::decl(&config));
    add(Space::decl(&config));
    add(Variable::decl(&config));
    add(Port::decl(&config));
    add(Guess::decl(&config));
    add(Usb::decl(&config));
    add(Hardware::decl(&config));
    add(Touch::decl(&config));
    add(Start::decl(&config));
    add(Options::decl(&config));
    add(Removal::decl(&config));
    add(Conflicts::decl(&config));
    add(Step::decl(&config));
    add(Plan::decl(&config));
    add(Offer::decl(&config));
    add(Wanted::decl(&config));
    add(Installed::decl(&config));
    add(Owned::decl(&config));
    add(Change::decl(&config));
    add(copy::Way::decl(&config));
    add(copy::Plan::decl(&config));
    add(copy::File::decl(&config));
    add(copy::Old::decl(&config));
    add(Manifest::decl(&config));
    add(Wish::decl(&config));
    add(renew::Stage::decl(&config));
    add(Moved::decl(&config));
    add(Renewed::decl(&config));
    add(Request::decl(&config));
    add(Reply::decl(&config));
    add(Problem::decl(&config));
    add(Error::decl(&config));
    add(flash::Error::decl(&config));
    let rows = [Doing::ENGLISH, Reason::ENGLISH].concat();
    let rows: String =
        rows.iter().map(|(name, english)| format!("  {}{}: {english:?},\n", name[..1].to_lowercase(), &name[1..])).collect();
    add(format!("const PHRASES = {{\n{rows}}} as const;"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(event: Event, json: &str) {
        assert_eq!(serde_json::to_string(&event).expect("it is plain data"), json);
    }

    #[test]
    fn events_cross_as_one_flat_object() {
        check(Event::Connection(Connection::Ready), r#"{"event":"connection","state":"ready"}"#);
        check(
            Event::Hardware(Hardware::Led { led: 1, on: true, intensity: Some(9) }),
            r#"{"event":"hardware","led":1,"on":true,"intensity":9}"#,
        );
        check(Event::Terminal { bytes: vec![62] }, r#"{"event":"terminal","bytes":[62]}"#);
        let other = serde_json::from_str(r#"{"servo":1}"#).expect("any object will do");
        check(Event::Hardware(other), r#"{"event":"hardware","servo":1}"#);
    }

    #[test]
    fn an_error_crosses_with_its_sentence() {
        let problem =
            serde_json::to_value(Problem::from(Error::Busy { program: Some("a.py".into()) })).expect("it is plain data");
        assert_eq!(problem["error"], serde_json::json!({"kind": "busy", "program": "a.py"}));
        assert_eq!(problem["message"], "a.py is running on the board. Stop it first (Ctrl-F2), then try again.");
    }
}
