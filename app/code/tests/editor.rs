//! An editor's questions about texts that are being written: `|` marks the caret.

use code::{Change, Found, Port, Severity, Span, Workspace};

const PORT: Port = Port {
    modules: &[("machine", &[("Pin", "Pin(id, mode): a pin."), ("reset", "reset(): starts anew.")])],
    classes: &[("Pin", &[("toggle", "toggle(): the other level.")])],
};

const LAMP: &str = "\
\"\"\"Lamps.\"\"\"
class Base:
    def power(self):
        return 1

class Lamp(Base):
    \"\"\"A lamp on a pin.

    It is dark at first.
    \"\"\"
    def __init__(self, pin, level=0):
        self.pin = pin
        self.names = []

    def on(self, *, fade=False):
        '''Lights it.'''

def dim(lamp, by=1):
    return lamp
";

/// A workspace in which the marked text is document 1 at /project/main.py, beside lamp.py; and the caret.
fn open(marked: &str) -> (Workspace, u32) {
    let files = |path: &std::path::Path| match path.to_str()? {
        "/project/lamp.py" => Some(Found::Text(LAMP.to_owned())),
        "/above.py" | "/time.py" | "/project/drivers/dht.py" => Some(Found::Text("LEVEL = ''\n".to_owned())),
        "/project" | "/project/drivers" => Some(Found::Folder),
        _ => None,
    };
    let mut workspace = Workspace::new(PORT, Box::new(files));
    let caret = marked.find('|').map_or(0, |at| marked[..at].encode_utf16().count());
    workspace.open(1, Some("/project/main.py".into()), marked.replacen('|', "", 1));
    (workspace, caret as u32)
}

#[track_caller]
fn offers(marked: &str, wanted: &[&str], unwanted: &[&str]) {
    let (workspace, at) = open(marked);
    let labels: Vec<_> = workspace.complete(1, at).expect("it is open").items.into_iter().map(|item| item.label).collect();
    let missing: Vec<_> = wanted.iter().filter(|name| !labels.iter().any(|label| label == *name)).collect();
    let surplus: Vec<_> = unwanted.iter().filter(|name| labels.iter().any(|label| label == *name)).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "{marked:?}: missing {missing:?}, surplus {surplus:?} in {labels:?}");
}

#[test]
fn names_in_sight() {
    offers("a = 1\ndef f(b):\n    c = 2\n    |\n", &["a", "b", "c", "f", "print", "while", "ValueError"], &["machine"]);
    offers("def f(b):\n    c = 2\na|", &["f"], &["b", "c"]);
    offers("class C:\n    x = 1\n    def m(self):\n        |\n", &["C", "self"], &["x", "m"]);
}

#[test]
fn modules_and_what_is_in_them() {
    offers("import |", &["machine", "os", "asyncio"], &["print"]);
    offers("from ma|", &["machine", "math"], &["print"]);
    offers("from machine import |", &["Pin", "reset"], &["print"]);
    offers("import machine\nmachine.|", &["Pin", "reset"], &["print", "machine"]);
    offers("import os as o\no.li|", &["listdir"], &["print"]);
    offers("import ujson\nujson.|", &["loads"], &[]);
    offers("import asyncio\nasyncio.|", &["run", "gather"], &["print"]);
}

#[test]
fn folders_of_modules_and_those_above() {
    offers("from drivers import dht\ndht.|", &["LEVEL"], &["print"]);
    offers("from . import lamp\nlamp.|", &["dim"], &["print"]);
    offers("from drivers.dht import |", &["LEVEL"], &[]);
    offers("from above import LEVEL\nLEVEL.|", &["split"], &[]);
    offers("import time\ntime.|", &["sleep"], &["LEVEL"]);
}

#[test]
fn methods_of_texts_lists_and_classes() {
    offers("'a'.|", &["split"], &["append", "print"]);
    offers("x = []\nx.|", &["append"], &["split"]);
    offers("x = [y for y in z]\nif x:\n    x.|\n", &["append"], &[]);
    offers("from lamp import Lamp\nl = Lamp(1)\nl.|", &["on", "power", "pin", "names"], &["print", "dim"]);
    offers("from machine import Pin\np = Pin(1)\np.|", &["toggle"], &["print"]);
    offers("import lamp\nlamp.|", &["Lamp", "Base", "dim"], &["on"]);
    offers("import lamp\nlamp.Lamp(3).names.|", &["append"], &["on"]);
    offers("class C:\n    def __init__(self):\n        self.a = ''\n    def m(self):\n        self.|\n", &["a", "m"], &["print"]);
}

