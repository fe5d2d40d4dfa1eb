"""Sound in WAV files: samples as they are, without compression."""

import builtins
import struct
from collections import namedtuple

__all__ = ["open", "Error", "Wave_read", "Wave_write"]

WAVE_FORMAT_PCM = 0x0001
_WAVE_FORMAT_EXTENSIBLE = 0xFFFE


class Error(Exception):
    pass


_wave_params = namedtuple("_wave_params", "nchannels sampwidth framerate nframes comptype compname")


class _Wave:
    """What reading and writing share: a file, opened here if it was named, and what is the same of every file without compression."""

    _file = _opened = None

    def _find(self, f, mode):
        if isinstance(f, str):
            f = self._opened = builtins.open(f, mode)
        return f

    def __del__(self):
        self.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def getcomptype(self):
        return "NONE"

    def getcompname(self):
        return "not compressed"

    def _params(self, nframes):
        return _wave_params(self._nchannels, self._sampwidth, self._framerate, nframes, self.getcomptype(), self.getcompname())

    def getmarkers(self):
        return None

    def getmark(self, id):
        raise Error("no marks")


class Wave_read(_Wave):
    def __init__(self, f):
        f = self._find(f, "rb")
        try:
            self.initfp(f)
        except BaseException:
            if self._opened:
                f.close()
            raise

    def initfp(self, file):
        self._file, self._nchannels, self._data_at = file, 0, None
        head = file.read(12)
        if len(head) < 12 and not head:
            raise EOFError
        if head[:4] != b"RIFF":
            raise Error("file does not start with RIFF id")
        if head[8:12] != b"WAVE":
            raise Error("not a WAVE file")
        while True:
            chunk = file.read(8)
            if len(chunk) < 8:
                break
            name, size = chunk[:4], struct.unpack("<L", chunk[4:])[0]
            if name == b"fmt ":
                self._read_format(file.read(size))
                if size & 1:
                    file.read(1)
            elif name == b"data":
                if not self._nchannels:
                    raise Error("data chunk before fmt chunk")
                self._framesize = self._nchannels * self._sampwidth
                self._nframes = size // self._framesize
                self._at = 0
                try:
                    self._data_at = file.tell()
                except (AttributeError, OSError):
                    self._data_at = 0
                break
            else:
                file.read(size + (size & 1))
        if not self._nchannels or self._data_at is None:
            raise Error("fmt chunk and/or data chunk missing")

    def _read_format(self, data):
        try:
            kind, self._nchannels, self._framerate, _, _ = struct.unpack_from("<HHLLH", data)
            bits = struct.unpack_from("<H", data, 14)[0]
        except (struct.error, ValueError):
            raise EOFError from None
        if kind not in (WAVE_FORMAT_PCM, _WAVE_FORMAT_EXTENSIBLE):
            raise Error("unknown format: %r" % (kind,))
        self._sampwidth = (bits + 7) // 8
        if not self._sampwidth:
            raise Error("bad sample width")
        if not self._nchannels:
            raise Error("bad # of channels")

    def getfp(self):
        return self._file

    def rewind(self):
        self.setpos(0)

    def close(self):
        self._file, opened, self._opened = None, self._opened, None
        if opened:
            opened.close()

    def tell(self):
        return self._at

    def getnchannels(self):
        return self._nchannels

    def getnframes(self):
        return self._nframes

    def getsampwidth(self):
        return self._sampwidth

    def getframerate(self):
        return self._framerate

    def getparams(self):
        return self._params(self._nframes)

    def setpos(self, pos):
        if not 0 <= pos <= self._nframes:
            raise Error("position not in range")
        self._file.seek(self._data_at + pos * self._framesize)
        self._at = pos

    def readframes(self, nframes):
        count = self._nframes - self._at if nframes < 0 else min(nframes, self._nframes - self._at)
        data = self._file.read(count * self._framesize)
        self._at += len(data) // self._framesize
        return data


