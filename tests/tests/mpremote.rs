//! The real `mpremote`, unmodified, against the virtual board.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use tests::console::Console;
use tests::program;

/// Far more than any one command needs, even on a busy machine: mpremote itself takes 20 s of processor time to fetch 1 MB.
const PATIENCE: Duration = Duration::from_secs(240);

/// A virtual board with a file system of its own, and the client that talks to it.
struct Bench {
    _board: Console,
    address: String,
    folder: PathBuf,
}

impl Bench {
    fn start(name: &str) -> Bench {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run left is not wanted; on the first run there is nothing.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let taipan = std::env::var_os("TAIPAN").expect("run this test by `cargo xtask test mpremote`");
        let mut board = Console::start(Command::new(taipan).arg("--board").arg("--image").arg(folder.join("flash.img")));
        board.expect("board: pty ", PATIENCE);
        let address = board.expect("\n", PATIENCE).trim().to_owned();
        Bench { _board: board, address, folder }
    }

    /// What `mpremote` prints for these words.
    #[track_caller]
    fn mpremote(&self, words: &[&str]) -> String {
        let python = std::env::var_os("PYTHON").expect("run this test by `cargo xtask test mpremote`");
        let mut command = Command::new(python);
        command.args(["-m", "mpremote", "connect", &self.address]).args(words).current_dir(&self.folder).stdin(Stdio::null());
        let ended = program::run(&mut command, PATIENCE).unwrap_or_else(|| panic!("mpremote {words:?} did not end"));
        let printed = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "mpremote {words:?}: {printed}{}", String::from_utf8_lossy(&ended.stderr));
        printed
    }

    fn file(&self, name: &str, contents: &[u8]) {
        std::fs::write(self.folder.join(name), contents).expect("a file can be written");
    }
}

#[test]
fn runs_code_and_forgets_it_at_a_soft_reset() {
    let bench = Bench::start("runs");
    assert_eq!(bench.mpremote(&["exec", "kept = 6 * 7; print(kept)"]), "42\r\n");
    assert_eq!(bench.mpremote(&["resume", "exec", "print(kept)"]), "42\r\n");
    bench.mpremote(&["soft-reset"]);
    assert_eq!(bench.mpremote(&["resume", "exec", "print('kept' in globals())"]), "False\r\n");
    bench.file("script.py", "for i in range(3):\n    print('naïve', i)\n".as_bytes());
    assert_eq!(bench.mpremote(&["run", "script.py"]), "naïve 0\r\nnaïve 1\r\nnaïve 2\r\n");
}

#[test]
fn files_with_any_name_come_back_as_they_went() {
    let bench = Bench::start("files");
    let megabyte = random_bytes(1 << 20);
    let cases: [(&str, &[u8]); 6] = [
        ("plain.txt", b"one\r\ntwo\n"),
        ("it's \"quoted\".txt", b"quotes"),
        ("two words.txt", b"spaces"),
        ("привет.txt", "Кириллица".as_bytes()),
        ("snake 🐍.bin", &[0, 255, 4, 3, 1]),
        ("empty", b""),
    ];
    for (name, contents) in cases.into_iter().chain([("megabyte.bin", &megabyte[..])]) {
        bench.file(name, contents);
        bench.mpremote(&["fs", "cp", name, &format!(":{name}")]);
        assert!(bench.mpremote(&["fs", "ls"]).contains(name), "{name} is listed");
        bench.mpremote(&["fs", "cp", &format!(":{name}"), "back"]);
        let back = std::fs::read(bench.folder.join("back")).expect("the file came back");
        assert!(back == contents, "{name} came back otherwise: {} bytes of {}", back.len(), contents.len());
        bench.mpremote(&["fs", "rm", &format!(":{name}")]);
        assert!(!bench.mpremote(&["fs", "ls"]).contains(name), "{name} is gone");
    }
}

#[test]
fn folders_hold_files() {
    let bench = Bench::start("folders");
    bench.file("note.txt", b"in a folder\n");
    bench.mpremote(&["fs", "mkdir", ":drawer"]);
    bench.mpremote(&["fs", "cp", "note.txt", ":drawer/note.txt"]);
    assert_eq!(bench.mpremote(&["fs", "cat", ":drawer/note.txt"]).replace('\r', ""), "in a folder\n");
    assert!(bench.mpremote(&["fs", "ls", ":drawer"]).contains("note.txt"));
}

#[test]
fn a_mounted_folder_is_imported_from() {
    let bench = Bench::start("mounted");
    bench.file("there.py", b"answer = 42\n");
    let printed = bench.mpremote(&["mount", ".", "exec", "import there; print(there.answer)"]);
    assert!(printed.contains("42"), "{printed}");
}

/// Bytes without a pattern, the same in each run (xorshift64).
fn random_bytes(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..count).map(|_| next()).collect()
}
