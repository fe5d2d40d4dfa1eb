# A dictionary of bytes, ordered by key, in a stream: a B+ tree of pages.
#
#   stream   header, then pages; page n begins at n * pagesize, the first page has the header alone
#   header   magic, pagesize, root, pages in use, first free page                               24 bytes
#   leaf     0, count, (length of key, length of value, key, value) …
#   branch   1, count, page, (length of key, key, page) …        keys that are the least of the page behind them
#   chain    2, next page, bytes of a long value                 a value whose length has the top bit set is a page
#   free     3, next free page
#
# Pages that are used lie in memory as nodes; what changed goes to the stream by flush() and close().
import struct
from errno import EINVAL, EIO

INCL = 1
DESC = 2

_MAGIC = b"TPYBTR\x01\n"
_HEADER = "<8sIIII"
_LEAF = 0
_BRANCH = 1
_CHAIN = 2
_FREE = 3
_LONG = 0x80000000

# What the database library of the reference calls these.
_CURSOR = 1
_FIRST = 3
_LAST = 6
_NEXT = 7
_PREVIOUS = 9


def _bytes(data):
    return data.encode() if isinstance(data, str) else bytes(memoryview(data))


class _Node:
    # `values` of a leaf; `pages` of a branch, one more than keys. A long value is the number of its first page and its length.
    def __init__(self, page, kind):
        self.page = page
        self.kind = kind
        self.keys = []
        self.values = []
        self.changed = True

    # Bytes of the page that an entry takes.
    def entry(self, at):
        if self.kind == _BRANCH:
            return 6 + len(self.keys[at])
        value = self.values[at]
        return 6 + len(self.keys[at]) + (4 if isinstance(value, tuple) else len(value))

    def size(self):
        size = 3 if self.kind == _LEAF else 7
        for at in range(len(self.keys)):
            size += self.entry(at)
        return size

    # Where half of its bytes are: no entry takes more than a quarter of a page, so both parts fit one.
    def middle(self):
        half = self.size() // 2
        at = 0
        while half > 0:
            half -= self.entry(at)
            at += 1
        return at

    # Where `key` is, or would be.
    def find(self, key):
        keys = self.keys
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high) // 2
            if keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        return low

    # Which page of a branch has `key`.
    def child(self, key):
        at = self.find(key)
        return at + 1 if at < len(self.keys) and self.keys[at] == key else at


