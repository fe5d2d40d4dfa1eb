"""Pages shown by the browser of this computer."""

import os
import shlex
import shutil
import subprocess
import sys

__all__ = ["Error", "open", "open_new", "open_new_tab", "get", "register"]


class Error(Exception):
    pass


class BaseBrowser:
    args = ["%s"]

    def __init__(self, name=""):
        self.name = self.basename = name

    def open(self, url, new=0, autoraise=True):
        raise NotImplementedError

    def open_new(self, url):
        return self.open(url, 1)

    def open_new_tab(self, url):
        return self.open(url, 2)


class GenericBrowser(BaseBrowser):
    """A program that shows a page and is waited for; `%s` among its words stands for the page."""

    def __init__(self, name):
        words = [name] if isinstance(name, str) else list(name)
        super().__init__(words[0])
        self.args = ["%s"] if isinstance(name, str) else words[1:]
        self.basename = os.path.basename(self.name)

    def _command(self, url):
        return [self.name] + [word.replace("%s", url) for word in self.args]

    def open(self, url, new=0, autoraise=True):
        try:
            return not subprocess.Popen(self._command(url)).wait()
        except OSError:
            return False


class BackgroundBrowser(GenericBrowser):
    """A program that goes on beside this one."""

    def open(self, url, new=0, autoraise=True):
        try:
            return subprocess.Popen(self._command(url), start_new_session=True).poll() is None
        except OSError:
            return False


class UnixBrowser(BaseBrowser):
    """A program that asks one of itself that runs already."""

    remote_args, remote_action, remote_action_newwin, remote_action_newtab = ["%action", "%s"], None, None, None
    background, redirect_stdout = False, True

    def _command(self, url, new):
        action = {0: self.remote_action, 1: self.remote_action_newwin}.get(new, self.remote_action_newtab or self.remote_action_newwin)
        words = [word.replace("%s", url).replace("%action", action or "") for word in self.remote_args]
        return [self.name] + [word for word in words if word]

    def open(self, url, new=0, autoraise=True):
        if new not in (0, 1, 2):
            raise Error("Bad 'new' parameter to open(); expected 0, 1, or 2, got %s" % new)
        out = subprocess.DEVNULL if self.redirect_stdout else None
        try:
            child = subprocess.Popen(self._command(url, new), stdout=out, stderr=out, start_new_session=True)
        except OSError:
            return False
        try:
            return child.wait(5) == 0
        except subprocess.TimeoutExpired:
            return True


class Mozilla(UnixBrowser):
    remote_action, remote_action_newwin, remote_action_newtab, background = "", "-new-window", "-new-tab", True


class Chrome(UnixBrowser):
    remote_action, remote_action_newwin, remote_action_newtab, background = "", "--new-window", "", True


Chromium = Chrome


class Elinks(UnixBrowser):
    redirect_stdout = False


_browsers = {}
_tryorder = None
_KNOWN = (
    ("xdg-open", BackgroundBrowser), ("x-www-browser", BackgroundBrowser), ("firefox", Mozilla), ("google-chrome", Chrome), ("chromium", Chrome),
    ("chromium-browser", Chrome), ("open", GenericBrowser),
)
_TERMINAL = ("www-browser", "links", "elinks", "lynx", "w3m")


def register(name, klass, instance=None, *, preferred=False):
    """Another browser: its class, or the browser itself."""
    if _tryorder is None:
        _look()
    _browsers[name.lower()] = [klass, instance]
    if preferred:
        _tryorder.insert(0, name)
    else:
        _tryorder.append(name)


def _look():
    """What this computer has, with what the environment wishes in front."""
    global _tryorder
    _tryorder = []
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin":
        for name, kind in _KNOWN:
            if shutil.which(name):
                register(name, None, kind(name))
    if os.environ.get("TERM"):
        for name in _TERMINAL:
            if shutil.which(name):
                register(name, None, GenericBrowser(name))
    for line in reversed(os.environ.get("BROWSER", "").split(os.pathsep)):
        if line:
            register(line, None, get(line), preferred=True)


def get(using=None):
    if _tryorder is None:
        _look()
    for name in _tryorder if using is None else [using]:
        if "%s" in name:
            words = shlex.split(name)
            return BackgroundBrowser(words[:-1]) if words[-1] == "&" else GenericBrowser(words)
        known = _browsers.get(name.lower())
        if known is None and shutil.which(name):
            known = _browsers[name.lower()] = [None, GenericBrowser(name)]
        if known is not None:
            return known[1] if known[1] is not None else known[0]()
    raise Error("could not locate runnable browser")


def open(url, new=0, autoraise=True):
    """Shows a page: in the same window (0), a new one (1), a new tab (2). Whether a browser could be started."""
    if _tryorder is None:
        _look()
    return any(get(name).open(url, new, autoraise) for name in _tryorder)


def open_new(url):
    return open(url, 1)


def open_new_tab(url):
    return open(url, 2)


def main():
    """`python -m webbrowser`: shows a page."""
    import getopt

    usage = "Usage: %s [-n | -t] url\n    -n: open new window\n    -t: open new tab" % sys.argv[0]
    try:
        options, words = getopt.getopt(sys.argv[1:], "ntdh")
    except getopt.error as error:
        print(error, file=sys.stderr)
        print(usage, file=sys.stderr)
        sys.exit(1)
    new = 0
    for name, _ in options:
        new = {"-n": 1, "-t": 2}.get(name, new)
    if len(words) != 1:
        print(usage, file=sys.stderr)
        sys.exit(1)
    if not open(words[0], new):
        print("could not locate runnable browser", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
