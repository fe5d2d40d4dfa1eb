"""Files and trees of files: copied, moved, removed, packed; and what is on the way to a program."""

import errno
import os
import stat
from collections import namedtuple
from fnmatch import filter as _filter

__all__ = [
    "Error", "ExecError", "SameFileError", "SpecialFileError", "chown", "copy", "copy2", "copyfile", "copyfileobj", "copymode", "copystat",
    "copytree", "disk_usage", "get_archive_formats", "get_terminal_size", "get_unpack_formats", "ignore_patterns", "make_archive", "move",
    "register_archive_format", "register_unpack_format", "rmtree", "unpack_archive", "unregister_archive_format", "unregister_unpack_format", "which",
]

COPY_BUFSIZE = 65536


class Error(OSError):
    pass


class SameFileError(Error):
    pass


class SpecialFileError(OSError):
    pass


class ExecError(OSError):
    pass


class ReadError(OSError):
    pass


class _GiveupOnFastCopy(Exception):
    """What CPython raises for itself where the system cannot copy: here files are copied by reading and writing them."""


# Ways that are not taken here.
_USE_CP_SENDFILE = _use_fd_functions = False


class RegistryError(Exception):
    pass


def copyfileobj(fsrc, fdst, length=0):
    while True:
        part = fsrc.read(length or COPY_BUFSIZE)
        if not part:
            return
        fdst.write(part)


def _same(src, dst):
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return os.path.normcase(os.path.abspath(src)) == os.path.normcase(os.path.abspath(dst))


def copyfile(src, dst, *, follow_symlinks=True):
    if _same(src, dst):
        raise SameFileError("%r and %r are the same file" % (src, dst))
    for path in (src, dst):
        try:
            about = os.stat(path)
        except OSError:
            continue
        if stat.S_ISFIFO(about.st_mode):
            raise SpecialFileError("`%s` is a named pipe" % os.fspath(path))
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    if os.fsencode(dst)[-1:] == b"/" and not os.path.isdir(dst):
        raise FileNotFoundError("Directory does not exist: %s" % os.fsdecode(dst))
    with open(src, "rb") as source, open(dst, "wb") as target:
        copyfileobj(source, target)
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    os.chmod(dst, stat.S_IMODE(os.stat(src).st_mode))


def copystat(src, dst, *, follow_symlinks=True):
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    about = os.stat(src)
    os.utime(dst, ns=(about.st_atime_ns, about.st_mtime_ns))
    # What a file is noted with goes before its permissions, which may forbid that.
    _copyxattr(src, dst, follow_symlinks=follow_symlinks)
    os.chmod(dst, stat.S_IMODE(about.st_mode))


# What a file system says that keeps no such notes, or not these.
_NOT_NOTED = {errno.EPERM, errno.ENOTSUP, errno.ENODATA, errno.EINVAL, errno.EACCES}


def _copyxattr(src, dst, *, follow_symlinks=True):
    """Copies what is noted with a file beside its bytes, as far as the file systems do."""
    try:
        names = os.listxattr(src, follow_symlinks=follow_symlinks)
    except OSError as error:
        if error.errno not in _NOT_NOTED:
            raise
        return
    for name in names:
        try:
            os.setxattr(dst, name, os.getxattr(src, name, follow_symlinks=follow_symlinks), follow_symlinks=follow_symlinks)
        except OSError as error:
            if error.errno not in _NOT_NOTED:
                raise


