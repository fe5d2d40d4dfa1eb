"""Users of this computer, as `/etc/passwd` has them."""

from collections import namedtuple


class struct_passwd(namedtuple("struct_passwd", "pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell")):
    __module__ = "pwd"

    def __repr__(self):
        return "pwd." + super().__repr__()


def getpwall():
    entries = []
    with open("/etc/passwd") as file:
        for line in file:
            parts = line.rstrip("\n").split(":")
            if len(parts) == 7 and parts[2].isdigit() and parts[3].isdigit():
                entries.append(struct_passwd(parts[0], parts[1], int(parts[2]), int(parts[3]), *parts[4:]))
    return entries


def getpwuid(uid):
    if not isinstance(uid, int):
        raise TypeError("uid should be integer, not " + type(uid).__name__)
    for entry in getpwall():
        if entry.pw_uid == uid:
            return entry
    raise KeyError("getpwuid(): uid not found: %d" % uid)


def getpwnam(name):
    if not isinstance(name, str):
        raise TypeError("getpwnam() argument must be str, not " + type(name).__name__)
    for entry in getpwall():
        if entry.pw_name == name:
            return entry
    raise KeyError("getpwnam(): name not found: %r" % name)
