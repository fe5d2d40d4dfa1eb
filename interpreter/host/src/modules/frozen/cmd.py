"""Prompts of a program's own: a line is a command, and a method `do_COMMAND` does it."""

import sys

__all__ = ["Cmd"]

PROMPT = "(Cmd) "
IDENTCHARS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"


class Cmd:
    prompt, identchars, ruler, lastcmd, intro = PROMPT, IDENTCHARS, "=", "", None
    doc_leader, doc_header = "", "Documented commands (type help <topic>):"
    misc_header, undoc_header, nohelp = "Miscellaneous help topics:", "Undocumented commands:", "*** No help on %s"
    use_rawinput = 1

    def __init__(self, completekey="tab", stdin=None, stdout=None):
        self.stdin = sys.stdin if stdin is None else stdin
        self.stdout = sys.stdout if stdout is None else stdout
        self.cmdqueue, self.completekey = [], completekey

    def cmdloop(self, intro=None):
        self.preloop()
        if intro is not None:
            self.intro = intro
        if self.intro:
            self.stdout.write(str(self.intro) + "\n")
        stop = None
        while not stop:
            line = self.precmd(self.cmdqueue.pop(0) if self.cmdqueue else self._line())
            stop = self.postcmd(self.onecmd(line), line)
        self.postloop()

    def _line(self):
        if self.use_rawinput:
            try:
                return input(self.prompt)
            except EOFError:
                return "EOF"
        self.stdout.write(self.prompt)
        self.stdout.flush()
        line = self.stdin.readline()
        return line.rstrip("\r\n") if line else "EOF"

    def precmd(self, line):
        return line

    def postcmd(self, stop, line):
        return stop

    def preloop(self):
        pass

    def postloop(self):
        pass

    def parseline(self, line):
        """The command, what follows it, and the line as it was understood."""
        line = line.strip()
        if not line:
            return None, None, line
        if line[0] == "?":
            line = "help " + line[1:]
        elif line[0] == "!":
            if not hasattr(self, "do_shell"):
                return None, None, line
            line = "shell " + line[1:]
        end = 0
        while end < len(line) and line[end] in self.identchars:
            end += 1
        return line[:end], line[end:].strip(), line

    def onecmd(self, line):
        command, rest, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if command is None:
            return self.default(line)
        self.lastcmd = "" if line == "EOF" else line
        method = getattr(self, "do_" + command, None) if command else None
        return self.default(line) if method is None else method(rest)

    def emptyline(self):
        return self.onecmd(self.lastcmd) if self.lastcmd else None

    def default(self, line):
        self.stdout.write("*** Unknown syntax: %s\n" % line)

    def completedefault(self, *ignored):
        return []

    def completenames(self, text, *ignored):
        return [name[3:] for name in self.get_names() if name.startswith("do_" + text)]

    def complete_help(self, *args):
        topics = {name[5:] for name in self.get_names() if name.startswith("help_" + args[0])}
        return list(set(self.completenames(*args)) | topics)

    def get_names(self):
        return dir(self.__class__)

    def do_help(self, arg):
        'List available commands with "help" or detailed help with "help cmd".'
        if arg:
            method = getattr(self, "help_" + arg, None)
            if method is not None:
                return method()
            text = getattr(getattr(self, "do_" + arg, None), "__doc__", None)
            self.stdout.write("%s\n" % (str(text) if text else self.nohelp % (arg,)))
            return None
        names = sorted(set(self.get_names()))
        topics = {name[5:] for name in names if name.startswith("help_")}
        documented, others = [], []
        for name in names:
            if not name.startswith("do_"):
                continue
            command = name[3:]
            if command in topics:
                topics.discard(command)
                documented.append(command)
            elif getattr(self, name).__doc__:
                documented.append(command)
            else:
                others.append(command)
        self.stdout.write("%s\n" % self.doc_leader)
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics), 15, 80)
        self.print_topics(self.undoc_header, others, 15, 80)

    def print_topics(self, header, cmds, cmdlen, maxcol):
        if cmds:
            self.stdout.write("%s\n" % header)
            if self.ruler:
                self.stdout.write("%s\n" % (self.ruler * len(header)))
            self.columnize(cmds, maxcol - 1)
            self.stdout.write("\n")

    def columnize(self, list, displaywidth=80):
        if not list:
            self.stdout.write("<empty>\n")
            return
        wrong = [i for i, item in enumerate(list) if not isinstance(item, str)]
        if wrong:
            raise TypeError("list[i] not a string for i in %s" % ", ".join(map(str, wrong)))
        for rows in range(1, len(list) + 1):
            columns = [list[i : i + rows] for i in range(0, len(list), rows)]
            widths = [max(map(len, column)) for column in columns]
            if sum(widths) + 2 * (len(widths) - 1) <= displaywidth:
                break
        for row in range(rows):
            cells = [column[row] if row < len(column) else "" for column in columns]
            while cells and not cells[-1]:
                cells.pop()
            self.stdout.write("  ".join([cell.ljust(width) for cell, width in zip(cells, widths)]) + "\n")
