"""Paragraphs of text: wrapped, filled, shortened, indented."""

import re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_SPACES = "\t\n\x0b\x0c\r "
_TO_BLANKS = {ord(c): " " for c in _SPACES}
_BLANKS = re.compile("([" + _SPACES + "]+)")


class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *,
                 max_lines=None, placeholder=" [...]"):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(_TO_BLANKS)
        return text

    def _split(self, text):
        """The text in pieces that a line may end between."""
        chunks = [chunk for chunk in _BLANKS.split(text) if chunk]
        if self.break_on_hyphens and "-" in text:
            chunks = [part for chunk in chunks for part in (_at_hyphens(chunk) if "-" in chunk else (chunk,))]
        return chunks

    def _split_chunks(self, text):
        chunks = self._split(self._munge_whitespace(text))
        if self.fix_sentence_endings:
            for i in range(len(chunks) - 1):
                word = chunks[i].rstrip("\"'")
                if chunks[i + 1] == " " and word[-1:] in (".", "!", "?") and word[-2:-1].islower():
                    chunks[i + 1] = "  "
        return chunks

    def wrap(self, text):
        chunks = self._split_chunks(text)
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        chunks.reverse()
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and not chunks[-1].strip() and lines:
                chunks.pop()
            line, length = [], 0
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                length += self._long_word(chunks, line, length, width)
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            rest = chunks and not (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
            if self.max_lines is None or len(lines) + 1 < self.max_lines or not rest and length <= width:
                lines.append(indent + "".join(line))
            else:
                self._shorten(lines, line, length, width, indent)
                break
        return lines

    def _long_word(self, chunks, line, length, width):
        space = width - length if width >= 1 else 1
        if self.break_long_words:
            chunk = chunks[-1]
            end = space
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind("-", 0, space)
                if hyphen > 0 and any([c != "-" for c in chunk[:hyphen]]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
            return end
        if not line:
            line.append(chunks.pop())
            return len(line[-1])
        return 0

    def _shorten(self, lines, line, length, width, indent):
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(indent + "".join(line))
                return
            length -= len(line.pop())
        if lines:
            last = lines[-1].rstrip()
            if len(last) + len(self.placeholder) <= self.width:
                lines[-1] = last + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def fill(self, text):
        return "\n".join(self.wrap(text))


# Behind a hyphen between letters a word may end; dashes stand alone.
def _at_hyphens(word):
    parts, start, at = [], 0, 0
    while at < len(word):
        if word[at] != "-":
            at += 1
            continue
        end = at
        while end < len(word) and word[end] == "-":
            end += 1
        if end - at >= 2 and at > 0 and end < len(word) and _is_word(word[at - 1], "!\"'&.,?") and _is_word(word[end]):
            parts += [word[start:at], word[at:end]]
            start = end
        elif end - at == 1 and _ends_before(word, at) and _goes_on(word, end):
            parts.append(word[start:end])
            start = end
        at = end
    return [part for part in parts + [word[start:]] if part]


def _is_word(c, more=""):
    return c.isalnum() or c == "_" or c in more


def _is_letter(c):
    return c != "" and (c.isalnum() or c == "_") and not c.isdecimal()


def _ends_before(word, at):
    """Two letters, or a letter, a hyphen and one character more."""
    if at >= 2 and _is_letter(word[at - 1]) and _is_letter(word[at - 2]):
        return True
    return at >= 3 and _is_letter(word[at - 3]) and word[at - 2] == "-" and _is_letter(word[at - 1])


def _goes_on(word, at):
    """Two letters, with a hyphen between them or none."""
    second = word[at + 2 : at + 3] if word[at + 1 : at + 2] == "-" else word[at + 1 : at + 2]
    return _is_letter(word[at : at + 1]) and _is_letter(second)


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    lines = text.split("\n")
    margin = None
    for number, line in enumerate(lines):
        content = line.lstrip(" \t")
        if not content:
            lines[number] = ""
            continue
        indent = line[: len(line) - len(content)]
        if margin is None:
            margin = indent
        while not indent.startswith(margin):
            margin = margin[:-1]
    return "\n".join([line[len(margin) :] if line and margin else line for line in lines])


def indent(text, prefix, predicate=None):
    wanted = predicate or (lambda line: line.strip())
    return "".join([prefix + line if wanted(line) else line for line in text.splitlines(True)])


if __name__ == "__main__":
    print(dedent("Hello there.\n  This is indented."))
