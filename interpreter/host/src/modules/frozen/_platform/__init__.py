"""What continues the builtin module `platform`: what a program on a computer asks of the computer."""

import sys
from collections import namedtuple
from os import _uname
from platform import python_version, system


def node():
    return _uname()[1]


def release():
    return _uname()[2]


def version():
    return _uname()[3]


def machine():
    return _uname()[4]


def processor():
    return ""


class uname_result(namedtuple("uname_result", "system node release version machine processor")):
    __module__ = "platform"


def uname():
    return uname_result(system(), node(), release(), version(), machine(), processor())


def architecture(executable=sys.executable, bits="", linkage=""):
    return (bits or ("64bit" if sys.maxsize > 2**32 else "32bit"), linkage or "ELF")


def python_version_tuple():
    return tuple(python_version().split("."))


def python_branch():
    return ""


python_revision = python_branch


def python_build():
    return ("main", "")


def freedesktop_os_release():
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path) as lines:
                pairs = [line.rstrip("\n").partition("=") for line in lines if "=" in line and not line.startswith("#")]
        except OSError:
            continue
        return {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux", **{key: value.strip("\"'") for key, _, value in pairs}}
    raise OSError("Unable to read files /etc/os-release, /usr/lib/os-release")


def mac_ver(release="", versioninfo=("", "", ""), machine=""):
    return release, versioninfo, machine


def win32_ver(release="", version="", csd="", ptype=""):
    return release, version, csd, ptype


def win32_edition():
    return None


def win32_is_iot():
    return False


def java_ver(release="", vendor="", vminfo=("", "", ""), osinfo=("", "", "")):
    return release, vendor, vminfo, osinfo


def system_alias(system, release, version):
    return system, release, version
