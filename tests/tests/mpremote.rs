//! The real `mpremote` and `rshell`, unmodified, against the virtual board.
//!
//! `rshell` gives a board half a second to say that it has taken a program. The emulated pyboard takes a millisecond, but is handed its
//! bytes one by one between two threads of the emulator, which on a busy computer takes longer; so it is not here.

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

    /// What `rshell` prints for these words. It ends well whatever happens, so what came of it is looked at.
    #[track_caller]
    fn rshell(&self, words: &[&str]) -> String {
        let python = PathBuf::from(std::env::var_os("PYTHON").expect("run this test by `cargo xtask test mpremote`"));
        let mut command = Command::new(python.with_file_name("rshell"));
        command.args(["--quiet", "--port", &self.address]).args(words).current_dir(&self.folder).stdin(Stdio::null());
        let ended = program::run(&mut command, PATIENCE).unwrap_or_else(|| panic!("rshell {words:?} did not end"));
        let printed = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "rshell {words:?}: {printed}{}", String::from_utf8_lossy(&ended.stderr));
        printed
    }

    fn file(&self, name: &str, contents: &[u8]) {
        std::fs::write(self.folder.join(name), contents).expect("a file can be written");
    }

    /// A file of yesterday: FAT keeps even seconds, and rshell sets clocks by whole ones, so what is copied as it is made may be newer than its copy.
    fn aged(&self, name: &str, contents: &[u8]) {
        self.file(name, contents);
        let file = std::fs::File::options().write(true).open(self.folder.join(name)).expect("it is there");
        file.set_modified(std::time::SystemTime::now() - Duration::from_secs(86_400)).expect("its time can be set");
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

/// A hundred files go there, are known again by their times, change, and come back.
#[test]
fn rshell_keeps_a_folder_in_step() {
    let bench = Bench::start("rshell");
    std::fs::create_dir(bench.folder.join("here")).expect("a folder can be made");
    let noise = random_bytes(60_000);
    for (number, piece) in noise.chunks(600).enumerate() {
        bench.aged(&format!("here/f{number}.bin"), piece);
    }
    let copied = bench.rshell(&["rsync", "here", "/pyboard/there"]);
    assert_eq!(copied.matches("Adding").count(), 100, "{copied}");
    let again = bench.rshell(&["rsync", "here", "/pyboard/there"]);
    assert!(!again.contains("Adding") && !again.contains("is newer"), "{again}");
    assert_eq!(bench.rshell(&["ls", "/pyboard/there"]).split_whitespace().count(), 100);
    std::fs::create_dir(bench.folder.join("back")).expect("a folder can be made");
    bench.rshell(&["cp", "-r", "/pyboard/there", "back"]);
    for (number, piece) in noise.chunks(600).enumerate() {
        let back = std::fs::read(bench.folder.join(format!("back/there/f{number}.bin"))).expect("it came back");
        assert!(back == piece, "f{number}.bin came back otherwise");
    }
    assert_eq!(bench.rshell(&["repl", "~", "print(6 * 7)", "~"]).matches("42").count(), 1);
}

#[test]
fn a_package_is_fetched_from_an_index() {
    use std::io::{BufRead, BufReader, Write};
    let bench = Bench::start("package");
    let server = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let index = format!("http://{}", server.local_addr().expect("it has one"));
    std::thread::spawn(move || {
        for client in server.incoming().map_while(Result::ok) {
            let mut asked = String::new();
            let mut lines = BufReader::new(&client);
            lines.read_line(&mut asked).expect("a request");
            let body = match asked.split_whitespace().nth(1) {
                Some("/package/py/lamp/latest.json") => {
                    r#"{"v":1,"version":"1.0","hashes":[["lamp/__init__.py","abcd1234"]],"deps":[]}"#
                }
                Some("/file/ab/abcd1234") => "def watts():\n    return 7\n",
                _ => "",
            };
            let head = if body.is_empty() { "404 Not Found" } else { "200 OK" };
            write!(&client, "HTTP/1.0 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("it listens");
        }
    });
    assert!(bench.mpremote(&["mip", "install", "--index", &index, "lamp"]).contains("Done"));
    assert_eq!(bench.mpremote(&["exec", "import lamp; print(lamp.watts())"]), "7\r\n");
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
