"""Where this Python lies and how it was built: there are no headers and no separate library here."""

import os
import sys

__all__ = [
    "get_config_h_filename", "get_config_var", "get_config_vars", "get_makefile_filename", "get_path", "get_path_names", "get_paths", "get_platform",
    "get_python_version", "get_scheme_names",
]

_NAMES = ("stdlib", "platstdlib", "purelib", "platlib", "include", "platinclude", "scripts", "data")


def get_platform():
    return "%s-%s" % (sys.platform, os.uname()[4])


def get_python_version():
    return "%d.%d" % tuple(sys.version_info)[:2]


def _home():
    return os.path.join(os.path.expanduser("~"), ".micropython")


def get_config_vars(*args):
    prefix = getattr(sys, "prefix", "")
    every = {
        "prefix": prefix,
        "exec_prefix": getattr(sys, "exec_prefix", ""),
        "py_version": sys.version.split()[0],
        "py_version_short": get_python_version(),
        "py_version_nodot": get_python_version().replace(".", ""),
        "py_version_nodot_plat": "",
        "installed_base": prefix,
        "base": prefix,
        "installed_platbase": prefix,
        "platbase": prefix,
        "projectbase": os.path.dirname(sys.executable) if sys.executable else "",
        "userbase": _home(),
        "BINDIR": os.path.join(_home(), "scripts"),
        "LIBDIR": os.path.join(_home(), "lib"),
        "abiflags": "",
        "platlibdir": "lib",
        "SOABI": "taipan",
        "EXT_SUFFIX": ".taipan.so",
        "EXE": "",
    }
    return [every.get(name) for name in args] if args else every


def get_config_var(name):
    return get_config_vars().get(name)


def get_path_names():
    return _NAMES


def get_scheme_names():
    return ("posix_home", "posix_prefix", "posix_user")


def get_default_scheme():
    return "posix_user"


def get_preferred_scheme(key):
    return "posix_user"


def get_paths(scheme=None, vars=None, expand=True):
    home = _home()
    library = os.path.join(home, "lib")
    places = {"stdlib": ".frozen", "platstdlib": ".frozen", "purelib": library, "platlib": library, "data": home}
    return {name: places.get(name, os.path.join(home, name)) for name in _NAMES}


def get_path(name, scheme=None, vars=None, expand=True):
    return get_paths(scheme, vars, expand)[name]


def is_python_build(check_home=None):
    return False


def get_makefile_filename():
    return ""


def get_config_h_filename():
    return ""


def _main():
    """`python -m sysconfig`: all of it, for people."""
    print('Platform: "%s"' % get_platform())
    print('Python version: "%s"' % get_python_version())
    print('Current installation scheme: "%s"' % get_default_scheme())
    for title, table in (("Paths", get_paths()), ("Variables", get_config_vars())):
        print("\n%s: " % title)
        for name, value in sorted(table.items()):
            print('\t%s = "%s"' % (name, value))


if __name__ == "__main__":
    _main()
