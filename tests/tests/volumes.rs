//! Volumes are what other programs take them for: FAT by mtools and fsck.fat, littlefs by littlefs-python, both ways; also those that
//! lie in a pyboard's flash by way of the log over its unequal sectors.

use interpreter::vfs::{BlockDevice, Errno, FileSystem, OpenMode};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use stm32f4::flash;
use storage::fat::Fat;
use storage::format::OnDevice;
use storage::littlefs::{Littlefs, Options};
use storage::log::{self, Log};
use tests::console::Console;
use tests::program;

const PATIENCE: Duration = Duration::from_secs(120);

/// A block device over a file, for scripts; `FS` makes or opens the file system that it is told.
const DEVICE: &str = r#"
import os, sys, vfs

class Image:
    def __init__(self, path, blocks, size=512):
        self.size = size
        self.file = open(path, "r+b" if not blocks else "w+b")
        if blocks:
            self.file.write(bytes(blocks * size))
        self.blocks = self.file.seek(0, 2) // size

    def readblocks(self, block, buffer, offset=0):
        self.file.seek(block * self.size + offset)
        self.file.readinto(buffer)

    def writeblocks(self, block, buffer, offset=0):
        self.file.seek(block * self.size + offset)
        self.file.write(buffer)

    def ioctl(self, request, argument):
        if request == 3:
            self.file.flush()
        if request == 4:
            return self.blocks
        if request == 5:
            return self.size
        if request == 6:
            return 0

def tree(path):
    for name, kind, *_ in sorted(os.ilistdir(path)):
        if kind == 0x4000:
            tree(path + "/" + name)
        else:
            with open(path + "/" + name, "rb") as f:
                print((path + "/" + name)[2:], len(f.read()), sum(open(path + "/" + name, "rb").read()))
"#;

/// What is done to every volume, mounted at `/v`; and what is there afterwards.
const LIFE: &str = r#"
os.mkdir("/v/lib")
for name, size in (("main.py", 10), ("lib/A long name, with spaces.txt", 3000), ("gelöscht", 700), ("lib/größer als gedacht.bin", 9000)):
    with open("/v/" + name, "wb") as f:
        f.write(bytes(i % 251 for i in range(size)))
for i in range(40):
    open("/v/lib/file number %d" % i, "w").close()
for i in range(0, 40, 3):
    os.remove("/v/lib/file number %d" % i)
os.remove("/v/gelöscht")
with open("/v/main.py", "ab") as f:
    f.write(b"more" * 600)
os.rename("/v/main.py", "/v/lib/moved.py")
os.mkdir("/v/lib/deep")
os.rename("/v/lib/deep", "/v/shallow")
with open("/v/lib/moved.py", "wb") as f:
    f.write(b"anew" * 100)
"#;

struct Bench {
    folder: PathBuf,
}

impl Bench {
    fn new(name: &str) -> Bench {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run left is not wanted; on the first run there is nothing.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        Bench { folder }
    }

    /// What a command prints, run in the bench's folder.
    #[track_caller]
    fn run(&self, words: &[&str]) -> String {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(&self.folder).stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        let ended = program::run(&mut command, PATIENCE).unwrap_or_else(|| panic!("{words:?} did not end"));
        let printed = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "{words:?}: {printed}{}", String::from_utf8_lossy(&ended.stderr));
        printed
    }

    /// What a script prints that has the device and is run by `taipan`.
    #[track_caller]
    fn taipan(&self, script: &str) -> String {
        let path = self.folder.join("script.py");
        std::fs::write(&path, [DEVICE, script].concat()).expect("a script can be written");
        let taipan = std::env::var("TAIPAN").expect("run this test by `cargo xtask test volumes`");
        self.run(&[&taipan, &path.to_string_lossy()])
    }

    #[track_caller]
    fn python(&self, script: &str) -> String {
        let python = std::env::var("PYTHON").expect("run this test by `cargo xtask test volumes`");
        self.run(&[&python, "-c", script])
    }

    /// Lives on a FAT volume, which must be faultless then, and hold for mtools what it holds for us.
    #[track_caller]
    fn live_on_fat(&self, open: &str) {
        let printed = self.taipan(&format!("{open}\nvfs.mount(fs, '/v')\n{LIFE}\ntree('/v')\nvfs.umount('/v')\n"));
        assert!(printed.contains("/lib/größer als gedacht.bin 9000 "), "{printed}");
        self.run(&["/usr/sbin/fsck.fat", "-n", "image"]);
        let listed = self.run(&["mdir", "-/", "-b", "-i", "image", "::"]);
        let mut files: Vec<_> =
            listed.lines().filter(|line| !line.ends_with('/')).map(|line| line.trim_start_matches("::")).collect();
        let mut ours: Vec<_> = printed.lines().map(|line| line.rsplitn(3, ' ').last().expect("a path")).collect();
        files.sort_unstable();
        ours.sort_unstable();
        assert_eq!(files, ours);
        let moved = self.run(&["mtype", "-i", "image", "::/lib/MOVED.PY"]);
        assert_eq!(moved, "anew".repeat(100));
        self.run(&["mcopy", "-n", "-i", "image", "::/lib/A long name, with spaces.txt", "copy"]);
        let copy = std::fs::read(self.folder.join("copy")).expect("mcopy made it");
        assert_eq!(copy, (0..3000).map(|i| (i % 251) as u8).collect::<Vec<_>>());
    }
}

