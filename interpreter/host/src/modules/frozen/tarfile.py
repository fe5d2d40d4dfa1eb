"""Archives in the TAR format: POSIX's with extended headers, GNU's, and the old one; plain, or packed by gzip, bzip2 or xz."""

import copy
import io
import os
import shutil
import stat
import time

__all__ = [
    "AbsoluteLinkError", "AbsolutePathError", "CompressionError", "DEFAULT_FORMAT", "ENCODING", "ExtractError", "FilterError", "GNU_FORMAT",
    "HeaderError", "LinkOutsideDestinationError", "OutsideDestinationError", "PAX_FORMAT", "ReadError", "SpecialFileError", "StreamError", "TarError",
    "TarFile", "TarInfo", "USTAR_FORMAT", "data_filter", "fully_trusted_filter", "is_tarfile", "open", "tar_filter",
]

NUL, BLOCKSIZE, RECORDSIZE = b"\0", 512, 10240
GNU_MAGIC, POSIX_MAGIC = b"ustar  \0", b"ustar\x0000"
LENGTH_NAME, LENGTH_LINK, LENGTH_PREFIX = 100, 100, 155
REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, CHRTYPE, BLKTYPE, DIRTYPE, FIFOTYPE, CONTTYPE = b"0", b"\0", b"1", b"2", b"3", b"4", b"5", b"6", b"7"
GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE = b"L", b"K", b"S"
XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE = b"x", b"g", b"X"
USTAR_FORMAT, GNU_FORMAT, PAX_FORMAT = 0, 1, 2
DEFAULT_FORMAT = PAX_FORMAT
REGULAR_TYPES = (REGTYPE, AREGTYPE, CONTTYPE, GNUTYPE_SPARSE)
SUPPORTED_TYPES = (
    REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, DIRTYPE, FIFOTYPE, CONTTYPE, CHRTYPE, BLKTYPE, GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE,
)
GNU_TYPES = (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE)
PAX_FIELDS = ("path", "linkpath", "size", "mtime", "uid", "gid", "uname", "gname")
PAX_NAME_FIELDS = {"path", "linkpath", "uname", "gname"}
PAX_NUMBER_FIELDS = {"atime": float, "ctime": float, "mtime": float, "uid": int, "gid": int, "size": int}
ENCODING = "utf-8"


class TarError(Exception):
    pass


class ExtractError(TarError):
    pass


class ReadError(TarError):
    pass


class CompressionError(TarError):
    pass


class StreamError(TarError):
    pass


class HeaderError(TarError):
    pass


class EmptyHeaderError(HeaderError):
    pass


class TruncatedHeaderError(HeaderError):
    pass


class EOFHeaderError(HeaderError):
    pass


class InvalidHeaderError(HeaderError):
    pass


class SubsequentHeaderError(HeaderError):
    pass


class FilterError(TarError):
    pass


class AbsolutePathError(FilterError):
    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__("member %r has an absolute path" % tarinfo.name)


class OutsideDestinationError(FilterError):
    def __init__(self, tarinfo, path):
        self.tarinfo, self._path = tarinfo, path
        super().__init__("%r would be extracted to %r, which is outside the destination" % (tarinfo.name, path))


class SpecialFileError(FilterError):
    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__("%r is a special file" % tarinfo.name)


class AbsoluteLinkError(FilterError):
    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__("%r is a symlink to an absolute path" % tarinfo.name)


class LinkOutsideDestinationError(FilterError):
    def __init__(self, tarinfo, path):
        self.tarinfo, self._path = tarinfo, path
        super().__init__("%r would link to %r, which is outside the destination" % (tarinfo.name, path))


def _filtered_attributes(member, dest_path, for_data):
    dest, new, name = os.path.realpath(dest_path), {}, member.name
    if name.startswith("/"):
        name = new["name"] = member.path.lstrip("/")
    if os.path.isabs(name):
        raise AbsolutePathError(member)
    target = os.path.realpath(os.path.join(dest, name))
    if os.path.commonpath([target, dest]) != dest:
        raise OutsideDestinationError(member, target)
    mode = member.mode
    if mode is not None:
        mode &= 0o755
        if for_data:
            if member.isreg() or member.islnk():
                if not mode & 0o100:
                    mode &= ~0o111
                mode |= 0o600
            elif member.isdir() or member.issym():
                mode = None
            else:
                raise SpecialFileError(member)
        if mode != member.mode:
            new["mode"] = mode
    if for_data:
        for field in ("uid", "gid", "uname", "gname"):
            if getattr(member, field) is not None:
                new[field] = None
        if member.islnk() or member.issym():
            if os.path.isabs(member.linkname):
                raise AbsoluteLinkError(member)
            base = os.path.join(dest, os.path.dirname(name)) if member.issym() else dest
            target = os.path.realpath(os.path.join(base, member.linkname))
            if os.path.commonpath([target, dest]) != dest:
                raise LinkOutsideDestinationError(member, target)
    return new


def fully_trusted_filter(member, dest_path):
    return member


def tar_filter(member, dest_path):
    new = _filtered_attributes(member, dest_path, False)
    return member.replace(**new, deep=False) if new else member


def data_filter(member, dest_path):
    new = _filtered_attributes(member, dest_path, True)
    return member.replace(**new, deep=False) if new else member


_FILTERS = {"fully_trusted": fully_trusted_filter, "tar": tar_filter, "data": data_filter}


