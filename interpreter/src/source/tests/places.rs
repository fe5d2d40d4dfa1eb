//! Lines and columns of nodes; what the prompt asks; odd bytes.

use super::{Chunks, Mode, dump, parse};
use crate::source::needs_more;
use crate::source::tree::{Item, Node, Tree};
use crate::testing;
use std::format;
use std::string::String;
use std::vec::Vec;

fn places(tree: &Tree, node: Node, out: &mut Vec<String>) {
    out.push(format!("{:?} {}:{}", node.kind(), tree.line(node), tree.column(node)));
    for child in tree.children(node) {
        if let Item::Node(child) = child {
            places(tree, child, out);
        }
    }
}

#[test]
fn nodes_know_where_they_begin() {
    let source = "# one\nif a:\n    x = (b\n        + c.d(e,\n              f[0]))\n    größe = 'é' % y\n";
    let mut found = Vec::new();
    let outcome = testing::with(|vm| {
        parse(vm, &mut Chunks { bytes: source.as_bytes(), step: 7 }, Mode::File, |tree| {
            if let Item::Node(root) = tree.root() {
                places(tree, root, &mut found);
            }
        })
    });
    assert!(outcome.is_ok());
    let expected = [
        "If 2:1",
        "Block 3:5",
        "Assign 3:5",
        "Binary 3:10",
        "Primary 4:11",
        "Arguments 4:14",
        "Primary 5:15",
        "Subscript 5:16",
        "Assign 6:5",
        "Binary 6:13",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_prompt_knows_when_to_go_on() {
    let incomplete = [
        "if a:",
        "if a:\n    b",
        "for x in y:",
        "def f():",
        "class A:",
        "@f",
        "try:",
        "with a:",
        "while 1:",
        "async def f():",
        "f(",
        "[1,\n",
        "{",
        "'''a",
        "\"\"\"a\n",
        "a + \\",
        "a + \\\n",
        "'a\\",
        "match x:",
        "x = ('''",
        "f('a', \"b\",",
    ];
    for text in incomplete {
        assert!(needs_more(text), "{text:?}");
    }
    let complete = [
        "",
        "a",
        "a = 1\n",
        "if a: b\n",
        "if a:\n    b\n",
        "'abc",
        "f(a)",
        "'('",
        "'''a'''",
        "# (",
        "a # '''",
        "match = 1",
        "match(x)",
        "format",
        "iffy",
        "')'",
        "a)",
        "'\\'('",
        "match.a",
    ];
    for text in complete {
        assert!(!needs_more(text), "{text:?}");
    }
}

#[test]
fn odd_bytes_are_refused_or_skipped() {
    let dump = |bytes: &[u8]| [1, 2, 3, 64].map(|step| testing::with(|vm| dump(vm, bytes, step, Mode::File)));
    let all = |text: &str| [text; 4].map(String::from);
    assert_eq!(dump(b"\xef\xbb\xbfa\r\rb\r\nc"), all("(Expression a)\n(Expression b)\n(Expression c)\n"));
    assert_eq!(dump(b"# \xff\xc0 in a comment\na"), all("(Expression a)\n"));
    for bad in [&b"'\xff'"[..], b"'\xc3'", b"a\xe2\x82", b"'\xed\xa0\x80'", b"\xf5", b"a\0b", b"'\xc3", b"\0"] {
        assert!(dump(bad).iter().all(|answer| answer.contains("SyntaxError: invalid syntax at 1:")), "{bad:?}");
    }
    assert_eq!(dump("'a\0é'".as_bytes()), all("(Expression \"a\\0é\")\n"));
}
