# zipfile, concurrent.futures, graphlib, selectors, cmd, netrc, mimetypes, code.
import binascii, cmd, code, concurrent.futures as futures, graphlib, io, mimetypes, netrc, os, quopri, selectors, socket, tempfile, threading, zipfile

store = io.BytesIO()
with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr(zipfile.ZipInfo("a.txt", (2020, 1, 2, 3, 4, 6)), "hello " * 50, zipfile.ZIP_DEFLATED)
    archive.writestr("d/é", b"\0\1", zipfile.ZIP_STORED)
    with archive.open("c", "w") as member:
        member.write(b"in ")
        member.write(b"parts")
    archive.comment = b"note"
with zipfile.ZipFile(store) as archive:
    print(archive.namelist(), archive.comment, archive.testzip(), [(i.filename, i.file_size, i.compress_type, i.date_time if i.filename == "a.txt" else None, "%08x" % i.CRC) for i in archive.infolist()])
    print(archive.read("a.txt")[:9], archive.open("c").read(4), list(io.TextIOWrapper(archive.open("a.txt")))[0][:5], sorted(p.name for p in zipfile.Path(archive).iterdir()))
    try:
        archive.read("none")
    except KeyError as error:
        print(error)
    with tempfile.TemporaryDirectory() as folder:
        archive.extractall(folder)
        print(sorted(os.listdir(folder)), open(os.path.join(folder, "d", "é"), "rb").read())
with zipfile.ZipFile(store, "a") as archive:
    archive.writestr("later", "x")
print(zipfile.ZipFile(store).namelist(), zipfile.is_zipfile(store), zipfile.is_zipfile(io.BytesIO(b"no")))
with futures.ThreadPoolExecutor(3, "pool") as pool:
    print(list(pool.map(lambda a, b: a * b, [1, 2, 3], [4, 5, 6])), pool.submit(lambda: threading.current_thread().name.startswith("pool")).result())
    gate = threading.Event()
    jobs = [pool.submit(gate.wait, 10) for _ in range(3)]
    late = pool.submit(int, "7")
    print(late.done(), late.cancel(), late.cancelled(), futures.wait(jobs, timeout=0.01).done)
    gate.set()
    print(sorted(job.result() for job in futures.as_completed(jobs, 10)), len(futures.wait(jobs).done))
    wrong = pool.submit(int, "x")
    said = []
    wrong.add_done_callback(lambda job: said.append(type(job.exception()).__name__))
    try:
        wrong.result(10)
    except ValueError as error:
        print("ValueError")
    print(futures.wait([wrong, pool.submit(int, 1)], return_when=futures.ALL_COMPLETED).not_done, said)
try:
    pool.submit(int)
except RuntimeError as error:
    print(error)
future = futures.Future()
print(future.set_running_or_notify_cancel(), future.running(), future.set_result(3), future.result(), future.cancel())
print(list(graphlib.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}}).static_order())[::3])
try:
    graphlib.TopologicalSorter({1: [2], 2: [3], 3: [1]}).prepare()
except graphlib.CycleError as error:
    print(error.args[0], len(error.args[1]))
one, two = socket.socket(), socket.socket()
one.bind(("127.0.0.1", 0))
one.listen(1)
with selectors.DefaultSelector() as selector:
    key = selector.register(one, selectors.EVENT_READ, "data")
    print(selector.select(0), key.data, len(selector.get_map()))
    two.connect(one.getsockname())
    print([(k.data, events) for k, events in selector.select(10)])
    selector.unregister(one)
two.close()
one.close()

class Shell(cmd.Cmd):
    prompt = "? "
    def do_add(self, line):
        "add NUMBERS"
        print(sum(map(int, line.split())), file=self.stdout)
    def do_quit(self, line):
        return True

out = io.StringIO()
shell = Shell(stdin=io.StringIO("add 1 2\nhelp\n?add\nwhat is\nquit\nadd 5\n"), stdout=out)
shell.use_rawinput = False
shell.cmdloop("welcome")
print(out.getvalue())
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "netrc")
    with open(path, "w") as file:
        file.write('machine h login u password "p w"\ndefault login d password e\nmacdef m\nline\n\n')
    read = netrc.netrc(path)
    print(read.hosts, read.authenticators("other"), read.macros)
print([mimetypes.guess_type(name) for name in ("a.html", "b.tar.gz", "c.PNG", "d")], mimetypes.guess_extension("image/png"), "text/plain" in mimetypes.types_map.values())
print(code.compile_command("if 1:") is None, code.compile_command("x = (") is None, code.compile_command("1") is None)
print(quopri.encodestring(b"a=\xff b \n" + b"x" * 80), quopri.decodestring(b"a=3D=FF=\nb"), binascii.b2a_uu(b"hello"), binascii.a2b_uu(binascii.b2a_uu(b"hello")), binascii.crc_hqx(b"123456789", 0))