#[test]
fn what_calls_give_and_annotations_say() {
    offers("with open('x') as f:\n    f.|\n", &["read", "readlines", "write"], &["print"]);
    offers("f = open('x')\nfor line in f.read().split():\n    pass\nf.readline().|", &["strip"], &["read"]);
    offers("import re\nre.compile('a').match('b').|", &["group"], &["print"]);
    offers("import framebuf\nb = framebuf.FrameBuffer(bytearray(8), 8, 8, 0)\nb.|", &["fill", "text", "blit"], &["print"]);
    offers("import hashlib\nhashlib.sha256(b'').|", &["digest"], &[]);
    offers("import lamp\ndef f(a: lamp.Lamp, b=2):\n    a.|\n", &["on", "power"], &["print"]);
    offers(
        "from lamp import Lamp\nclass A:\n    def m(self, a: 'Lamp' = None, b: list[str] = []):\n        b.|\n",
        &["append"],
        &[],
    );
    offers("from lamp import Lamp\nlamp: Lamp = find()\nlamp.|", &["on"], &[]);
    offers("from lamp import Lamp\ndef make() -> Lamp:\n    pass\nmake().|", &["on", "pin"], &["print"]);
    offers("from lamp import Lamp\nclass A(Lamp):\n    def m(self):\n        super().|\n", &["on", "power"], &["m", "print"]);
    offers("from lamp import Lamp\nfind().|\ndef find() -> Lamp | None:\n    pass\n", &["on"], &[]);
    offers("from lamp import Lamp\nfind().|\ndef find() -> 'Lamp | None':\n    pass\n", &["on"], &[]);
    offers("def f(): pass\nf().|", &[], &["print"]);
    offers("import uasyncio as asyncio\nasyncio.|", &["run", "sleep_ms"], &["sys"]);
}

#[test]
fn nothing_in_texts_and_comments() {
    offers("x = 'a|'", &[], &["print", "and"]);
    offers("# a|", &[], &["print", "and"]);
    offers("a = b\na.|", &[], &["print"]);
}

#[test]
fn the_word_is_replaced_from_its_start() {
    let (workspace, at) = open("𝄞 = 'ä'\npri|");
    let completions = workspace.complete(1, at).expect("it is open");
    assert_eq!(completions.from, at - 3);
}

#[track_caller]
fn hovers(marked: &str, expected: Option<&str>) {
    let (workspace, at) = open(marked);
    assert_eq!(workspace.hover(1, at).map(|hover| hover.text).as_deref(), expected, "{marked:?}");
}

#[test]
fn documentation_of_what_stands_there() {
    hovers("from lamp import La|mp", Some("class Lamp(Base)\n\nA lamp on a pin.\n\nIt is dark at first."));
    hovers("import lamp\nlamp.Lamp(1).o|n()", Some("def on(self, *, fade=False)\n\nLights it."));
    hovers("import machine\nmachine.Pi|n", Some("Pin(id, mode): a pin."));
    hovers(
        "@micropython.viper\ndef f(a: pt|r8): pass",
        Some("ptr8(object): the bytes of a buffer or at an address, in viper code: p[i] is one, unchecked."),
    );
    hovers("|machine", None);
    hovers("'print|'", None);
}

#[track_caller]
fn signs(marked: &str, expected: Option<(&str, Option<&str>)>) {
    let (workspace, at) = open(marked);
    let found = workspace.signature(1, at);
    let shown = found.as_ref().map(|found| {
        let active = found.active.map(|span| &found.label[span.from as usize..span.to as usize]);
        (found.label.as_str(), active)
    });
    assert_eq!(shown, expected, "{marked:?}");
}

#[test]
fn the_call_around_the_caret() {
    signs("from lamp import dim\ndim(|", Some(("dim(lamp, by=1)", Some("lamp"))));
    signs("from lamp import dim\ndim((1, 2), |)", Some(("dim(lamp, by=1)", Some("by=1"))));
    signs("from lamp import dim\ndim(1,\n    |", Some(("dim(lamp, by=1)", Some("by=1"))));
    signs("from lamp import Lamp\nLamp(|", Some(("Lamp(pin, level=0)", Some("pin"))));
    signs("from lamp import Lamp\nLamp(1).on(|", Some(("on(*, fade=False)", Some("fade=False"))));
    signs("import machine\nmachine.Pin(1, |", Some(("Pin(id, mode)", Some("mode"))));
    signs("x = (1, |", None);
    signs("f('(|", None);
}

