//! Volumes are what other programs take them for: FAT by mtools and fsck.fat, littlefs by littlefs-python, both ways.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
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

#[test]
fn littlefs_both_ways() {
    let bench = Bench::new("littlefs");
    let open = "d = Image('image', 256, 4096)\nvfs.VfsLfs2.mkfs(d)\nfs = vfs.VfsLfs2(d)";
    let printed = bench.taipan(&format!("{open}\nvfs.mount(fs, '/v')\n{LIFE}\ntree('/v')\nvfs.umount('/v')\n"));
    let theirs = bench.python(
        "import littlefs\n\
         fs = littlefs.LittleFS(block_size=4096, block_count=256, mount=False)\n\
         fs.context.buffer = bytearray(open('image', 'rb').read())\n\
         fs.mount()\n\
         rows = []\n\
         for folder, _, files in fs.walk('/'):\n    \
             for name in files:\n        \
                 path = folder.rstrip('/') + '/' + name\n        \
                 data = fs.open(path, 'rb').read()\n        \
                 rows.append((path, len(data), sum(data)))\n\
         fs.rename('/lib/moved.py', '/theirs.py')\n\
         fs.remove('/lib/file number 1')\n\
         open('image', 'wb').write(fs.context.buffer)\n\
         for row in sorted(rows): print(*row)",
    );
    let mut ours: Vec<_> = printed.lines().collect();
    ours.sort_unstable();
    assert_eq!(theirs.lines().collect::<Vec<_>>(), ours);
    let back = bench.taipan("d = Image('image', 0, 4096)\nfs = vfs.VfsLfs2(d)\nprint(len(fs.open('theirs.py', 'rb').read()))");
    assert_eq!(back, "400\n");
    assert!(Path::new(&bench.folder).exists());
}
