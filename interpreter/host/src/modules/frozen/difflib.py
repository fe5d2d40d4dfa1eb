"""Differences between sequences, found by the longest matching blocks."""

from collections import namedtuple

__all__ = [
    "Differ", "HtmlDiff", "IS_CHARACTER_JUNK", "IS_LINE_JUNK", "Match", "SequenceMatcher", "context_diff", "diff_bytes", "get_close_matches", "ndiff",
    "restore", "unified_diff",
]

Match = namedtuple("Match", "a b size")


class SequenceMatcher:
    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        if b is self.b:
            return
        self.b = b
        self.matching_blocks = self.opcodes = self.fullbcount = None
        self.b2j = places = {}
        for at, item in enumerate(b):
            places.setdefault(item, []).append(at)
        self.bjunk, self.bpopular = set(), set()
        if self.isjunk:
            self.bjunk = {item for item in places if self.isjunk(item)}
        if self.autojunk and len(b) >= 200:
            most = len(b) // 100 + 1
            self.bpopular = {item for item, where in places.items() if item not in self.bjunk and len(where) > most}
        for item in self.bjunk | self.bpopular:
            del places[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        a, b, places, junk = self.a, self.b, self.b2j, self.bjunk
        ahi, bhi = len(a) if ahi is None else ahi, len(b) if bhi is None else bhi
        best_a, best_b, best = alo, blo, 0
        lengths = {}
        for i in range(alo, ahi):
            following = {}
            for j in places.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                size = following[j] = lengths.get(j - 1, 0) + 1
                if size > best:
                    best_a, best_b, best = i - size + 1, j - size + 1, size
            lengths = following
        # Grown at both ends, by what is no junk first, then by junk.
        for takes_junk in (False, True):
            while best_a > alo and best_b > blo and (b[best_b - 1] in junk) == takes_junk and a[best_a - 1] == b[best_b - 1]:
                best_a, best_b, best = best_a - 1, best_b - 1, best + 1
            while best_a + best < ahi and best_b + best < bhi and (b[best_b + best] in junk) == takes_junk and a[best_a + best] == b[best_b + best]:
                best += 1
        return Match(best_a, best_b, best)

    def get_matching_blocks(self):
        if self.matching_blocks is not None:
            return self.matching_blocks
        waiting, found = [(0, len(self.a), 0, len(self.b))], []
        while waiting:
            alo, ahi, blo, bhi = waiting.pop()
            i, j, size = self.find_longest_match(alo, ahi, blo, bhi)
            if size:
                found.append((i, j, size))
                if alo < i and blo < j:
                    waiting.append((alo, i, blo, j))
                if i + size < ahi and j + size < bhi:
                    waiting.append((i + size, ahi, j + size, bhi))
        found.sort()
        blocks = []
        for i, j, size in found:
            if blocks and blocks[-1].a + blocks[-1].size == i and blocks[-1].b + blocks[-1].size == j:
                last = blocks.pop()
                blocks.append(Match(last.a, last.b, last.size + size))
            else:
                blocks.append(Match(i, j, size))
        blocks.append(Match(len(self.a), len(self.b), 0))
        self.matching_blocks = blocks
        return blocks

    def get_opcodes(self):
        if self.opcodes is not None:
            return self.opcodes
        i = j = 0
        self.opcodes = answer = []
        for a, b, size in self.get_matching_blocks():
            kind = "replace" if i < a and j < b else "delete" if i < a else "insert" if j < b else ""
            if kind:
                answer.append((kind, i, a, j, b))
            i, j = a + size, b + size
            if size:
                answer.append(("equal", a, i, b, j))
        return answer

    def get_grouped_opcodes(self, n=3):
        codes = list(self.get_opcodes()) or [("equal", 0, 1, 0, 1)]
        if codes[0][0] == "equal":
            kind, i1, i2, j1, j2 = codes[0]
            codes[0] = kind, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == "equal":
            kind, i1, i2, j1, j2 = codes[-1]
            codes[-1] = kind, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for kind, i1, i2, j1, j2 in codes:
            if kind == "equal" and i2 - i1 > 2 * n:
                group.append((kind, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((kind, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def _ratio(self, matches):
        total = len(self.a) + len(self.b)
        return 2.0 * matches / total if total else 1.0

    def ratio(self):
        return self._ratio(sum([block.size for block in self.get_matching_blocks()]))

    def quick_ratio(self):
        counts = {}
        for item in self.b:
            counts[item] = counts.get(item, 0) + 1
        matches = 0
        for item in self.a:
            left = counts.get(item, 0)
            counts[item] = left - 1
            matches += left > 0
        return self._ratio(matches)

    def real_quick_ratio(self):
        return self._ratio(min(len(self.a), len(self.b)))


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    if n <= 0:
        raise ValueError("n must be > 0: %r" % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError("cutoff must be in [0.0, 1.0]: %r" % (cutoff,))
    matcher, scored = SequenceMatcher(), []
    matcher.set_seq2(word)
    for candidate in possibilities:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff:
            ratio = matcher.ratio()
            if ratio >= cutoff:
                scored.append((ratio, candidate))
    scored.sort(reverse=True)
    return [candidate for _, candidate in scored[:n]]


def _unified_range(start, stop):
    size = stop - start
    if size == 1:
        return str(start + 1)
    return "%d,%d" % (start + 1 if size else start, size)


def _check_texts(a, b, *words):
    """What a difference is made of is text, all of it; of the lines the first ones tell."""
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError("lines to compare must be str, not %s (%r)" % (type(lines[0]).__name__, lines[0]))
    for word in words:
        if not isinstance(word, str):
            raise TypeError("all arguments must be str, not: %r" % (word,))


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    _check_texts(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield "--- %s%s%s" % (fromfile, "\t" + fromfiledate if fromfiledate else "", lineterm)
            yield "+++ %s%s%s" % (tofile, "\t" + tofiledate if tofiledate else "", lineterm)
        first, last = group[0], group[-1]
        yield "@@ -%s +%s @@%s" % (_unified_range(first[1], last[2]), _unified_range(first[3], last[4]), lineterm)
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                for line in a[i1:i2]:
                    yield " " + line
                continue
            if kind in ("replace", "delete"):
                for line in a[i1:i2]:
                    yield "-" + line
            if kind in ("replace", "insert"):
                for line in b[j1:j2]:
                    yield "+" + line


def _context_range(start, stop):
    size = stop - start
    first = start + 1 if size else start
    return str(first) if size <= 1 else "%d,%d" % (first, first + size - 1)


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    signs = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    _check_texts(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield "*** %s%s%s" % (fromfile, "\t" + fromfiledate if fromfiledate else "", lineterm)
            yield "--- %s%s%s" % (tofile, "\t" + tofiledate if tofiledate else "", lineterm)
        first, last = group[0], group[-1]
        yield "***************" + lineterm
        yield "*** %s ****%s" % (_context_range(first[1], last[2]), lineterm)
        if any([kind in ("replace", "delete") for kind, *_ in group]):
            for kind, i1, i2, _, _ in group:
                if kind != "insert":
                    for line in a[i1:i2]:
                        yield signs[kind] + line
        yield "--- %s ----%s" % (_context_range(first[3], last[4]), lineterm)
        if any([kind in ("replace", "insert") for kind, *_ in group]):
            for kind, _, _, j1, j2 in group:
                if kind != "delete":
                    for line in b[j1:j2]:
                        yield signs[kind] + line


def IS_LINE_JUNK(line, pat=None):
    return line.strip() in ("", "#")


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    return ch in ws


class Differ:
    """Lines of both texts, each marked as common, of the first or of the second."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk, self.charjunk = linejunk, charjunk

    def compare(self, a, b):
        for kind, i1, i2, j1, j2 in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if kind == "replace":
                yield from self._similar(a, i1, i2, b, j1, j2)
                continue
            for line in a[i1:i2]:
                yield ("  " if kind == "equal" else "- ") + line
            if kind == "insert":
                for line in b[j1:j2]:
                    yield "+ " + line

    def _plain(self, a, i1, i2, b, j1, j2):
        # The shorter block first, which reads better.
        parts = [("- ", a[i1:i2]), ("+ ", b[j1:j2])]
        for sign, lines in parts if i2 - i1 <= j2 - j1 else reversed(parts):
            for line in lines:
                yield sign + line

    def _similar(self, a, i1, i2, b, j1, j2):
        best, cutoff, same = 0.74, 0.75, None
        found = None
        matcher = SequenceMatcher(self.charjunk)
        for j in range(j1, j2):
            matcher.set_seq2(b[j])
            for i in range(i1, i2):
                if a[i] == b[j]:
                    same = same or (i, j)
                    continue
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, found = matcher.ratio(), (i, j)
        is_same = False
        if best < cutoff:
            if same is None:
                yield from self._plain(a, i1, i2, b, j1, j2)
                return
            found, is_same = same, True
        i, j = found
        yield from self._around(a, i1, i, b, j1, j)
        if is_same:
            yield "  " + a[i]
        else:
            yield from self._marked(a[i], b[j])
        yield from self._around(a, i + 1, i2, b, j + 1, j2)

    def _around(self, a, i1, i2, b, j1, j2):
        if i1 < i2 and j1 < j2:
            yield from self._similar(a, i1, i2, b, j1, j2)
            return
        for line in a[i1:i2]:
            yield "- " + line
        for line in b[j1:j2]:
            yield "+ " + line

    def _marked(self, old, new):
        marks_old = marks_new = ""
        for kind, i1, i2, j1, j2 in SequenceMatcher(self.charjunk, old, new).get_opcodes():
            before, after = {"replace": "^^", "delete": "- ", "insert": " +", "equal": "  "}[kind]
            marks_old += before * (i2 - i1)
            marks_new += after * (j2 - j1)
        yield "- " + old
        yield from _marks(old, marks_old)
        yield "+ " + new
        yield from _marks(new, marks_new)


def _marks(line, marks):
    marks = "".join([c if mark == " " and c.isspace() else mark for c, mark in zip(line, marks)]).rstrip()
    if marks:
        yield "? " + marks + "\n"


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    signs = {1: ("- ", "  "), 2: ("+ ", "  ")}.get(int(which))
    if signs is None:
        raise ValueError("unknown delta choice (must be 1 or 2): %r" % which)
    for line in delta:
        if line[:2] in signs:
            yield line[2:]


class HtmlDiff:
    """Two texts side by side, as a table of HTML."""

    _default_prefix = 0
    _page = (
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"%(charset)s\">\n<title></title>\n<style>\n"
        "table.diff {font-family: monospace; border: medium}\n.diff_add {background-color: #aaffaa}\n.diff_chg {background-color: #ffff77}\n"
        ".diff_sub {background-color: #ffaaaa}\n</style>\n</head>\n<body>\n%(table)s\n</body>\n</html>\n"
    )

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize, self._wrapcolumn, self._linejunk, self._charjunk = tabsize, wrapcolumn, linejunk, charjunk

    def make_file(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5, *, charset="utf-8"):
        table = self.make_table(fromlines, tolines, fromdesc, todesc, context, numlines)
        return (self._page % {"charset": charset, "table": table}).encode(charset, "xmlcharrefreplace").decode(charset)

    def make_table(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5):
        a, b = [[line.expandtabs(self._tabsize).rstrip("\n") for line in lines] for lines in (fromlines, tolines)]
        matcher, rows = SequenceMatcher(None, a, b), []
        groups = matcher.get_grouped_opcodes(numlines) if context else [matcher.get_opcodes()]
        for group in groups:
            for tag, i, i_end, j, j_end in group:
                for at in range(max(i_end - i, j_end - j)):
                    left = a[i + at] if i + at < i_end else None
                    right = b[j + at] if j + at < j_end else None
                    rows.append(self._row(left, i + at + 1, right, j + at + 1, tag))
        head = ""
        if fromdesc or todesc:
            head = '<thead><tr><th colspan="2">%s</th><th colspan="2">%s</th></tr></thead>\n' % (fromdesc, todesc)
        HtmlDiff._default_prefix += 1
        return '<table class="diff" summary="Legends">\n%s<tbody>\n%s\n</tbody>\n</table>' % (head, "\n".join(rows))

    def _row(self, left, left_number, right, right_number, tag):
        cells = ""
        if tag == "replace" and left is not None and right is not None:
            texts = self._marked(left, right)
        else:
            kinds = (None, None) if tag == "equal" else ("diff_sub", "diff_add")
            texts = [None if text is None else self._span(text, kind) for text, kind in zip((left, right), kinds)]
        for text, number in zip(texts, (left_number, right_number)):
            cells += '<td class="diff_header">%s</td><td nowrap="nowrap">%s</td>' % ("" if text is None else number, text or "")
        return "<tr>%s</tr>" % cells

    def _marked(self, left, right):
        out = ["", ""]
        for tag, i, i_end, j, j_end in SequenceMatcher(self._charjunk, left, right).get_opcodes():
            out[0] += self._span(left[i:i_end], {"replace": "diff_chg", "delete": "diff_sub"}.get(tag))
            out[1] += self._span(right[j:j_end], {"replace": "diff_chg", "insert": "diff_add"}.get(tag))
        return out

    def _span(self, text, kind):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(" ", "&nbsp;")
        return '<span class="%s">%s</span>' % (kind, text) if kind and text else text


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    """A difference of lines of bytes, whatever their encoding."""

    def text(data):
        try:
            return data.decode("ascii", "surrogateescape")
        except AttributeError as error:
            raise TypeError("all arguments must be bytes, not %s (%r)" % (type(data).__name__, data)) from error

    lines = dfunc(list(map(text, a)), list(map(text, b)), text(fromfile), text(tofile), text(fromfiledate), text(tofiledate), n, text(lineterm))
    for line in lines:
        yield line.encode("ascii", "surrogateescape")