def stn(s, length, encoding, errors):
    data = s.encode(encoding, errors)
    return data[:length] + (length - len(data)) * NUL


def nts(s, encoding, errors):
    return s.partition(NUL)[0].decode(encoding, "replace" if errors == "surrogateescape" else errors)


def nti(s):
    """A number: octal digits, or binary if it is large or negative."""
    if s[0] in (0o200, 0o377):
        number = int.from_bytes(s[1:], "big")
        return number - 256 ** (len(s) - 1) if s[0] == 0o377 else number
    text = s.partition(NUL)[0].decode("ascii", "replace").strip()
    try:
        return int(text or "0", 8)
    except ValueError:
        raise InvalidHeaderError("invalid header") from None


def itn(n, digits=8, format=DEFAULT_FORMAT):
    n = int(n)
    if 0 <= n < 8 ** (digits - 1):
        return b"%0*o" % (digits - 1, n) + NUL
    if format == GNU_FORMAT and -(256 ** (digits - 1)) <= n < 256 ** (digits - 1):
        return bytes([0o200 if n >= 0 else 0o377]) + (n % 256 ** (digits - 1)).to_bytes(digits - 1, "big")
    raise ValueError("overflow in number field")


def calc_chksums(buf):
    head = buf[:148] + buf[156:512]
    unsigned = 256 + sum(head)
    return unsigned, unsigned - 256 * len([1 for byte in head if byte > 127])


def _padded(data):
    return data + bytes(-len(data) % BLOCKSIZE)


