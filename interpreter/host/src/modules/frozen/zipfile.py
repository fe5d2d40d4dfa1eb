"""Archives in the ZIP format: stored and deflated members, also of more than 4 GB and of more than 65,535 members."""

import binascii
import importlib
import io
import os
import struct
import sys
import time

__all__ = [
    "BadZipFile", "BadZipfile", "error", "ZIP_STORED", "ZIP_DEFLATED", "ZIP_BZIP2", "ZIP_LZMA", "is_zipfile", "ZipInfo", "ZipFile", "PyZipFile",
    "LargeZipFile", "Path",
]
ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14
ZIP64_LIMIT, ZIP_FILECOUNT_LIMIT, ZIP_MAX_COMMENT = (1 << 31) - 1, (1 << 16) - 1, (1 << 16) - 1
_NAMES = {ZIP_STORED: "stored", ZIP_DEFLATED: "deflate", ZIP_BZIP2: "bzip2", ZIP_LZMA: "lzma"}
_LOCAL, _CENTRAL, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_END64, _LOCATOR, _DATA = b"PK\6\6", b"PK\6\7", b"PK\7\x08"
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 1, 8, 0x800


class BadZipFile(Exception):
    pass


class LargeZipFile(Exception):
    pass


error = BadZipfile = BadZipFile


class ZipInfo:
    """What is known of a member."""

    def __init__(self, filename="NoName", date_time=(1980, 1, 1, 0, 0, 0)):
        self.orig_filename = filename
        self.filename = filename.partition("\0")[0]
        if date_time[0] < 1980:
            raise ValueError("ZIP does not support timestamps before 1980")
        self.date_time, self.compress_type, self._compresslevel = date_time, ZIP_STORED, None
        self.comment = self.extra = b""
        self.create_system, self.create_version, self.extract_version = 3, 20, 20
        self.reserved = self.flag_bits = self.volume = self.internal_attr = self.external_attr = 0
        self.compress_size = self.file_size = self.header_offset = self.CRC = 0

    def __repr__(self):
        out = ["<%s filename=%r" % (type(self).__name__, self.filename)]
        if self.compress_type != ZIP_STORED:
            out.append(" compress_type=%s" % _NAMES.get(self.compress_type, self.compress_type))
        high, low = self.external_attr >> 16, self.external_attr & 0xFFFF
        if high:
            import stat

            out.append(" filemode=%r" % stat.filemode(high))
        if low:
            out.append(" external_attr=%#x" % low)
        if not self.is_dir() or self.file_size:
            out.append(" file_size=%r" % self.file_size)
        if (not self.is_dir() or self.compress_size) and (self.compress_type != ZIP_STORED or self.file_size != self.compress_size):
            out.append(" compress_size=%r" % self.compress_size)
        return "".join(out) + ">"

    @classmethod
    def from_file(cls, filename, arcname=None, *, strict_timestamps=True):
        filename = os.fspath(filename)
        about = os.stat(filename)
        directory = about.st_mode & 0o170000 == 0o040000
        when = time.localtime(about.st_mtime)[:6]
        if not strict_timestamps:
            when = (1980, 1, 1, 0, 0, 0) if when[0] < 1980 else (2107, 12, 31, 23, 59, 59) if when[0] > 2107 else when
        arcname = os.path.normpath(os.path.splitdrive(filename if arcname is None else os.fspath(arcname))[1]).lstrip("/")
        made = cls(arcname + "/" if directory else arcname, tuple(when))
        made.external_attr = (about.st_mode & 0xFFFF) << 16
        if directory:
            made.external_attr |= 0x10
        else:
            made.file_size = about.st_size
        return made

    def is_dir(self):
        return self.filename.endswith("/")

    def _name(self):
        if self.filename.isascii():
            return self.filename.encode("ascii"), self.flag_bits
        return self.filename.encode("utf-8"), self.flag_bits | _UTF8

    def _stamp(self):
        year, month, day, hour, minute, second = self.date_time[:6]
        return hour << 11 | minute << 5 | second // 2, year - 1980 << 9 | month << 5 | day

    def FileHeader(self, zip64=None):
        crc, packed, size = (0, 0, 0) if self.flag_bits & _DESCRIPTOR else (self.CRC, self.compress_size, self.file_size)
        extra = self.extra
        large = size > ZIP64_LIMIT or packed > ZIP64_LIMIT
        if zip64 is None:
            zip64 = large
        if zip64:
            extra += struct.pack("<HHQQ", 1, 16, size, packed)
            size = packed = 0xFFFFFFFF
            self.extract_version, self.create_version = max(45, self.extract_version), max(45, self.create_version)
        elif large:
            raise LargeZipFile("Filesize would require ZIP64 extensions")
        name, flags = self._name()
        clock, day = self._stamp()
        head = struct.pack("<4sHHHHHLLLHH", _LOCAL, self.extract_version, flags, self.compress_type, clock, day, crc, packed, size, len(name), len(extra))
        return head + name + extra

    def _central(self):
        name, flags = self._name()
        clock, day = self._stamp()
        large = [value for value in (self.file_size, self.compress_size) if value > ZIP64_LIMIT]
        size, packed = (0xFFFFFFFF, 0xFFFFFFFF) if large else (self.file_size, self.compress_size)
        large = [self.file_size, self.compress_size] if large else []
        offset = self.header_offset
        if offset > ZIP64_LIMIT:
            large.append(offset)
            offset = 0xFFFFFFFF
        extra, version = _without(self.extra, 1), self.extract_version
        if large:
            extra = struct.pack("<HH%dQ" % len(large), 1, 8 * len(large), *large) + extra
            version = max(45, version)
        return struct.pack(
            "<4s4B4HL2L5H2L", _CENTRAL, max(version, self.create_version), self.create_system, version, self.reserved, flags, self.compress_type,
            clock, day, self.CRC, packed, size, len(name), len(extra), len(self.comment), 0, self.internal_attr, self.external_attr, offset,
        ) + name + extra + self.comment

    def _read_extra(self):
        """Sizes and places that did not fit into 32 bits."""
        extra = self.extra
        while len(extra) >= 4:
            kind, length = struct.unpack("<HH", extra[:4])
            if length + 4 > len(extra):
                raise BadZipFile("Corrupt extra field %04x (size=%d)" % (kind, length))
            if kind == 1:
                data = extra[4 : 4 + length]
                for name, none in (("file_size", (0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF)), ("compress_size", (0xFFFFFFFF,)), ("header_offset", (0xFFFFFFFF,))):
                    if getattr(self, name) in none:
                        if len(data) < 8:
                            raise BadZipFile("Corrupt zip64 extra field. %s not found." % name.replace("_", " ").capitalize())
                        setattr(self, name, struct.unpack("<Q", data[:8])[0])
                        data = data[8:]
            extra = extra[length + 4 :]


