# io: layers of streams, encodings, line ends, positions in text; os: files and descriptors.
import codecs, io, os, sys, tempfile

raw = io.BytesIO("aé€😀\r\nb\rc\n".encode())
text = io.TextIOWrapper(raw, encoding="utf-8")
print(text.readlines(), text.newlines, text.encoding, text.errors)
for newline in ("", "\n", "\r", "\r\n"):
    print(repr(newline), io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc\nd"), newline=newline).readlines())
out = io.BytesIO()
text = io.TextIOWrapper(out, "latin-1", newline="\r\n", errors="replace")
print(text.write("é\n€\n"), out.getvalue())
text.flush()
print(out.getvalue(), text.buffer is out, text.readable(), text.writable(), text.seekable(), text.closed)
text.close()
print(out.closed)
text = io.TextIOWrapper(io.BytesIO("één €uro 😀 end".encode()), "utf-8")
print(text.read(5))
place = text.tell()
rest = text.read()
text.seek(place)
print(text.read() == rest, text.seek(0), text.read(3))

class Source(io.RawIOBase):
    def __init__(self, data):
        self.data, self.asked = data, []
    def readable(self):
        return True
    def readinto(self, buffer):
        self.asked.append(len(buffer))
        part, self.data = self.data[:len(buffer)], self.data[len(buffer):]
        buffer[:len(part)] = part
        return len(part)

source = Source(b"one\ntwo\nthree")
reader = io.BufferedReader(source, 4)
print(reader.readline(), reader.read1(2), reader.read(3), reader.readlines(), reader.read())
print(io.BufferedReader(Source(b"abcdef"), 4).peek()[:2], Source(b"xyz").read(2), Source(b"xyz").readall(), list(io.BufferedReader(Source(b"1\n2\n"))))

class Sink(io.RawIOBase):
    def __init__(self):
        self.got = b""
    def writable(self):
        return True
    def write(self, data):
        self.got += data
        return len(data)

sink = Sink()
with io.BufferedWriter(sink, 100) as writer:
    writer.write(b"abc")
    before = sink.got
print(before, sink.got, sink.closed, writer.closed)
for wrong in (lambda: io.BufferedReader(sink), lambda: io.BufferedWriter(Source(b"")), lambda: io.TextIOWrapper(io.BytesIO(), newline="x"), lambda: writer.write(b"x")):
    try:
        wrong()
    except (OSError, ValueError, AttributeError) as error:
        print(type(error).__mro__[-4].__name__ if isinstance(error, io.UnsupportedOperation) else type(error).__name__)
pair = io.BytesIO(b"0123456789")
random = io.BufferedRandom(pair)
print(random.read(3), random.seek(5), random.write(b"ab"), random.seek(0), random.read())
decoder = io.IncrementalNewlineDecoder(None, True)
print([decoder.decode(part) for part in ("a\r", "\nb", "\r")], decoder.decode("", True), decoder.newlines)
print(isinstance(io.StringIO(), io.TextIOBase), isinstance(io.BytesIO(), io.BufferedIOBase), isinstance(sys.stdout, io.IOBase), issubclass(io.RawIOBase, io.IOBase))

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "x")
    with open(path, "w", encoding="latin-1", newline="\r\n") as file:
        print(file.write("é\n"), file.encoding)
    with open(path, "rb") as file:
        print(isinstance(file, io.BufferedReader), file.read(), file.name == path, file.mode, file.readable(), file.writable(), file.seekable(), file.isatty())
    with open(path, encoding="latin-1") as file:
        print(isinstance(file, io.TextIOWrapper), list(file))
    with open(path, "r+b") as file:
        print(file.truncate(2), file.read(), file.tell())
    with open(path, "a", encoding="utf-16") as file:
        file.write("x")
    print(os.path.getsize(path), os.stat(path).st_size, os.stat(path).st_mode & 0o170000 == 0o100000, os.stat(folder)[6] == os.stat(folder).st_size)
    os.chmod(path, 0o600)
    os.utime(path, (1, 2.5))
    print(oct(os.stat(path).st_mode), os.stat(path).st_mtime, os.stat(path).st_atime_ns, os.access(path, os.R_OK), os.access(path + "y", os.F_OK))
    os.symlink("x", os.path.join(folder, "link"))
    os.link(path, os.path.join(folder, "second"))
    print(sorted(os.listdir(folder)), os.readlink(os.path.join(folder, "link")), os.path.islink(os.path.join(folder, "link")), os.path.samefile(path, os.path.join(folder, "link")), os.stat(path).st_nlink)
    print(os.path.realpath(os.path.join(folder, "link")) == os.path.realpath(path), os.path.lexists(os.path.join(folder, "none")))
    print(sorted((entry.name, entry.is_file(), entry.is_symlink(), entry.is_file(follow_symlinks=False)) for entry in os.scandir(folder)))
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
    print(os.write(fd, b"hello"), os.lseek(fd, 1, os.SEEK_SET), os.read(fd, 3), os.fstat(fd).st_size, os.isatty(fd))
    with os.fdopen(fd, "r+") as file:
        print(file.fileno() == fd, file.read())
    try:
        os.fstat(fd)
    except OSError as error:
        print(error.errno)
    ends = os.pipe()
    print(os.write(ends[1], b"through"), os.read(ends[0], 100))
    for end in ends:
        os.close(end)
print(codecs.lookup("latin1").name, codecs.getincrementaldecoder("utf-8")().decode(b"\xe2\x82"), codecs.getincrementalencoder("utf-16")().encode("a")[2:])
decoder = codecs.getincrementaldecoder("utf-8")()
print([decoder.decode(bytes([byte])) for byte in "a€".encode()], decoder.getstate())
print(list(codecs.iterencode(["ab", "c"], "utf-16-le")), "".join(codecs.iterdecode([b"\xff\xfea", b"\0b\0"], "utf-16")), codecs.encode("Hello", "rot13"), codecs.decode(b"6869", "hex"))
stream = codecs.getreader("utf-8")(io.BytesIO("é\nü\n".encode()))
print(stream.readline(), stream.readlines(), codecs.getwriter("utf-8")(io.BytesIO()).write("x"))
print(os.fspath(os.path.join("a", "b")), os.fsencode("é"), os.path.normpath(b"/a/../b"), os.path.join(b"a", b"b"), os.path.splitext(b"a.b"), os.path.commonpath([b"/a/b", b"/a/c"]))
