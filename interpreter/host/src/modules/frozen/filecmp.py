"""Whether files are the same, and in what two folders differ."""

import os
from types import GenericAlias

__all__ = ["clear_cache", "cmp", "dircmp", "cmpfiles", "DEFAULT_IGNORES"]
DEFAULT_IGNORES = ["RCS", "CVS", "tags", ".git", ".hg", ".bzr", "_darcs", "__pycache__"]
_cache = {}
_BLOCK = 8192


def clear_cache():
    _cache.clear()


def _signature(path):
    import stat

    status = os.stat(path)
    return stat.S_IFMT(status.st_mode), status.st_size, status.st_mtime


def cmp(f1, f2, shallow=True):
    """Whether two files are the same: `shallow`, those with the same kind, size and time are."""
    first, second = _signature(f1), _signature(f2)
    if first[0] != 0o100000 or second[0] != 0o100000:
        return False
    if shallow and first == second:
        return True
    if first[1] != second[1]:
        return False
    key = (f1, f2, first, second)
    if key not in _cache:
        if len(_cache) > 100:
            clear_cache()
        _cache[key] = _same(f1, f2)
    return _cache[key]


def _same(f1, f2):
    with open(f1, "rb") as a, open(f2, "rb") as b:
        while True:
            left, right = a.read(_BLOCK), b.read(_BLOCK)
            if left != right:
                return False
            if not left:
                return True


def cmpfiles(a, b, common, shallow=True):
    """The names of files that are the same in both folders, that differ, and that could not be compared."""
    found = ([], [], [])
    for name in common:
        try:
            kind = 0 if cmp(os.path.join(a, name), os.path.join(b, name), shallow) else 1
        except (OSError, ValueError):
            kind = 2
        found[kind].append(name)
    return found


class dircmp:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, a, b, ignore=None, hide=None):
        self.left, self.right = a, b
        self.hide = [os.curdir, os.pardir] if hide is None else hide
        self.ignore = DEFAULT_IGNORES if ignore is None else ignore

    def __getattr__(self, name):
        finder = _FINDERS.get(name)
        if finder is None:
            raise AttributeError(name)
        finder(self)
        return self.__dict__[name]

    def _names(self):
        without = set(self.hide) | set(self.ignore)
        self.left_list, self.right_list = [sorted(set(os.listdir(path)) - without) for path in (self.left, self.right)]

    def _sides(self):
        left, right = {os.path.normcase(name): name for name in self.left_list}, {os.path.normcase(name): name for name in self.right_list}
        self.common = [name for key, name in left.items() if key in right]
        self.left_only = [name for key, name in left.items() if key not in right]
        self.right_only = [name for key, name in right.items() if key not in left]

    def _kinds(self):
        self.common_dirs, self.common_files, self.common_funny = [], [], []
        for name in self.common:
            paths = [os.path.join(folder, name) for folder in (self.left, self.right)]
            try:
                modes = {os.stat(path).st_mode & 0o170000 for path in paths}
            except (OSError, ValueError):
                modes = ()
            if modes == {0o040000}:
                self.common_dirs.append(name)
            elif modes == {0o100000}:
                self.common_files.append(name)
            else:
                self.common_funny.append(name)

    def _files(self):
        self.same_files, self.diff_files, self.funny_files = cmpfiles(self.left, self.right, self.common_files)

    def _folders(self):
        self.subdirs = {
            name: self.__class__(os.path.join(self.left, name), os.path.join(self.right, name), self.ignore, self.hide) for name in self.common_dirs
        }

    def report(self):
        print("diff", self.left, self.right)
        for title, names in (
            ("Only in %s" % self.left, self.left_only), ("Only in %s" % self.right, self.right_only), ("Identical files", self.same_files),
            ("Differing files", self.diff_files), ("Trouble with common files", self.funny_files), ("Common subdirectories", self.common_dirs),
            ("Common funny cases", self.common_funny),
        ):
            if names:
                print(title, ":", sorted(names))

    def report_partial_closure(self):
        self.report()
        for inner in self.subdirs.values():
            print()
            inner.report()

    def report_full_closure(self):
        self.report()
        for inner in self.subdirs.values():
            print()
            inner.report_full_closure()


_FINDERS = {
    "left_list": dircmp._names, "right_list": dircmp._names, "common": dircmp._sides, "left_only": dircmp._sides, "right_only": dircmp._sides,
    "common_dirs": dircmp._kinds, "common_files": dircmp._kinds, "common_funny": dircmp._kinds, "same_files": dircmp._files,
    "diff_files": dircmp._files, "funny_files": dircmp._files, "subdirs": dircmp._folders,
}


def demo():
    """`python -m filecmp`: compares two folders, with -r also those within."""
    import getopt
    import sys

    options, words = getopt.getopt(sys.argv[1:], "r")
    if len(words) != 2:
        raise getopt.GetoptError("need exactly two args", None)
    compared = dircmp(*words)
    if ("-r", "") in options:
        compared.report_full_closure()
    else:
        compared.report()


if __name__ == "__main__":
    demo()