def _without(extra, unwanted):
    out = b""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind != unwanted:
            out += extra[: length + 4]
        extra = extra[length + 4 :]
    return out + extra


class _Squeezer:
    """A member's bytes as they come, for formats that are compressed whole when all is there."""

    def __init__(self, squeeze):
        self._squeeze, self._parts = squeeze, []

    def compress(self, data):
        self._parts.append(bytes(data))
        return b""

    def flush(self):
        return self._squeeze(b"".join(self._parts))


def _compressor(kind, level):
    if kind == ZIP_DEFLATED:
        zlib = importlib.import_module("zlib")
        if hasattr(zlib, "compressobj"):
            return zlib.compressobj(-1 if level is None else level, 8, -15)
        return _Squeezer(lambda data: zlib.compress(data, wbits=-15))
    if kind == ZIP_BZIP2:
        return _Squeezer(importlib.import_module("bz2").compress)
    return None


def _expanded(kind, data):
    if kind == ZIP_STORED:
        return data
    if kind == ZIP_DEFLATED:
        return importlib.import_module("zlib").decompress(data, -15)
    if kind == ZIP_BZIP2:
        return importlib.import_module("bz2").decompress(data)
    if kind == ZIP_LZMA:
        raise NotImplementedError("members that LZMA compressed cannot be read here")
    raise NotImplementedError("compression type %d" % kind)


