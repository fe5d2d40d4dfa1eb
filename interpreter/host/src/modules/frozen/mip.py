# mip: installs packages from the index of micropython-lib, from GitHub and GitLab, and from any address.
#
#     mip.install("name"), mip.install("github:user/repository"), mip.install("http://host/package.json", target="lib")
import json
import os
import sys

INDEX = "https://micropython.org/pi/v2"
_SHORTHANDS = {
    "github:": "https://raw.githubusercontent.com/{}/{}/{}/{}",
    "gitlab:": "https://gitlab.com/{}/{}/-/raw/{}/{}",
}


# Asks for a page and follows where it was moved to. Answers a stream, or raises OSError.
def _open(url, moves=5):
    import socket

    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    host, _, port = host.partition(":")
    port = int(port) if port else 443 if scheme == "https" else 80
    address = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
    stream = socket.socket(address[0], address[1], address[2])
    try:
        stream.connect(address[-1])
        if scheme == "https":
            import ssl

            stream = ssl.wrap_socket(stream, server_hostname=host)
        stream.write("GET /{} HTTP/1.0\r\nHost: {}\r\nUser-Agent: mip\r\n\r\n".format(path, host).encode())
        status = int(stream.readline().split(None, 2)[1])
        moved = None
        while True:
            line = stream.readline()
            if not line or line == b"\r\n":
                break
            name, _, value = line.decode().partition(":")
            if name.lower() == "location":
                moved = value.strip()
        if status in (301, 302, 303, 307, 308) and moved and moves:
            stream.close()
            if moved.startswith("/"):
                moved = url[: len(url) - len(slash + path)] + moved
            return _open(moved, moves - 1)
        if status != 200:
            raise OSError("{}: status {}".format(url, status))
        return stream
    except Exception:
        stream.close()
        raise


def _json(url):
    stream = _open(url)
    try:
        return json.loads(stream.read())
    finally:
        stream.close()


def _make_folders(path):
    at = path.find("/", 1)
    while at > 0:
        try:
            os.mkdir(path[:at])
        except OSError:
            # It is there, or writing the file will say what is wrong.
            pass
        at = path.find("/", at + 1)


# Writes to a file beside it first: a download that breaks off leaves no half module.
def _download(url, path):
    print("Copying:", path)
    _make_folders(path)
    stream = _open(url)
    try:
        with open(path + ".part", "wb") as file:
            while True:
                data = stream.read(512)
                if not data:
                    break
                file.write(data)
    finally:
        stream.close()
    try:
        os.remove(path)
    except OSError:
        pass
    os.rename(path + ".part", path)


# `github:user/repository/path` as the address of a file.
def _address(url, version):
    for prefix in _SHORTHANDS:
        if url.startswith(prefix):
            user, repository, *path = url[len(prefix) :].split("/")
            return _SHORTHANDS[prefix].format(user, repository, version or "HEAD", "/".join(path))
    return url


# Where a file goes: below the target, whatever the package says.
def _place(target, path):
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError("a package may not write to " + path)
    return target + "/" + path


def _hash_is(path, short):
    try:
        import binascii
        import hashlib

        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).digest()
        return binascii.hexlify(digest).decode()[: len(short)] == short
    except (ImportError, OSError):
        return False


def _install_list(url, index, target, version, mpy):
    package = _json(url)
    base = url.rpartition("/")[0]
    for path, short in package.get("hashes", ()):
        place = _place(target, path)
        if _hash_is(place, short):
            print("Exists:", place)
        else:
            _download("{}/file/{}/{}".format(index, short[:2], short), place)
    for path, source in package.get("urls", ()):
        if "://" not in source and source[:7] not in _SHORTHANDS:
            source = base + "/" + source
        _download(_address(source, version), _place(target, path))
    for name, wanted in package.get("deps", ()):
        _install(name, index, target, wanted, mpy)


def _install(package, index, target, version, mpy):
    if "://" in package or package[:7] in _SHORTHANDS:
        if package.endswith(".py") or package.endswith(".mpy"):
            _download(_address(package, version), _place(target, package.rpartition("/")[2]))
            return
        if not package.endswith(".json"):
            package = package.rstrip("/") + "/package.json"
        url = _address(package, version)
    else:
        print("Installing {} ({}) from {} to {}".format(package, version or "latest", index, target))
        # This interpreter has bytecode of its own, so the index is asked for source.
        url = "{}/package/py/{}/{}.json".format(index, package, version or "latest")
    _install_list(url, index, target, version, mpy)


def install(package, index=None, target=None, version=None, mpy=False):
    """Installs a package; whether all went well."""
    if target is None:
        found = [path for path in sys.path if path.rstrip("/").endswith("lib")]
        if not found:
            print("Unable to find lib dir in sys.path")
            return False
        target = found[0]
    if "@" in package:
        package, _, version = package.rpartition("@")
    try:
        _install(package, (index or INDEX).rstrip("/"), target.rstrip("/"), version, mpy)
    except (OSError, ValueError) as error:
        print("Error:", error)
        print("Package may be partially installed")
        return False
    print("Done")
    return True


def _main(arguments):
    options = {}
    packages = []
    while arguments:
        argument = arguments.pop(0)
        if argument in ("--index", "--target") and arguments:
            options[argument[2:]] = arguments.pop(0)
        elif argument == "--no-mpy":
            options["mpy"] = False
        elif argument != "install":
            packages.append(argument)
    if not packages:
        print("usage: -m mip install [--index URL] [--target FOLDER] PACKAGE...")
        return 2
    return 0 if all([install(package, **options) for package in packages]) else 1


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
