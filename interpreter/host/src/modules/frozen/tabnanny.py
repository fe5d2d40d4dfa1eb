"""Finds indentation whose meaning depends on how wide a tab is."""

import os
import sys
import tokenize

__all__ = ["check", "NannyNag", "process_tokens"]

verbose = 0
filename_only = 0


class NannyNag(Exception):
    """An ambiguous indentation: the number of its line, why, and the line."""

    def __init__(self, lineno, msg, line):
        self.lineno, self.msg, self.line = lineno, msg, line

    def get_lineno(self):
        return self.lineno

    def get_msg(self):
        return self.msg

    def get_line(self):
        return self.line


def _widths(white, most):
    """How wide the white space is with tabs of every width up to `most`."""
    return [len(white.expandtabs(size)) for size in range(1, most + 1)]


def _compared(before, now, sign):
    """The widths of a tab at which the indentation `now` does not compare to `before` by `sign`, each with both columns."""
    # A tab that is wider than any run of blanks tells no more than one that is wider by a column.
    most = max(map(len, (before + "\t" + now).split("\t"))) + 1
    pairs = enumerate(zip(_widths(before, most), _widths(now, most)), 1)
    return [(size, old, new) for size, (old, new) in pairs if not (old < new if sign == "<" else old == new)]


def format_witnesses(w):
    """The widths in a list that begins each entry with one, as text."""
    return ("at tab sizes " if len(w) > 1 else "at tab size ") + ", ".join([str(each[0]) for each in w])


def process_tokens(tokens):
    """Raises `NannyNag` at the first indentation that some width of a tab would make another one."""
    levels, expected = [""], False
    for kind, text, start, _, line in tokens:
        if kind == tokenize.NEWLINE:
            expected = True
        elif kind == tokenize.INDENT:
            expected = False
            wrong = _compared(levels[-1], text, "<")
            if wrong:
                raise NannyNag(start[0], "indent not greater e.g. " + format_witnesses(wrong), line)
            levels.append(text)
        elif kind == tokenize.DEDENT:
            expected = True
            levels.pop()
        elif expected and kind not in (tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER):
            expected = False
            wrong = _compared(levels[-1], line[: len(line) - len(line.lstrip(" \t\f"))], "=")
            if wrong:
                raise NannyNag(start[0], "indent not equal e.g. " + format_witnesses(wrong), line)


def errprint(*args):
    sys.stderr.write(" ".join(map(str, args)) + "\n")
    sys.exit(1)


def check(file):
    """Checks a file, or all of Python below a folder, and prints what it finds."""
    if os.path.isdir(file) and not os.path.islink(file):
        if verbose:
            print("%r: listing directory" % (file,))
        for name in os.listdir(file):
            path = os.path.join(file, name)
            if os.path.isdir(path) and not os.path.islink(path) or os.path.normcase(name[-3:]) == ".py":
                check(path)
        return
    try:
        source = tokenize.open(file)
    except OSError as error:
        errprint("%r: I/O Error: %s" % (file, error))
        return
    if verbose > 1:
        print("checking %r ..." % file)
    try:
        with source:
            process_tokens(tokenize.generate_tokens(source.readline))
    except tokenize.TokenError as error:
        errprint("%r: Token Error: %s" % (file, error))
    except IndentationError as error:
        errprint("%r: Indentation Error: %s" % (file, error))
    except SyntaxError as error:
        errprint("%r: Token Error: %s" % (file, error))
    except NannyNag as nag:
        _print(file, nag)
    else:
        if verbose:
            print("%r: Clean bill of health." % (file,))


def _print(file, nag):
    if verbose:
        print("%r: *** Line %d: trouble in tab city! ***" % (file, nag.get_lineno()))
        print("offending line: %r" % (nag.get_line(),))
        print(nag.get_msg())
        return
    name = '"%s"' % file if " " in file else file
    print(name) if filename_only else print(name, nag.get_lineno(), repr(nag.get_line()))


def main():
    """`python -m tabnanny [-v] [-q] FILE...`"""
    import getopt

    global verbose, filename_only
    try:
        options, files = getopt.getopt(sys.argv[1:], "qv")
    except getopt.error as error:
        errprint(error)
        return
    for option, _ in options:
        filename_only += option == "-q"
        verbose += option == "-v"
    if not files:
        errprint("Usage:", sys.argv[0], "[-v] file_or_directory ...")
        return
    for file in files:
        check(file)


if __name__ == "__main__":
    main()
