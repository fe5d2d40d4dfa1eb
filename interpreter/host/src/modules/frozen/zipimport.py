"""Modules in zip files: not to be had here, as the constructor says."""

__all__ = ["ZipImportError", "zipimporter"]


class ZipImportError(ImportError):
    pass


class zipimporter:
    def __init__(self, path):
        raise ZipImportError("modules in zip files cannot be imported here: %r" % (path,))
