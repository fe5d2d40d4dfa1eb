"""Groups of this computer's users, as `/etc/group` has them."""

from collections import namedtuple


class struct_group(namedtuple("struct_group", "gr_name gr_passwd gr_gid gr_mem")):
    __module__ = "grp"

    def __repr__(self):
        return "grp." + super().__repr__()


def getgrall():
    entries = []
    with open("/etc/group") as file:
        for line in file:
            parts = line.rstrip("\n").split(":")
            if len(parts) == 4 and parts[2].isdigit():
                entries.append(struct_group(parts[0], parts[1], int(parts[2]), [name for name in parts[3].split(",") if name]))
    return entries


def getgrgid(id):
    for entry in getgrall():
        if entry.gr_gid == id:
            return entry
    raise KeyError("getgrgid(): gid not found: %d" % id)


def getgrnam(name):
    for entry in getgrall():
        if entry.gr_name == name:
            return entry
    raise KeyError("getgrnam(): name not found: %r" % name)
