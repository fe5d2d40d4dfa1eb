"""Compiles all the files of folders, to see whether they can be."""

import importlib.util
import os
import py_compile
import re
import sys

__all__ = ["compile_dir", "compile_file", "compile_path"]

RECURSION_LIMIT = -1


def _inner(folder, quiet, maxlevels):
    """The files below a folder, in order."""
    if quiet < 2 and isinstance(folder, os.PathLike):
        folder = os.fspath(folder)
    if not quiet:
        print("Listing %r..." % folder)
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        if quiet < 2:
            print("Can't list %r" % folder)
        names = []
    for name in names:
        if name == "__pycache__":
            continue
        path = os.path.join(folder, name)
        if not os.path.isdir(path):
            yield path
        elif maxlevels > 0 and name not in (os.curdir, os.pardir) and not os.path.islink(path):
            yield from _inner(path, quiet, maxlevels - 1)


def compile_dir(
    dir, maxlevels=None, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1, workers=1, invalidation_mode=None, *, stripdir=None,
    prependdir=None, limit_sl_dest=None, hardlink_dupes=False,
):
    """Compiles what lies below a folder; whether all of it could be. One after the other, however many workers are asked for."""
    if ddir is not None and (stripdir is not None or prependdir is not None):
        raise ValueError("Destination dir (ddir) cannot be used in combination with stripdir or prependdir")
    if workers is not None and workers < 0:
        raise ValueError("workers must be greater or equal to 0")
    maxlevels = sys.getrecursionlimit() if maxlevels is None else maxlevels
    whole = True
    for path in list(_inner(dir, quiet, maxlevels)):
        if not compile_file(path, ddir, force, rx, quiet, legacy, optimize, invalidation_mode, stripdir=stripdir, prependdir=prependdir, limit_sl_dest=limit_sl_dest):
            whole = False
    return whole


def _shown_as(fullname, ddir, stripdir, prependdir):
    if ddir is not None:
        return os.path.join(ddir, os.path.basename(fullname))
    if stripdir is not None:
        parts, strip = fullname.split(os.path.sep), stripdir.split(os.path.sep)
        while strip and parts and strip[0] == parts[0]:
            del strip[0], parts[0]
        fullname = os.path.join(*parts) if parts else fullname
        return os.path.join(prependdir, fullname) if prependdir is not None else fullname
    return os.path.join(prependdir, fullname.lstrip(os.sep)) if prependdir is not None else None


def compile_file(
    fullname, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1, invalidation_mode=None, *, stripdir=None, prependdir=None,
    limit_sl_dest=None, hardlink_dupes=False,
):
    if ddir is not None and (stripdir is not None or prependdir is not None):
        raise ValueError("Destination dir (ddir) cannot be used in combination with stripdir or prependdir")
    fullname = os.fspath(fullname)
    name = os.path.basename(fullname)
    if rx is not None and rx.search(fullname) or not os.path.isfile(fullname) or not name.endswith(".py"):
        return True
    levels = [optimize] if isinstance(optimize, int) else sorted(set(optimize))
    whole = True
    for level in levels:
        made = fullname + "c" if legacy else importlib.util.cache_from_source(fullname, optimization="" if level < 1 else level)
        if not force:
            try:
                if os.path.getmtime(made) >= os.path.getmtime(fullname):
                    continue
            except OSError:
                pass
        if not quiet:
            print("Compiling %r..." % fullname)
        try:
            py_compile.compile(fullname, made, _shown_as(fullname, ddir, stripdir, prependdir), True, level, invalidation_mode)
        except (py_compile.PyCompileError, SyntaxError, UnicodeError, OSError) as error:
            whole = False
            if quiet >= 2:
                return whole
            print("*** Error compiling %r..." % fullname if quiet else "*** ", end="\n" if quiet or not isinstance(error, py_compile.PyCompileError) else "")
            print(error.msg if isinstance(error, py_compile.PyCompileError) else "%s: %s" % (type(error).__name__, error))
    return whole


