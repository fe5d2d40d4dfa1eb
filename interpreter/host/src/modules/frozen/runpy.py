"""Modules and files run as programs, from within one."""

import importlib.util
import io
import os
import sys
import types

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


def _run(code, init_globals, name, spec, file, package, replaces):
    module = types.ModuleType(name)
    space = module.__dict__
    space.update(init_globals or {})
    space.update(__name__=name, __file__=file, __cached__=None, __doc__=None, __loader__=spec and spec.loader, __package__=package, __spec__=spec)
    if not replaces:
        exec(code, space)
        return space
    with _Replaced(name, module, file):
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


def run_path(path_name, init_globals=None, run_name=None):
    """Runs a file, or the `__main__` of a directory; answers the globals that it made."""
    path = os.fsdecode(path_name)
    name = run_name or "<run_path>"
    if os.path.isdir(path):
        sys.path.insert(0, path)
        try:
            main = os.path.join(path, "__main__.py")
            if not os.path.exists(main):
                raise ImportError("can't find '__main__' module in %r" % path)
            with io.open_code(main) as file:
                code = compile(file.read(), main, "exec")
            return _run(code, init_globals, name, None, main, "", True)
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
