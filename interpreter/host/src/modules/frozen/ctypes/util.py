"""Where shared libraries are."""

import os
import re


def _folders():
    folders = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    for file in ("/etc/ld.so.conf", *_configured()):
        try:
            with open(file) as lines:
                folders += [line.strip() for line in lines if line.startswith("/")]
        except OSError:
            continue
    return [folder for folder in folders if folder] + ["/lib64", "/usr/lib64", "/lib", "/usr/lib"]


def _configured():
    folder = "/etc/ld.so.conf.d"
    return [os.path.join(folder, file) for file in sorted(os.listdir(folder))] if os.path.isdir(folder) else []


def find_library(name):
    """The file name of the library `libNAME.so`, with its version; `None` if there is none."""
    if not name:
        return None
    wanted = re.compile(r"lib%s\.so(?:\.[\w.]+)?$" % re.escape(name))
    for folder in _folders():
        try:
            found = sorted([file for file in os.listdir(folder) if wanted.match(file)], key=len)
        except OSError:
            continue
        # The one with a number is what programs are linked to; the plain name is for compilers.
        for file in found:
            if file != "lib%s.so" % name:
                return file
        if found:
            return found[0]
    return None


def dllist():
    """The shared libraries of this process."""
    with open("/proc/self/maps") as lines:
        files = [line.split(None, 5)[5].strip() for line in lines if ".so" in line and len(line.split(None, 5)) > 5]
    return list(dict.fromkeys(files))
