"""What the import system tells about itself. Modules written in Python are part of the program (`is_frozen`): there are no other
files of them that could stand in, so they cannot be switched off."""

import sys


def is_builtin(name):
    return int(name in sys.builtin_module_names)


def is_frozen(name):
    if is_builtin(name):
        return False
    from importlib.util import find_spec

    try:
        spec = find_spec(name)
    except ImportError:
        return False
    return spec is not None and str(spec.origin).startswith(".frozen")


def extension_suffixes():
    """No modules are written for another machine."""
    return []


def _override_frozen_modules_for_tests(override):
    """Asks for modules from files (-1), from the program (1), or as it is (0). Only the last two can be had, and are the same."""
    return None


# One thread imports at a time, since threads take turns and an import gives its turn up only where the module does.
_held = 0


def acquire_lock():
    global _held
    _held += 1


def release_lock():
    global _held
    if not _held:
        raise RuntimeError("not holding the import lock")
    _held -= 1


def lock_held():
    return _held > 0