class Wave_write(_Wave):
    def __init__(self, f):
        self._file = self._find(f, "wb")
        self._nchannels = self._sampwidth = self._framerate = 0
        # Frames that were promised, bytes that were, bytes that were written; whether the header is out and where.
        self._nframes, self._promised, self._written, self._head_at, self._headed = 0, 0, 0, None, False

    def _before(self):
        if self._written:
            raise Error("cannot change parameters after starting to write")

    def setnchannels(self, nchannels):
        self._before()
        if nchannels < 1:
            raise Error("bad # of channels")
        self._nchannels = nchannels

    def getnchannels(self):
        if not self._nchannels:
            raise Error("number of channels not set")
        return self._nchannels

    def setsampwidth(self, sampwidth):
        self._before()
        if not 1 <= sampwidth <= 4:
            raise Error("bad sample width")
        self._sampwidth = sampwidth

    def getsampwidth(self):
        if not self._sampwidth:
            raise Error("sample width not set")
        return self._sampwidth

    def setframerate(self, framerate):
        self._before()
        if framerate <= 0:
            raise Error("bad frame rate")
        self._framerate = int(round(framerate))

    def getframerate(self):
        if not self._framerate:
            raise Error("frame rate not set")
        return self._framerate

    def setnframes(self, nframes):
        self._before()
        self._nframes = nframes

    def getnframes(self):
        return self._written // (self._nchannels * self._sampwidth) if self._written else 0

    def setcomptype(self, comptype, compname):
        self._before()
        if comptype not in ("NONE",):
            raise Error("unsupported compression type")

    def setparams(self, params):
        nchannels, sampwidth, framerate, nframes, comptype, compname = params
        self._before()
        self.setnchannels(nchannels)
        self.setsampwidth(sampwidth)
        self.setframerate(framerate)
        self.setnframes(nframes)
        self.setcomptype(comptype, compname)

    def getparams(self):
        if not self._nchannels or not self._sampwidth or not self._framerate:
            raise Error("not all parameters set")
        return self._params(self._nframes)

    def setmark(self, id, pos, name):
        raise Error("setmark() not supported")

    def tell(self):
        return self.getnframes()

    def writeframesraw(self, data):
        data = bytes(data)
        if not self._headed:
            self._write_header(len(data))
        self._file.write(data)
        self._written += len(data)

    def writeframes(self, data):
        self.writeframesraw(data)
        if self._promised != self._written:
            self._patch()

    def close(self):
        if self._file is None:
            return
        file, opened = self._file, self._opened
        try:
            if not self._headed:
                self._write_header(0)
            if self._promised != self._written:
                self._patch()
            if hasattr(file, "flush"):
                file.flush()
        finally:
            self._file = self._opened = None
            if opened:
                opened.close()

    def _write_header(self, first):
        for value, what in ((self._nchannels, "# channels"), (self._sampwidth, "sample width"), (self._framerate, "sampling rate")):
            if not value:
                raise Error("%s not specified" % what)
        frame = self._nchannels * self._sampwidth
        self._promised = (self._nframes or first // frame) * frame
        try:
            self._head_at = self._file.tell()
        except (AttributeError, OSError):
            self._head_at = None
        self._file.write(b"RIFF" + struct.pack(
            "<L4s4sLHHLLHH4sL", 36 + self._promised, b"WAVE", b"fmt ", 16, WAVE_FORMAT_PCM, self._nchannels, self._framerate, frame * self._framerate, frame,
            self._sampwidth * 8, b"data", self._promised,
        ))
        self._headed = True

    def _patch(self):
        """Says in the header how much there is indeed."""
        if self._head_at is None:
            return
        here = self._file.tell()
        for at, size in ((4, 36 + self._written), (40, self._written)):
            self._file.seek(self._head_at + at)
            self._file.write(struct.pack("<L", size))
        self._file.seek(here)
        self._promised = self._written


def open(f, mode=None):
    if mode is None:
        mode = getattr(f, "mode", "rb")
    if mode in ("r", "rb"):
        return Wave_read(f)
    if mode in ("w", "wb"):
        return Wave_write(f)
    raise Error("mode must be 'r', 'rb', 'w', or 'wb'")