#[test]
fn where_a_name_is_defined() {
    let place = |marked: &str| {
        let (workspace, at) = open(marked);
        workspace.definition(1, at).map(|found| (found.path, found.line))
    };
    let lamp = || Some("/project/lamp.py".to_owned());
    assert_eq!(place("x = 1\n\ndef f():\n    return x|\n"), Some((None, 1)));
    assert_eq!(place("from lamp import dim\ndi|m(1)"), Some((lamp(), 18)));
    assert_eq!(place("import lamp\nlamp.Lamp(1).po|wer()"), Some((lamp(), 3)));
    assert_eq!(place("import la|mp"), Some((lamp(), 1)));
    assert_eq!(place("pri|nt()"), None);
}

#[track_caller]
fn finds(source: &str, expected: &[(&str, Severity, &str)]) {
    let (workspace, _) = open(source);
    let units: Vec<u16> = source.encode_utf16().collect();
    let found: Vec<_> = workspace
        .diagnose(1)
        .into_iter()
        .map(|it| (String::from_utf16_lossy(&units[it.span.from as usize..it.span.to as usize]), it.severity, it.message))
        .collect();
    let shown: Vec<_> = found.iter().map(|(text, severity, message)| (text.as_str(), *severity, message.as_str())).collect();
    assert_eq!(shown, expected, "{source:?}");
}

#[test]
fn what_is_wrong() {
    use Severity::{Error, Hint, Warning};
    finds("import machine\nmachine.reset()\n", &[]);
    finds("'𝄞'; x = = 1\n", &[("=", Error, "invalid syntax")]);
    finds("print(nme)\n", &[("nme", Warning, "the name 'nme' is defined nowhere")]);
    finds("from os import *\nprint(anything)\n", &[]);
    finds(
        "import os\nimport sys as s\nfrom math import pi\n",
        &[
            ("os", Hint, "'os' is imported and not used"),
            ("s", Hint, "'s' is imported and not used"),
            ("pi", Hint, "'pi' is imported and not used"),
        ],
    );
    finds("from machine import Pim\nPim()\n", &[("Pim", Warning, "the module 'machine' has no 'Pim'")]);
    finds("import machine\nmachine.Pim()\n", &[("Pim", Warning, "the module 'machine' has no 'Pim'")]);
    finds("import sys\nsys.ps1\nsys.whatever\n", &[]);
    let no_module = "neither the board nor this project has a module 'bme280'";
    finds("import bme280 as sensor, lamp\nsensor, lamp\n", &[("bme280", Warning, no_module)]);
    finds("from bme280.io import *\n", &[("bme280", Warning, no_module)]);
    finds("def f():\n    from bme280 import BME\n    return BME\n", &[("bme280", Warning, no_module)]);
    finds("try:\n    import bme280\nexcept ImportError:\n    bme280 = None\n", &[]);
    finds("import drivers.dht, above\ndrivers, above\n", &[]);
    finds("from . import bme280\nimport asyncio.core, ujson, os.path\nbme280, asyncio, ujson, os\n", &[]);
    finds("try:\n    import ujson as json\nexcept ImportError:\n    import json\n", &[]);
    finds("class C:\n    def m(self):\n        return __class__, [i for i in self]\nC(__name__)\n", &[]);
    finds("", &[]);
}

#[test]
fn a_name_is_changed_wherever_it_is_the_same() {
    let renamed = |marked: &str, name: &str| {
        let (mut workspace, at) = open(marked);
        let [found] = &workspace.rename(1, at, name, &[])?[..] else { panic!("in one text") };
        let change = |place: &Span| Change { from: place.from, to: place.to, insert: name.to_owned() };
        let changes: Vec<_> = found.places.iter().map(change).collect();
        assert!(workspace.edit(1, &changes));
        let mut text = marked.replacen('|', "", 1).encode_utf16().collect::<Vec<_>>();
        for change in changes.iter().rev() {
            text.splice(change.from as usize..change.to as usize, change.insert.encode_utf16());
        }
        Ok(String::from_utf16(&text).expect("it is text"))
    };
    let source = "x = '𝄞'\ndef f(x):\n    return x|\nprint(x, f.x)\n";
    assert_eq!(renamed(source, "größe"), Ok("x = '𝄞'\ndef f(größe):\n    return größe\nprint(x, f.x)\n".into()));
    let source = "n = 0\ndef f():\n    global n\n    |n += 1\n";
    assert_eq!(renamed(source, "count"), Ok("count = 0\ndef f():\n    global count\n    count += 1\n".into()));
    assert_eq!(renamed("a = 1\nb = a|\n", "b"), Err(code::Refusal::Taken));
    assert_eq!(renamed("a = 1\nb = a|\n", "while"), Err(code::Refusal::NotAName));
    assert_eq!(renamed("a = 1\nb = a|\n", "2"), Err(code::Refusal::NotAName));
    assert_eq!(renamed("prin|t(1)\n", "show"), Err(code::Refusal::NothingHere));
}

