# not CPython: the library is other text
# The text of modules that are part of the program: inspect, linecache and loaders have it.
import importlib.util
import inspect
import linecache
import sys
import textwrap

lines, first = inspect.getsourcelines(textwrap.dedent)
print(lines[0].strip(), linecache.getline(textwrap.__file__, first) == lines[0])
print(inspect.getsource(textwrap.TextWrapper).startswith("class TextWrapper"), inspect.getsourcefile(textwrap.TextWrapper))
print(textwrap.__loader__.get_source("textwrap") == inspect.getsource(textwrap))

# A module is found without being imported, and its loader makes another one of it.
spec = importlib.util.find_spec("colorsys")
print(spec.origin, "colorsys" in sys.modules)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.rgb_to_hsv(1, 0, 0), importlib.util.find_spec("xml.dom").submodule_search_locations, importlib.util.find_spec("no_such_module"))
