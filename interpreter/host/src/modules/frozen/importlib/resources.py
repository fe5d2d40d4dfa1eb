"""Files that lie in packages."""

from pathlib import Path


def files(package):
    """The folder of a package."""
    if isinstance(package, str):
        from importlib import import_module

        package = import_module(package)
    path = package.__path__
    return Path(path if isinstance(path, str) else path[0])


def read_text(package, resource, encoding="utf-8", errors="strict"):
    return (files(package) / resource).read_text()


def read_binary(package, resource):
    return (files(package) / resource).read_bytes()


def open_text(package, resource, encoding="utf-8", errors="strict"):
    return open(str(files(package) / resource))


def open_binary(package, resource):
    return open(str(files(package) / resource), "rb")


def is_resource(package, name):
    return (files(package) / name).is_file()


def contents(package):
    return [entry.name for entry in files(package).iterdir()]
