# A dictionary in a stream, against one in memory.
# not CPython: it has no module btree
import btree
import io

stream = io.BytesIO()
db = btree.open(stream, pagesize=512)
wanted = {}
state = 1
missing = 0


def random(below):
    global state
    state = state * 1103515245 + 12345 & 0x7FFFFFFF
    return (state >> 12) % below


# Long keys make a tree of several levels.
def some_key():
    return b"%02d" % random(60) + b"k" * 80


def check():
    pairs = sorted(wanted.items())
    print(len(pairs), list(db.items()) == pairs, list(db.items(None, None, btree.DESC)) == pairs[::-1])
    low, high = sorted((some_key(), some_key()))
    print(list(db.keys(low, high)) == [key for key, _ in pairs if low <= key < high])
    within = [value for key, value in pairs if low <= key <= high]
    print(list(db.values(low, high, btree.INCL)) == within)
    print(list(db.values(high, low, btree.INCL | btree.DESC)) == within[::-1])


for step in range(900):
    key = some_key()
    what = random(100)
    if what < 60:
        wanted[key] = db[key] = b"v" * (0, 1, 20, 30, 130, 600)[random(6)] + key
    elif what < 97:
        if wanted.pop(key, None) is not None:
            del db[key]
        else:
            missing += key not in db
    else:
        # Another one goes on with the same stream.
        db.close()
        stream.seek(0)
        db = btree.open(stream)
    if step % 300 == 299:
        print(missing)
        check()

# Stored and deleted while iterating.
for key in db:
    del db[key]
    del wanted[key]
    db[b"x" + key[:2]] = b""
    if len(wanted) < 5:
        break
for key in list(db):
    del db[key]
print(list(db), db.get(b"1"), db.get("1", 7))
db["text"] = "value"
print(db[b"text"], db.seq(3), db.seq(7), db.seq(1, "z"))

for attempt in (
    lambda: db[b"none"],
    lambda: db.seq(99),
    lambda: db.__setitem__(bytes(200), b""),
    lambda: btree.open(io.BytesIO(), pagesize=600),
    lambda: btree.open(io.BytesIO(b"no database, certainly not")),
    lambda: btree.open(io.BytesIO(b"TPYBTR\x01\n" + bytes(16))),
    lambda: db + 1,
    lambda: db.__setitem__(15, b""),
):
    try:
        attempt()
    except (KeyError, OSError, TypeError, ValueError) as error:
        print(type(error).__name__)

# A page that is none.
db.close()
data = bytearray(stream.getvalue())
root = int.from_bytes(data[12:16], "little")
data[root * 512] = 9
broken = btree.open(io.BytesIO(data))
try:
    print(list(broken))
except OSError as error:
    print(error)
db.close()
try:
    db[b"text"]
except ValueError as error:
    print(error, str(db))