def _check_compression(kind):
    if kind not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2):
        raise NotImplementedError("That compression method is not supported")
    if kind == ZIP_BZIP2:
        importlib.import_module("bz2")


def _keys(password):
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in password:
        _turn(keys, byte)
    return keys


def _turn(keys, byte):
    keys[0] = _crc(byte, keys[0])
    keys[1] = (keys[1] + (keys[0] & 0xFF)) * 134775813 + 1 & 0xFFFFFFFF
    keys[2] = _crc(keys[1] >> 24, keys[2])


def _crc(byte, crc):
    return binascii.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def _decrypted(password, data):
    keys, out = _keys(password), bytearray()
    for byte in data:
        pad = keys[2] | 2
        byte ^= pad * (pad ^ 1) >> 8 & 0xFF
        _turn(keys, byte)
        out.append(byte)
    return bytes(out)


class ZipExtFile(io.BufferedIOBase):
    """A member, open for reading."""

    def __init__(self, data, info, mode="r"):
        self._data, self._at, self.name, self.mode, self.newlines = data, 0, info.filename, mode, None

    def __repr__(self):
        return "<zipfile.ZipExtFile name=%r mode=%r>" % (self.name, self.mode)

    def readable(self):
        self._check_open()
        return True

    def seekable(self):
        self._check_open()
        return True

    def read(self, n=-1):
        self._check_open()
        end = len(self._data) if n is None or n < 0 else self._at + n
        data = self._data[self._at : end]
        self._at += len(data)
        return data

    def read1(self, n=-1):
        return self.read(n)

    def peek(self, n=1):
        return self._data[self._at : self._at + max(n, 512)]

    def seek(self, offset, whence=0):
        self._check_open()
        if whence not in (0, 1, 2):
            raise ValueError("whence must be os.SEEK_SET (0), os.SEEK_CUR (1), or os.SEEK_END (2)")
        base = (0, self._at, len(self._data))[whence]
        self._at = min(max(base + offset, 0), len(self._data))
        return self._at

    def tell(self):
        self._check_open()
        return self._at


class _Writer(io.BufferedIOBase):
    """A member, open for writing."""

    def __init__(self, archive, info, zip64):
        self._archive, self._info, self._zip64 = archive, info, zip64
        self._squeezer = _compressor(info.compress_type, info._compresslevel)
        self._size = self._packed = self._crc = 0
        self.name, self.mode = info.filename, "w"

    def writable(self):
        return True

    def write(self, data):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        data = bytes(data)
        self._size += len(data)
        self._crc = binascii.crc32(data, self._crc)
        packed = self._squeezer.compress(data) if self._squeezer else data
        self._packed += len(packed)
        self._archive.fp.write(packed)
        return len(data)

    def close(self):
        if self.closed:
            return
        self._closed = True
        archive, info = self._archive, self._info
        try:
            if self._squeezer:
                rest = self._squeezer.flush()
                self._packed += len(rest)
                archive.fp.write(rest)
            info.compress_size, info.CRC, info.file_size = self._packed, self._crc, self._size
            if not self._zip64 and max(self._size, self._packed) > ZIP64_LIMIT:
                raise RuntimeError("File size too large, try using force_zip64")
            if info.flag_bits & _DESCRIPTOR:
                archive.fp.write(struct.pack("<4sLQQ" if self._zip64 else "<4sLLL", _DATA, info.CRC, info.compress_size, info.file_size))
                archive.start_dir = archive.fp.tell()
            else:
                archive.start_dir = archive.fp.tell()
                archive.fp.seek(info.header_offset)
                archive.fp.write(info.FileHeader(self._zip64))
                archive.fp.seek(archive.start_dir)
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        finally:
            archive._writing = False


def _end_record(file):
    """The place and the fields of the record at the end; `None` if this is no archive."""
    file.seek(0, 2)
    size = file.tell()
    length = min(size, 22 + ZIP_MAX_COMMENT)
    file.seek(size - length)
    data = file.read(length)
    at = data.rfind(_END)
    while at >= 0:
        if len(data) - at >= 22:
            fields = list(struct.unpack("<4s4H2LH", data[at : at + 22]))
            fields.append(data[at + 22 : at + 22 + fields[7]])
            place = size - length + at
            return _end_record_64(file, place, fields)
        at = data.rfind(_END, 0, at)
    return None


