"""Names of the interfaces of resources."""

from importlib.abc import ResourceReader, Traversable, TraversableResources

__all__ = ["ResourceReader", "Traversable", "TraversableResources"]
