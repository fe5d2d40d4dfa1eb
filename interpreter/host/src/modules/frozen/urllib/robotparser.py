"""`robots.txt`: what a site lets programs fetch."""

import collections
import urllib.error
import urllib.parse

__all__ = ["RobotFileParser"]

RequestRate = collections.namedtuple("RequestRate", "requests seconds")


class RobotFileParser:
    def __init__(self, url=""):
        self.entries, self.sitemaps, self.default_entry = [], [], None
        self.disallow_all = self.allow_all = False
        self.last_checked = 0
        self.set_url(url)

    def mtime(self):
        return self.last_checked

    def modified(self):
        import time

        self.last_checked = time.time()

    def set_url(self, url):
        self.url = url
        self.host, self.path = urllib.parse.urlparse(url)[1:3]

    def read(self):
        import urllib.request

        try:
            answer = urllib.request.urlopen(self.url)
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                self.disallow_all = True
            elif 400 <= error.code < 500:
                self.allow_all = True
        else:
            self.parse(answer.read().decode("utf-8").splitlines())

    def _add_entry(self, entry):
        if "*" in entry.useragents:
            if self.default_entry is None:
                self.default_entry = entry
        else:
            self.entries.append(entry)

    def parse(self, lines):
        # What comes: 0 nothing yet, 1 agents, 2 rules.
        state, entry = 0, Entry()
        self.modified()
        for line in lines:
            if not line:
                if state == 1:
                    entry, state = Entry(), 0
                elif state == 2:
                    self._add_entry(entry)
                    entry, state = Entry(), 0
                continue
            line = line.partition("#")[0].strip()
            name, sign, value = line.partition(":")
            if not sign:
                continue
            name, value = name.strip().lower(), urllib.parse.unquote(value.strip())
            if name == "user-agent":
                if state == 2:
                    self._add_entry(entry)
                    entry = Entry()
                entry.useragents.append(value)
                state = 1
            elif name in ("disallow", "allow"):
                if state:
                    entry.rulelines.append(RuleLine(value, name == "allow"))
                    state = 2
            elif name == "crawl-delay":
                if state:
                    if value.strip().isdigit():
                        entry.delay = int(value)
                    state = 2
            elif name == "request-rate":
                if state:
                    numbers = value.split("/")
                    if len(numbers) == 2 and numbers[0].strip().isdigit() and numbers[1].strip().isdigit():
                        entry.req_rate = RequestRate(int(numbers[0]), int(numbers[1]))
                    state = 2
            elif name == "sitemap":
                self.sitemaps.append(value)
        if state == 2:
            self._add_entry(entry)

    def _entry(self, useragent):
        for entry in self.entries:
            if entry.applies_to(useragent):
                return entry
        return self.default_entry

    def can_fetch(self, useragent, url):
        if self.disallow_all:
            return False
        if self.allow_all:
            return True
        if not self.last_checked:
            return False
        parts = urllib.parse.urlparse(urllib.parse.unquote(url))
        url = urllib.parse.quote(urllib.parse.urlunparse(("", "", parts.path, parts.params, parts.query, parts.fragment))) or "/"
        entry = self._entry(useragent)
        return True if entry is None else entry.allowance(url)

    def crawl_delay(self, useragent):
        entry = self._entry(useragent) if self.mtime() else None
        return None if entry is None else entry.delay

    def request_rate(self, useragent):
        entry = self._entry(useragent) if self.mtime() else None
        return None if entry is None else entry.req_rate

    def site_maps(self):
        return self.sitemaps or None

    def __str__(self):
        entries = self.entries + ([self.default_entry] if self.default_entry is not None else [])
        return "\n\n".join(map(str, entries))


class RuleLine:
    def __init__(self, path, allowance):
        if path == "" and not allowance:
            allowance = True
        self.path, self.allowance = urllib.parse.quote(urllib.parse.urlunparse(urllib.parse.urlparse(path))), allowance

    def applies_to(self, filename):
        return self.path == "*" or filename.startswith(self.path)

    def __str__(self):
        return ("Allow" if self.allowance else "Disallow") + ": " + self.path


class Entry:
    def __init__(self):
        self.useragents, self.rulelines, self.delay, self.req_rate = [], [], None, None

    def __str__(self):
        lines = ["User-agent: " + agent for agent in self.useragents]
        if self.delay is not None:
            lines.append("Crawl-delay: %d" % self.delay)
        if self.req_rate is not None:
            lines.append("Request-rate: %d/%d" % self.req_rate)
        return "\n".join(lines + list(map(str, self.rulelines)))

    def applies_to(self, useragent):
        useragent = useragent.split("/")[0].lower()
        return any([agent == "*" or agent.lower() in useragent for agent in self.useragents])

    def allowance(self, filename):
        for line in self.rulelines:
            if line.applies_to(filename):
                return line.allowance
        return True
