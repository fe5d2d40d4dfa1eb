"""What continues the builtins: names for people at the prompt, the way to the debugger, `input` from other streams than the console."""


class _Quitter:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "Use %s() or Ctrl-D (i.e. EOF) to exit" % self.name

    def __call__(self, code=None):
        raise SystemExit(code)


exit, quit = _Quitter("exit"), _Quitter("quit")


def breakpoint(*args, **kws):
    import sys

    return sys.breakpointhook(*args, **kws)


def _input(prompt):
    import sys

    sys.stdout.write(prompt)
    if hasattr(sys.stdout, "flush"):
        sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line[:-1] if line.endswith("\n") else line