/// The lines in each file where a name stands that is renamed to `new`; other files of the project are these.
#[track_caller]
fn renames(marked: &str, others: &[(&'static str, &'static str)], expected: &[(&str, &[u32])]) {
    let texts: Vec<_> = others.to_vec();
    let look = move |path: &std::path::Path| {
        let text = texts.iter().find(|(name, _)| Some(*name) == path.to_str());
        text.map(|(_, text)| Found::Text((*text).to_owned()))
    };
    let mut workspace = Workspace::new(PORT, Box::new(look));
    let caret = marked.find('|').expect("a caret");
    workspace.open(1, Some("/p/main.py".into()), marked.replacen('|', "", 1));
    let files: Vec<_> = others.iter().map(|(path, _)| path.into()).collect();
    let found = workspace.rename(1, caret as u32, "new", &files).expect("it can be renamed");
    let found: Vec<_> = found.iter().map(|it| (it.path.as_deref().unwrap_or("here"), &it.lines[..])).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_name_that_others_import_is_changed_in_all_of_them() {
    let source = "__all__ = ['blink', 'other']\ndef bl|ink(blink=1):\n    return blink\nblink()\n";
    let others: &[(&str, &str)] = &[
        ("/p/a.py", "from main import blink\nblink(blink=2)\ndef f(blink):\n    return blink\n"),
        ("/p/b.py", "import main as m\nm.blink()\nm.blink.x\nx.blink\n'blink'  # blink\n"),
        ("/p/c.py", "from main import (other,\n    blink as wink)\nwink()\n"),
        ("/p/d.py", "from main import *\nblink()\n"),
        ("/p/e.py", "from elsewhere import blink\nblink()\n"),
    ];
    let wanted: &[(&str, &[u32])] =
        &[("/p/a.py", &[1, 2]), ("/p/b.py", &[2, 3]), ("/p/c.py", &[2]), ("/p/d.py", &[2]), ("here", &[1, 2, 4])];
    renames(source, others, wanted);
}

#[test]
fn a_name_is_changed_where_it_comes_from_too() {
    let home = ("/p/lib/lamp.py", "def dim():\n    return dim\n");
    renames("from lamp import dim\ndim|()\n", &[home], &[("/p/lib/lamp.py", &[1, 2]), ("here", &[1, 2])]);
    renames("import lamp\nlamp.di|m()\n", &[home], &[("/p/lib/lamp.py", &[1, 2]), ("here", &[2])]);
    renames("from lamp import dim as d\nd|()\n", &[home], &[("here", &[1, 2])]);
    renames("from lamp import dim\ndef f(dim):\n    return di|m\n", &[home], &[("here", &[2, 3])]);
}

#[test]
fn a_name_that_is_not_the_projects_or_is_taken_somewhere_stays() {
    let refused = |marked: &str, name: &str| {
        let (workspace, at) = open(marked);
        workspace.rename(1, at, name, &["/project/lamp.py".into()]).expect_err("it stays")
    };
    assert_eq!(refused("from machine import Pin\nPi|n\n", "Leg"), code::Refusal::NothingHere);
    assert_eq!(refused("import os\no|s\n", "system"), code::Refusal::NothingHere);
    assert_eq!(refused("from lamp import dim\ndi|m\n", "Lamp"), code::Refusal::Taken);
    assert_eq!(refused("from lamp import dim\nfull = 1\ndi|m\n", "full"), code::Refusal::Taken);
}

#[test]
fn edits_that_do_not_fit_are_refused() {
    let (mut workspace, _) = open("abc");
    assert!(!workspace.edit(1, &[Change { from: 2, to: 9, insert: String::new() }]));
    assert!(!workspace.edit(2, &[]), "no such document");
    workspace.close(1);
    assert!(workspace.complete(1, 0).is_none());
}
