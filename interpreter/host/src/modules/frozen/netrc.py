"""`.netrc`: names and passwords for machines."""

import os

__all__ = ["NetrcParseError", "netrc"]


class NetrcParseError(Exception):
    def __init__(self, msg, filename=None, lineno=None):
        self.filename, self.lineno, self.msg = filename, lineno, msg
        super().__init__(msg)

    def __str__(self):
        return "%s (%s, line %s)" % (self.msg, self.filename, self.lineno)


class _Words:
    """Words with quotes and backslashes; a comment is the parser's to see."""

    def __init__(self, file):
        self.text, self.at, self.line = file.read(), 0, 1

    def rest_of_line(self):
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end + 1
        line, self.at = self.text[self.at : end], end
        self.line += line.endswith("\n")
        return line

    def next(self):
        text = self.text
        while self.at < len(text) and text[self.at] in " \t\r\n":
            self.line += text[self.at] == "\n"
            self.at += 1
        word, quoted = "", False
        if text[self.at : self.at + 1] == '"':
            quoted = True
            self.at += 1
        while self.at < len(text):
            c = text[self.at]
            if quoted and c == '"':
                self.at += 1
                break
            if not quoted and c in " \t\r\n":
                break
            if c == "\\" and self.at + 1 < len(text):
                self.at += 1
                c = text[self.at]
            word += c
            self.at += 1
        return word


class netrc:
    def __init__(self, file=None):
        default = file is None
        if default:
            file = os.path.join(os.path.expanduser("~"), ".netrc")
        self.hosts, self.macros = {}, {}
        with open(file, encoding="utf-8") as stream:
            self._parse(file, stream, default)

    def _parse(self, name, stream, default):
        words = _Words(stream)
        while True:
            word = words.next()
            if not word:
                return
            if word[0] == "#":
                words.rest_of_line()
                continue
            if word == "machine":
                host = words.next()
            elif word == "default":
                host = "default"
            elif word == "macdef":
                macro = words.next()
                words.rest_of_line()
                lines = []
                while True:
                    one = words.rest_of_line()
                    if not one:
                        raise NetrcParseError("Macro definition missing null line terminator.", name, words.line)
                    if one == "\n":
                        break
                    lines.append(one)
                self.macros[macro] = lines
                continue
            else:
                raise NetrcParseError("bad toplevel token %r" % word, name, words.line)
            if not host:
                raise NetrcParseError("missing %r name" % word, name, words.line)
            self._entry(name, words, host, default)

    def _entry(self, name, words, host, default):
        said = {"login": "", "account": "", "password": ""}
        while True:
            at, line = words.at, words.line
            word = words.next()
            if word.startswith("#"):
                words.rest_of_line()
                continue
            if word in ("", "machine", "default", "macdef"):
                words.at, words.line = at, line
                break
            key = "login" if word == "user" else word
            if key not in said:
                raise NetrcParseError("bad follower token %r" % word, name, words.line)
            said[key] = words.next()
        if default and said["login"] not in ("", "anonymous"):
            self._check_owner(name)
        self.hosts[host] = said["login"], said["account"], said["password"]

    def _check_owner(self, name):
        about = os.stat(name)
        if about.st_uid != os.getuid():
            raise NetrcParseError("~/.netrc file owner does not match current user", name)
        if about.st_mode & 0o77:
            raise NetrcParseError("~/.netrc access too permissive: access permissions must restrict access to only the owner", name)

    def authenticators(self, host):
        return self.hosts.get(host) or self.hosts.get("default")

    def __repr__(self):
        out = []
        for host, (login, account, password) in self.hosts.items():
            out.append("machine %s\n\tlogin %s\n" % (host, login))
            if account:
                out.append("\taccount %s\n" % account)
            out.append("\tpassword %s\n" % password)
        for macro, lines in self.macros.items():
            out.append("macdef %s\n%s\n" % (macro, "".join(lines)))
        return "".join(out)
