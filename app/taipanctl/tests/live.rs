//! The command line with the virtual board: what a script sees of it.
//!
//! Wants the program `taipan` built (`TAIPAN` says where, else beside this one): `cargo xtask test board`.

use nix::pty::openpty;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// A folder of this computer with a board's flash in it.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Desk {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("taipanctl-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let desk = Desk(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&desk.0).expect("it can be made");
        desk
    }

    fn file(&self, path: &str, text: &str) {
        let file = self.0.join(path);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("it can be made");
        std::fs::write(file, text).expect("it can be written");
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.join(path)).expect("it is there")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = self.bare(words);
        command.env("TAIPANCTL_BOARD", "virtual:flash.img");
        command
    }

    /// Without a board named, and with settings of its own.
    fn bare(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taipanctl"));
        command.args(words).current_dir(&self.0).env("XDG_CONFIG_HOME", self.0.join("config"));
        command
    }

    /// What it prints as JSON, a value a line or one over many.
    #[track_caller]
    fn tells(&self, words: &[&str]) -> Vec<Value> {
        let said = self.says(&[&["--json"], words].concat());
        serde_json::Deserializer::from_str(&said)
            .into_iter()
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    /// What it prints; it must succeed.
    #[track_caller]
    fn says(&self, words: &[&str]) -> String {
        let output = self.command(words).output().expect("it starts");
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8(output.stdout).expect("it is text")
    }

    /// Its exit code, and what it complains about.
    fn fails(&self, words: &[&str]) -> (i32, String) {
        let Output { status, stderr, .. } = self.command(words).output().expect("it starts");
        (status.code().expect("it ended by itself"), String::from_utf8(stderr).expect("it is text"))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A command at a terminal of its own.
struct Terminal {
    child: Child,
    keyboard: File,
    screen: mpsc::Receiver<Vec<u8>>,
    seen: String,
}

impl Terminal {
    fn open(mut command: Command) -> Terminal {
        let pty = openpty(None, None).expect("a pseudo-terminal");
        let end = || pty.slave.try_clone().expect("a file descriptor");
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("it starts");
        let keyboard = File::from(pty.master);
        let mut reader = keyboard.try_clone().expect("a file descriptor");
        let (sender, screen) = mpsc::channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut chunk) {
                if sender.send(chunk[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Terminal { child, keyboard, screen, seen: String::new() }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    /// Waits for a text; what came before it is forgotten.
    #[track_caller]
    fn expect(&mut self, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(at) = self.seen.find(text) {
                self.seen.drain(..at + text.len());
                return;
            }
            match self.screen.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("no {text:?} but {:?}", self.seen),
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended by itself
        let _ = self.child.wait();
    }
}

#[test]
fn a_program_reads_what_is_typed_at_a_terminal() {
    let desk = Desk::new();
    desk.file("ask.py", "name = input('who? ')\nprint('hello', name[::-1])\nwhile True:\n    pass\n");
    let mut terminal = Terminal::open(desk.command(&["run", "ask.py"]));
    terminal.expect("who? ");
    terminal.press("avx\x7fE\r");
    terminal.expect("hello Eva\r\n");
    terminal.press("\x03");
    terminal.expect("KeyboardInterrupt");
    assert_eq!(terminal.child.wait().expect("it ends").code(), Some(130));
}

#[test]
fn programs_print_and_tell_how_they_ended() {
    let desk = Desk::new();
    assert_eq!(desk.says(&["exec", "print('día', 6 * 7)"]), "día 42\n");
    assert_eq!(desk.fails(&["exec", "import sys; print(1); sys.exit()"]), (0, String::new()), "the board restarts, silently");
    desk.file("hello.py", "import sys\nprint('hello', sys.platform)\n");
    assert_eq!(desk.says(&["run", "hello.py"]), "hello pyboard\n");
    let (code, complaint) = desk.fails(&["exec", "1/0"]);
    assert!(code == 1 && complaint.contains("ZeroDivisionError"), "{code} {complaint}");
    let mut repl = desk.command(&["repl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    repl.stdin.take().expect("a pipe").write_all(b"print('by', 'hand')\r").expect("it reads");
    let shown = repl.wait_with_output().expect("it ends").stdout;
    assert!(String::from_utf8_lossy(&shown).contains("by hand\r\n>>> "), "{}", String::from_utf8_lossy(&shown));
}

#[test]
fn a_program_that_asks_where_nobody_can_answer_reads_the_end_of_its_input() {
    let desk = Desk::new();
    let asks = |words: &[&str], input: Stdio| {
        let output = desk.command(words).stdin(input).output().expect("it starts");
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (code, said) = asks(&["exec", "input('? ')"], Stdio::null());
    assert!(code == Some(1) && said.contains("there is none here") && said.contains("EOFError"), "{code:?} {said}");
    let catches = "for _ in range(2):\n  try:\n    input()\n  except EOFError:\n    print('no more')";
    let (code, said) = asks(&["exec", catches], Stdio::null());
    assert!(code == Some(0) && said.matches("none here").count() == 1 && said.matches("no more").count() == 2, "{code:?} {said}");
    assert_eq!(asks(&["exec", "print(7)  # no input()"], Stdio::null()), (Some(0), "7\n".into()));
    desk.file("numbers", "17\n25\n");
    let numbers = File::open(desk.0.join("numbers")).expect("it is there");
    let (code, said) = asks(&["exec", "--stdin", "print('sum', int(input()) + int(input()))"], numbers.into());
    assert!(code == Some(0) && said.ends_with("sum 42\n"), "{code:?} {said}");
}

#[test]
fn a_virtual_board_that_is_to_wait_in_its_loader_says_what_to_do() {
    let desk = Desk::new();
    let (code, complaint) = desk.fails(&["bootloader"]);
    assert!(code == 2 && complaint.contains("taipanctl firmware update FILE"), "{code} {complaint}");
}

#[test]
fn files_go_both_ways() {
    let desk = Desk::new();
    desk.file("a.py", "one\n");
    desk.file("lib/b.py", "two\n");
    desk.says(&["cp", "-r", "a.py", "lib", ":"]);
    assert_eq!(desk.says(&["cat", ":a.py", ":lib/b.py"]), "one\ntwo\n");
    desk.says(&["mv", ":a.py", ":c.py"]);
    desk.says(&["mkdir", ":data"]);
    let listed = desk.says(&["ls", ":"]);
    assert!(["data/", "lib/", "4 c.py"].iter().all(|name| listed.contains(name)) && !listed.contains("a.py"), "{listed}");
    desk.says(&["cp", "-r", ":lib", "back"]);
    desk.says(&["cp", ":c.py", "d.py"]);
    assert_eq!((desk.text("back/b.py"), desk.text("d.py")), ("two\n".into(), "one\n".into()));
    desk.says(&["mv", ":c.py", ":data"]);
    desk.says(&["mv", ":data/c.py", ":"]);
    assert_eq!(desk.fails(&["mv", ":c.py", ":lib/b.py"]).0, 5, "no file is overwritten");
    desk.says(&["rm", ":c.py", ":data"]);
    desk.says(&["rm", "-r", ":lib"]);
    let (code, complaint) = desk.fails(&["cat", ":c.py"]);
    assert!(code == 5 && complaint.contains("c.py is not on the board"), "{code} {complaint}");
    assert!(desk.says(&["df", "--json"]).contains("\"free\""));
}

#[test]
fn nobody_need_listen_to_what_is_said_beside_the_results() {
    let desk = Desk::new();
    for words in [&["list"][..], &["firmware", "list"]] {
        let (reader, closed) = std::io::pipe().expect("the system has one");
        drop(reader);
        let ended = desk.command(words).stdout(Stdio::null()).stderr(closed).status().expect("it starts");
        assert_ne!(ended.code(), Some(101), "{words:?} panicked");
    }
}

#[test]
fn pipes_and_patterns_stand_for_files() {
    let desk = Desk::new();
    let piped = |words: &[&str], input: &str| {
        let mut child = desk.command(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        (output.status.code(), String::from_utf8(output.stdout).expect("it is text"))
    };
    assert_eq!(piped(&["run", "-"], "print('from', 'a pipe')\n"), (Some(0), "from a pipe\n".into()));
    desk.file(
        "sum.py",
        "total = 0\ntry:\n    while True:\n        total += int(input())\nexcept EOFError:\n    print('sum', total)\n",
    );
    let (code, shown) = piped(&["run", "--stdin", "sum.py"], "17\n25\n");
    assert!(code == Some(0) && shown.ends_with("sum 42\n"), "{code:?} {shown}");
    assert_eq!(desk.fails(&["run", "--stdin", "-"]).0, 2);
    assert_eq!(piped(&["cp", "-", ":lög.txt"], "eins\n").0, Some(0));
    assert_eq!(desk.says(&["cp", ":lög.txt", "-"]), "eins\n");
    assert_eq!(piped(&["cp", "-", ":"], "x").0, Some(2));
    desk.says(&["mkdir", "-p", ":a/b/c", ":a/b"]);
    for name in [":a/1.csv", ":a/2.csv", ":a/b/3.csv"] {
        piped(&["cp", "-", name], name);
    }
    assert_eq!(desk.says(&["cat", ":a/*.csv"]), ":a/1.csv:a/2.csv");
    desk.says(&["cp", ":a/*/*.csv", ":lö?.txt", "."]);
    assert_eq!((desk.text("3.csv"), desk.text("lög.txt")), (":a/b/3.csv".into(), "eins\n".into()));
    desk.says(&["rm", "-f", ":a/[12].csv", ":nothing.txt", ":no*"]);
    assert_eq!(desk.says(&["ls", "-l", ":a"]).trim(), "b/");
    assert_eq!(desk.fails(&["rm", ":no*"]).0, 5);
    assert_eq!(desk.says(&["ls", ":boot.py", ":a", ":a/b"]).lines().filter(|line| line.starts_with(':')).count(), 2);
    assert!(desk.says(&["ls", ":boot.py"]).trim().ends_with(" boot.py"));
    assert_eq!(desk.says(&["ls", ":*.txt"]).lines().count(), 2);
    let output = desk.bare(&["--json", "info"]).env("TAIPANCTL_BOARD", "id:none").output().expect("it starts");
    assert!(output.status.code() == Some(3) && String::from_utf8_lossy(&output.stderr).contains("noBoard"), "{output:?}");
}

#[test]
fn a_program_reads_along_in_json() {
    let desk = Desk::new();
    let said = desk.tells(&["exec", "print('día')"]);
    assert_eq!(said, [json!({ "output": "día\n" }), json!({ "outcome": { "how": "finished" } })]);
    desk.file("a.py", "one\n");
    let [plan] = &desk.tells(&["fs", "cp", "a.py", ":"])[..] else { panic!("a copy tells its plan") };
    assert_eq!((&plan["files"][0]["to"], &plan["files"][0]["old"]), (&json!("a.py"), &Value::Null));
    let [plan] = &desk.tells(&["cp", "a.py", ":b.py"])[..] else { panic!("a copy tells its plan") };
    assert_eq!(plan["files"][0]["to"], "b.py");
    let [listed] = &desk.tells(&["fs", "ls", ":/"])[..] else { panic!("one list") };
    let names: Vec<&str> = listed.as_array().expect("a list").iter().filter_map(|entry| entry["path"].as_str()).collect();
    assert!(names.contains(&"/a.py") && names.contains(&"/b.py"), "{names:?}");
    assert_eq!(desk.tells(&["cat", ":a.py"]), [json!([{ "path": "a.py", "text": "one\n" }])]);
    assert_eq!(desk.tells(&["mv", ":b.py", ":c.py"]), [json!({ "from": "b.py", "to": "c.py" })]);
    assert_eq!(desk.tells(&["mkdir", ":d"]), [json!({ "made": ["d"] })]);
    assert_eq!(desk.tells(&["rm", ":c.py", ":d"]), [json!({ "removed": ["c.py", "d"] })]);
    assert_eq!(desk.tells(&["stop"]), [json!({ "state": "ready" })]);
    let (code, complaint) = desk.fails(&["--json", "cat", ":gone"]);
    let error: Value = serde_json::from_str(&complaint).expect("an error is JSON as well");
    assert_eq!((code, &error["error"]["kind"]), (5, &json!("notFound")));
    assert_eq!(desk.fails(&["--json", "repl"]).0, 2);
}

#[test]
fn a_board_is_chosen_once_for_all_calls() {
    let desk = Desk::new();
    let says = |words: &[&str]| String::from_utf8(desk.bare(words).output().expect("it starts").stdout).expect("it is text");
    assert!(says(&["connect"]).contains("no board is chosen"));
    let chosen = says(&["connect", "virtual:flash.img"]);
    assert!(chosen.starts_with("virtual:/") && chosen.contains("MicroPython"), "{chosen}");
    assert!(says(&["connect"]).starts_with("virtual:/"));
    // A shell that names a board may still choose another one for others.
    let output = desk.command(&["connect", "virtual:flash.img"]).output().expect("it starts");
    assert!(output.status.success() && String::from_utf8_lossy(&output.stderr).contains("TAIPANCTL_BOARD is set"), "{output:?}");
    assert_eq!(says(&["exec", "print(6 * 7)"]), "42\n");
    assert_eq!(desk.bare(&["connect", "id:nobody"]).output().expect("it starts").status.code(), Some(3));
    assert!(says(&["connect", "--forget"]).contains("no board is chosen"));
}

#[test]
fn a_virtual_board_serves_other_programs() {
    let desk = Desk::new();
    for words in [&["--json", "virtual", "flash.img"][..], &["--json", "virtual", "flash.img", "--tcp", "127.0.0.1:0"]] {
        let mut serving = desk.bare(words).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(serving.stdout.take().expect("a pipe")).lines();
        let first: Value = serde_json::from_str(&lines.next().expect("it tells").expect("text")).expect("JSON");
        let address = first["board"].as_str().expect("where it is");
        let name = if address.starts_with('/') { address.to_owned() } else { format!("tcp:{address}") };
        let said =
            desk.bare(&["--board", &name, "exec", "import pyb; pyb.LED(1).on(); print('served')"]).output().expect("it starts");
        assert_eq!(String::from_utf8_lossy(&said.stdout), "served\n", "{said:?}");
        let lit: Value = serde_json::from_str(&lines.next().expect("it tells").expect("text")).expect("JSON");
        assert_eq!(lit, json!({ "led": 1, "on": true, "intensity": 255 }));
        serving.kill().expect("it still runs");
        serving.wait().expect("it ends");
    }
}

#[test]
fn a_project_is_synced_deployed_saved_and_restored() {
    let desk = Desk::new();
    desk.file("app/main_loop.py", "x = 1\n");
    desk.file("app/lib/a.py", "y = 2\n");
    assert!(desk.says(&["sync", "app", ":/p", "--dry-run"]).contains("+ lib/a.py (6 bytes)"));
    assert!(desk.says(&["sync", "app", ":/p"]).contains("+ main_loop.py"));
    assert_eq!(desk.says(&["sync", "app", ":/p"]), "2 files are the same\n");
    desk.says(&["exec", "with open('/p/main_loop.py', 'w') as f: f.write('by hand')"]);
    desk.file("app/main_loop.py", "x = 3\n");
    assert_eq!(desk.fails(&["sync", "app", ":/p"]).0, 6);
    assert_eq!(desk.fails(&["deploy", "app", ":/p"]).0, 6);
    assert_eq!(desk.fails(&["deploy", "app", ":/p", "--overwrite", "--replace"]).0, 2);
    desk.says(&["deploy", "app", ":/p", "--overwrite", "--delete"]);
    assert_eq!(desk.says(&["cat", ":/p/main_loop.py"]), "x = 3\n");
    desk.says(&["backup", "all.zip"]);
    for (words, reason) in [
        (&["backup", "nowhere/all.zip"][..], "it is not there"),
        (&["restore", "nothing.zip"], "it is not there"),
        (&["restore", "app/lib/a.py"], "it is no backup of a board"),
        (&["run", "app"], "it is no file"),
        (&["run", "all.zip"], "is no text"),
    ] {
        let (code, complaint) = desk.fails(words);
        assert!(code == 5 && complaint.contains(reason), "{words:?}: {code} {complaint}");
    }
    desk.says(&["rm", "-r", ":/p"]);
    assert_eq!(desk.says(&["restore", "all.zip"]).lines().last(), Some("2 files were put back"));
    assert_eq!(desk.says(&["cat", ":/p/lib/a.py"]), "y = 2\n");
    desk.says(&["restore", "all.zip", ":/copy/of/it"]);
    assert_eq!(desk.says(&["cat", ":/copy/of/it/p/lib/a.py"]), "y = 2\n");
}

#[test]
fn words_and_boards_that_are_wrong_are_told_apart() {
    let desk = Desk::new();
    assert_eq!(desk.fails(&["cp", "a", "b"]).0, 2);
    assert_eq!(desk.fails(&["nonsense"]).0, 2);
    let nobody =
        Command::new(env!("CARGO_BIN_EXE_taipanctl")).args(["--board", "tcp:127.0.0.1:9", "ls"]).output().expect("it starts");
    assert_eq!(nobody.status.code(), Some(3));
    desk.says(&["--log", "traffic.txt", "exec", "pass"]);
    assert!(desk.text("traffic.txt").contains("raw REPL") && Path::new(&desk.0).exists());
    assert!(desk.says(&["completions", "bash"]).contains("_taipanctl"));
}

#[test]
fn all_of_a_board_is_never_removed_at_once() {
    let desk = Desk::new();
    for words in
        [&["rm", "-r", ":/"][..], &["rm", "-r", ":"], &["rm", "-rf", ":/./"], &["cat", ":"], &["mv", ":/", ":x"], &["mkdir", ":"]]
    {
        let (code, complaint) = desk.fails(words);
        assert!(code == 2 && complaint.contains("the board's own folder"), "{words:?}: {code} {complaint}");
    }
    assert!(desk.says(&["ls"]).contains("boot.py"));
}

#[test]
fn what_stands_in_the_way_is_said_in_words_of_the_command_line() {
    let desk = Desk::new();
    let mut serving =
        desk.bare(&["--json", "virtual", "flash.img", "--tcp", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(serving.stdout.take().expect("a pipe")).lines();
    let first: Value = serde_json::from_str(&lines.next().expect("it tells").expect("text")).expect("JSON");
    let board = format!("tcp:{}", first["board"].as_str().expect("where it is"));
    let at = |words: &[&str]| desk.bare(&[&["--board", &board], words].concat()).output().expect("it starts");
    let mut running = desk
        .bare(&["--board", &board, "exec", "print('on')\nwhile True: pass"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    BufReader::new(running.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("it prints");
    running.kill().expect("it still runs"); // the program on the board runs on
    running.wait().expect("it ends");
    let refused = at(&["ls"]);
    let complaint = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(4) && complaint.contains("Say --stop"), "{complaint}");
    assert!(at(&["--stop", "ls"]).status.success());
    serving.kill().expect("it still runs");
    serving.wait().expect("it ends");
    for (board, words) in [
        ("tcp:nonsense", "HOST:PORT"),
        ("tcp:127.0.0.1:9", "Check the address"),
        ("/dev/none", "there is no such port"),
        ("virtual:/nowhere/flash.img", "/nowhere/flash.img"),
    ] {
        let refused = desk.bare(&["--board", board, "ls"]).output().expect("it starts");
        let complaint = String::from_utf8_lossy(&refused.stderr);
        assert!(refused.status.code() == Some(3) && complaint.contains(words), "{board}: {complaint}");
    }
}

#[test]
fn a_log_that_cannot_be_written_is_told_before_anything_is_done() {
    let desk = Desk::new();
    let (code, complaint) = desk.fails(&["--log", "nowhere/traffic.txt", "mkdir", ":made"]);
    assert!(code == 5 && complaint.contains("nowhere/traffic.txt"), "{code} {complaint}");
    assert!(!desk.says(&["ls", ":"]).contains("made"));
    let (code, complaint) = desk.fails(&["--json", "--log", "/dev/full", "mkdir", ":made"]);
    let told: Value = serde_json::from_str(&complaint).unwrap_or_else(|error| panic!("{error}: {complaint}"));
    assert_eq!((code, &told["error"]["kind"]), (5, &json!("here")), "{complaint}");
}

#[test]
fn ctrl_c_leaves_a_board_in_order() {
    let desk = Desk::new();
    for number in 0..300 {
        desk.file(&format!("many/{number}.txt"), "x");
    }
    let mut copying = desk.command(&["cp", "-r", "many", ":"]);
    let mut copying = copying.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    let mut said = BufReader::new(copying.stdout.take().expect("a pipe"));
    said.read_line(&mut line).expect("it says what it does");
    let pressed = Command::new("kill").args(["-INT", &copying.id().to_string()]).status().expect("it starts");
    assert!(pressed.success());
    said.read_to_string(&mut line).expect("it ends");
    let ended = copying.wait_with_output().expect("it ends");
    let complaint = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.code() == Some(130) && complaint.contains("Ctrl-C"), "{ended:?}");
    let half =
        "import os; print([name for name in os.listdir('many') if name.startswith('.') or os.stat('many/' + name)[6] != 1])";
    assert_eq!(desk.says(&["exec", half]), "[]\n");
}

#[test]
fn wrong_words_are_json_where_json_is_wanted() {
    let desk = Desk::new();
    for words in [
        &["--json", "nonsense"][..],
        &["ls", "--json", "--nonsense"],
        &["--json", "cp", "a"],
        &["--json", "--baud", "fast", "ls"],
    ] {
        let (code, complaint) = desk.fails(words);
        let told: Value = serde_json::from_str(&complaint).unwrap_or_else(|error| panic!("{words:?}: {error}: {complaint}"));
        assert_eq!((code, &told["error"]["kind"]), (2, &json!("words")), "{words:?}");
        let message = told["error"]["message"].as_str().expect("it says what is wrong");
        assert!(!message.is_empty() && !message.starts_with("error"), "{message}");
    }
}

#[test]
fn what_cannot_be_printed_is_told() {
    let desk = Desk::new();
    for words in [
        &["--help"][..],
        &["--version"],
        &["udev"],
        &["man"],
        &["completions", "bash"],
        &["list", "--json"],
        &["exec", "print(1)"],
        &["ls", ":/"],
    ] {
        let full = std::fs::File::create("/dev/full").expect("it is there");
        let output = desk.command(words).stdout(full).output().expect("it starts");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(5), "{words:?}: {complaint}");
        assert!(complaint.contains("Not everything was printed"), "{words:?}: {complaint}");
    }
    let mut endless = desk.command(&["exec", "while True: print('line')"]);
    let mut endless = endless.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(endless.stdout.take().expect("a pipe")).read_line(&mut line).expect("it prints"); // and the pipe is closed
    let output = endless.wait_with_output().expect("it ends");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(5) && complaint.contains("closed the pipe"), "{complaint}");
}

/// On other systems it is not known who has a port.
#[cfg(target_os = "linux")]
#[test]
fn a_board_that_another_program_has_is_waited_for_or_taken_over() {
    let desk = Desk::new();
    let mut serving = desk.bare(&["--json", "virtual", "flash.img"]).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(serving.stdout.take().expect("a pipe")).lines();
    let first: Value = serde_json::from_str(&lines.next().expect("it tells").expect("text")).expect("JSON");
    let port = first["board"].as_str().expect("where it is").to_owned();
    let at = |words: &[&str]| desk.bare(&[&["--board", &port], words].concat()).output().expect("it starts");
    // Whoever logs has the board when what it prints has come.
    let hold = || {
        let words = ["--board", &port, "exec", "print('mine')\nwhile True: pass"];
        let mut holder = desk.bare(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(holder.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("it prints");
        assert_eq!(line, "mine\n");
        holder
    };
    let holder = hold();
    let refused = at(&["info"]);
    let complaint = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(4), "{complaint}");
    assert!(complaint.contains(&format!("taipanctl (process {}) has it", holder.id())), "{complaint}");
    let taken = at(&["--take", "--stop", "exec", "print('taken')"]);
    assert_eq!(String::from_utf8_lossy(&taken.stdout), "taken\n", "{taken:?}");
    let left = holder.wait_with_output().expect("it ends");
    let complaint = String::from_utf8_lossy(&left.stderr);
    assert!(left.status.code() == Some(3) && complaint.contains("took it over"), "{complaint}");

    let mut holder = hold();
    let words = ["--board", &port, "--wait", "--stop", "exec", "print('waited')"];
    let mut waiting = desk.bare(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(waiting.stderr.as_mut().expect("a pipe")).read_line(&mut line).expect("it says for whom");
    assert!(line.contains("has it"), "{line}");
    holder.kill().expect("it still runs");
    holder.wait().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&waiting.wait_with_output().expect("it ends").stdout), "waited\n");
    serving.kill().expect("it still runs");
    serving.wait().expect("it ends");
}

#[test]
fn an_update_of_the_virtual_board_keeps_its_files() {
    let desk = Desk::new();
    desk.says(&["exec", "with open('/kept.py', 'w') as f: f.write('x = 1')"]);
    // Vectors of a Cortex-M: a stack, and a start inside of the code behind the files.
    desk.file("new.hex", ":020000040800F2\n:080000000000022001000208CB\n:020000040802F0\n:0400000001020304F2\n:00000001FF\n");
    let said = desk.says(&["firmware", "update", "new.hex", "--archive", "saved.zip"]);
    let steps = ["saving the board's files", "writing", "reading back", "waiting for the board", "now:    MicroPython"];
    assert!(steps.iter().all(|step| said.contains(step)), "{said}");
    assert!(desk.0.join("saved.zip").is_file());
    assert_eq!(desk.says(&["cat", ":/kept.py"]), "x = 1");
    desk.says(&["exec", "with open('/main.py', 'w') as f: f.write('while True: pass')"]);
    assert!(desk.says(&["--stop", "info"]).starts_with("firmware: MicroPython"));
    let said = desk.says(&["--stop", "firmware", "update", "new.hex", "--archive", "again.zip"]);
    let steps = ["before: MicroPython", "now:    MicroPython"];
    assert!(steps.iter().all(|step| said.contains(step)), "a board that runs its own program: {said}");
    assert!(desk.0.join("again.zip").is_file());
    desk.says(&["--stop", "rm", ":main.py"]);
    desk.file("no.dfu", "print('no firmware')");
    let (code, complaint) = desk.fails(&["firmware", "update", "no.dfu"]);
    assert!(code == 5 && complaint.contains("is no firmware file"), "{code} {complaint}");
}

#[test]
fn a_damaged_or_foreign_file_leaves_the_board_as_it_is() {
    let desk = Desk::new();
    desk.says(&["exec", "with open('/kept.py', 'w') as f: f.write('x = 1')"]);
    let start = ":020000040800F2\n:080000000000022001000208CB\n";
    for (name, content, words) in [
        ("empty.hex", "".into(), "is no firmware file"),
        ("cut.hex", start.into(), "its end is missing"),
        ("sum.hex", format!("{}:00000001FF\n", start.replace("CB", "CC")), "is damaged: record 2"),
        ("twice.hex", format!("{start}:080000000000022001000208CB\n:00000001FF\n"), "two contents for address 0x08000000"),
        ("two.hex", format!("{start}:00000001FF\n{start}:00000001FF\n"), "record 4 stands behind the end record"),
        ("cut.dfu", "DfuSe\x01\x00".into(), "its end is missing"),
        ("text.bin", "import machine\n".into(), "is no firmware file"),
        ("bare.bin", "\u{1}\u{2}\u{3}".into(), "Name the address of its first byte"),
        ("zip.bin", "PK\x03\x04 and so on\u{0}".into(), "is no firmware file"),
    ] {
        desk.file(name, &content);
        let (code, complaint) = desk.fails(&["firmware", "update", name, "--archive", "never.zip"]);
        assert!(code == 5 && complaint.contains(words) && complaint.contains(name), "{name}: {code} {complaint}");
        assert!(!desk.0.join("never.zip").exists(), "{name}: nothing has begun");
    }
    assert_eq!(desk.says(&["cat", ":/kept.py"]), "x = 1");
}
