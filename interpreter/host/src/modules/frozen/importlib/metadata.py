"""What is installed: packages' own descriptions (`*.dist-info`) along `sys.path`."""

import os
import sys


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return "No package metadata was found for %s" % self.args[0]


def _folded(name):
    return name.lower().replace("-", "_").replace(".", "_")


def _folders():
    for place in sys.path:
        try:
            entries = os.listdir(place or ".")
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info"):
                yield os.path.join(place or ".", entry), entry[: -len(".dist-info")]


class Distribution:
    def __init__(self, path, label):
        self._path = path
        self._label = label

    @property
    def metadata(self):
        fields = {}
        for line in (self.read_text("METADATA") or "").split("\n"):
            if not line:
                break
            key, colon, value = line.partition(": ")
            if colon and key not in fields:
                fields[key] = value
        return fields

    @property
    def name(self):
        return self.metadata.get("Name", self._label.partition("-")[0])

    @property
    def version(self):
        return self.metadata.get("Version", self._label.partition("-")[2])

    @property
    def entry_points(self):
        points, group = [], None
        for line in (self.read_text("entry_points.txt") or "").split("\n"):
            line = line.strip()
            if line.startswith("["):
                group = line.strip("[]")
            elif "=" in line and group:
                name, _, value = line.partition("=")
                points.append(EntryPoint(name.strip(), value.strip(), group))
        return points

    def read_text(self, filename):
        try:
            with open(os.path.join(self._path, filename)) as file:
                return file.read()
        except OSError:
            return None


class EntryPoint:
    def __init__(self, name, value, group):
        self.name, self.value, self.group = name, value, group

    def load(self):
        from . import import_module

        module, _, attributes = self.value.partition(":")
        found = import_module(module)
        for attribute in attributes.split(".") if attributes else ():
            found = getattr(found, attribute)
        return found


def distribution(distribution_name):
    for path, label in _folders():
        if _folded(label.partition("-")[0]) == _folded(distribution_name):
            return Distribution(path, label)
    raise PackageNotFoundError(distribution_name)


def distributions():
    for path, label in _folders():
        yield Distribution(path, label)


def version(distribution_name):
    return distribution(distribution_name).version


def metadata(distribution_name):
    return distribution(distribution_name).metadata


def entry_points(**wanted):
    points = [point for found in distributions() for point in found.entry_points]
    return [point for point in points if all([getattr(point, key) == value for key, value in wanted.items()])]
