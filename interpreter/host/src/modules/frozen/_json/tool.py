"""`python -m json.tool`: JSON from a file or from what is typed, laid out for people."""

import argparse
import json
import sys


def main():
    parser = argparse.ArgumentParser(prog="python -m json.tool", description="Checks JSON, and lays it out for people.")
    parser.add_argument("infile", nargs="?", default="-", help="a JSON file")
    parser.add_argument("outfile", nargs="?", help="where it is written to")
    parser.add_argument("--sort-keys", action="store_true", default=False, help="sort the keys of objects")
    parser.add_argument("--no-ensure-ascii", dest="ensure_ascii", action="store_false", help="write characters beyond ASCII as they are")
    parser.add_argument("--json-lines", action="store_true", default=False, help="each line is a JSON text of its own")
    layout = parser.add_mutually_exclusive_group()
    layout.add_argument("--indent", default=4, type=int, help="indent by so many spaces")
    layout.add_argument("--tab", action="store_const", dest="indent", const="\t", help="indent by tabs")
    layout.add_argument("--no-indent", action="store_const", dest="indent", const=None, help="all on one line")
    layout.add_argument("--compact", action="store_true", help="no spaces at all")
    options = parser.parse_args()
    layout = {"sort_keys": options.sort_keys, "indent": options.indent, "ensure_ascii": options.ensure_ascii}
    if options.compact:
        layout["indent"], layout["separators"] = None, (",", ":")
    try:
        if options.infile == "-":
            text = sys.stdin.read()
        else:
            with open(options.infile, encoding="utf-8") as file:
                text = file.read()
        texts = text.splitlines() if options.json_lines else [text]
        out = "".join([json.dumps(json.loads(text), **layout) + "\n" for text in texts])
        if options.outfile is None:
            sys.stdout.write(out)
        else:
            with open(options.outfile, "w", encoding="utf-8") as file:
                file.write(out)
    except ValueError as error:
        raise SystemExit(error)


if __name__ == "__main__":
    main()