def _end_record_64(file, place, fields):
    if place < 20:
        return place, fields
    file.seek(place - 20)
    mark, disk, offset, disks = struct.unpack("<4sLQL", file.read(20))
    if mark != _LOCATOR:
        return place, fields
    if disk or disks > 1:
        raise BadZipFile("zipfiles that span multiple disks are not supported")
    file.seek(place - 20 - 56)
    data = file.read(56)
    if len(data) != 56 or data[:4] != _END64:
        return place, fields
    more = struct.unpack("<4sQ2H2L4Q", data)
    fields[3], fields[4], fields[5], fields[6] = more[6], more[7], more[8], more[9]
    return place - 76, fields


def is_zipfile(filename):
    try:
        if hasattr(filename, "read"):
            here = filename.tell()
            found = _end_record(filename)
            filename.seek(here)
        else:
            with open(filename, "rb") as file:
                found = _end_record(file)
    except (OSError, BadZipFile):
        return False
    return found is not None


class ZipFile:
    fp = None

    def __init__(self, file, mode="r", compression=ZIP_STORED, allowZip64=True, compresslevel=None, *, strict_timestamps=True, metadata_encoding=None):
        if mode not in ("r", "w", "x", "a"):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        _check_compression(compression)
        self._allowZip64, self._didModify, self.debug, self.NameToInfo, self.filelist = allowZip64, False, 0, {}, []
        self.compression, self.compresslevel, self.mode, self.pwd, self._comment = compression, compresslevel, mode, None, b""
        self._strict_timestamps, self._writing, self.metadata_encoding = strict_timestamps, False, metadata_encoding
        if metadata_encoding and mode != "r":
            raise ValueError("metadata_encoding is only supported for reading files")
        if isinstance(file, os.PathLike):
            file = os.fspath(file)
        self._filePassed = int(not isinstance(file, str))
        if not self._filePassed:
            self.filename = file
            if mode == "a" and not os.path.exists(file):
                self.fp = open(file, "w+b")
            else:
                self.fp = open(file, {"r": "rb", "w": "w+b", "x": "x+b", "a": "r+b"}[mode])
        else:
            self.fp, self.filename = file, getattr(file, "name", None)
        try:
            if mode == "r":
                self._read_directory()
            elif mode in ("w", "x"):
                self._didModify = True
                try:
                    self.start_dir = self.fp.tell()
                except (AttributeError, OSError):
                    self.fp, self.start_dir = _Counted(self.fp), 0
            else:
                try:
                    self._read_directory()
                    self.fp.seek(self.start_dir)
                except BadZipFile:
                    self.fp.seek(0, 2)
                    self._didModify, self.start_dir = True, self.fp.tell()
        except BaseException:
            fp, self.fp = self.fp, None
            if not self._filePassed:
                fp.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.close()

    def __repr__(self):
        out = "<%s.%s" % (type(self).__module__, type(self).__qualname__)
        if self.fp is None:
            return out + " [closed]>"
        out += " file=%r" % self.fp if self._filePassed else " filename=%r" % self.filename
        return out + " mode=%r>" % self.mode

    def _read_directory(self):
        try:
            found = _end_record(self.fp)
        except OSError:
            raise BadZipFile("File is not a zip file") from None
        if not found:
            raise BadZipFile("File is not a zip file")
        place, fields = found
        size, offset, self._comment = fields[5], fields[6], fields[8]
        # What stands before the archive moves everything.
        shift = place - size - offset
        self.start_dir = offset + shift
        if self.start_dir < 0:
            raise BadZipFile("Bad offset for central directory")
        self.fp.seek(self.start_dir)
        data = self.fp.read(size)
        at = 0
        while at < size:
            head = data[at : at + 46]
            if len(head) != 46:
                raise BadZipFile("Truncated central directory")
            (mark, version, system, needed, reserved, flags, kind, clock, day, crc, packed, length, name_length, extra_length, comment_length,
             volume, internal, external, header) = struct.unpack("<4s4B4HL2L5H2L", head)
            if mark != _CENTRAL:
                raise BadZipFile("Bad magic number for central directory")
            at += 46
            name = data[at : at + name_length]
            encoding = "utf-8" if flags & _UTF8 else self.metadata_encoding or "cp437"
            info = ZipInfo(name.decode(encoding))
            at += name_length
            info.extra = data[at : at + extra_length]
            at += extra_length
            info.comment = data[at : at + comment_length]
            at += comment_length
            info.create_version, info.create_system, info.extract_version, info.reserved = version, system, needed, reserved
            info.flag_bits, info.compress_type, info.CRC, info.compress_size, info.file_size = flags, kind, crc, packed, length
            info.volume, info.internal_attr, info.external_attr, info.header_offset = volume, internal, external, header
            info._raw_time = clock
            info.date_time = ((day >> 9) + 1980, day >> 5 & 15, day & 31, clock >> 11, clock >> 5 & 63, (clock & 31) * 2)
            info._read_extra()
            info.header_offset += shift
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info

    def namelist(self):
        return [info.filename for info in self.filelist]

    def infolist(self):
        return self.filelist

    def printdir(self, file=None):
        print("%-46s %19s %12s" % ("File Name", "Modified    ", "Size"), file=file)
        for info in self.filelist:
            print("%-46s %s %12d" % (info.filename, "%d-%02d-%02d %02d:%02d:%02d" % info.date_time[:6], info.file_size), file=file)

    def testzip(self):
        for info in self.filelist:
            try:
                self.read(info)
            except BadZipFile:
                return info.filename
        return None

    def getinfo(self, name):
        info = self.NameToInfo.get(name)
        if info is None:
            raise KeyError("There is no item named %r in the archive" % name)
        return info

    def setpassword(self, pwd):
        if pwd and not isinstance(pwd, bytes):
            raise TypeError("pwd: expected bytes, got %s" % type(pwd).__name__)
        self.pwd = pwd or None

    @property
    def comment(self):
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError("comment: expected bytes, got %s" % type(comment).__name__)
        self._comment, self._didModify = comment[:ZIP_MAX_COMMENT], True

    def read(self, name, pwd=None):
        with self.open(name, "r", pwd) as file:
            return file.read()

    def open(self, name, mode="r", pwd=None, *, force_zip64=False):
        if mode not in ("r", "w"):
            raise ValueError('open() requires mode "r" or "w"')
        if pwd and mode == "w":
            raise ValueError("pwd is only supported for reading files")
        if not self.fp:
            raise ValueError("Attempt to use ZIP archive that was already closed")
        if isinstance(name, ZipInfo):
            info = name
        elif mode == "w":
            info = ZipInfo(name)
            info.compress_type, info._compresslevel = self.compression, self.compresslevel
        else:
            info = self.getinfo(name)
        if mode == "w":
            return self._open_to_write(info, force_zip64)
        if self._writing:
            raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. Close the writing handle before trying to read.")
        here = self.fp.tell()
        try:
            return ZipExtFile(self._contents(info, pwd), info)
        finally:
            if self.mode != "r":
                self.fp.seek(here)

    def _contents(self, info, pwd):
        self.fp.seek(info.header_offset)
        head = self.fp.read(30)
        if len(head) != 30:
            raise BadZipFile("Truncated file header")
        fields = struct.unpack("<4sHHHHHLLLHH", head)
        if fields[0] != _LOCAL:
            raise BadZipFile("Bad magic number for file header")
        name = self.fp.read(fields[9])
        self.fp.seek(fields[10], 1)
        shown = name.decode("utf-8" if fields[2] & _UTF8 else self.metadata_encoding or "cp437")
        if shown != info.orig_filename:
            raise BadZipFile("File name in directory %r and header %r differ." % (info.orig_filename, name))
        if info.flag_bits & 0x20:
            raise NotImplementedError("compressed patched data (flag bit 5)")
        if info.flag_bits & 0x40:
            raise NotImplementedError("strong encryption (flag bit 6)")
        data = self.fp.read(info.compress_size)
        if len(data) != info.compress_size:
            raise EOFError
        if info.flag_bits & _ENCRYPTED:
            pwd = pwd or self.pwd
            if pwd and not isinstance(pwd, bytes):
                raise TypeError("pwd: expected bytes, got %s" % type(pwd).__name__)
            if not pwd:
                raise RuntimeError("File %r is encrypted, password required for extraction" % info.filename)
            data = _decrypted(pwd, data)
            check = info._raw_time >> 8 & 255 if info.flag_bits & _DESCRIPTOR else info.CRC >> 24 & 255
            if data[11] != check:
                raise RuntimeError("Bad password for file %r" % info.orig_filename)
            data = data[12:]
        data = _expanded(info.compress_type, data)[: info.file_size]
        if binascii.crc32(data) != info.CRC:
            raise BadZipFile("Bad CRC-32 for file %r" % info.filename)
        return data

    def _open_to_write(self, info, force_zip64=False):
        if self.mode not in ("w", "x", "a"):
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if self._writing:
            raise ValueError("Can't write to the ZIP file while there is another write handle open on it. Close the first handle before opening another.")
        _check_compression(info.compress_type)
        if info.filename in self.NameToInfo:
            import warnings

            warnings.warn("Duplicate name: %r" % info.filename, stacklevel=3)
        size = info.file_size
        info.compress_size = info.CRC = info.flag_bits = 0
        if not getattr(self.fp, "seekable", lambda: True)():
            info.flag_bits |= _DESCRIPTOR
        if not info.external_attr:
            info.external_attr = 0o600 << 16
        zip64 = force_zip64 or size * 1.05 > ZIP64_LIMIT
        if zip64 and not self._allowZip64:
            raise LargeZipFile("Filesize would require ZIP64 extensions")
        self._didModify = self._writing = True
        if not info.flag_bits & _DESCRIPTOR:
            self.fp.seek(self.start_dir)
        info.header_offset = self.fp.tell()
        self.fp.write(info.FileHeader(zip64))
        return _Writer(self, info, zip64)

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        if not self.fp:
            raise ValueError("Attempt to write to ZIP archive that was already closed")
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists")
        info = ZipInfo.from_file(filename, arcname, strict_timestamps=self._strict_timestamps)
        if info.is_dir():
            self.mkdir(info)
            return
        info.compress_type = self.compression if compress_type is None else compress_type
        info._compresslevel = self.compresslevel if compresslevel is None else compresslevel
        with open(filename, "rb") as source, self.open(info, "w") as target:
            while True:
                part = source.read(65536)
                if not part:
                    break
                target.write(part)

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        if isinstance(data, str):
            data = data.encode("utf-8")
        if isinstance(zinfo_or_arcname, ZipInfo):
            info = zinfo_or_arcname
        else:
            info = ZipInfo(zinfo_or_arcname, tuple(time.localtime()[:6]))
            info.compress_type, info._compresslevel = self.compression, self.compresslevel
            info.external_attr = 0o40775 << 16 | 0x10 if info.filename.endswith("/") else 0o600 << 16
        if not self.fp:
            raise ValueError("Attempt to write to ZIP archive that was already closed")
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists.")
        if compress_type is not None:
            info.compress_type = compress_type
        if compresslevel is not None:
            info._compresslevel = compresslevel
        info.file_size = len(data)
        with self.open(info, "w") as target:
            target.write(data)

    def mkdir(self, zinfo_or_directory_name, mode=511):
        if isinstance(zinfo_or_directory_name, ZipInfo):
            info = zinfo_or_directory_name
            if not info.is_dir():
                raise ValueError("The given ZipInfo does not describe a directory")
        elif isinstance(zinfo_or_directory_name, str):
            name = zinfo_or_directory_name
            info = ZipInfo(name if name.endswith("/") else name + "/")
            info.external_attr = (0o40000 | mode) << 16 | 0x10
        else:
            raise TypeError("Expected type str or ZipInfo")
        with self.open(info, "w"):
            pass

    def extract(self, member, path=None, pwd=None):
        return self._extract(member, os.getcwd() if path is None else os.fspath(path), pwd)

    def extractall(self, path=None, members=None, pwd=None):
        path = os.getcwd() if path is None else os.fspath(path)
        for member in self.namelist() if members is None else members:
            self._extract(member, path, pwd)

    def _extract(self, member, path, pwd):
        info = member if isinstance(member, ZipInfo) else self.getinfo(member)
        # Nothing leaves the directory.
        parts = [part for part in info.filename.split("/") if part not in ("", ".", "..")]
        target = os.path.normpath(os.path.join(path, *parts))
        above = os.path.dirname(target)
        if above and not os.path.exists(above):
            os.makedirs(above)
        if info.is_dir():
            if not os.path.isdir(target):
                os.mkdir(target)
            return target
        with self.open(info, pwd=pwd) as source, open(target, "wb") as out:
            out.write(source.read())
        return target

    def close(self):
        if self.fp is None:
            return
        if self._writing:
            raise ValueError("Can't close the ZIP file while there is an open writing handle on it. Close the writing handle before closing the zip.")
        try:
            if self.mode in ("w", "x", "a") and self._didModify:
                if getattr(self.fp, "seekable", lambda: True)():
                    self.fp.seek(self.start_dir)
                self._write_directory()
        finally:
            fp, self.fp = self.fp, None
            if not self._filePassed:
                fp.close()

    def _write_directory(self):
        start = self.fp.tell()
        for info in self.filelist:
            self.fp.write(info._central())
        end = self.fp.tell()
        count, size, offset = len(self.filelist), end - start, start
        if count > ZIP_FILECOUNT_LIMIT or offset > ZIP64_LIMIT or size > ZIP64_LIMIT:
            if not self._allowZip64:
                raise LargeZipFile("Central directory would require ZIP64 extensions")
            self.fp.write(struct.pack("<4sQ2H2L4Q", _END64, 44, 45, 45, 0, 0, count, count, size, offset))
            self.fp.write(struct.pack("<4sLQL", _LOCATOR, 0, end, 1))
            count, size, offset = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(offset, 0xFFFFFFFF)
        self.fp.write(struct.pack("<4s4H2LH", _END, 0, 0, count, count, size, offset, len(self._comment)) + self._comment)
        if self.mode == "a" and hasattr(self.fp, "truncate"):
            self.fp.truncate()
        if hasattr(self.fp, "flush"):
            self.fp.flush()


