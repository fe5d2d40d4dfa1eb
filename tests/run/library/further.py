# What further modules have: distributions, translations, events of descriptors, clocks, patterns, copies of deques, children in a row.
# needs: import statistics, gettext, select, tempfile, subprocess, glob, fnmatch, json, copy, pickle, asyncio
import asyncio
import calendar
import collections
import copy
import decimal
import difflib
import email.message
import email.policy
import fnmatch
import gettext
import glob
import io
import json
import os
import pathlib
import pickle
import secrets
import select
import socket
import statistics
import struct
import subprocess
import tempfile
import time
import typing
import unicodedata

normal = statistics.NormalDist(100, 15)
print(normal, round(normal.cdf(115), 6), round(normal.pdf(100), 6), [round(x, 4) for x in normal.quantiles()], normal + 5, normal * 2, -normal)
print(round(statistics.NormalDist().inv_cdf(0.975), 9), round(normal.overlap(statistics.NormalDist(110, 20)), 6), normal.zscore(130), normal - statistics.NormalDist(1, 8))
print(statistics.NormalDist.from_samples([1, 2, 3]), normal == statistics.NormalDist(100, 15), len(normal.samples(3, seed=1)))
for wrong in (lambda: statistics.NormalDist(0, -1), lambda: normal.inv_cdf(1), lambda: statistics.NormalDist(0, 0).cdf(1)):
    try:
        wrong()
    except statistics.StatisticsError as error:
        print(error)

# A file of translations, as its makers write it.
words = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2;\n", "dog": "pes",
         "one dog\0%d dogs": "pes\0psi\0psů", "menu\x04open": "otevři"}
keys = sorted(words)
ids, texts, table_ids, table_texts = b"", b"", [], []
start = 28 + len(keys) * 16
for key in keys:
    table_ids.append((len(key.encode()), start + len(ids)))
    ids += key.encode() + b"\0"
for key in keys:
    table_texts.append((len(words[key].encode()), start + len(ids) + len(texts)))
    texts += words[key].encode() + b"\0"
made = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + len(keys) * 8, 0, 0)
made += b"".join([struct.pack("<2I", *row) for row in table_ids + table_texts]) + ids + texts
spoken = gettext.GNUTranslations(io.BytesIO(made))
print(spoken.gettext("dog"), spoken.gettext("cat"), [spoken.ngettext("one dog", "%d dogs", n) for n in (1, 3, 5, 22)], spoken.pgettext("menu", "open"), spoken.charset())
folder = tempfile.mkdtemp()
os.makedirs(os.path.join(folder, "cs", "LC_MESSAGES"))
with open(os.path.join(folder, "cs", "LC_MESSAGES", "animals.mo"), "wb") as file:
    file.write(made)
print(gettext.translation("animals", folder, ["cs_CZ"]).gettext("dog"), gettext.translation("animals", folder, ["de"], fallback=True).gettext("dog"))
print(gettext.find("animals", folder, ["cs"]) is not None, gettext.find("animals", folder, ["de"]))
try:
    gettext.translation("animals", folder, ["de"])
except FileNotFoundError as error:
    print(error)

one, other = socket.socketpair()
with select.epoll() as events:
    events.register(one, select.EPOLLIN)
    print(events.poll(0))
    other.send(b"x")
    print([(number == one.fileno(), what) for number, what in events.poll(1)])
    events.modify(one, select.EPOLLOUT)
    print([what for _, what in events.poll(1)])
    events.unregister(one)
    for wrong in (lambda: events.unregister(one), lambda: events.poll(0, 0)):
        try:
            wrong()
        except (OSError, ValueError) as error:
            print(type(error).__name__)
file = other.makefile("r", encoding="utf-8")
one.sendall("é\nb\n".encode())
print(file.readline(), repr(file.readline(1)), repr(file.readline()))
other.makefile("w").write("ab")
print(abs(time.clock_gettime(time.CLOCK_REALTIME) - time.time()) < 1, time.clock_gettime_ns(time.CLOCK_MONOTONIC) > 0, time.get_clock_info("time").monotonic, time.get_clock_info("monotonic").monotonic)

