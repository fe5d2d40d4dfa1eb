# random.Random: the sequences of a seed are CPython's; pathlib whole; WeakSet.
import os, pathlib, pickle, random, sys, tempfile, weakref
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

for seed in (0, 42, -7, 1 << 70, "text", b"bytes"):
    chance = random.Random(seed)
    print(seed, chance.random(), chance.getrandbits(7), chance.getrandbits(70), chance.randrange(10), chance.randint(-5, 5), chance.choice("abcdef"), chance.uniform(1, 2), chance.gauss(0, 1), chance.gauss(), chance.normalvariate(), chance.triangular(), chance.sample(range(100), 5), chance.sample("abcdefgh", 3), chance.choices("xyz", [1, 2, 3], k=4), chance.randbytes(5))
    items = list(range(8))
    chance.shuffle(items)
    print(items, chance.randrange(0, 100, 7))
chance = random.Random(1)
state = chance.getstate()
first = [chance.random() for _ in range(700)]
chance.setstate(state)
print([chance.random() for _ in range(700)] == first, len(state[1]), pickle.loads(pickle.dumps(random.Random(5))).random() == random.Random(5).random(), 0 <= random.SystemRandom().random() < 1)
for wrong in (lambda: chance.randrange(0), lambda: chance.choice([]), lambda: chance.sample([1], 2), lambda: random.Random([])):
    try:
        print(wrong())
    except (ValueError, IndexError, TypeError) as error:
        print(type(error).__name__)
path = PurePosixPath("/a/b.tar.gz")
print(path.parts, path.stem, path.suffixes, path.with_name("c"), path.with_suffix(""), path.parent.parent, list(path.parents), path.relative_to("/a"), path.is_relative_to("/x"), path.as_uri(), path.match("*.gz"), path / "d" / "/e", pickle.loads(pickle.dumps(path)) == path, hash(path) == hash(PurePosixPath("/a//b.tar.gz")))
path = PureWindowsPath("c:\\Dir/file.TXT")
print(path, repr(path), path.drive, path.root, path.anchor, path.parts, path.parent, path.as_posix(), path == PureWindowsPath("C:/dir/FILE.txt"), path.is_absolute(), path.match("*.txt"), PureWindowsPath("//host/share/x").parts, PureWindowsPath("c:x").is_absolute(), PureWindowsPath("a") / "d:/b", PureWindowsPath("nul").is_reserved())
for wrong in (lambda: PurePath("a").with_name("b/c"), lambda: PurePath("/").with_name("b"), lambda: PurePath("a").relative_to("b"), lambda: PurePath("a").as_uri(), lambda: PurePath("a").with_suffix("x"), lambda: PurePath(5), lambda: PurePath("a") < "b"):
    try:
        print(wrong())
    except (ValueError, TypeError) as error:
        print(type(error).__name__)
with tempfile.TemporaryDirectory() as folder:
    top = Path(folder)
    (top / "a" / "b").mkdir(parents=True)
    (top / "a" / "x.py").write_text("é\n", encoding="latin-1")
    (top / "a" / "b" / "y.py").write_bytes(b"abc")
    (top / "link").symlink_to("a")
    (top / "hard").hardlink_to(top / "a" / "x.py")
    print(sorted(p.relative_to(top).as_posix() for p in top.glob("**/*.py")), sorted(p.name for p in top.iterdir()), sorted(p.relative_to(top).as_posix() for p in top.rglob("b")), sorted(p.name for p in top.glob("*/")), [p.name for p in top.glob("a/b/y.*")])
    print((top / "a" / "x.py").read_bytes(), (top / "a" / "x.py").read_text("latin-1"), (top / "link").is_symlink(), (top / "link").is_dir(), (top / "link").readlink(), (top / "hard").samefile(top / "a" / "x.py"), (top / "link").resolve() == (top / "a").resolve())
    (top / "hard").chmod(0o640)
    print(oct((top / "hard").stat().st_mode), (top / "hard").stat().st_nlink, (top / "none").exists(), (top / "a").is_file(), (top / "hard").rename(top / "soft").name, (top / "soft").replace(top / "s").name)
    (top / "s").touch()
    (top / "s").unlink()
    (top / "s").unlink(missing_ok=True)
    for wrong in (lambda: (top / "s").unlink(), lambda: (top / "a").mkdir(), lambda: (top / "a").rmdir(), lambda: (top / "q").read_text(), lambda: list(top.glob(""))):
        try:
            print(wrong())
        except (OSError, ValueError) as error:
            print(type(error).__name__)
    with (top / "t").open("w", newline="\r\n") as file:
        file.write("1\n")
    print((top / "t").read_bytes(), Path("~").expanduser() == Path.home(), Path().absolute() == Path.cwd(), open(top / "t", "rb").read())

class Item:
    pass

kept = [Item(), Item()]
items = weakref.WeakSet(kept)
print(len(items), kept[0] in items, len(items | {kept[1]}), len(items & [kept[0]]), len(items - {kept[0]}), items.issuperset([kept[1]]), len(items.copy()))
items.remove(kept[0])
print(len(items), os.path.basename(sys.executable) != "")