class _Pages:
    def __init__(self, stream, pagesize, cachesize):
        self.stream = stream
        header = bytearray(24)
        count = stream.readinto(header)
        if count is not None and count < 0:
            raise OSError(-count)
        if count:
            magic, self.size, self.root, self.count, self.free = struct.unpack(_HEADER, header)
            if count < 24 or magic != _MAGIC or not 512 <= self.size <= 65536 or self.root >= self.count:
                raise OSError(EINVAL)
        else:
            self.size, self.root, self.count, self.free = pagesize or 1024, 1, 2, 0
            self.seek(0)
        self.nodes = {}
        self.most = max(8, (cachesize or 32768) // self.size)
        self.changed = False
        if not count:
            self.nodes[1] = _Node(1, _LEAF)
            self.changed = True

    def seek(self, offset):
        if not hasattr(self.stream, "ioctl"):
            self.stream.seek(offset)
        else:  # a stream in MicroPython's manner, whatever else it has from its base
            error = self.stream.ioctl(2, offset)
            if error < 0:
                raise OSError(-error)

    def read(self, page):
        if not 0 < page < self.count:
            raise OSError(EIO)
        self.seek(page * self.size)
        data = self.stream.read(self.size)
        if len(data) != self.size:
            raise OSError(EIO)
        return data

    def write(self, page, data):
        self.seek(page * self.size)
        self.stream.write(data + bytes(self.size - len(data)))

    # -- pages that are used and those that are not

    def take(self):
        page = self.free
        self.changed = True
        if page:
            kind, self.free = struct.unpack("<BI", self.read(page)[:5])
            if kind != _FREE:
                raise OSError(EIO)
            return page
        self.count += 1
        return self.count - 1

    def give(self, page):
        self.nodes.pop(page, None)
        self.write(page, struct.pack("<BI", _FREE, self.free))
        self.free = page
        self.changed = True

    # -- nodes

    def node(self, page):
        node = self.nodes.pop(page, None)
        if node is None:
            node = self.parse(page)
            if len(self.nodes) >= self.most:
                self.forget()
        # The last in the dictionary was used last.
        self.nodes[page] = node
        return node

    def new(self, kind):
        node = _Node(self.take(), kind)
        self.nodes[node.page] = node
        return node

    # Makes room: the nodes that were not used for longest go.
    def forget(self):
        for page in list(self.nodes)[: self.most // 2]:
            node = self.nodes.pop(page)
            if node.changed:
                self.store(node)

    def parse(self, page):
        data = self.read(page)
        kind, count = struct.unpack("<BH", data[:3])
        if kind > _BRANCH:
            raise OSError(EIO)
        node = _Node(page, kind)
        node.changed = False
        at = 3
        if kind == _BRANCH:
            node.values.append(struct.unpack("<I", data[at : at + 4])[0])
            at += 4
        for _ in range(count):
            if at + 6 > len(data):
                raise OSError(EIO)
            if kind == _BRANCH:
                length, value = struct.unpack("<HI", data[at : at + 6])
                at += 6
                node.keys.append(data[at : at + length])
                at += length
            else:
                length, size = struct.unpack("<HI", data[at : at + 6])
                at += 6
                node.keys.append(data[at : at + length])
                at += length
                if size & _LONG:
                    value = (struct.unpack("<I", data[at : at + 4])[0], size & ~_LONG)
                    at += 4
                else:
                    value = data[at : at + size]
                    at += size
            node.values.append(value)
        return node

    def store(self, node):
        parts = [struct.pack("<BH", node.kind, len(node.keys))]
        values = iter(node.values)
        if node.kind == _BRANCH:
            parts.append(struct.pack("<I", next(values)))
        for key, value in zip(node.keys, values):
            if node.kind == _BRANCH:
                parts += struct.pack("<HI", len(key), value), key
            elif isinstance(value, tuple):
                parts += struct.pack("<HI", len(key), value[1] | _LONG), key, struct.pack("<I", value[0])
            else:
                parts += struct.pack("<HI", len(key), len(value)), key, value
        self.write(node.page, b"".join(parts))
        node.changed = False

    def flush(self):
        for node in list(self.nodes.values()):
            if node.changed:
                self.store(node)
        if self.changed:
            self.write(0, struct.pack(_HEADER, _MAGIC, self.size, self.root, self.count, self.free))
            self.changed = False
        if hasattr(self.stream, "flush"):
            self.stream.flush()

    # -- long values

    def chain(self, value):
        room = self.size - 5
        following = 0
        for start in reversed(range(0, len(value), room)):
            page = self.take()
            self.write(page, struct.pack("<BI", _CHAIN, following) + value[start : start + room])
            following = page
        return following, len(value)

    def unchain(self, value):
        page, left = value
        parts = []
        while left > 0:
            data = self.read(page)
            kind, page = struct.unpack("<BI", data[:5])
            if kind != _CHAIN:
                raise OSError(EIO)
            parts.append(data[5 : 5 + left])
            left -= len(parts[-1])
        return b"".join(parts)

    def drop(self, value):
        if isinstance(value, tuple):
            page, left = value
            while left > 0:
                following = struct.unpack("<I", self.read(page)[1:5])[0]
                self.give(page)
                page = following
                left -= self.size - 5


class _BTree:
    def __init__(self, pages):
        self._pages = pages
        self._place = None

    def __repr__(self):
        return "<btree {}>".format(hex(id(self)) if self._pages else 0)

    def _open(self):
        if self._pages is None:
            raise ValueError("database closed")
        return self._pages

    # The way from the root to the leaf where `key` is or would be: nodes, and which of its pages comes next.
    def _way(self, key):
        pages = self._open()
        way = []
        page = pages.root
        while True:
            if len(way) > 40:
                raise OSError(EIO)
            node = pages.node(page)
            if node.kind == _LEAF:
                return node, way
            at = node.child(key)
            way.append((node.page, at))
            page = node.values[at]

    def _find(self, key):
        leaf, _ = self._way(key)
        at = leaf.find(key)
        if at < len(leaf.keys) and leaf.keys[at] == key:
            return leaf, at
        return leaf, -1

    def _value(self, leaf, at):
        value = leaf.values[at]
        return self._pages.unchain(value) if isinstance(value, tuple) else value

    # -- one key

    def get(self, key, default=None):
        leaf, at = self._find(_bytes(key))
        return default if at < 0 else self._value(leaf, at)

    def __getitem__(self, key):
        leaf, at = self._find(_bytes(key))
        if at < 0:
            raise KeyError(key)
        return self._value(leaf, at)

    def __contains__(self, key):
        return self._find(_bytes(key))[1] >= 0

    def __setitem__(self, key, value):
        key, value = _bytes(key), _bytes(value)
        pages = self._open()
        if len(key) > pages.size // 4 - 16:
            raise ValueError("key too long for the size of a page")
        if len(key) + len(value) + 6 > pages.size // 4:
            value = pages.chain(value)
        leaf, way = self._way(key)
        at = leaf.find(key)
        if at < len(leaf.keys) and leaf.keys[at] == key:
            old = leaf.values[at]
            leaf.values[at] = value
            pages.drop(old)
        else:
            leaf.keys.insert(at, key)
            leaf.values.insert(at, value)
        leaf.changed = True
        self._split(leaf, way)

    def put(self, key, value):
        self[key] = value

    # Divides nodes that are too large for a page, up to the root.
    def _split(self, node, way):
        pages = self._pages
        while node.size() > pages.size:
            middle = min(node.middle(), len(node.keys) - 1)
            other = pages.new(node.kind)
            key = node.keys[middle]
            behind = middle if node.kind == _LEAF else middle + 1
            other.keys = node.keys[behind:]
            other.values = node.values[behind:]
            node.keys = node.keys[:middle]
            node.values = node.values[:behind]
            node.changed = True
            if way:
                page, at = way.pop()
                above = pages.node(page)
            else:
                above, at = pages.new(_BRANCH), 0
                above.values.append(node.page)
                pages.root = above.page
            above.keys.insert(at, key)
            above.values.insert(at + 1, other.page)
            above.changed = True
            node = above

    def __delitem__(self, key):
        key = _bytes(key)
        pages = self._open()
        leaf, way = self._way(key)
        at = leaf.find(key)
        if at >= len(leaf.keys) or leaf.keys[at] != key:
            raise KeyError(key)
        del leaf.keys[at]
        old = leaf.values.pop(at)
        leaf.changed = True
        pages.drop(old)
        self._prune(leaf, way)

    # Takes empty nodes out, up to the root.
    def _prune(self, node, way):
        pages = self._pages
        while way and not node.keys and not (node.kind == _BRANCH and node.values):
            pages.give(node.page)
            page, at = way.pop()
            node = pages.node(page)
            del node.values[at]
            if node.keys:
                del node.keys[max(at - 1, 0)]
            node.changed = True
        # A root with one page is one too many.
        while node.page == pages.root and node.kind == _BRANCH and len(node.values) == 1:
            pages.root = node.values[0]
            pages.give(node.page)
            node = pages.node(pages.root)
        if node.page == pages.root and node.kind == _BRANCH and not node.values:
            node.kind = _LEAF

    # -- many keys

    # The first key from `key` on (behind it unless `own`), with its value; None at the end.
    def _after(self, key, own=True):
        pages = self._open()
        leaf, way = self._way(key)
        at = leaf.find(key)
        if not own and at < len(leaf.keys) and leaf.keys[at] == key:
            at += 1
        while at >= len(leaf.keys):
            at = 0
            while way:
                page, child = way.pop()
                node = pages.node(page)
                if child + 1 < len(node.values):
                    way.append((page, child + 1))
                    leaf = pages.node(node.values[child + 1])
                    break
            else:
                return None
            while leaf.kind == _BRANCH:
                way.append((leaf.page, 0))
                leaf = pages.node(leaf.values[0])
        return leaf.keys[at], self._value(leaf, at)

    # The last key up to `key` (before it unless `own`); of all keys if `key` is None.
    def _before(self, key, own=True):
        pages = self._open()
        if key is None:
            way = []
            leaf = pages.node(pages.root)
            while leaf.kind == _BRANCH:
                way.append((leaf.page, len(leaf.values) - 1))
                leaf = pages.node(leaf.values[-1])
            at = len(leaf.keys) - 1
        else:
            leaf, way = self._way(key)
            at = leaf.find(key)
            if not (own and at < len(leaf.keys) and leaf.keys[at] == key):
                at -= 1
        while at < 0:
            while way:
                page, child = way.pop()
                if child > 0:
                    way.append((page, child - 1))
                    leaf = pages.node(pages.node(page).values[child - 1])
                    break
            else:
                return None
            while leaf.kind == _BRANCH:
                way.append((leaf.page, len(leaf.values) - 1))
                leaf = pages.node(leaf.values[-1])
            at = len(leaf.keys) - 1
        return leaf.keys[at], self._value(leaf, at)

    # Each step looks its key up anew: what is stored or deleted meanwhile does no harm.
    def items(self, start=None, end=None, flags=0):
        start = None if start is None else _bytes(start)
        end = None if end is None else _bytes(end)
        if flags & DESC:
            found = self._before(start)
            while found and (end is None or found[0] > end or (flags & INCL and found[0] == end)):
                yield found
                found = self._before(found[0], False)
        else:
            found = self._after(start or b"")
            while found and (end is None or found[0] < end or (flags & INCL and found[0] == end)):
                yield found
                found = self._after(found[0], False)

    def keys(self, start=None, end=None, flags=0):
        for key, _ in self.items(start, end, flags):
            yield key

    def values(self, start=None, end=None, flags=0):
        for _, value in self.items(start, end, flags):
            yield value

    def __iter__(self):
        return self.keys()

    # Moves to a key and answers it with its value: from `key` on, first, last, next, previous.
    def seq(self, flags, key=None):
        if flags == _CURSOR and key is not None:
            found = self._after(_bytes(key))
        elif flags == _FIRST or flags == _NEXT and self._place is None:
            found = self._after(b"")
        elif flags == _NEXT:
            found = self._after(self._place, False)
        elif flags == _LAST or flags == _PREVIOUS and self._place is None:
            found = self._before(None)
        elif flags == _PREVIOUS:
            found = self._before(self._place, False)
        else:
            raise OSError(EINVAL)
        if found:
            self._place = found[0]
        return found

    # -- the stream

    def flush(self):
        self._open().flush()

    def close(self):
        if self._pages:
            self._pages.flush()
            self._pages = None


def open(stream, *, flags=0, pagesize=0, cachesize=0, minkeypage=0):
    if pagesize and not (512 <= pagesize <= 65536 and pagesize & (pagesize - 1) == 0):
        raise OSError(EINVAL)
    return _BTree(_Pages(stream, pagesize, cachesize))