print([fnmatch.fnmatchcase(name, pattern) for name, pattern in (("abcabc", "*b*c"), ("abcabd", "*b*c"), ("a]c", "a[]]c"), ("x", "[z-a]"), ("a-c", "a[b-]c"), ("a\n", "a"))])
# Stars are no slower for being many.
print(fnmatch.fnmatch("a" * 60, "*a" * 30 + "b"))
for name in ("a.py", "b.txt"):
    open(os.path.join(folder, name), "w").close()
print(sorted([os.path.basename(path) for path in glob.glob(os.fsencode(folder) + b"/*.*")]))
try:
    os.stat("a\0b")
except ValueError as error:
    print(error)

os.chdir(folder)
with open("a.py", "w") as file:
    print(file.name, file.mode)
print(file.name, file.mode, file.closed)
with open("a.py", "rb") as file:
    pass
print(file.name, file.mode, open(pathlib.Path("b.txt")).name)

deque = collections.deque([1, [2]], 5)
same = copy.deepcopy(deque)
same[1].append(3)
print(copy.copy(deque), same, pickle.loads(pickle.dumps(deque)), pickle.loads(pickle.dumps(deque)).maxlen, 2 * collections.deque([1]))
endless = collections.deque()
endless.append(endless)
print(len(pickle.loads(pickle.dumps(endless))))


class Named(collections.namedtuple("Named", "x y")):
    def both(self):
        return self.x + self.y


print(Named(1, 2)._replace(x=5).both(), type(Named._make([1, 2])).__name__, Named(1, 2)._asdict())


class Thing:
    pass


print(json.dumps({"a": Thing(), "b": [Thing()]}, default=lambda thing: type(thing).__name__))
try:
    json.dumps(Thing())
except TypeError as error:
    print(error)


print(hash(decimal.Decimal("1e999999")) == hash(decimal.Decimal("10e999998")), hash(decimal.Decimal("2.50")) == hash(2.5), hash(decimal.Decimal(7)) == hash(7))


with tempfile.SpooledTemporaryFile(max_size=4) as spool:
    spool.write(b"abc")
    print(spool._rolled)
    spool.write(b"defg")
    spool.seek(0)
    print(spool._rolled, spool.read())
first = subprocess.Popen(["printf", "b\\na\\n"], stdout=subprocess.PIPE)
second = subprocess.Popen(["sort"], stdin=first.stdout, stdout=subprocess.PIPE)
first.stdout.close()
print(second.communicate()[0], first.wait())
print([unicodedata.numeric(character) for character in "½¾Ⅷ٣"], unicodedata.numeric("x", None))
print(list(difflib.diff_bytes(difflib.unified_diff, [b"a\n"], [b"\xff\n"], b"x", b"y"))[-1], calendar.LocaleTextCalendar().formatmonth(2024, 2).splitlines()[1], secrets.SystemRandom().randrange(1))


async def main():
    async def wait(event):
        await event.wait()

    event = asyncio.Event()
    tasks = [asyncio.create_task(wait(event)) for _ in range(2)]
    await asyncio.sleep(0)
    print(len(asyncio.all_tasks()), set(tasks) < asyncio.all_tasks(), asyncio.current_task() in asyncio.all_tasks())
    event.set()
    await asyncio.gather(*tasks)
    print(len(asyncio.all_tasks()))


asyncio.run(main())


class Row(typing.TypedDict, total=False):
    a: int
    b: typing.Required[str]
    c: typing.NotRequired[typing.List[int]]


@typing.no_type_check
def unknown(a: "nowhere"):
    pass


print(typing.get_type_hints(Row), typing.get_type_hints(Row, include_extras=True)["b"], typing.get_type_hints(unknown))

letter = email.message.EmailMessage()
letter.set_content("Hällo\nWorld\n")
print(letter.as_string(), email.message_from_string(letter.as_string(), policy=email.policy.default).get_content())