#[test]
fn fat_that_taipan_formats() {
    for blocks in [200, 2000, 40_000] {
        let bench = Bench::new(&format!("fat-{blocks}"));
        bench.live_on_fat(&format!("d = Image('image', {blocks})\nvfs.VfsFat.mkfs(d)\nfs = vfs.VfsFat(d)"));
    }
}

#[test]
fn fat_that_others_format() {
    for (kind, kilobytes, options) in [("12", "1440", &["-f", "2"][..]), ("16", "20000", &[]), ("32", "70000", &["-s", "1"])] {
        let bench = Bench::new(&format!("mkfs-{kind}"));
        let words = ["/usr/sbin/mkfs.fat", "-F", kind, "-n", "LABEL", "-C", "image", kilobytes];
        bench.run(&[&words[..], options].concat());
        std::fs::write(bench.folder.join("Größer.txt"), "von außen").expect("a file can be written");
        bench.run(&["mcopy", "-i", "image", "Größer.txt", "::"]);
        let read = "d = Image('image', 0)\nfs = vfs.VfsFat(d)\nprint(fs.open('größer.TXT', 'r').read())\nfs.remove('Größer.txt')";
        assert_eq!(bench.taipan(read), "von außen\n");
        bench.live_on_fat("d = Image('image', 0)\nfs = vfs.VfsFat(d)");
    }
}

/// A device so large that it becomes FAT32 in a partition; the image is a file with a hole.
#[test]
fn fat_in_a_partition() {
    let bench = Bench::new("partition");
    let image = std::fs::File::create(bench.folder.join("image")).expect("a file can be made");
    image.set_len(4 << 30).expect("a file can be large");
    let script =
        format!("d = Image('image', 0)\nvfs.VfsFat.mkfs(d)\nfs = vfs.VfsFat(d)\nvfs.mount(fs, '/v')\n{LIFE}\nvfs.umount('/v')");
    bench.taipan(&script);
    let offset = 63 * 512;
    let listed = bench.run(&["mdir", "-/", "-b", "-i", &format!("image@@{offset}"), "::"]);
    assert!(listed.contains("::/lib/größer als gedacht.bin\n"), "{listed}");
    std::fs::remove_file(bench.folder.join("image")).expect("it is no use to anybody");
}

/// How littlefs-python mounts the volume in `image` as `fs`, and makes `rows` of its files: the path, and `each` of its `data`.
fn by_littlefs(block_size: u32, blocks: u32, each: &str) -> String {
    format!(
        "import littlefs\n\
         fs = littlefs.LittleFS(block_size={block_size}, block_count={blocks}, mount=False)\n\
         fs.context.buffer = bytearray(open('image', 'rb').read())\n\
         fs.mount()\n\
         rows = []\n\
         for folder, _, files in fs.walk('/'):\n    \
             for name in files:\n        \
                 path = folder.rstrip('/') + '/' + name\n        \
                 data = fs.open(path, 'rb').read()\n        \
                 rows.append((path, {each}))\n"
    )
}

