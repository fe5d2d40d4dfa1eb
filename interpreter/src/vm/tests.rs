//! Programs through the whole machine: text in, text out.

use crate::testing::run;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(run(source), expected);
}

#[test]
fn arithmetic_and_loops() {
    check("s = 0\nfor i in range(10):\n    s += i * i\nprint(s)\nwhile s > 3:\n    s //= 2\nprint(s)\n", "285\n2\n");
}

#[test]
#[ignore = "runs the file named by TAIPAN_SCRIPT"]
fn script() {
    let path = std::env::var("TAIPAN_SCRIPT").expect("a path");
    std::print!("{}", run(&std::fs::read_to_string(path).expect("a file")));
}
