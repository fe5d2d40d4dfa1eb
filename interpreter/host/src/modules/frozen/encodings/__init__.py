"""Encodings by name: see `codecs`. Each is a module here as well, which is made of what `codecs` knows of it."""

import codecs
import sys
from codecs import lookup


# What was looked up by name.
_cache = codecs._known


class CodecRegistryError(LookupError, SystemError):
    pass


def normalize_encoding(encoding):
    if isinstance(encoding, bytes):
        encoding = encoding.decode("ascii")
    kept = [character if character.isalnum() or character == "." else " " for character in encoding]
    return "_".join(["".join([character for character in part if character.isascii()]) for part in "".join(kept).split()])


def search_function(encoding):
    try:
        return lookup(encoding)
    except LookupError:
        return None


_OTHERS = (
    "ascii latin_1 utf_8 utf_8_sig utf_16 utf_16_le utf_16_be utf_32 utf_32_le utf_32_be unicode_escape raw_unicode_escape charmap "
    "base64_codec bz2_codec hex_codec quopri_codec rot_13 uu_codec undefined zlib_codec"
).split()


def _is_known(name):
    import _codepages
    import _multibytecodec

    return name in _OTHERS or name in _codepages.PAGES or name in _multibytecodec.NAMES.values()


def _rot13(infile, outfile):
    outfile.write(codecs.encode(infile.read(), "rot-13"))


class _Modules:
    """Finds the modules that no file is."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        package, _, last = name.rpartition(".")
        if package != "encodings" or not _is_known(last):
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, _Modules, origin="codecs")

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        name = module.__name__.rpartition(".")[2]
        info = lookup(name)
        encode, decode = staticmethod(info.encode), staticmethod(info.decode)
        if name == "rot_13":
            module.rot13 = _rot13
        module.__dict__.update(
            getregentry=lambda: lookup(name),
            Codec=type("Codec", (codecs.Codec,), {"encode": encode, "decode": decode}),
            encode=info.encode,
            decode=info.decode,
            IncrementalEncoder=info.incrementalencoder,
            IncrementalDecoder=info.incrementaldecoder,
            StreamReader=info.streamreader,
            StreamWriter=info.streamwriter,
            codecs=codecs,
        )
        page = codecs._page(codecs._plain(name))
        if page and name not in ("ascii", "latin_1"):
            table = page.replace("\ufffd", "\ufffe")
            module.__dict__.update(decoding_table=table, encoding_table=codecs.charmap_build(table))


sys.meta_path.append(_Modules)


def __getattr__(name):
    # Those that CPython has imported before a program begins.
    if name in ("ascii", "latin_1", "utf_8"):
        import importlib

        return importlib.import_module("encodings." + name)
    raise AttributeError("module 'encodings' has no attribute '%s'" % name)


from encodings import aliases
