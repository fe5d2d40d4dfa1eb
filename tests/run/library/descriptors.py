# Descriptors of files: copies under a number, what children inherit, waiting; resources of packages; tracebacks on demand.
import faulthandler, fcntl, importlib.resources, importlib.resources.readers, importlib.util, os, signal, sys, tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, "log")
file = os.open(path, os.O_RDWR | os.O_CREAT)
kept = os.dup(1)
sys.stdout.flush()
print(os.dup2(file, 1), flush=True)
os.write(1, b"direct\n")
os.dup2(kept, 1)
print(open(path).read().split(), os.get_inheritable(1), os.get_inheritable(file))
high = os.dup2(file, 60, False)
os.lseek(file, 0, 0)
print(high, os.get_inheritable(high), os.read(high, 1))
os.set_inheritable(high, True)
print(os.get_inheritable(high))
os.close(high)
reader, writer = os.pipe()
os.set_blocking(reader, False)
try:
    os.read(reader, 1)
except BlockingIOError:
    print(os.get_blocking(reader), os.get_blocking(writer))
try:
    os.dup2(reader, -1)
except (OSError, ValueError):
    print("no number")
print(os.getpgrp() == os.getpgid(0), os.getcwdb() == os.getcwd().encode())
os.mkfifo(os.path.join(folder, "pipe"))
here = os.open(folder, os.O_RDONLY)
before = os.getcwd()
os.fchdir(here)
print(sorted(os.listdir()))
os.chdir(before)

# Files beside a module that was loaded from one.
package = os.path.join(folder, "parcel")
os.mkdir(package)
for name, text in (("__init__.py", "x = 1"), ("data.txt", "inside")):
    with open(os.path.join(package, name), "w") as made:
        made.write(text)
spec = importlib.util.spec_from_file_location("parcel", os.path.join(package, "__init__.py"))
reader = importlib.resources.readers.FileReader(spec.loader)
print(reader.files().joinpath("data.txt").read_text(), reader.is_resource("data.txt"), sorted(reader.contents()))
other = os.path.join(folder, "other")
os.mkdir(other)
open(os.path.join(other, "more.txt"), "w").close()
several = importlib.resources.readers.MultiplexedPath(package, other)
print(sorted([entry.name for entry in several.iterdir()]), several.joinpath("data.txt").read_text(), several.is_dir())

# A traceback at a signal, the innermost function first.
with open(path, "w+") as told:
    def inner():
        os.kill(os.getpid(), signal.SIGUSR1)
        faulthandler.dump_traceback(told)
    faulthandler.enable(told)
    faulthandler.register(signal.SIGUSR1, told)
    inner()
    print(faulthandler.is_enabled(), faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))
    faulthandler.disable()
    told.seek(0)
    print([line.split()[-1] for line in told if line.startswith("  File")])
