"""The importers by the name of the module in which CPython has them, where programs look for what has no public name."""

from importlib.machinery import *
from importlib.machinery import ModuleSpec, NamespaceLoader as _NamespaceLoader
from importlib.util import cache_from_source, decode_source, source_from_cache, spec_from_file_location

# What a package without a file of its own says of its folders.
_NamespacePath = list
