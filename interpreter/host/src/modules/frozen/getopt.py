"""Options of a command line, as C programs take them."""

import os

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    def __init__(self, msg, opt=""):
        self.msg, self.opt = msg, opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    return _parse(args, shortopts, longopts, False)


def gnu_getopt(args, shortopts, longopts=[]):
    mixed = not (shortopts.startswith("+") or os.environ.get("POSIXLY_CORRECT"))
    return _parse(args, shortopts.lstrip("+"), longopts, mixed)


def _parse(args, shortopts, longopts, mixed):
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    args, options, others = list(args), [], []
    while args:
        word = args[0]
        if word == "--":
            args.pop(0)
            break
        if word.startswith("--"):
            args.pop(0)
            _long(options, word[2:], longopts, args)
        elif word.startswith("-") and word != "-":
            args.pop(0)
            _short(options, word[1:], shortopts, args)
        elif mixed:
            others.append(args.pop(0))
        else:
            break
    return options, others + args


def _long(options, text, longopts, args):
    name, equals, value = text.partition("=")
    matching = [option for option in longopts if option.rstrip("=").startswith(name)]
    if not matching:
        raise GetoptError("option --%s not recognized" % name, name)
    exact = [option for option in matching if option.rstrip("=") == name]
    if not exact and len(matching) > 1:
        raise GetoptError("option --%s not a unique prefix" % name, name)
    option = exact[0] if exact else matching[0]
    name = option.rstrip("=")
    if option.endswith("="):
        if not equals:
            if not args:
                raise GetoptError("option --%s requires argument" % name, name)
            value = args.pop(0)
    elif equals:
        raise GetoptError("option --%s must not have an argument" % name, name)
    options.append(("--" + name, value))


def _short(options, letters, shortopts, args):
    while letters:
        letter, letters = letters[0], letters[1:]
        at = shortopts.find(letter)
        if at < 0 or letter == ":":
            raise GetoptError("option -%s not recognized" % letter, letter)
        value = ""
        if shortopts[at + 1 : at + 2] == ":":
            if not letters:
                if not args:
                    raise GetoptError("option -%s requires argument" % letter, letter)
                letters = args.pop(0)
            value, letters = letters, ""
        options.append(("-" + letter, value))

if __name__ == "__main__":
    import sys

    print(getopt(sys.argv[1:], "a:b", ["alpha=", "beta"]))
