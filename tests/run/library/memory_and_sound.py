# Files as memory, sound in files, what a profile says, lines of a prompt, what is traced.
# needs: import mmap, wave, pstats, readline, rlcompleter, site, tracemalloc
import io
import mmap
import os
import profile
import pstats
import readline
import rlcompleter
import sys
import tempfile
import trace
import tracemalloc
import wave

with tempfile.TemporaryFile() as file:
    file.write(b"hello\nworld\n" + bytes(5000))
    file.flush()
    with mmap.mmap(file.fileno(), 0) as memory:
        print(len(memory), memory[:5], memory[6], memory.find(b"world"), memory.rfind(b"l"), memory.readline(), memory.tell(), memory.read(3))
        memory[0:5] = b"HELLO"
        memory[5] = 33
        memory.seek(2)
        memory.write(b"--")
        memory.flush()
        print(memory[:8], b"wor" in memory, memory.size())
        memory.move(20, 0, 5)
        print(memory[18:27])
        for wrong in (lambda: memory.seek(-1), lambda: memory.__setitem__(slice(0, 2), b"abc"), lambda: memory[99999]):
            try:
                wrong()
            except (ValueError, IndexError) as error:
                print(type(error).__name__, error)
    try:
        memory[0]
    except ValueError as error:
        print(error, memory.closed)
    print(os.pread(file.fileno(), 8, 0))
    with mmap.mmap(file.fileno(), 10, access=mmap.ACCESS_READ) as memory:
        try:
            memory[0] = 1
        except TypeError as error:
            print(error)
    with mmap.mmap(file.fileno(), 10, access=mmap.ACCESS_COPY) as memory:
        memory[0:1] = b"x"
        print(memory[:1], os.pread(file.fileno(), 1, 0))
with mmap.mmap(-1, 100) as memory:
    memory.write(b"nameless")
    print(memory[:10])

sound = io.BytesIO()
with wave.open(sound, "wb") as out:
    out.setnchannels(2)
    out.setsampwidth(2)
    out.setframerate(8000)
    out.writeframes(bytes(range(40)))
    out.writeframes(bytes(4))
    print(out.getnframes())
print(sound.getvalue()[:44].hex())
sound.seek(0)
with wave.open(sound) as heard:
    print(heard.getparams(), heard.readframes(2), heard.tell())
    heard.rewind()
    print(len(heard.readframes(100)))
    try:
        heard.setpos(99)
    except wave.Error as error:
        print(error)
for wrong in (b"", b"RIFF1234", b"JUNK" + bytes(20)):
    try:
        wave.open(io.BytesIO(wrong))
    except (wave.Error, EOFError) as error:
        print(type(error).__name__, error)


def outer(n):
    return inner(n) + inner(n)


def inner(n):
    return n if n < 2 else outer(n - 1)


measured = profile.Profile()
print(measured.runcall(outer, 3))
out = io.StringIO()
numbers = pstats.Stats(measured, stream=out)
numbers.strip_dirs().sort_stats("ncalls").print_stats("inner|outer")
print([line.split()[0] for line in out.getvalue().splitlines() if "(outer)" in line or "(inner)" in line])
print(numbers.get_stats_profile().func_profiles["inner"].ncalls, "was called by" in (numbers.print_callers("inner"), out.getvalue())[1])

follower = trace.Trace(count=1, trace=0)
print(follower.runfunc(outer, 2), sorted(follower.results().counts.values()))
follower = trace.Trace(countfuncs=1, trace=0, count=0)
follower.runfunc(outer, 1)
print(sorted([name for _, _, name in follower.results().calledfuncs]))

readline.clear_history()
readline.add_history("one")
readline.add_history("two")
print(readline.get_current_history_length(), readline.get_history_item(1), readline.get_history_item(3))
readline.remove_history_item(0)
print(readline.get_history_item(1))
readline.set_completer(rlcompleter.Completer({"apple": 1, "apply": len}).complete)
complete = readline.get_completer()
print([complete("app", place) for place in range(3)], [complete("whil", place) for place in range(2)])
print(tracemalloc.is_tracing())
tracemalloc.start()
kept = [bytes(1000) for _ in range(10)]
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory()[0] > 0)
tracemalloc.stop()
