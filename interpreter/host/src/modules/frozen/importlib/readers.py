"""The older name of `importlib.resources.readers`."""

from importlib.resources.readers import FileReader, MultiplexedPath, NamespaceReader

__all__ = ["FileReader", "MultiplexedPath", "NamespaceReader"]
