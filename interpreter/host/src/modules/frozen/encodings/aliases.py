"""Other names of encodings, each with the name of the encoding's module."""

from _codepages import ALIASES
from _multibytecodec import NAMES
from codecs import _NAMES

_MODULES = {"latin1": "latin_1", "utf8": "utf_8", "utf16": "utf_16", "utf32": "utf_32", "utf8ucs2": "utf_8"}
aliases = {name: known for name, known in ALIASES.items() if name != known}
aliases.update([(name, _MODULES.get(known, known)) for name, known in _NAMES.items()])
aliases.update(_MODULES)
aliases.update([(name, known) for name, known in NAMES.items() if name != known])
