"""Whole files and whole trees: copied, moved, removed."""

import os


class Error(OSError):
    pass


class SameFileError(Error):
    pass


COPY_BUFSIZE = 64 * 1024


def copyfileobj(fsrc, fdst, length=0):
    while chunk := fsrc.read(length or COPY_BUFSIZE):
        fdst.write(chunk)


def copyfile(src, dst, *, follow_symlinks=True):
    src, dst = os.fspath(src), os.fspath(dst)
    if os.path.exists(dst) and os.path.samefile(src, dst):
        raise SameFileError("%r and %r are the same file" % (src, dst))
    with open(src, "rb") as fsrc, open(dst, "wb") as fdst:
        copyfileobj(fsrc, fdst)
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    pass


copystat = copymode


def copy(src, dst, *, follow_symlinks=True):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    return copyfile(src, dst)


copy2 = copy


def ignore_patterns(*patterns):
    import fnmatch

    return lambda path, names: {name for pattern in patterns for name in fnmatch.filter(names, pattern)}


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    entries = list(os.scandir(src))
    ignored = ignore(os.fspath(src), [entry.name for entry in entries]) if ignore is not None else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    for entry in entries:
        if entry.name in ignored:
            continue
        target = os.path.join(dst, entry.name)
        try:
            if entry.is_dir():
                copytree(entry.path, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(entry.path, target)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as error:
            errors.append((entry.path, target, str(error)))
    if errors:
        raise Error(errors)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None):
    def failed(function, path, error):
        if onexc is not None:
            onexc(function, path, error)
        elif onerror is not None:
            onerror(function, path, (type(error), error, error.__traceback__))
        elif not ignore_errors:
            raise error

    path = os.fspath(path)
    try:
        entries = list(os.scandir(path))
    except OSError as error:
        return failed(os.scandir, path, error)
    for entry in entries:
        if entry.is_dir():
            rmtree(entry.path, ignore_errors, onerror, onexc=onexc)
            continue
        try:
            os.unlink(entry.path)
        except OSError as error:
            failed(os.unlink, entry.path, error)
    try:
        os.rmdir(path)
    except OSError as error:
        failed(os.rmdir, path, error)


def move(src, dst, copy_function=copy2):
    src, dst = os.fspath(src), os.fspath(dst)
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src.rstrip("/")))
        if os.path.exists(dst):
            raise Error("Destination path '%s' already exists" % dst)
    try:
        os.rename(src, dst)
    except OSError:
        if os.path.isdir(src):
            copytree(src, dst, copy_function=copy_function)
            rmtree(src)
        else:
            copy_function(src, dst)
            os.unlink(src)
    return dst


def disk_usage(path):
    from collections import namedtuple

    stat = os.statvfs(path)
    total, free = stat[0] * stat[2], stat[0] * stat[3]
    return namedtuple("usage", "total used free")(total, total - free, free)


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    if os.path.dirname(cmd):
        return cmd if os.path.isfile(cmd) else None
    for directory in (path or os.environ.get("PATH", os.defpath)).split(os.pathsep):
        candidate = os.path.join(directory, cmd)
        if os.path.isfile(candidate):
            return candidate
    return None


def get_terminal_size(fallback=(80, 24)):
    columns, lines = [int(text) if text.isdigit() else 0 for text in (os.environ.get("COLUMNS", ""), os.environ.get("LINES", ""))]
    return os.terminal_size(columns or fallback[0], lines or fallback[1])