def compile_path(skip_curdir=1, maxlevels=0, force=False, quiet=0, legacy=False, optimize=-1, invalidation_mode=None):
    whole = True
    for folder in sys.path:
        if (not folder or folder == os.curdir) and skip_curdir:
            if quiet < 2:
                print("Skipping current directory")
        else:
            whole &= bool(compile_dir(folder, maxlevels, None, force, quiet=quiet, legacy=legacy, optimize=optimize, invalidation_mode=invalidation_mode))
    return whole


def _arguments():
    import argparse

    parser = argparse.ArgumentParser(prog="compileall.py", description="Utilities to support installing Python libraries.")
    parser.add_argument("-l", action="store_const", const=0, dest="maxlevels", help="don't recurse into subdirectories")
    parser.add_argument("-r", type=int, dest="recursion", help="control the maximum recursion level; takes precedence over -l")
    parser.add_argument("-f", action="store_true", dest="force", help="force rebuild even if timestamps are up to date")
    parser.add_argument("-q", action="count", dest="quiet", default=0, help="output only error messages; -qq will suppress the error messages as well.")
    parser.add_argument("-b", action="store_true", dest="legacy", help="write compiled files beside their sources")
    parser.add_argument("-d", metavar="DESTDIR", dest="ddir", help="directory to prepend to file paths that errors show")
    parser.add_argument("-s", metavar="STRIPDIR", dest="stripdir", help="part of path to left-strip from what errors show")
    parser.add_argument("-p", metavar="PREPENDDIR", dest="prependdir", help="path to add as prefix to what errors show")
    parser.add_argument("-x", metavar="REGEXP", dest="rx", help="skip files whose path the regular expression is found in")
    parser.add_argument("-i", metavar="FILE", dest="flist", help='add all the files and directories listed in FILE; if "-", names are read from stdin')
    parser.add_argument("-j", "--workers", type=int, default=1, help="accepted, and without effect")
    parser.add_argument("--invalidation-mode", choices=["checked-hash", "timestamp", "unchecked-hash"], help="accepted, and without effect")
    parser.add_argument("-o", action="append", type=int, dest="opt_levels", help="Optimization levels to run compilation with")
    parser.add_argument("-e", metavar="DIR", dest="limit_sl_dest", help="Ignore symlinks pointing outsite of the DIR")
    parser.add_argument("--hardlink-dupes", action="store_true", help="accepted, and without effect")
    parser.add_argument("compile_dest", metavar="FILE|DIR", nargs="*", help="what is compiled; the folders of sys.path if nothing is named")
    return parser


def main():
    """`python -m compileall`; whether all went well."""
    parser = _arguments()
    given = parser.parse_args()
    if given.ddir is not None and (given.stripdir is not None or given.prependdir is not None):
        parser.error("-d cannot be used in combination with -s or -p")
    rx = re.compile(given.rx) if given.rx else None
    levels = given.opt_levels or [-1]
    depth = given.recursion if given.recursion is not None else given.maxlevels
    names = given.compile_dest
    if given.flist:
        try:
            lines = sys.stdin.readlines() if given.flist == "-" else open(given.flist, encoding="utf-8").readlines()
            names += [line.strip() for line in lines]
        except OSError:
            if given.quiet < 2:
                print("Error reading file list", given.flist)
            return False
    if not names:
        return compile_path(force=given.force, quiet=given.quiet, legacy=given.legacy)
    whole = True
    for name in names:
        if os.path.isfile(name):
            done = compile_file(name, given.ddir, given.force, rx, given.quiet, given.legacy, levels, stripdir=given.stripdir, prependdir=given.prependdir)
        else:
            done = compile_dir(name, depth, given.ddir, given.force, rx, given.quiet, given.legacy, levels, stripdir=given.stripdir, prependdir=given.prependdir)
        whole &= bool(done)
    return whole


if __name__ == "__main__":
    sys.exit(int(not main()))
