"""Files whose paths a pattern of the shell matches."""

import fnmatch
import os

__all__ = ["escape", "glob", "iglob"]


def has_magic(s):
    return any([c in s for c in (b"*?[" if isinstance(s, bytes) else "*?[")])


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pathname = os.fspath(pathname)
    root = os.fspath(root_dir) if root_dir is not None else type(pathname)()
    if isinstance(pathname, bytes):
        for path in iglob(os.fsdecode(pathname), root_dir=os.fsdecode(root), recursive=recursive, include_hidden=include_hidden):
            yield os.fsencode(path)
        return
    for path in _matches(root, pathname, recursive, include_hidden, False):
        if path:
            yield path


# Paths below `root` that `pattern` matches; its last part must be a directory if `inner`.
def _matches(root, pattern, recursive, hidden, inner):
    head, tail = os.path.split(pattern)
    if not has_magic(pattern):
        if tail and os.path.lexists(os.path.join(root, pattern)) or not tail and os.path.isdir(os.path.join(root, head)):
            yield pattern
        return
    if not head:
        yield from _in_directory(root, "", tail, recursive, hidden, inner)
        return
    heads = _matches(root, head, recursive, hidden, True) if head != pattern and has_magic(head) else [head]
    for directory in heads:
        yield from _in_directory(root, directory, tail, recursive, hidden, inner)


def _in_directory(root, directory, pattern, recursive, hidden, inner):
    if recursive and pattern == "**":
        yield os.path.join(directory, "") if directory else ""
        yield from _below(root, directory, hidden, inner)
        return
    if not has_magic(pattern):
        path = os.path.join(directory, pattern)
        if os.path.isdir(os.path.join(root, directory)) if not pattern else os.path.lexists(os.path.join(root, path)):
            yield path
        return
    matches = fnmatch._matcher(pattern)
    hidden = hidden or pattern.startswith(".")
    # What ends in a slash already, or is nothing, gets none.
    before = os.path.join(directory, "")
    for name in _names(os.path.join(root, directory), inner):
        if (hidden or not name.startswith(".")) and matches(name) is not None:
            yield before + name


def _names(directory, inner):
    """What a directory has, or only the directories in it: nobody is asked what a name is who need not know it."""
    try:
        if not inner:
            return os.listdir(directory or ".")
        return [entry.name for entry in os.scandir(directory or ".") if entry.is_dir()]
    except OSError:
        return []


def _kinds(directory):
    try:
        return [(entry.name, entry.is_dir()) for entry in os.scandir(directory or ".")]
    except OSError:
        return []


def _below(root, directory, hidden, inner):
    for name, is_directory in _kinds(os.path.join(root, directory)):
        if hidden or not name.startswith("."):
            path = os.path.join(directory, name)
            if is_directory or not inner:
                yield path
            if is_directory:
                yield from _below(root, path, hidden, inner)


def escape(pathname):
    """The pattern that matches this path only."""
    if isinstance(pathname, bytes):
        return escape(pathname.decode("latin-1")).encode("latin-1")
    return "".join(["[%s]" % c if c in "*?[" else c for c in pathname])