#[test]
fn littlefs_both_ways() {
    let bench = Bench::new("littlefs");
    let open = "d = Image('image', 256, 4096)\nvfs.VfsLfs2.mkfs(d)\nfs = vfs.VfsLfs2(d)";
    let printed = bench.taipan(&format!("{open}\nvfs.mount(fs, '/v')\n{LIFE}\ntree('/v')\nvfs.umount('/v')\n"));
    let theirs = bench.python(&format!(
        "{}\
         fs.rename('/lib/moved.py', '/theirs.py')\n\
         fs.remove('/lib/file number 1')\n\
         open('image', 'wb').write(fs.context.buffer)\n\
         for row in sorted(rows): print(*row)",
        by_littlefs(4096, 256, "len(data), sum(data)")
    ));
    let mut ours: Vec<_> = printed.lines().collect();
    ours.sort_unstable();
    assert_eq!(theirs.lines().collect::<Vec<_>>(), ours);
    let back = bench.taipan("d = Image('image', 0, 4096)\nfs = vfs.VfsLfs2(d)\nprint(len(fs.open('theirs.py', 'rb').read()))");
    assert_eq!(back, "400\n");
    assert!(Path::new(&bench.folder).exists());
}

/// The sectors of a pyboard's flash that its files have.
struct Sectors(RefCell<Vec<Vec<u8>>>);

const SIZES: [u32; flash::FILES.len()] = flash::sizes(&flash::FILES);
type Device = Log<Sectors, { SIZES.len() }, { log::capacity(&SIZES) }>;

impl log::Flash for Sectors {
    fn sectors(&self) -> &[u32] {
        &SIZES
    }
    fn read(&self, sector: usize, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        buffer.copy_from_slice(&self.0.borrow()[sector][offset as usize..][..buffer.len()]);
        Ok(())
    }
    fn program(&self, sector: usize, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.0.borrow_mut()[sector][offset as usize..][..bytes.len()].iter_mut().zip(bytes).for_each(|(to, from)| *to &= *from);
        Ok(())
    }
    fn erase(&self, sector: usize) -> Result<(), Errno> {
        self.0.borrow_mut()[sector].fill(0xFF);
        Ok(())
    }
}

/// The log on flash that a board has just found.
fn found(sectors: Vec<Vec<u8>>) -> &'static Device {
    let log: &'static Device = Box::leak(Box::new(Log::new(Sectors(RefCell::new(sectors)))));
    log.mount().expect("any flash mounts");
    log
}

/// Writes more than the flash holds, many times over; answers the files that are there then.
fn live(fs: &dyn FileSystem) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    fs.make_dir("/lib").expect("a directory is made");
    for round in 0..300_usize {
        let path = match round % 9 {
            0 => "/lib/größer als gedacht.bin".to_owned(),
            kind => format!("/lib/file number {kind}"),
        };
        let bytes: Vec<u8> = (0..300 + round * 731 % 4000).map(|i| (i * round) as u8).collect();
        let file = fs.open(&path, OpenMode::WRITE).expect("opened");
        fs.write(file, &bytes).expect("written");
        fs.close(file).expect("closed");
        files.insert(path.clone(), bytes);
        if round % 7 == 3 {
            let to = format!("/moved {}", round % 4);
            fs.rename(&path, &to).expect("renamed");
            let bytes = files.remove(&path).expect("it was written");
            files.insert(to, bytes);
        }
        if round % 11 == 5 {
            let (path, _) = files.pop_first().expect("there are files");
            fs.remove(&path, false).expect("removed");
        }
    }
    fs.unmount().expect("closed");
    files
}

/// The blocks as a board finds them at its next start, in a file.
fn exported(log: &Device, path: &Path) -> u32 {
    let (least, most) = log.wear();
    assert!(least > 1 && most - least < 20, "all sectors were erased, evenly: {least} to {most} times");
    let again = found(log.flash().0.borrow().clone());
    let mut image = Vec::new();
    for block in 0..again.block_count() {
        let mut bytes = [0; log::BLOCK];
        again.read(block, 0, &mut bytes).expect("a block");
        image.extend_from_slice(&bytes);
    }
    std::fs::write(path, image).expect("a file can be written");
    again.block_count()
}

fn erased() -> &'static Device {
    found(SIZES.map(|size| vec![0xFF; size as usize]).into())
}