def _within(src, dst):
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    dst = _within(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    dst = _within(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


def ignore_patterns(*patterns):
    def ignored(path, names):
        return {name for pattern in patterns for name in _filter(names, pattern)}

    return ignored


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    with os.scandir(src) as found:
        entries = list(found)
    ignored = set() if ignore is None else ignore(os.fspath(src), [entry.name for entry in entries])
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    for entry in entries:
        if entry.name in ignored:
            continue
        source, target = os.path.join(src, entry.name), os.path.join(dst, entry.name)
        # A function that is not ours may want to see the entry.
        shown = entry if copy_function is copy2 or copy_function is copy else source
        try:
            if entry.is_symlink():
                link = os.readlink(source)
                if symlinks:
                    os.symlink(link, target)
                    continue
                if not os.path.exists(source) and ignore_dangling_symlinks:
                    continue
            if entry.is_dir():
                copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(shown, target)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as error:
            errors.append((source, target, str(error)))
    try:
        copystat(src, dst)
    except OSError as error:
        errors.append((src, dst, str(error)))
    if errors:
        raise Error(errors)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    import sys

    def failed(function, where, error):
        if ignore_errors:
            return
        if onexc is not None:
            onexc(function, where, error)
        elif onerror is not None:
            onerror(function, where, sys.exc_info())
        else:
            raise error

    try:
        if os.path.islink(path):
            raise OSError("Cannot call rmtree on a symbolic link")
    except OSError as error:
        failed(os.path.islink, path, error)
        return
    _remove(path, failed)


rmtree.avoids_symlink_attacks = False


def _remove(path, failed):
    try:
        entries = list(os.scandir(path))
    except OSError as error:
        failed(os.scandir, path, error)
        entries = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _remove(entry.path, failed)
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
    target = dst
    if os.path.isdir(dst):
        if _same(src, dst) and not os.path.islink(src):
            os.rename(src, dst)
            return None
        target = os.path.join(dst, os.path.basename(os.fspath(src).rstrip("/")))
        if os.path.exists(target):
            raise Error("Destination path '%s' already exists" % target)
    try:
        os.rename(src, target)
    except OSError:
        if os.path.islink(src):
            os.symlink(os.readlink(src), target)
            os.unlink(src)
        elif os.path.isdir(src):
            if (os.path.abspath(dst) + os.sep).startswith(os.path.abspath(src) + os.sep):
                raise Error("Cannot move a directory '%s' into itself '%s'." % (src, dst)) from None
            copytree(src, target, symlinks=True, copy_function=copy_function)
            rmtree(src)
        else:
            copy_function(src, target)
            os.unlink(src)
    return target


usage = namedtuple("usage", "total used free")


def disk_usage(path):
    about = os.statvfs(os.fspath(path))
    total, free = about[1] * about[2], about[1] * about[3]
    return usage(total, total - free, free)


def chown(path, user=None, group=None):
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    uid, gid = -1 if user is None else user, -1 if group is None else group
    if isinstance(user, str):
        import pwd

        try:
            uid = pwd.getpwnam(user).pw_uid
        except KeyError:
            raise LookupError("no such user: %r" % user) from None
    if isinstance(group, str):
        import grp

        try:
            gid = grp.getgrnam(group).gr_gid
        except KeyError:
            raise LookupError("no such group: %r" % group) from None
    os.chown(path, uid, gid)


def get_terminal_size(fallback=(80, 24)):
    said = []
    for name in ("COLUMNS", "LINES"):
        try:
            said.append(int(os.environ[name]))
        except (KeyError, ValueError):
            said.append(0)
    columns, lines = said
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size()
        except (OSError, AttributeError, ValueError):
            size = fallback
        columns, lines = columns if columns > 0 else size[0] or fallback[0], lines if lines > 0 else size[1] or fallback[1]
    return os.terminal_size((columns, lines))


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    fits = lambda name: os.path.exists(name) and os.access(name, mode) and not os.path.isdir(name)
    if os.path.dirname(cmd):
        return cmd if fits(cmd) else None
    if path is None:
        path = os.environ.get("PATH", os.defpath)
    if not path:
        return None
    is_bytes = isinstance(cmd, bytes)
    path = os.fsencode(path) if is_bytes else os.fsdecode(path)
    for folder in dict.fromkeys(path.split(b":" if is_bytes else ":")):
        name = os.path.join(folder, cmd)
        if fits(name):
            return name
    return None


# Archives.


def _tar(mode):
    def make(base_name, base_dir, owner=None, group=None, verbose=0, dry_run=0, logger=None, root_dir=None):
        import tarfile

        name = base_name + ".tar" + {"": "", "gz": ".gz", "bz2": ".bz2", "xz": ".xz"}[mode]
        above = os.path.dirname(name)
        if above and not os.path.exists(above) and not dry_run:
            os.makedirs(above)
        if not dry_run:
            with tarfile.open(name, "w:" + mode if mode else "w") as archive:
                archive.add(base_dir if root_dir is None else os.path.join(root_dir, base_dir), base_dir)
        return name

    return make


def _zip(base_name, base_dir, verbose=0, dry_run=0, logger=None, owner=None, group=None, root_dir=None):
    import zipfile

    name = base_name + ".zip"
    above = os.path.dirname(base_name)
    if above and not os.path.exists(above) and not dry_run:
        os.makedirs(above)
    if dry_run:
        return name
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        top = base_dir if root_dir is None else os.path.join(root_dir, base_dir)
        shown = lambda path: os.path.normpath(path if root_dir is None else os.path.relpath(path, root_dir))
        if shown(top) != os.curdir:
            archive.write(top, shown(top))
        for folder, folders, files in os.walk(top):
            for one in sorted(folders) + files:
                path = os.path.join(folder, one)
                if one in folders or os.path.isfile(path):
                    archive.write(path, shown(path))
    return name


_ARCHIVES = {
    "tar": (_tar(""), "uncompressed tar file"),
    "gztar": (_tar("gz"), "gzip'ed tar-file"),
    "bztar": (_tar("bz2"), "bzip2'ed tar-file"),
    "xztar": (_tar("xz"), "xz'ed tar-file"),
    "zip": (_zip, "ZIP file"),
}


def get_archive_formats():
    return sorted([(name, said) for name, (_, said) in _ARCHIVES.items()])


def register_archive_format(name, function, extra_args=None, description=""):
    extra_args = [] if extra_args is None else extra_args
    if not callable(function):
        raise TypeError("The %s object is not callable" % function)
    if not isinstance(extra_args, (tuple, list)):
        raise TypeError("extra_args needs to be a sequence")
    if any([not isinstance(pair, (tuple, list)) or len(pair) != 2 for pair in extra_args]):
        raise TypeError("extra_args elements are : (arg_name, value)")

    def make(base_name, base_dir, root_dir=None, **options):
        before = os.getcwd()
        if root_dir is not None:
            os.chdir(root_dir)
        try:
            return function(base_name, base_dir, **dict(extra_args), **options)
        finally:
            os.chdir(before)

    _ARCHIVES[name] = make, description


def unregister_archive_format(name):
    del _ARCHIVES[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None, logger=None):
    try:
        make = _ARCHIVES[format][0]
    except KeyError:
        raise ValueError("unknown archive format '%s'" % format) from None
    base_name = os.fspath(base_name)
    if root_dir is not None:
        about = os.stat(root_dir)
        if not stat.S_ISDIR(about.st_mode):
            raise NotADirectoryError(20, "Not a directory", root_dir)
        base_name, root_dir = os.path.abspath(base_name), os.fspath(root_dir)
    return make(base_name, os.curdir if base_dir is None else base_dir, dry_run=dry_run, logger=logger, owner=owner, group=group, root_dir=root_dir)


def _unpack_zip(filename, extract_dir):
    import zipfile

    if not zipfile.is_zipfile(filename):
        raise ReadError("%s is not a zip file" % filename)
    with zipfile.ZipFile(filename) as archive:
        archive.extractall(extract_dir)


def _unpack_tar(filename, extract_dir, *, filter=None):
    import tarfile

    try:
        archive = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError("%s is not a compressed or uncompressed tar file" % filename) from None
    with archive:
        archive.extractall(extract_dir, filter=filter)


_UNPACKERS = {
    "tar": ([".tar"], _unpack_tar, {}, "uncompressed tar file"),
    "gztar": ([".tar.gz", ".tgz"], _unpack_tar, {}, "gzip'ed tar-file"),
    "bztar": ([".tar.bz2", ".tbz2"], _unpack_tar, {}, "bzip2'ed tar-file"),
    "xztar": ([".tar.xz", ".txz"], _unpack_tar, {}, "xz'ed tar-file"),
    "zip": ([".zip"], _unpack_zip, {}, "ZIP file"),
}


def get_unpack_formats():
    return sorted([(name, row[0], row[3]) for name, row in _UNPACKERS.items()])


def register_unpack_format(name, extensions, function, extra_args=None, description=""):
    known = {extension: other for other, row in _UNPACKERS.items() for extension in row[0]}
    for extension in extensions:
        if extension in known:
            raise RegistryError('%s is already registered for "%s"' % (extension, known[extension]))
    if not callable(function):
        raise TypeError("The registered function must be a callable")
    _UNPACKERS[name] = extensions, function, dict(extra_args or ()), description


def unregister_unpack_format(name):
    del _UNPACKERS[name]


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    extract_dir, filename = os.getcwd() if extract_dir is None else os.fspath(extract_dir), os.fspath(filename)
    more = {} if filter is None else {"filter": filter}
    if format is None:
        format = next((name for name, row in _UNPACKERS.items() if any([filename.endswith(extension) for extension in row[0]])), None)
        if format is None:
            raise ReadError("Unknown archive format '%s'" % filename)
    elif format not in _UNPACKERS:
        raise ValueError("Unknown unpack format '%s'" % format)
    _, function, extra, _ = _UNPACKERS[format]
    function(filename, extract_dir, **extra, **more)