class _Counted:
    """A stream that can only be written to, and knows where it is."""

    def __init__(self, fp):
        self._fp, self._at = fp, 0

    def write(self, data):
        self._fp.write(data)
        self._at += len(data)
        return len(data)

    def tell(self):
        return self._at

    def seekable(self):
        return False

    def flush(self):
        self._fp.flush()

    def close(self):
        self._fp.close()


class PyZipFile(ZipFile):
    """An archive of modules, as source."""

    def __init__(self, file, mode="r", compression=ZIP_STORED, allowZip64=True, optimize=-1):
        super().__init__(file, mode, compression, allowZip64)

    def writepy(self, pathname, basename="", filterfunc=None):
        pathname = os.fspath(pathname)
        if filterfunc and not filterfunc(pathname):
            return
        if not os.path.isdir(pathname):
            if not pathname.endswith(".py"):
                raise RuntimeError('Files added with writepy() must end with ".py"')
            self.write(pathname, basename + "/" * bool(basename) + os.path.basename(pathname))
            return
        names = sorted(os.listdir(pathname))
        if "__init__.py" in names:
            basename = basename + "/" * bool(basename) + os.path.basename(pathname)
        for name in names:
            path = os.path.join(pathname, name)
            if name.endswith(".py") or os.path.isdir(path) and os.path.isfile(os.path.join(path, "__init__.py")):
                self.writepy(path, basename, filterfunc)