#[test]
fn fat_in_a_boards_flash() {
    let (bench, log) = (Bench::new("flash-fat"), erased());
    let fat: &'static OnDevice<Fat<512>> = Box::leak(Box::new(OnDevice::new(Fat::new(), log)));
    fat.at(&|| 0).format().expect("formatted");
    let files = live(&fat.at(&|| 1_600_000_000_000_000_000));
    exported(log, &bench.folder.join("image"));
    bench.run(&["/usr/sbin/fsck.fat", "-n", "image"]);
    let listed = bench.run(&["mdir", "-/", "-b", "-i", "image", "::"]);
    let mut theirs: Vec<_> =
        listed.lines().filter(|line| !line.ends_with('/')).map(|line| line.trim_start_matches("::")).collect();
    theirs.sort_unstable();
    assert_eq!(theirs, files.keys().collect::<Vec<_>>());
    for (path, bytes) in files {
        bench.run(&["mcopy", "-n", "-i", "image", &format!("::{path}"), "copy"]);
        assert!(std::fs::read(bench.folder.join("copy")).expect("mcopy made it") == bytes, "{path}");
    }
}

#[test]
fn littlefs_in_a_boards_flash() {
    let (bench, log) = (Bench::new("flash-littlefs"), erased());
    let options = Options { read: 32, program: 32, cache: 128, lookahead: 32, cycles: 100, times: true };
    let buffers = Box::leak(vec![Cell::new(0); options.buffers()].into_boxed_slice());
    let littlefs: &'static OnDevice<Littlefs> = Box::leak(Box::new(OnDevice::new(Littlefs::new(options, buffers), log)));
    littlefs.at(&|| 0).format().expect("formatted");
    let files = live(&littlefs.at(&|| 1_600_000_000_000_000_000));
    let blocks = exported(log, &bench.folder.join("image"));
    let read = by_littlefs(log::BLOCK as u32, blocks, "data.hex()");
    let theirs = bench.python(&format!("{read}for row in sorted(rows): print(*row, sep='\\t')"));
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let ours: Vec<_> = files.into_iter().map(|(path, bytes)| format!("{path}\t{}", hex(bytes))).collect();
    assert!(theirs.lines().eq(ours), "littlefs-python reads other files: {:.300}", theirs);
}

/// A card that others have formatted is where a board's programs begin; what the board writes on it, others read.
#[test]
fn a_memory_card() {
    let bench = Bench::new("card");
    bench.run(&["/usr/sbin/mkfs.fat", "-F", "32", "-s", "1", "-C", "card", "70000"]);
    std::fs::write(bench.folder.join("main.py"), "import os, sys\nprint('main of', os.getcwd(), sys.path)\n").expect("a file");
    bench.run(&["mcopy", "-i", "card", "main.py", "::"]);
    let taipan = std::env::var_os("TAIPAN").expect("run this test by `cargo xtask test volumes`");
    let mut board = Command::new(taipan);
    board.args(["--board", "--tcp", "127.0.0.1:0", "--image", "flash", "--card", "card"]).current_dir(&bench.folder);
    let mut board = Console::start(&mut board);
    board.expect("board: tcp ", PATIENCE);
    let address = board.expect("\n", PATIENCE).trim().to_owned();
    let python = std::env::var("PYTHON").expect("run this test by `cargo xtask test volumes`");
    let mpremote = |words: &[&str]| {
        let connect = format!("socket://{address}");
        bench.run(&[&[&*python, "-m", "mpremote", "connect", &connect], words].concat())
    };
    let script = "import os, pyb\n\
        card = pyb.SDCard()\n\
        print(os.getcwd(), os.listdir(), card.present(), card.info(), card.ioctl(4, 0), card.ioctl(5, 0))\n\
        with open('von der Karte.txt', 'w') as f: f.write('geschrieben' * 1000)\n\
        a, b = bytearray(1024), card.read(0)\n\
        card.readblocks(139998, a)\n\
        card.write(139999, b'xy' * 256)\n\
        card.writeblocks(139998, b'z' * 512)\n\
        print(len(b), any(a))\n\
        card.readblocks(139998, a)\n\
        print(a == b'z' * 512 + b'xy' * 256)\n";
    let more = "def fails(f):\n    \
            try: f()\n    \
            except (OSError, ValueError) as e: print(type(e).__name__, e.args[0])\n\
        fails(lambda: card.readblocks(139999, a))\n\
        fails(lambda: card.readblocks(0, bytearray(100)))\n\
        print(card.power(False), card.info())\n\
        fails(lambda: card.read(0))\n\
        print(card.power(True), open('/sd/von der Karte.txt').read(11))\n";
    let printed = mpremote(&["resume", "exec", script, "exec", more]);
    let expected = "/sd ['main.py'] True (71680000, 512, 1) 140000 512\r\n512 False\r\nTrue\r\n\
        OSError 22\r\nOSError 22\r\nTrue None\r\nOSError 19\r\nTrue geschrieben\r\n";
    assert_eq!(printed, expected);
    let reset = mpremote(&["soft-reset", "exec", "open('/flash/SKIPSD', 'w').close()"]);
    assert_eq!(reset, "");
    let skipped =
        mpremote(&["soft-reset", "exec", "import os, sys; print(os.getcwd(), 'SKIPSD' in os.listdir('/flash'), sys.path)"]);
    assert_eq!(skipped, "/ True ['', '.frozen', '/flash', '/flash/lib']\r\n");
    drop(board);
    bench.run(&["/usr/sbin/fsck.fat", "-n", "card"]);
    assert_eq!(bench.run(&["mtype", "-i", "card", "::/von der Karte.txt"]), "geschrieben".repeat(1000));
}

