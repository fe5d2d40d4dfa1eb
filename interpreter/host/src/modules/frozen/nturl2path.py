"""Paths of Windows as the path of a `file:` address, and back."""

from urllib.parse import quote, unquote


def url2pathname(url):
    """`///C:/a/b%20c` as `C:\\\\a\\\\b c`."""
    place = url.replace(":", "|")
    if "|" not in place:
        # No drive: `////host/share` has two slashes more than the path.
        return unquote(place.removeprefix("//") if place.startswith("////") else place).replace("/", "\\")
    drive, *rest = place.split("|")
    if len(rest) != 1 or not (drive[-1:].isascii() and drive[-1:].isalpha()):
        raise OSError("Bad URL: " + place)
    path = drive[-1].upper() + ":" + "".join(["\\" + unquote(part) for part in rest[0].split("/") if part])
    return path + "\\" if path.endswith(":") and place.endswith("/") else path


def pathname2url(path):
    """`C:\\\\a\\\\b c` as `///C:/a/b%20c`."""
    # What Windows says of a path that it takes as it is.
    path = path.removeprefix("\\\\?\\")
    if path[:4].upper() == "UNC\\":
        path = "\\\\" + path[4:]
    if ":" not in path:
        return quote(("\\\\" + path if path.startswith("\\\\") else path).replace("\\", "/"))
    drive, *rest = path.split(":")
    if len(rest) != 1 or len(drive) != 1:
        raise OSError("Bad path: " + path)
    return "///" + quote(drive.upper()) + ":" + "".join(["/" + quote(part) for part in rest[0].split("\\") if part])
