"""Quoted-printable: bytes as text of ASCII, mostly as they are."""

from binascii import a2b_qp, b2a_qp

__all__ = ["decode", "decodestring", "encode", "encodestring"]

MAXLINESIZE = 76


def encodestring(s, quotetabs=False, header=False):
    return b2a_qp(s, quotetabs=quotetabs, header=header)


def decodestring(s, header=False):
    return a2b_qp(s, header=header)


def encode(input, output, quotetabs, header=False):
    output.write(encodestring(input.read(), quotetabs, header))


def decode(input, output, header=False):
    output.write(decodestring(input.read(), header))


def main():
    """`python -m quopri`: codes or decodes files, or what is typed."""
    import getopt
    import sys

    try:
        options, files = getopt.getopt(sys.argv[1:], "td")
        options = [name for name, _ in options]
        if len(options) > 1:
            raise getopt.error("-t and -d are mutually exclusive")
    except getopt.error as error:
        sys.stderr.write("%s\nusage: quopri [-t | -d] [file] ...\n-t: quote tabs\n-d: decode; default encode\n" % error)
        sys.exit(2)
    failed = 0
    for name in files or ["-"]:
        try:
            if name == "-":
                data = sys.stdin.buffer.read()
            else:
                with open(name, "rb") as file:
                    data = file.read()
        except OSError as error:
            sys.stderr.write("%s: can't open (%s)\n" % (name, error))
            failed = 1
            continue
        sys.stdout.buffer.write(decodestring(data) if "-d" in options else encodestring(data, "-t" in options))
    if failed:
        sys.exit(failed)


if __name__ == "__main__":
    main()