class TarInfo:
    """What is known of a member."""

    def __init__(self, name=""):
        self.name, self.mode, self.uid, self.gid, self.size, self.mtime, self.chksum = name, 0o644, 0, 0, 0, 0, 0
        self.type, self.linkname, self.uname, self.gname = REGTYPE, "", "", ""
        self.devmajor = self.devminor = self.offset = self.offset_data = 0
        self.pax_headers, self.sparse, self._tarfile = {}, None, None

    tarfile = property(lambda self: self._tarfile)

    @property
    def path(self):
        return self.name

    @path.setter
    def path(self, name):
        self.name = name

    @property
    def linkpath(self):
        return self.linkname

    @linkpath.setter
    def linkpath(self, linkname):
        self.linkname = linkname

    def __repr__(self):
        return "<%s %r at %#x>" % (type(self).__name__, self.name, id(self))

    def replace(self, *, name=..., mtime=..., mode=..., linkname=..., uid=..., gid=..., uname=..., gname=..., deep=True, _KEEP=...):
        made = copy.deepcopy(self) if deep and self._tarfile is None else copy.copy(self)
        given = {"name": name, "mtime": mtime, "mode": mode, "linkname": linkname, "uid": uid, "gid": gid, "uname": uname, "gname": gname}
        for field, value in given.items():
            if value is not ...:
                setattr(made, field, value)
        return made

    def get_info(self):
        mode = None if self.mode is None else self.mode & 0o7777
        info = {"mode": mode, "linkname": self.linkname, "name": self.name}
        for field in ("uid", "gid", "size", "mtime", "chksum", "type", "uname", "gname", "devmajor", "devminor"):
            info[field] = getattr(self, field)
        if info["type"] == DIRTYPE and not info["name"].endswith("/"):
            info["name"] += "/"
        return info

    def tobuf(self, format=DEFAULT_FORMAT, encoding=ENCODING, errors="strict"):
        info = self.get_info()
        for name, value in info.items():
            if value is None:
                raise ValueError("%s may not be None" % name)
        if format == USTAR_FORMAT:
            return self.create_ustar_header(info, encoding, errors)
        if format == GNU_FORMAT:
            return self.create_gnu_header(info, encoding, errors)
        if format == PAX_FORMAT:
            return self.create_pax_header(info, encoding)
        raise ValueError("invalid format")

    def create_ustar_header(self, info, encoding, errors):
        info["magic"] = POSIX_MAGIC
        if len(info["linkname"].encode(encoding, errors)) > LENGTH_LINK:
            raise ValueError("linkname is too long")
        if len(info["name"].encode(encoding, errors)) > LENGTH_NAME:
            info["prefix"], info["name"] = self._posix_split_name(info["name"], encoding, errors)
        return self._create_header(info, USTAR_FORMAT, encoding, errors)

    def create_gnu_header(self, info, encoding, errors):
        info["magic"], out = GNU_MAGIC, b""
        for field, length, kind in (("linkname", LENGTH_LINK, GNUTYPE_LONGLINK), ("name", LENGTH_NAME, GNUTYPE_LONGNAME)):
            data = info[field].encode(encoding, errors)
            if len(data) > length:
                head = {"name": "././@LongLink", "type": kind, "size": len(data) + 1, "magic": GNU_MAGIC}
                out += self._create_header(head, USTAR_FORMAT, encoding, errors) + _padded(data + NUL)
        return out + self._create_header(info, GNU_FORMAT, encoding, errors)

    def create_pax_header(self, info, encoding):
        info["magic"], headers = POSIX_MAGIC, self.pax_headers.copy()
        for name, header, length in (("name", "path", LENGTH_NAME), ("linkname", "linkpath", LENGTH_LINK), ("uname", "uname", 32), ("gname", "gname", 32)):
            if header not in headers and (not info[name].isascii() or len(info[name]) > length):
                headers[header] = info[name]
        for name, digits in (("uid", 8), ("gid", 8), ("size", 12), ("mtime", 12)):
            value = info[name]
            if not 0 <= value < 8 ** (digits - 1):
                info[name] = 0
                headers.setdefault(name, str(value))
            elif isinstance(value, float):
                info[name] = int(value)
                headers.setdefault(name, str(value))
        out = self._create_pax(headers, XHDTYPE) if headers else b""
        return out + self._create_header(info, USTAR_FORMAT, "ascii", "replace")

    @classmethod
    def create_pax_global_header(cls, pax_headers):
        return cls._create_pax(pax_headers, XGLTYPE)

    @classmethod
    def _create_pax(cls, headers, kind):
        out = b""
        for keyword, value in headers.items():
            keyword, value = keyword.encode("utf-8"), value.encode("utf-8")
            # The length counts its own digits.
            rest = len(keyword) + len(value) + 3
            total = rest + len(str(rest))
            total = rest + len(str(total))
            out += b"%d %s=%s\n" % (total, keyword, value)
        head = {"name": "././@PaxHeader", "type": kind, "size": len(out), "magic": POSIX_MAGIC}
        return cls._create_header(head, USTAR_FORMAT, "ascii", "replace") + _padded(out)

    def _posix_split_name(self, name, encoding, errors):
        parts = name.split("/")
        for i in range(1, len(parts)):
            prefix, rest = "/".join(parts[:i]), "/".join(parts[i:])
            if len(prefix.encode(encoding, errors)) <= LENGTH_PREFIX and len(rest.encode(encoding, errors)) <= LENGTH_NAME:
                return prefix, rest
        raise ValueError("name is too long")

    @staticmethod
    def _create_header(info, format, encoding, errors):
        device = info.get("type") in (CHRTYPE, BLKTYPE)
        devices = [itn(info.get(name, 0), 8, format) if device else stn("", 8, encoding, errors) for name in ("devmajor", "devminor")]
        kind = info.get("type", REGTYPE)
        parts = [
            stn(info.get("name", ""), 100, encoding, errors), itn(info.get("mode", 0) & 0o7777, 8, format), itn(info.get("uid", 0), 8, format),
            itn(info.get("gid", 0), 8, format), itn(info.get("size", 0), 12, format), itn(info.get("mtime", 0), 12, format), b" " * 8, kind,
            stn(info.get("linkname", ""), 100, encoding, errors), info.get("magic", POSIX_MAGIC), stn(info.get("uname", ""), 32, encoding, errors),
            stn(info.get("gname", ""), 32, encoding, errors), *devices, stn(info.get("prefix", ""), 155, encoding, errors),
        ]
        data = _padded(b"".join(parts))
        return data[:148] + b"%06o\0" % calc_chksums(data)[0] + data[155:]

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        if not buf:
            raise EmptyHeaderError("empty header")
        if len(buf) != BLOCKSIZE:
            raise TruncatedHeaderError("truncated header")
        if not any(buf):
            raise EOFHeaderError("end of file header")
        chksum = nti(buf[148:156])
        if chksum not in calc_chksums(buf):
            raise InvalidHeaderError("bad checksum")
        made = cls()
        made.name, made.mode, made.uid, made.gid = nts(buf[:100], encoding, errors), nti(buf[100:108]), nti(buf[108:116]), nti(buf[116:124])
        made.size, made.mtime, made.chksum, made.type = nti(buf[124:136]), nti(buf[136:148]), chksum, buf[156:157]
        made.linkname, made.uname, made.gname = nts(buf[157:257], encoding, errors), nts(buf[265:297], encoding, errors), nts(buf[297:329], encoding, errors)
        made.devmajor, made.devminor, prefix = nti(buf[329:337]), nti(buf[337:345]), nts(buf[345:500], encoding, errors)
        if made.type == AREGTYPE and made.name.endswith("/"):
            made.type = DIRTYPE
        if made.type == GNUTYPE_SPARSE:
            spots = [(nti(buf[at : at + 12]), nti(buf[at + 12 : at + 24])) for at in range(386, 386 + 96, 24) if buf[at : at + 1] != NUL]
            made._sparse_structs = (spots, bool(buf[482]), nti(buf[483:495]))
        if made.isdir():
            made.name = made.name.rstrip("/")
        if prefix and made.type not in GNU_TYPES:
            made.name = prefix + "/" + made.name
        return made

    @classmethod
    def fromtarfile(cls, tarfile):
        made = cls.frombuf(tarfile.fileobj.read(BLOCKSIZE), tarfile.encoding, tarfile.errors)
        made.offset, made._tarfile = tarfile.fileobj.tell() - BLOCKSIZE, tarfile
        return made._proc_member(tarfile)

    def _proc_member(self, tarfile):
        if self.type in (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK):
            data = tarfile.fileobj.read(self._block(self.size))
            following = self._following(tarfile)
            text = nts(data, tarfile.encoding, tarfile.errors)
            if self.type == GNUTYPE_LONGNAME:
                following.name = text.removesuffix("/") if following.isdir() else text
            else:
                following.linkname = text
            return following
        if self.type == GNUTYPE_SPARSE:
            return self._proc_sparse(tarfile)
        if self.type in (XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE):
            return self._proc_pax(tarfile)
        self.offset_data = offset = tarfile.fileobj.tell()
        if self.isreg() or self.type not in SUPPORTED_TYPES:
            offset += self._block(self.size)
        tarfile.offset = offset
        self._apply_pax_info(tarfile.pax_headers, tarfile.encoding, tarfile.errors)
        if self.isdir():
            self.name = self.name.rstrip("/")
        return self

    def _following(self, tarfile):
        try:
            following = self.fromtarfile(tarfile)
        except HeaderError as error:
            raise SubsequentHeaderError(str(error)) from None
        following.offset = self.offset
        return following

    def _proc_sparse(self, tarfile):
        spots, more, size = self._sparse_structs
        del self._sparse_structs
        while more:
            buf = tarfile.fileobj.read(BLOCKSIZE)
            for at in range(0, 21 * 24, 24):
                offset, count = nti(buf[at : at + 12]), nti(buf[at + 12 : at + 24])
                if offset and count:
                    spots.append((offset, count))
            more = bool(buf[504])
        self.sparse, self.offset_data = spots, tarfile.fileobj.tell()
        tarfile.offset = self.offset_data + self._block(self.size)
        self.size = size
        return self

    def _proc_pax(self, tarfile):
        data = tarfile.fileobj.read(self._block(self.size))[: self.size]
        headers = tarfile.pax_headers if self.type == XGLTYPE else tarfile.pax_headers.copy()
        at = 0
        while at < len(data) and data[at]:
            blank = data.find(b" ", at)
            number = data[at:blank]
            if blank < 0 or not number.isdigit() or int(number) <= 0:
                raise InvalidHeaderError("invalid header")
            keyword, sign, value = data[blank + 1 : at + int(number) - 1].partition(b"=")
            if not sign or not keyword:
                raise InvalidHeaderError("invalid header")
            headers[keyword.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
            at += int(number)
        try:
            following = self.fromtarfile(tarfile)
        except HeaderError as error:
            raise SubsequentHeaderError(str(error)) from None
        if self.type in (XHDTYPE, SOLARIS_XHDTYPE):
            following._apply_pax_info(headers, tarfile.encoding, tarfile.errors)
            following.offset = self.offset
            if "size" in headers:
                offset = following.offset_data
                if following.isreg() or following.type not in SUPPORTED_TYPES:
                    offset += following._block(following.size)
                tarfile.offset = offset
            if "GNU.sparse.map" in headers:
                numbers = [int(number) for number in headers["GNU.sparse.map"].split(",")]
                following.sparse = list(zip(numbers[::2], numbers[1::2]))
        return following

    def _apply_pax_info(self, pax_headers, encoding, errors):
        for keyword, value in pax_headers.items():
            if keyword == "GNU.sparse.name":
                self.path = value
            elif keyword in ("GNU.sparse.size", "GNU.sparse.realsize"):
                self.size = int(value)
            elif keyword in PAX_FIELDS:
                if keyword in PAX_NUMBER_FIELDS:
                    try:
                        value = PAX_NUMBER_FIELDS[keyword](value)
                    except ValueError:
                        value = 0
                if keyword == "path":
                    value = value.rstrip("/")
                setattr(self, keyword, value)
        self.pax_headers = pax_headers.copy()

    def _block(self, count):
        if count < 0:
            raise InvalidHeaderError("invalid offset")
        return count + -count % BLOCKSIZE

    def isreg(self):
        return self.type in REGULAR_TYPES

    isfile = isreg

    def isdir(self):
        return self.type == DIRTYPE

    def issym(self):
        return self.type == SYMTYPE

    def islnk(self):
        return self.type == LNKTYPE

    def ischr(self):
        return self.type == CHRTYPE

    def isblk(self):
        return self.type == BLKTYPE

    def isfifo(self):
        return self.type == FIFOTYPE

    def issparse(self):
        return self.sparse is not None

    def isdev(self):
        return self.type in (CHRTYPE, BLKTYPE, FIFOTYPE)


class _Member(io.RawIOBase):
    """The data of a member, where it lies in the archive; holes of a sparse one are zeros."""

    def __init__(self, tarfile, info):
        self._file, self._size, self._at, self.name, self.mode = tarfile.fileobj, info.size, 0, info.name, "r"
        spots = [(0, info.size)] if info.sparse is None else info.sparse
        self._spots, place = [], info.offset_data
        for start, count in spots:
            self._spots.append((start, start + count, place))
            place += count

    def readable(self):
        return True

    def seekable(self):
        return getattr(self._file, "seekable", lambda: True)()

    def tell(self):
        return self._at

    def seek(self, offset, whence=0):
        if whence not in (0, 1, 2):
            raise ValueError("Invalid argument")
        self._at = max((0, self._at, self._size)[whence] + offset, 0)
        if whence != 2 or offset <= 0:
            self._at = min(self._at, self._size)
        return self._at

    def readinto(self, buffer):
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        for start, end, place in self._spots:
            if start <= self._at < end:
                wanted = min(wanted, end - self._at)
                self._file.seek(place + self._at - start)
                data = self._file.read(wanted)
                if len(data) != wanted:
                    raise ReadError("unexpected end of data")
                buffer[:wanted] = data
                self._at += wanted
                return wanted
        next_start = min([start for start, _, _ in self._spots if start > self._at], default=self._size)
        wanted = min(wanted, next_start - self._at)
        buffer[:wanted] = bytes(wanted)
        self._at += wanted
        return wanted


class ExFileObject(io.BufferedReader):
    def __init__(self, tarfile, tarinfo):
        super().__init__(_Member(tarfile, tarinfo))


class _Once:
    """A stream that only goes on: what is sought ahead is read, what was read is gone."""

    def __init__(self, fileobj):
        self._file, self._at = fileobj, 0

    def read(self, size=-1):
        data = self._file.read(size) if size >= 0 else self._file.read()
        while 0 <= len(data) < size:
            more = self._file.read(size - len(data))
            if not more:
                break
            data += more
        self._at += len(data)
        return data

    def write(self, data):
        self._file.write(data)
        self._at += len(data)

    def tell(self):
        return self._at

    def seek(self, offset, whence=0):
        if offset < self._at:
            raise StreamError("seeking backwards is not allowed")
        while self._at < offset:
            if not self.read(min(65536, offset - self._at)):
                break
        return self._at

    def seekable(self):
        return False

    def close(self):
        close = getattr(self._file, "close", None)
        if close is not None:
            close()


class TarFile:
    debug, dereference, ignore_zeros, errorlevel = 0, False, False, 1
    format, encoding, errors, tarinfo, fileobject, extraction_filter = DEFAULT_FORMAT, ENCODING, None, TarInfo, ExFileObject, None

    def __init__(
        self, name=None, mode="r", fileobj=None, format=None, tarinfo=None, dereference=None, ignore_zeros=None, encoding=None,
        errors="surrogateescape", pax_headers=None, debug=None, errorlevel=None, copybufsize=None, stream=False,
    ):
        modes = {"r": "rb", "a": "r+b", "w": "wb", "x": "xb"}
        if mode not in modes:
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        self.mode, self._mode, self._extfileobj = mode, modes[mode], fileobj is not None
        if fileobj is None:
            if mode == "a" and not os.path.exists(name):
                self.mode, self._mode = "w", "wb"
            fileobj = bltn_open(name, self._mode)
        elif name is None and isinstance(getattr(fileobj, "name", None), (str, bytes)):
            name = fileobj.name
        self.name = os.path.abspath(name) if name else None
        self.fileobj, self.copybufsize = fileobj, copybufsize
        for field, value in (("format", format), ("tarinfo", tarinfo), ("dereference", dereference), ("ignore_zeros", ignore_zeros), ("encoding", encoding), ("debug", debug), ("errorlevel", errorlevel)):
            if value is not None:
                setattr(self, field, value)
        self.errors = "strict" if errors == "surrogateescape" else errors
        self.pax_headers = pax_headers if pax_headers is not None and self.format == PAX_FORMAT else {}
        self.closed, self.members, self._loaded, self.inodes = False, [], False, {}
        self.offset = self.fileobj.tell()
        try:
            if self.mode == "r":
                self.firstmember = None
                self.firstmember = self.next()
            elif self.mode == "a":
                self._to_end()
            elif self.pax_headers:
                data = self.tarinfo.create_pax_global_header(self.pax_headers.copy())
                self.fileobj.write(data)
                self.offset += len(data)
            if self.mode in ("a", "w", "x"):
                self._loaded = True
        except BaseException:
            if not self._extfileobj:
                self.fileobj.close()
            self.closed = True
            raise

    def _to_end(self):
        while True:
            self.fileobj.seek(self.offset)
            try:
                self.members.append(self.tarinfo.fromtarfile(self))
            except EOFHeaderError:
                self.fileobj.seek(self.offset)
                return
            except EmptyHeaderError:
                return
            except HeaderError as error:
                raise ReadError(str(error)) from None

    @classmethod
    def open(cls, name=None, mode="r", fileobj=None, bufsize=RECORDSIZE, **kwargs):
        if not name and not fileobj:
            raise ValueError("nothing to open")
        if mode in ("r", "r:*"):
            here, reasons = None if fileobj is None else fileobj.tell(), []
            for kind in sorted(cls.OPEN_METH, key=lambda kind: kind != "tar"):
                if fileobj is not None:
                    fileobj.seek(here)
                try:
                    return getattr(cls, cls.OPEN_METH[kind])(name, "r", fileobj, **kwargs)
                except (ReadError, CompressionError) as error:
                    reasons.append("- method %s: %r" % (kind, error))
            raise ReadError("file could not be opened successfully:\n" + "\n".join(reasons))
        if ":" in mode:
            mode, kind = mode.split(":", 1)
            kind = kind or "tar"
            if kind not in cls.OPEN_METH:
                raise CompressionError("unknown compression type %r" % kind)
            return getattr(cls, cls.OPEN_METH[kind])(name, mode or "r", fileobj, **kwargs)
        if "|" in mode:
            mode, kind = mode.split("|", 1)
            mode, kind = mode or "r", kind or "tar"
            if mode not in ("r", "w"):
                raise ValueError("mode must be 'r' or 'w'")
            own = fileobj is None
            if own:
                fileobj = bltn_open(name, mode + "b")
            if mode == "r" and kind in ("*", "gz", "bz2", "xz"):
                fileobj = _unpacked(fileobj, kind)
            elif kind == "gz":
                fileobj = __import__("gzip").GzipFile(name or "", "wb", fileobj=fileobj)
            elif kind != "tar":
                raise CompressionError("unknown compression type %r" % kind)
            made = cls(name, mode, _Once(fileobj), **kwargs)
            made._extfileobj = not own and kind == "tar"
            return made
        if mode in ("a", "w", "x"):
            return cls.taropen(name, mode, fileobj, **kwargs)
        raise ValueError("undiscernible mode")

    @classmethod
    def taropen(cls, name, mode="r", fileobj=None, **kwargs):
        if mode not in ("r", "a", "w", "x"):
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        return cls(name, mode, fileobj, **kwargs)

    @classmethod
    def _packed(cls, module, make, name, mode, fileobj, kwargs):
        if mode not in ("r", "w", "x"):
            raise ValueError("mode must be 'r', 'w' or 'x'")
        try:
            packed = make(__import__(module))
        except ImportError:
            raise CompressionError("%s module is not available" % module) from None
        try:
            # What cannot be read piece by piece is read whole.
            source = io.BytesIO(packed.read()) if mode == "r" else packed
            made = cls.taropen(name, mode, source, **kwargs)
        except BaseException as error:
            packed.close()
            # An error of `lzma` has no base that others share.
            if isinstance(error, (OSError, EOFError, ValueError)) or type(error).__module__ == module:
                raise ReadError("not a packed file: %s" % error) from None
            raise
        if mode == "r":
            packed.close()
        made._extfileobj = False
        return made

    @classmethod
    def gzopen(cls, name, mode="r", fileobj=None, compresslevel=9, **kwargs):
        return cls._packed("gzip", lambda gzip: gzip.GzipFile(name, mode + "b", compresslevel, fileobj), name, mode, fileobj, kwargs)

    @classmethod
    def bz2open(cls, name, mode="r", fileobj=None, compresslevel=9, **kwargs):
        return cls._packed("bz2", lambda bz2: bz2.BZ2File(fileobj or name, mode, compresslevel=compresslevel), name, mode, fileobj, kwargs)

    @classmethod
    def xzopen(cls, name, mode="r", fileobj=None, preset=None, **kwargs):
        return cls._packed("lzma", lambda lzma: lzma.LZMAFile(fileobj or name, mode, preset=preset), name, mode, fileobj, kwargs)

    OPEN_METH = {"tar": "taropen", "gz": "gzopen", "bz2": "bz2open", "xz": "xzopen"}

    def close(self):
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode in ("a", "w", "x"):
                self.fileobj.write(NUL * (BLOCKSIZE * 2))
                self.offset += BLOCKSIZE * 2
                rest = self.offset % RECORDSIZE
                if rest:
                    self.fileobj.write(NUL * (RECORDSIZE - rest))
        finally:
            if not self._extfileobj:
                self.fileobj.close()

    def _check(self, mode=None):
        if self.closed:
            raise OSError("%s is closed" % type(self).__name__)
        if mode is not None and self.mode not in mode:
            raise OSError("bad operation for mode %r" % self.mode)

    def getmember(self, name):
        found = self._getmember(name.rstrip("/"))
        if found is None:
            raise KeyError("filename %r not found" % name)
        return found

    def getmembers(self):
        self._check()
        if not self._loaded:
            while self.next() is not None:
                pass
            self._loaded = True
        return self.members

    def getnames(self):
        return [member.name for member in self.getmembers()]

    def _getmember(self, name, before=None):
        members = self.getmembers()
        if before is not None and before in members:
            members = members[: members.index(before)]
        for member in reversed(members):
            if member.name == name:
                return member
        return None

    def next(self):
        self._check("ra")
        if self.firstmember is not None:
            first, self.firstmember = self.firstmember, None
            return first
        if self.offset != self.fileobj.tell():
            if self.offset == 0:
                return None
            self.fileobj.seek(self.offset - 1)
            if not self.fileobj.read(1):
                raise ReadError("unexpected end of data")
        found = None
        while True:
            try:
                found = self.tarinfo.fromtarfile(self)
            except EOFHeaderError:
                if self.ignore_zeros:
                    self.offset += BLOCKSIZE
                    continue
            except InvalidHeaderError as error:
                if self.ignore_zeros:
                    self.offset += BLOCKSIZE
                    continue
                if self.offset == 0:
                    raise ReadError(str(error)) from None
            except EmptyHeaderError:
                if self.offset == 0:
                    raise ReadError("empty file") from None
            except TruncatedHeaderError as error:
                if self.offset == 0:
                    raise ReadError(str(error)) from None
            except SubsequentHeaderError as error:
                raise ReadError(str(error)) from None
            break
        if found is None:
            self._loaded = True
        else:
            self.members.append(found)
        return found

    def __iter__(self):
        if self._loaded:
            yield from self.members
            return
        at = 0
        if self.firstmember is not None:
            yield self.next()
            at = 1
        while True:
            if at < len(self.members):
                member = self.members[at]
            elif not self._loaded:
                member = self.next()
                if not member:
                    self._loaded = True
                    return
            else:
                return
            at += 1
            yield member

    def gettarinfo(self, name=None, arcname=None, fileobj=None):
        self._check("awx")
        if fileobj is not None:
            name = fileobj.name
        arcname = (os.fspath(name) if arcname is None else os.fspath(arcname)).lstrip("/")
        made = self.tarinfo()
        made._tarfile = self
        about = os.fstat(fileobj.fileno()) if fileobj is not None else os.stat(name) if self.dereference else os.lstat(name)
        mode, link = about.st_mode, ""
        if stat.S_ISREG(mode):
            key = about.st_ino, about.st_dev
            if not self.dereference and about.st_nlink > 1 and key in self.inodes and arcname != self.inodes[key]:
                kind, link = LNKTYPE, self.inodes[key]
            else:
                kind = REGTYPE
                if key[0]:
                    self.inodes[key] = arcname
        elif stat.S_ISDIR(mode):
            kind = DIRTYPE
        elif stat.S_ISFIFO(mode):
            kind = FIFOTYPE
        elif stat.S_ISLNK(mode):
            kind, link = SYMTYPE, os.readlink(name)
        else:
            return None
        made.name, made.mode, made.uid, made.gid, made.mtime = arcname, mode, about.st_uid, about.st_gid, about.st_mtime
        made.size, made.type, made.linkname = about.st_size if kind == REGTYPE else 0, kind, link
        try:
            import pwd

            made.uname = pwd.getpwuid(made.uid)[0]
        except (ImportError, KeyError, OSError):
            pass
        try:
            import grp

            made.gname = grp.getgrgid(made.gid)[0]
        except (ImportError, KeyError, OSError):
            pass
        return made

    def add(self, name, arcname=None, recursive=True, *, filter=None):
        self._check("awx")
        arcname = name if arcname is None else arcname
        if self.name is not None and os.path.abspath(name) == self.name:
            return
        info = self.gettarinfo(name, arcname)
        if info is None:
            return
        if filter is not None:
            info = filter(info)
            if info is None:
                return
        if info.isreg():
            with bltn_open(name, "rb") as file:
                self.addfile(info, file)
        elif info.isdir():
            self.addfile(info)
            if recursive:
                for one in sorted(os.listdir(name)):
                    self.add(os.path.join(name, one), os.path.join(arcname, one), recursive, filter=filter)
        else:
            self.addfile(info)

    def addfile(self, tarinfo, fileobj=None):
        self._check("awx")
        tarinfo = copy.copy(tarinfo)
        data = tarinfo.tobuf(self.format, self.encoding, self.errors)
        self.fileobj.write(data)
        self.offset += len(data)
        if fileobj is not None:
            left = tarinfo.size
            while left:
                part = fileobj.read(min(left, self.copybufsize or 65536))
                if not part:
                    raise OSError("unexpected end of data")
                self.fileobj.write(part)
                left -= len(part)
            rest = -tarinfo.size % BLOCKSIZE
            self.fileobj.write(bytes(rest))
            self.offset += tarinfo.size + rest
        self.members.append(tarinfo)

    def list(self, verbose=True, *, members=None):
        for info in self if members is None else members:
            if verbose:
                size = "%d,%d" % (info.devmajor, info.devminor) if info.ischr() or info.isblk() else "%d" % info.size
                when = "%d-%02d-%02d %02d:%02d:%02d" % time.localtime(info.mtime)[:6]
                print("%s %s/%s %10s %s" % (stat.filemode(info.mode | _KINDS.get(info.type, 0)), info.uname or info.uid, info.gname or info.gid, size, when), end=" ")
            print(info.name + ("/" if info.isdir() else ""), end=" ")
            if verbose and info.issym():
                print("-> " + info.linkname, end=" ")
            if verbose and info.islnk():
                print("link to " + info.linkname, end=" ")
            print()

    def _filter(self, filter):
        if filter is None:
            filter = self.extraction_filter
            if filter is None:
                return fully_trusted_filter
            if isinstance(filter, str):
                raise TypeError("String names are not supported for TarFile.extraction_filter. Use a function such as tarfile.data_filter directly.")
            return filter
        if callable(filter):
            return filter
        try:
            return _FILTERS[filter]
        except KeyError:
            raise ValueError("filter %r not found" % (filter,)) from None

    def extractall(self, path=".", members=None, *, numeric_owner=False, filter=None):
        filter, directories = self._filter(filter), []
        for member in self if members is None else members:
            info = self._chosen(member, filter, path)
            if info is None:
                continue
            if info.isdir():
                directories.append(info)
            self._extract_one(info, path, not info.isdir(), numeric_owner)
        for info in sorted(directories, key=lambda info: info.name, reverse=True):
            self._set_attributes(info, os.path.join(path, info.name))

    def extract(self, member, path="", set_attrs=True, *, numeric_owner=False, filter=None):
        info = self._chosen(self.getmember(member) if isinstance(member, str) else member, self._filter(filter), path)
        if info is not None:
            self._extract_one(info, path, set_attrs, numeric_owner)

    def _chosen(self, member, filter, path):
        info = self.getmember(member) if isinstance(member, str) else member
        try:
            found = filter(info, path)
        except FilterError:
            if self.errorlevel > 0:
                raise
            return None
        if found is None:
            return None
        if found.islnk():
            found = found.replace(deep=False)
            found._link_target = os.path.join(path, found.linkname)
        return found

    def _extract_one(self, info, path, set_attrs, numeric_owner):
        try:
            self._extract_member(info, os.path.join(path, info.name), set_attrs)
        except (OSError, ExtractError):
            if self.errorlevel > 0:
                raise

    def _extract_member(self, info, target, set_attrs=True):
        target = target.rstrip("/")
        above = os.path.dirname(target)
        if above and not os.path.exists(above):
            os.makedirs(above)
        if info.isdir():
            if not os.path.isdir(target):
                os.mkdir(target)
        elif info.issym():
            if os.path.lexists(target):
                os.unlink(target)
            os.symlink(info.linkname, target)
            return
        elif info.islnk():
            source = getattr(info, "_link_target", None)
            if source and os.path.exists(source):
                if os.path.lexists(target):
                    os.unlink(target)
                os.link(source, target)
                return
            self._extract_member(self._find_link_target(info), target, set_attrs)
            return
        elif info.isdev():
            raise ExtractError("special devices are not supported here")
        else:
            with bltn_open(target, "wb") as out, self.fileobject(self, info) as source:
                shutil.copyfileobj(source, out)
        if set_attrs:
            self._set_attributes(info, target)

    def _set_attributes(self, info, target):
        if info.mode is not None and not info.issym():
            os.chmod(target, info.mode & 0o7777)
        if info.mtime is not None and not info.issym():
            os.utime(target, (info.mtime, info.mtime))

    def extractfile(self, member):
        self._check("r")
        info = self.getmember(member) if isinstance(member, str) else member
        if info.isreg() or info.type not in SUPPORTED_TYPES:
            return self.fileobject(self, info)
        if info.islnk() or info.issym():
            if isinstance(self.fileobj, _Once):
                raise StreamError("cannot extract (sym)link as file object")
            return self.extractfile(self._find_link_target(info))
        return None

    def _find_link_target(self, info):
        if info.issym():
            name, before = "/".join([part for part in (os.path.dirname(info.name), info.linkname) if part]), None
        else:
            name, before = info.linkname, info
        found = self._getmember(os.path.normpath(name), before)
        if found is None:
            raise KeyError("linkname %r not found" % name)
        return found

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self.close()
        else:
            if not self._extfileobj:
                self.fileobj.close()
            self.closed = True


_KINDS = {REGTYPE: 0o100000, DIRTYPE: 0o040000, SYMTYPE: 0o120000, FIFOTYPE: 0o010000, CHRTYPE: 0o020000, BLKTYPE: 0o060000, LNKTYPE: 0o100000, AREGTYPE: 0o100000}


def _unpacked(fileobj, kind):
    """All of a packed stream, unpacked."""
    data = fileobj.read()
    for name, module, start in (("gz", "gzip", b"\x1f\x8b"), ("bz2", "bz2", b"BZh"), ("xz", "lzma", b"\xfd7zXZ")):
        if kind == name or kind == "*" and data.startswith(start):
            try:
                return io.BytesIO(__import__(module).decompress(data))
            except ImportError:
                raise CompressionError("%s module is not available" % module) from None
            except (OSError, EOFError, ValueError) as error:
                raise ReadError("not a packed file: %s" % error) from None
    return io.BytesIO(data)


def is_tarfile(name):
    try:
        if hasattr(name, "read"):
            here = name.tell()
            opened = open(fileobj=name)
            name.seek(here)
        else:
            opened = open(name)
        opened.close()
        return True
    except TarError:
        return False


bltn_open, open = open, TarFile.open


def main():
    """`python -m tarfile`: lists, tests, unpacks and makes archives."""
    import argparse

    parser = argparse.ArgumentParser(prog="tarfile.py", description="A simple command-line interface for tarfile module.")
    parser.add_argument("-v", "--verbose", action="store_true", help="Verbose output")
    parser.add_argument("--filter", metavar="<filtername>", choices=_FILTERS, help="Filter for extraction")
    verb = parser.add_mutually_exclusive_group(required=True)
    verb.add_argument("-l", "--list", metavar="<tarfile>", help="Show listing of a tarfile")
    verb.add_argument("-e", "--extract", nargs="+", metavar=("<tarfile>", "<output_dir>"), help="Extract tarfile into target dir")
    verb.add_argument("-c", "--create", nargs="+", metavar=("<name>", "<file>"), help="Create tarfile from sources")
    verb.add_argument("-t", "--test", metavar="<tarfile>", help="Test if a tarfile is valid")
    given = parser.parse_args()
    if given.filter and given.extract is None:
        parser.exit(1, "--filter is only valid for extraction\n")
    if given.create is not None:
        name, *files = given.create
        if not files:
            parser.exit(1, parser.format_help())
        kinds = {"gz": "gz", "tgz": "gz", "xz": "xz", "txz": "xz", "bz2": "bz2", "tbz": "bz2", "tbz2": "bz2", "tb2": "bz2"}
        kind = kinds.get(os.path.splitext(name)[1][1:])
        with TarFile.open(name, "w:" + kind if kind else "w") as archive:
            for file in files:
                archive.add(file)
        if given.verbose:
            print("%r file created." % name)
        return
    source = given.list or given.test or given.extract[0]
    if not is_tarfile(source):
        parser.exit(1, "%r is not a tar archive.\n" % source)
    with open(source, "r:*") as archive:
        if given.list is not None:
            archive.list(verbose=given.verbose)
        elif given.test is not None:
            archive.getmembers()
            if given.verbose:
                print("%r is a tar archive." % source)
        elif len(given.extract) > 2:
            parser.exit(1, parser.format_help())
        else:
            target = given.extract[1] if len(given.extract) == 2 else os.curdir
            archive.extractall(path=target, filter=given.filter)
            if given.verbose:
                print("%r file is extracted%s." % (source, "" if target == os.curdir else " into %r directory" % target))


if __name__ == "__main__":
    main()
