"""Modules and files run as programs, from within one."""

import importlib.util
import io
import os
import sys
import types
from pkgutil import get_importer

__all__ = ["run_module", "run_path"]


class _Replaced:
    """A name in `sys.modules`, and the program's own name, for the time of a run."""

    def __init__(self, name, module, argument):
        self._name, self._module, self._argument = name, module, argument

    def __enter__(self):
        self._before, self._first = sys.modules.get(self._name), sys.argv[0] if sys.argv else None
        sys.modules[self._name] = self._module
        sys.argv[:1] = [self._argument]

    def __exit__(self, *error):
        if self._before is None:
            sys.modules.pop(self._name, None)
        else:
            sys.modules[self._name] = self._before
        sys.argv[:1] = [] if self._first is None else [self._first]


def _run(code, init_globals, name, spec, file, package, replaces, argument=None):
    module = types.ModuleType(name)
    space = module.__dict__
    space.update(init_globals or {})
    space.update(__name__=name, __file__=file, __cached__=None, __doc__=None, __loader__=spec and spec.loader, __package__=package, __spec__=spec)
    if not replaces:
        exec(code, space)
        return space
    with _Replaced(name, module, argument or file):
        exec(code, space)
        return dict(space)


def _find(name):
    """The spec and the code of a module, or of a package's `__main__`."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise ImportError("Error while finding module specification for %r (%s: %s)" % (name, type(error).__name__, error)) from error
    if spec is None:
        raise ImportError("No module named %s" % name)
    if spec.submodule_search_locations is not None:
        if name.endswith(".__main__"):
            raise ImportError("Cannot use package as __main__ module")
        return _find(name + ".__main__")
    if spec.loader is None:
        raise ImportError("%r is a namespace package and cannot be executed" % name)
    code = spec.loader.get_code(name)
    if code is None:
        raise ImportError("No code object available for %s" % name)
    return spec, code


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Runs a module's code anew; answers the globals that it made."""
    spec, code = _find(mod_name)
    return _run(code, init_globals, run_name or spec.name, spec, spec.origin, spec.parent, alter_sys)


def _main_in(path):
    """The spec and the code of the `__main__` in a folder or an archive."""
    spec = get_importer(path).find_spec("__main__")
    if spec is None or spec.loader is None:
        raise ImportError("can't find '__main__' module in %r" % path)
    return spec, spec.loader.get_code("__main__")


def _run_main_in(path):
    # The program itself, as the command line names it: its globals are there already.
    try:
        spec, code = _main_in(path)
    except ImportError as error:
        sys.exit("%s: %s" % (sys.executable, error))
    import __main__

    space = __main__.__dict__
    space.update(__file__=spec.origin, __loader__=spec.loader, __package__="", __spec__=spec)
    exec(code, space)


def run_path(path_name, init_globals=None, run_name=None):
    """Runs a file, or the `__main__` of a folder or an archive; answers the globals that it made."""
    path = os.fsdecode(path_name)
    name = run_name or "<run_path>"
    if get_importer(path) is not None:
        spec, code = _main_in(path)
        sys.path.insert(0, path)
        try:
            return _run(code, init_globals, name, spec, spec.origin, "", True, path)
        finally:
            sys.path.remove(path)
    with io.open_code(path) as file:
        code = compile(file.read(), path, "exec")
    return _run(code, init_globals, name, None, path, name.rpartition(".")[0], True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("No module specified for execution", file=sys.stderr)
    else:
        del sys.argv[0]
        run_module(sys.argv[0], run_name="__main__", alter_sys=True)