/// Each partition of a card that holds a file system is one of the board's.
#[test]
fn a_memory_card_of_partitions() {
    let bench = Bench::new("partitions");
    // What is no file system, two that are one, and a row that is beyond the end.
    let rows: [(u8, u32, u32); 4] = [(0x83, 64, 1000), (0x06, 2048, 10_000), (0x0c, 40_000, 9000), (0x0c, 16_384, 8192)];
    let mut table = vec![0; 512];
    for (row, (kind, first, count)) in table[446..510].chunks_exact_mut(16).zip(rows) {
        row[4] = kind;
        row[8..12].copy_from_slice(&first.to_le_bytes());
        row[12..].copy_from_slice(&count.to_le_bytes());
    }
    table[510..].copy_from_slice(&[0x55, 0xaa]);
    let card = std::fs::File::create(bench.folder.join("card")).expect("a file can be made");
    card.set_len(40_000 * 512).and_then(|()| (&card).write_all(&table)).expect("there is room for it");
    for (_, first, count) in [rows[1], rows[3]] {
        bench.run(&["/usr/sbin/mkfs.fat", "--offset", &first.to_string(), "card", &(count / 2).to_string()]);
        std::fs::write(bench.folder.join("from.txt"), format!("block {first}")).expect("a file");
        bench.run(&["mcopy", "-i", &format!("card@@{}", first * 512), "from.txt", "::"]);
    }
    let mut board = Command::new(std::env::var_os("TAIPAN").expect("run this test by `cargo xtask test volumes`"));
    board.args(["--board", "--tcp", "127.0.0.1:0", "--image", "flash", "--card", "card"]).current_dir(&bench.folder);
    let mut board = Console::start(&mut board);
    board.expect("board: tcp ", PATIENCE);
    let connect = format!("socket://{}", board.expect("\n", PATIENCE).trim());
    let python = std::env::var("PYTHON").expect("run this test by `cargo xtask test volumes`");
    let script = "import os\ndef there(at):\n    try:\n        return os.stat(at)\n    except OSError:\n        pass\n\
        print(os.getcwd(), [at for at in ('/sd', '/sd2', '/sd3', '/sd4') if there(at)])\nfor at in '/sd', '/sd4':\n    \
        print(open(at + '/from.txt').read())\n    with open(at + '/back.txt', 'w') as f:\n        print(f.write('at ' + at))\n";
    let printed = bench.run(&[&python, "-m", "mpremote", "connect", &connect, "resume", "exec", script]);
    assert_eq!(printed, "/sd ['/sd', '/sd4']\r\nblock 2048\r\n6\r\nblock 16384\r\n7\r\n");
    drop(board);
    for (first, text) in [(2048, "at /sd"), (16_384, "at /sd4")] {
        assert_eq!(bench.run(&["mtype", "-i", &format!("card@@{}", first * 512), "::/back.txt"]), text);
    }
}
