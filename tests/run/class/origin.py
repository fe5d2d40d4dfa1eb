# Modules as classes, finders in sys.meta_path, and what a module knows of its import.
import sys
import types


class Lazy(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return "made " + name


lazy = Lazy("lazy", "a text")
lazy.x = 5
lazy.__dict__["y"] = 6
print(lazy.x, lazy.y, lazy.z, lazy.__name__, lazy.__doc__, isinstance(lazy, types.ModuleType))
print(sorted(name for name in vars(lazy) if not name.startswith("_")))
sys.modules["lazy"] = lazy
import lazy as again
from lazy import y, other

print(again is lazy, y, other, type(again).__name__)


class Counted(types.ModuleType):
    def __init__(self, name):
        super().__init__(name)
        self.count = 1


print(Counted("c").count, Counted("c").__name__)


class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        if name.split(".")[0] == "magic":
            from importlib.util import spec_from_loader

            return spec_from_loader(name, Loader, is_package=name == "magic")


class Loader:
    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        if module.__name__ == "magic.broken":
            raise ValueError("broken")
        module.value = module.__name__ + "!"


sys.meta_path.append(Finder)
import magic, magic.inner
from magic import other

print(magic.value, magic.inner.value, other.value, magic.inner.__spec__.name, magic.inner.__package__)
try:
    import magic.broken
except ValueError as error:
    print(error, "magic.broken" in sys.modules)
sys.meta_path.remove(Finder)
try:
    import magic.more
except ModuleNotFoundError as error:
    print(error, error.name)
try:
    import lazy.part
except ModuleNotFoundError as error:
    print(error)
print(__spec__, __name__, __package__)

import textwrap

print(textwrap.__spec__.name, repr(textwrap.__package__), textwrap.__spec__.parent == "")
print(hasattr(sys, "nothing"), sys.__spec__.name)
try:
    sys.nothing
except AttributeError as error:
    print(error)