class Path:
    """A place in an archive, used as `pathlib`'s are."""

    def __init__(self, root, at=""):
        self.root, self.at = root if isinstance(root, ZipFile) else ZipFile(root), at

    def _names(self):
        names, implied = self.root.namelist(), []
        for name in names:
            parts = name.rstrip("/").split("/")[:-1]
            for count in range(1, len(parts) + 1):
                implied.append("/".join(parts[:count]) + "/")
        return list(dict.fromkeys(names + implied))

    def __eq__(self, other):
        return (self.root, self.at) == (other.root, other.at) if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((id(self.root), self.at))

    def open(self, mode="r", *args, pwd=None, **kwargs):
        if self.is_dir():
            raise IsADirectoryError(self)
        kind = mode[0]
        if not self.exists() and kind == "r":
            raise FileNotFoundError(self)
        stream = self.root.open(self.at, kind, pwd=pwd)
        if "b" in mode:
            if args or kwargs:
                raise ValueError("encoding args invalid for binary operation")
            return stream
        return io.TextIOWrapper(stream, *args, **kwargs)

    @property
    def name(self):
        return self.at.rstrip("/").rpartition("/")[2] or os.path.basename(str(self.root.filename))

    @property
    def stem(self):
        return os.path.splitext(self.name)[0]

    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]

    def read_text(self, *args, **kwargs):
        with self.open("r", *args, **kwargs) as stream:
            return stream.read()

    def read_bytes(self):
        with self.open("rb") as stream:
            return stream.read()

    def is_dir(self):
        return not self.at or self.at.endswith("/")

    def is_file(self):
        return self.exists() and not self.is_dir()

    def exists(self):
        return not self.at or self.at in self._names()

    def iterdir(self):
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        for name in self._names():
            if name.startswith(self.at) and name != self.at and "/" not in name[len(self.at) :].rstrip("/"):
                yield Path(self.root, name)

    def joinpath(self, *other):
        at = "/".join([self.at.rstrip("/"), *map(str, other)] if self.at else list(map(str, other)))
        names = self._names()
        return Path(self.root, at + "/" if at not in names and at + "/" in names else at)

    __truediv__ = joinpath

    @property
    def parent(self):
        above = self.at.rstrip("/").rpartition("/")[0]
        return Path(self.root, above + "/" if above else "")

    def __str__(self):
        return os.path.join(str(self.root.filename), self.at) if self.at else "%s/" % self.root.filename

    def __repr__(self):
        return "Path(%r, %r)" % (self.root.filename, self.at)


