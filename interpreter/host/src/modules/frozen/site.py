"""Where packages are looked for. Nothing is done when a program starts: the folders are those of `sys.path`."""

import builtins
import os
import sys

PREFIXES = [sys.prefix, sys.exec_prefix]
ENABLE_USER_SITE = True
USER_BASE = USER_SITE = None


def getuserbase():
    global USER_BASE
    if USER_BASE is None:
        USER_BASE = os.environ.get("PYTHONUSERBASE") or os.path.join(os.path.expanduser("~"), ".micropython")
    return USER_BASE


def getusersitepackages():
    global USER_SITE
    if USER_SITE is None:
        USER_SITE = os.path.join(getuserbase(), "lib")
    return USER_SITE


def getsitepackages(prefixes=None):
    return [path for path in ("/usr/lib/micropython",) if path in sys.path]


def check_enableusersite():
    return True


def makepath(*paths):
    folder = os.path.join(*paths)
    try:
        folder = os.path.abspath(folder)
    except OSError:
        pass
    return folder, os.path.normcase(folder)


def addpackage(sitedir, name, known_paths):
    """The folders that a `.pth` file names; a line that begins with `import` is run."""
    fresh = known_paths is None
    known = {makepath(path)[1] for path in sys.path if os.path.isdir(path)} if fresh else known_paths
    try:
        with open(os.path.join(sitedir, name)) as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line.startswith(("import ", "import\t")):
                exec(line)
                continue
            folder, key = makepath(sitedir, line.rstrip())
            if key not in known and os.path.exists(folder):
                sys.path.append(folder)
                known.add(key)
        except Exception as error:
            print("Error processing line %d of %s:\n\n  %s: %s" % (number, os.path.join(sitedir, name), type(error).__name__, error), file=sys.stderr)
            print("\nRemainder of file ignored", file=sys.stderr)
            break
    return None if fresh else known


def addsitedir(sitedir, known_paths=None):
    fresh = known_paths is None
    known = {makepath(path)[1] for path in sys.path if os.path.isdir(path)} if fresh else known_paths
    sitedir, key = makepath(sitedir)
    if key not in known:
        sys.path.append(sitedir)
        known.add(key)
    try:
        names = os.listdir(sitedir)
    except OSError:
        return None
    for name in sorted([name for name in names if name.endswith(".pth") and not name.startswith(".")]):
        addpackage(sitedir, name, known)
    return None if fresh else known


def main():
    pass


class _Quit:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "Use %s() or Ctrl-D (i.e. EOF) to exit" % self.name

    def __call__(self, code=None):
        raise SystemExit(code)


def setquit():
    builtins.quit, builtins.exit = _Quit("quit"), _Quit("exit")


_HELP = """\
%s [--user-base] [--user-site]

Without arguments print some useful information
With arguments print the value of USER_BASE and/or USER_SITE separated
by '%s'.

Exit codes with --user-base or --user-site:
  0 - user site directory is enabled
  1 - user site directory is disabled by user
  2 - user site directory is disabled by super user
      or for security reasons
 >2 - unknown error
"""


def _script():
    """`python -m site`: what is known of the folders."""
    words = sys.argv[1:]
    base, packages = getuserbase(), getusersitepackages()
    if not words:
        print("sys.path = [")
        for folder in sys.path:
            print("    %r," % (folder,))
        print("]")
        for name, folder in (("USER_BASE", base), ("USER_SITE", packages)):
            print("%s: %r (%s)" % (name, folder, "exists" if os.path.isdir(folder) else "doesn't exist"))
        print("ENABLE_USER_SITE: %r" % ENABLE_USER_SITE)
        sys.exit(0)
    shown = [folder for word, folder in (("--user-base", base), ("--user-site", packages)) if word in words]
    if not shown or set(words) - {"--user-base", "--user-site"}:
        print(_HELP % (sys.argv[0], os.pathsep))
        sys.exit(10)
    print(os.pathsep.join(shown))
    sys.exit(0)


if __name__ == "__main__":
    _script()
