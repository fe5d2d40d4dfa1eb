"""A prompt for Python inside a program."""

import sys
import traceback
from codeop import CommandCompiler, compile_command

__all__ = ["InteractiveConsole", "InteractiveInterpreter", "compile_command", "interact"]


class InteractiveInterpreter:
    def __init__(self, locals=None):
        self.locals = {"__name__": "__console__", "__doc__": None} if locals is None else locals
        self.compile = CommandCompiler()

    def runsource(self, source, filename="<input>", symbol="single"):
        """Runs the source if it is all there; whether more is wanted."""
        try:
            code = self.compile(source, filename, symbol)
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(filename)
            return False
        if code is None:
            return True
        self.runcode(code)
        return False

    def runcode(self, code):
        try:
            exec(code, self.locals)
        except SystemExit:
            raise
        except BaseException:
            self.showtraceback()

    def _show(self, lines):
        sys.last_type, sys.last_value, sys.last_traceback = sys.exc_info()
        hook = sys.excepthook
        if hook is not sys.__excepthook__:
            hook(sys.last_type, sys.last_value, sys.last_traceback)
        else:
            self.write("".join(lines))

    def showsyntaxerror(self, filename=None, **kwargs):
        kind, value = sys.exc_info()[:2]
        self._show(traceback.format_exception_only(kind, value))

    def showtraceback(self):
        kind, value, frames = sys.exc_info()
        # This module's own frame is nobody's business.
        self._show(traceback.format_exception(kind, value, frames.tb_next if frames is not None and frames.tb_next is not None else frames))

    def write(self, data):
        sys.stderr.write(data)


class InteractiveConsole(InteractiveInterpreter):
    def __init__(self, locals=None, filename="<console>"):
        super().__init__(locals)
        self.filename = filename
        self.resetbuffer()

    def resetbuffer(self):
        self.buffer = []

    def interact(self, banner=None, exitmsg=None):
        for name, prompt in (("ps1", ">>> "), ("ps2", "... ")):
            if not hasattr(sys, name):
                setattr(sys, name, prompt)
        if banner is None:
            self.write("Python %s on %s\n(%s)\n" % (sys.version, sys.platform, type(self).__name__))
        elif banner:
            self.write("%s\n" % str(banner))
        more = False
        while True:
            try:
                try:
                    line = self.raw_input(sys.ps2 if more else sys.ps1)
                except EOFError:
                    self.write("\n")
                    break
                more = self.push(line)
            except KeyboardInterrupt:
                self.write("\nKeyboardInterrupt\n")
                self.resetbuffer()
                more = False
        if exitmsg is None:
            self.write("now exiting %s...\n" % type(self).__name__)
        elif exitmsg != "":
            self.write("%s\n" % exitmsg)

    def push(self, line, filename=None):
        self.buffer.append(line)
        more = self.runsource("\n".join(self.buffer), self.filename if filename is None else filename)
        if not more:
            self.resetbuffer()
        return more

    def raw_input(self, prompt=""):
        return input(prompt)


def interact(banner=None, readfunc=None, local=None, exitmsg=None):
    console = InteractiveConsole(local)
    if readfunc is not None:
        console.raw_input = readfunc
    console.interact(banner, exitmsg)


def main():
    """`python -m code`: a prompt."""
    import argparse

    parser = argparse.ArgumentParser(prog="code.py")
    parser.add_argument("-q", action="store_true", help="don't print version and copyright messages")
    interact("" if parser.parse_args().q or getattr(sys.flags, "quiet", 0) else None)


if __name__ == "__main__":
    main()