def _add_tree(archive, path, name):
    """A file, or a folder with what lies in it; anything else is left out."""
    if os.path.isfile(path):
        archive.write(path, name, ZIP_DEFLATED)
    elif os.path.isdir(path):
        if name:
            archive.write(path, name)
        for inner in sorted(os.listdir(path)):
            _add_tree(archive, os.path.join(path, inner), os.path.join(name, inner))


def main(args=None):
    """`python -m zipfile`: lists, tests, unpacks and makes archives."""
    import argparse

    parser = argparse.ArgumentParser(prog="zipfile.py", description="A simple command-line interface for zipfile module.")
    verb = parser.add_mutually_exclusive_group(required=True)
    verb.add_argument("-l", "--list", metavar="<zipfile>", help="Show listing of a zipfile")
    verb.add_argument("-e", "--extract", nargs=2, metavar=("<zipfile>", "<output_dir>"), help="Extract zipfile into target dir")
    verb.add_argument("-c", "--create", nargs="+", metavar=("<name>", "<file>"), help="Create zipfile from sources")
    verb.add_argument("-t", "--test", metavar="<zipfile>", help="Test if a zipfile is valid")
    parser.add_argument("--metadata-encoding", metavar="<encoding>", help="Specify encoding of member names for -l, -e and -t")
    given = parser.parse_args(args)
    encoding = given.metadata_encoding
    if given.create is not None:
        if encoding:
            print("Non-conforming encodings not supported with -c.", file=sys.stderr)
            sys.exit(1)
        name, *sources = given.create
        with ZipFile(name, "w") as archive:
            for path in sources:
                inner = os.path.basename(path) or os.path.basename(os.path.dirname(path))
                _add_tree(archive, path, "" if inner in ("", os.curdir, os.pardir) else inner)
        return
    with ZipFile(given.test or given.list or given.extract[0], metadata_encoding=encoding) as archive:
        if given.test is not None:
            bad = archive.testzip()
            if bad:
                print("The following enclosed file is corrupted: %r" % bad)
            print("Done testing")
        elif given.list is not None:
            archive.printdir()
        else:
            archive.extractall(given.extract[1])


if __name__ == "__main__":
    main()
