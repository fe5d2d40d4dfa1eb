"""Other names of encodings."""

from codecs import _NAMES
from encodings._pages import ALIASES

aliases = {name: known for name, known in ALIASES.items() if name != known}
aliases.update([(name, known.replace("utf", "utf_")) for name, known in _NAMES.items()])
