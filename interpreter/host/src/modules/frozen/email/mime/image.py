"""Pictures, known by how they begin."""

from email import encoders
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ["MIMEImage"]


def _kind(data):
    starts = (
        (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"\xff\xd8\xff", "jpeg"), (b"BM", "bmp"), (b"MM", "tiff"),
        (b"II", "tiff"), (b"P1", "pbm"), (b"P4", "pbm"), (b"P2", "pgm"), (b"P5", "pgm"), (b"P3", "ppm"), (b"P6", "ppm"), (b"\x01\xda", "rgb"), (b"\x59\xa6\x6a\x95", "rast"), (b"#define ", "xbm"), (b"\x76\x2f\x31\x01", "exr"),
    )
    for start, kind in starts:
        if data.startswith(start):
            return kind
    if data[6:10] in (b"JFIF", b"Exif"):
        return "jpeg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    return None


class MIMEImage(MIMENonMultipart):
    def __init__(self, _imagedata, _subtype=None, _encoder=encoders.encode_base64, *, policy=None, **_params):
        _subtype = _kind(_imagedata) if _subtype is None else _subtype
        if _subtype is None:
            raise TypeError("Could not guess image MIME subtype")
        super().__init__("image", _subtype, policy=policy, **_params)
        self.set_payload(_imagedata)
        _encoder(self)
