"""Other names of encodings."""

from codecs import _NAMES

aliases = {name: known.replace("utf", "utf_") for name, known in _NAMES.items()}
