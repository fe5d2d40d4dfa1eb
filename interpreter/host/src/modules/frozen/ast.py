"""Literals read without running anything. Trees of Python source are not to be had."""


def literal_eval(node_or_string):
    if not isinstance(node_or_string, str):
        raise ValueError("malformed node or string: %r" % (node_or_string,))
    reader = _Reader(node_or_string.strip(" \t"))
    value = reader.sum()
    reader.blank()
    if reader.at < len(reader.text):
        reader.wrong()
    return value


class _Reader:
    """Displays of literals; single literals are given to the compiler, which runs nothing for them."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def wrong(self):
        compile(self.text, "<unknown>", "eval")
        raise ValueError("malformed node or string on line 1: %s" % self.text)

    def blank(self):
        while self.at < len(self.text):
            c = self.text[self.at]
            if c == "#":
                while self.at < len(self.text) and self.text[self.at] != "\n":
                    self.at += 1
            elif c in " \t\r\n\f" or c == "\\" and self.text[self.at + 1 : self.at + 2] == "\n":
                self.at += 1 + (c == "\\")
            else:
                break

    def peek(self):
        self.blank()
        return self.text[self.at : self.at + 1]

    def take(self, sign):
        if self.peek() != sign:
            return False
        self.at += 1
        return True

    def sum(self):
        value = self.value()
        sign = self.peek()
        if sign in ("+", "-") and type(value) in (int, float):
            self.at += 1
            other = self.value()
            if type(other) is not complex:
                self.wrong()
            return value + other if sign == "+" else value - other
        return value

    def value(self):
        c = self.peek()
        if c in ("+", "-") and c:
            self.at += 1
            value = self.value()
            if type(value) not in (int, float, complex):
                self.wrong()
            return value if c == "+" else -value
        if c == "(":
            self.at += 1
            items, commas = self.items(")")
            return items[0] if len(items) == 1 and not commas else tuple(items)
        if c == "[":
            self.at += 1
            return self.items("]")[0]
        if c == "{":
            self.at += 1
            return self.braces()
        return self.literal()

    def items(self, end):
        items, commas = [], 0
        while not self.take(end):
            if items and not commas or len(items) > commas:
                self.wrong()
            items.append(self.sum())
            if self.take(","):
                commas += 1
            elif self.peek() != end:
                self.wrong()
        return items, commas

    def braces(self):
        if self.take("}"):
            return {}
        first = self.sum()
        if not self.take(":"):
            if not self.take(","):
                if not self.take("}"):
                    self.wrong()
                return {first}
            return {first, *self.items("}")[0]}
        result = {first: self.sum()}
        while not self.take("}"):
            if not self.take(","):
                self.wrong()
            if self.take("}"):
                break
            key = self.sum()
            if not self.take(":"):
                self.wrong()
            result[key] = self.sum()
        return result

    def literal(self):
        start = self.at
        parts = []
        while True:
            first = self.at
            while self.at < len(self.text) and (self.text[self.at].isalnum() or self.text[self.at] in "._"):
                self.at += 1
                # The sign of an exponent.
                if self.text[self.at - 1] in "eE" and self.text[first].isdigit() and self.text[first : first + 2].lower() != "0x" and self.text[self.at : self.at + 1] in ("+", "-"):
                    self.at += 1
            prefix = self.text[first : self.at]
            if self.text[self.at : self.at + 1] in ("'", '"') and len(prefix) <= 2 and "f" not in prefix.lower():
                self.string("r" in prefix.lower())
                parts.append(self.text[first : self.at])
                if self.peek() in ("'", '"') or self.peek() and self.peek() in "rRbBuU":
                    continue
                return eval(" ".join(parts), {"__builtins__": {}})
            break
        if parts:
            self.at = first
            return eval(" ".join(parts), {"__builtins__": {}})
        word = prefix
        if word in ("None", "True", "False"):
            return {"None": None, "True": True, "False": False}[word]
        if word == "set" and self.take("(") and self.take(")"):
            return set()
        if word[:1].isdigit() or word[:1] == "." and word[1:2].isdigit():
            return eval(word, {"__builtins__": {}})
        if self.text[self.at : self.at + 3] == "...":
            self.at += 3
            return ...
        if word == "...":
            return ...
        self.at = start
        self.wrong()

    def string(self, raw):
        quote = self.text[self.at]
        if self.text.startswith(quote * 3, self.at):
            quote *= 3
        self.at += len(quote)
        while not self.text.startswith(quote, self.at):
            if self.at >= len(self.text):
                self.wrong()
            self.at += 2 if self.text[self.at] == "\\" else 1
        self.at += len(quote)
