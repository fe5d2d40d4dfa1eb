"""A debugger at a prompt: `breakpoint()`, `pdb.set_trace()`, `pdb.run(…)`, `pdb.pm()`, `python -m pdb script.py`."""

import bdb
import cmd
import code
import linecache
import os
import pprint
import re
import reprlib
import sys
import traceback

__all__ = ["Pdb", "pm", "post_mortem", "run", "runcall", "runctx", "runeval", "set_trace"]

line_prefix = "\n-> "


class Restart(Exception):
    """Asks for the program to begin anew."""


class Pdb(bdb.Bdb, cmd.Cmd):
    def __init__(self, completekey="tab", stdin=None, stdout=None, skip=None, nosigint=False, readrc=True):
        bdb.Bdb.__init__(self, skip)
        cmd.Cmd.__init__(self, completekey, stdin, stdout)
        if stdout:
            self.use_rawinput = False
        self.prompt = "(Pdb) "
        self.aliases, self.displaying, self.commands = {}, {}, {}
        self.mainpyfile, self._wait_for_mainpyfile = "", False
        # Whether a person asked for the end.
        self._user_requested_quit = False
        self.rcLines = []
        for path in (os.path.expanduser("~/.pdbrc"), ".pdbrc") if readrc else ():
            try:
                with open(path, encoding="utf-8") as file:
                    self.rcLines.extend([line.strip() for line in file if line.strip() and not line.strip().startswith("#")])
            except OSError:
                pass
        self.forget()

    def reset(self):
        bdb.Bdb.reset(self)
        self.forget()

    def forget(self):
        self.lineno = self.curframe = None
        self.stack, self.curindex = [], 0

    def setup(self, f, tb):
        self.forget()
        self.stack, self.curindex = self.get_stack(f, tb)
        # What a frame's names stand for is taken once, so that what is set here stays.
        self._seen = {}
        self._look()

    def _look(self):
        self.curframe = self.stack[self.curindex][0]
        if self.curindex not in self._seen:
            self._seen[self.curindex] = self.curframe.f_locals
        self.curframe_locals = self._seen[self.curindex]

    # -- where the program stops

    def user_call(self, frame, argument_list):
        if self._wait_for_mainpyfile:
            return
        if self.stop_here(frame):
            self.message("--Call--")
            self.interaction(frame, None)

    def user_line(self, frame):
        if self._wait_for_mainpyfile:
            if self.mainpyfile != self.canonic(frame.f_code.co_filename) or frame.f_lineno <= 0:
                return
            self._wait_for_mainpyfile = False
        self.interaction(frame, None)

    def user_return(self, frame, return_value):
        if not self._wait_for_mainpyfile:
            self.message("--Return--")
            self.interaction(frame, None, {"__return__": return_value})

    def user_exception(self, frame, exc_info):
        if self._wait_for_mainpyfile:
            return
        kind, value, tb = exc_info
        self.message(traceback.format_exception_only(kind, value)[-1].strip())
        self.interaction(frame, tb, {"__exception__": (kind, value)})

    def set_trace(self, frame=None):
        """Stops here, in the caller or in `frame`."""
        frame = sys._getframe(1) if frame is None else frame
        super().set_trace(frame)
        sys.settrace(None)
        self.interaction(frame, None)
        if not self.quitting and (self.breaks or self.stoplineno != -1):
            sys.settrace(self.trace_dispatch)

    def interaction(self, frame, tb, more={}):
        self.setup(frame, tb)
        self.curframe_locals.update(more)
        if self.rcLines and self._untraced(self._run_first):
            return
        self.print_stack_entry(self.stack[self.curindex])
        for expression, before in list(self.displaying.get(self.curframe, {}).items()):
            value = self._value(expression)
            if value != before:
                self.displaying[self.curframe][expression] = value
                self.message("display %s: %s  [old: %s]" % (expression, value, before))
        self._untraced(self._ask)

    def _untraced(self, body):
        """The debugger itself is not debugged."""
        traced = sys.gettrace()
        sys.settrace(None)
        goes_on = True
        try:
            goes_on = body()
            return goes_on
        finally:
            if goes_on:
                self.forget()
            if traced is not None and not self.quitting and (self.breaks or self.stoplineno != -1):
                sys.settrace(traced)

    def _ask(self):
        while True:
            try:
                self.cmdloop()
                return True
            except KeyboardInterrupt:
                self.message("--KeyboardInterrupt--")

    def _run_first(self):
        """The commands that stand in files and behind `-c`; whether one of them lets the program go on."""
        while self.rcLines:
            if self.onecmd(self.rcLines.pop(0)):
                return True
        return False

    def message(self, text):
        print(text, file=self.stdout)

    def error(self, text):
        print("***", text, file=self.stdout)

    def print_stack_entry(self, frame_lineno, prompt_prefix=line_prefix):
        current = frame_lineno is self.stack[self.curindex]
        prefix = prompt_prefix
        if current and "__return__" in self.curframe_locals:
            prefix = "->" + reprlib.repr(self.curframe_locals["__return__"]) + prefix
        self.message(("> " if current else "  ") + self.format_stack_entry(frame_lineno, prefix))

    # -- what is typed

    def precmd(self, line):
        words = line.split()
        while words and words[0] in self.aliases:
            line = self.aliases[words[0]]
            for number, word in enumerate(words[1:], 1):
                line = line.replace("%" + str(number), word)
            line = line.replace("%*", " ".join(words[1:]))
            words = line.split()
        if words and words[0] != "alias" and ";;" in line:
            line, _, rest = line.partition(";;")
            self.cmdqueue.insert(0, rest.lstrip())
            line = line.rstrip()
        return line

    def default(self, line):
        if line[:1] == "!":
            line = line[1:]
        space = self.curframe.f_globals
        try:
            made = compile(line + "\n", "<stdin>", "single")
            exec(made, space, self.curframe_locals)
        except BaseException:
            self._failed()

    def _failed(self):
        kind, value = sys.exc_info()[:2]
        self.error(traceback.format_exception_only(kind, value)[-1].strip())

    def _eval(self, expression):
        try:
            return eval(expression, self.curframe.f_globals, self.curframe_locals)
        except Exception:
            self._failed()
            raise

    def _value(self, expression):
        try:
            return repr(eval(expression, self.curframe.f_globals, self.curframe_locals))
        except Exception as error:
            return "** raised %r **" % error

    # -- commands: where

    def do_where(self, arg):
        "w(here): the stack, the newest frame at the bottom."
        for entry in self.stack:
            self.print_stack_entry(entry)

    do_w = do_bt = do_where

    def _move(self, count):
        self.curindex += count
        self._look()
        self.print_stack_entry(self.stack[self.curindex])
        self.lineno = None

    def do_up(self, arg):
        "u(p) [count]: to an older frame."
        if self.curindex == 0:
            self.error("Oldest frame")
        else:
            self._move(-min(int(arg or 1), self.curindex))

    do_u = do_up

    def do_down(self, arg):
        "d(own) [count]: to a newer frame."
        if self.curindex + 1 == len(self.stack):
            self.error("Newest frame")
        else:
            self._move(min(int(arg or 1), len(self.stack) - 1 - self.curindex))

    do_d = do_down

    def do_list(self, arg):
        "l(ist) [first[, last] | .]: lines of the source around here, or on from there."
        filename = self.curframe.f_code.co_filename
        last = None
        if arg and arg != ".":
            try:
                first, _, last = arg.partition(",")
                first, last = max(1, int(first) - (0 if last else 5)), int(last) if last.strip() else None
            except ValueError:
                self.error("Error in argument: %r" % arg)
                return
            if last is not None and last < first:
                last += first
        elif self.lineno is None or arg == ".":
            first = max(1, self.curframe.f_lineno - 5)
        else:
            first = self.lineno + 1
        last = first + 10 if last is None else last
        lines = linecache.getlines(filename, self.curframe.f_globals)
        self._lines(lines[first - 1 : last], first, filename)
        self.lineno = min(last, len(lines))
        if len(lines) < last:
            self.message("[EOF]")

    do_l = do_list

    def do_longlist(self, arg):
        "ll | longlist: all of the function that runs."
        import inspect

        lines, first = inspect.getsourcelines(self.curframe)
        self._lines(lines, max(first, 1), self.curframe.f_code.co_filename)

    do_ll = do_longlist

    def _lines(self, lines, start, filename):
        points = self.get_file_breaks(filename)
        for number, line in enumerate(lines, start):
            mark = "B" if number in points else " "
            here = "->" if number == self.curframe.f_lineno else ""
            self.message(str(number).rjust(3).ljust(4) + mark + here + "\t" + line.rstrip())

    def do_source(self, arg):
        "source expression: the text of a function, a class or a module."
        import inspect

        try:
            lines, first = inspect.getsourcelines(self._eval(arg))
        except Exception as error:
            self.error(error)
        else:
            self._lines(lines, max(first, 1), "")

    # -- commands: on

    def do_step(self, arg):
        "s(tep): to the next line, into a function that is called."
        self.set_step()
        return 1

    do_s = do_step

    def do_next(self, arg):
        "n(ext): to the next line of this function, or its end."
        self.set_next(self.curframe)
        return 1

    do_n = do_next

    def do_until(self, arg):
        "unt(il) [line]: to a line behind this one, or the end of the function."
        self.set_until(self.curframe, int(arg) if arg else None)
        return 1

    do_unt = do_until

    def do_return(self, arg):
        "r(eturn): to where this function returns."
        self.set_return(self.curframe)
        return 1

    do_r = do_return

    def do_continue(self, arg):
        "c(ont(inue)): on to the next breakpoint."
        self.set_continue()
        return 1

    do_c = do_cont = do_continue

    def do_run(self, arg):
        "run [arguments]: the program from its beginning."
        if arg:
            import shlex

            sys.argv = sys.argv[:1] + shlex.split(arg)
        raise Restart

    do_restart = do_run

    def do_quit(self, arg):
        "q(uit): ends the program."
        self._user_requested_quit = True
        self.set_quit()
        return 1

    do_q = do_exit = do_quit

    def do_EOF(self, arg):
        "The end of what is typed ends the program."
        self.message("")
        return self.do_quit(arg)

    # -- commands: breakpoints

    def do_break(self, arg, temporary=False):
        "b(reak) [[file:]line | function[, condition]]: stops there; without an argument, lists the places."
        if not arg:
            if self.breaks:
                self.message("Num Type         Disp Enb   Where")
                for point in bdb.Breakpoint.bpbynumber:
                    if point:
                        self.message(point.bpformat())
            return
        place, _, condition = arg.partition(",")
        place, name = place.strip(), None
        filename, colon, line = place.rpartition(":")
        try:
            if colon:
                filename, line = self._file(filename), int(line)
            else:
                filename, line = self.curframe.f_code.co_filename, int(place)
        except ValueError:
            try:
                function = eval(place, self.curframe.f_globals, self.curframe_locals)
                made = getattr(function, "__func__", function).__code__
            except Exception:
                filename = self.curframe.f_code.co_filename
                line = self._definition(place, filename)
                if line is None:
                    self.error("The specified object %r is not a function or was not found along sys.path." % place)
                    return
                name = place
            else:
                filename, line, name = made.co_filename, self._first_line(made), made.co_name
        text = linecache.getline(filename, line).strip()
        if not text or text[0] == "#" or text[:3] in ('"""', "'" * 3):
            self.error("Blank or comment" if text or line <= len(linecache.getlines(filename)) else "End of file")
            return
        wrong = self.set_break(filename, line, temporary, condition.strip() or None, name)
        if wrong:
            self.error(wrong)
        else:
            point = self.get_breaks(filename, line)[-1]
            self.message("Breakpoint %d at %s:%d" % (point.number, point.file, point.line))

    do_b = do_break

    def _first_line(self, made):
        # The first line that a function executes.
        lines = [line for _, _, line in made.co_lines() if line is not None and line > made.co_firstlineno]
        return lines[0] if lines else made.co_firstlineno

    def _definition(self, name, filename):
        # Where a function will be defined that is not there yet.
        begins = re.compile(r"def\s+%s\s*[(\[]" % re.escape(name))
        for number, line in enumerate(linecache.getlines(filename), 1):
            if begins.match(line):
                return number

    def _file(self, name):
        if os.path.isabs(name) or os.path.exists(name):
            return name
        for place in sys.path:
            for ending in ("", ".py"):
                path = os.path.join(place, name + ending)
                if os.path.isfile(path):
                    return path
        return name

    def do_tbreak(self, arg):
        "tbreak: as break, once."
        self.do_break(arg, True)

    def _points(self, arg):
        for number in arg.split():
            try:
                yield self.get_bpbynumber(number)
            except ValueError as error:
                self.error(error)

    def do_enable(self, arg):
        "enable number …: breakpoints that stop again."
        for point in self._points(arg):
            point.enable()
            self.message("Enabled %s" % point)

    def do_disable(self, arg):
        "disable number …: breakpoints that do not stop."
        for point in self._points(arg):
            point.disable()
            self.message("Disabled %s" % point)

    def do_condition(self, arg):
        "condition number [expression]: a breakpoint stops only if that is true."
        number, _, condition = arg.partition(" ")
        for point in self._points(number):
            point.cond = condition.strip() or None
            self.message("New condition set for breakpoint %d." % point.number if point.cond else "Breakpoint %d is now unconditional." % point.number)

    def do_ignore(self, arg):
        "ignore number [count]: a breakpoint passes so many times."
        number, _, count = arg.partition(" ")
        for point in self._points(number):
            point.ignore = max(0, int(count or 0))
            self.message("Will ignore next %d crossings of breakpoint %d." % (point.ignore, point.number))

    def do_clear(self, arg):
        "cl(ear) [number … | file:line]: breakpoints that go away; all of them without an argument."
        if not arg:
            for point in [point for point in bdb.Breakpoint.bpbynumber if point]:
                self.message("Deleted %s" % point)
            self.clear_all_breaks()
            return
        filename, colon, line = arg.rpartition(":")
        found = self.get_breaks(self._file(filename), int(line))[:] if colon else list(self._points(arg))
        for point in found:
            self.clear_bpbynumber(point.number)
            self.message("Deleted %s" % point)

    do_cl = do_clear

    # -- commands: values

    def do_p(self, arg):
        "p expression: its value."
        try:
            self.message(repr(self._eval(arg)))
        except Exception:
            pass

    def do_pp(self, arg):
        "pp expression: its value, laid out."
        try:
            self.message(pprint.pformat(self._eval(arg)))
        except Exception:
            pass

    def do_args(self, arg):
        "a(rgs): what this function was called with."
        made = self.curframe.f_code
        count = made.co_argcount + made.co_kwonlyargcount + bool(made.co_flags & 4) + bool(made.co_flags & 8)
        for name in made.co_varnames[:count]:
            self.message("%s = %r" % (name, self.curframe_locals.get(name, "*** undefined ***")))

    do_a = do_args

    def do_retval(self, arg):
        "rv: what the function returned last."
        if "__return__" in self.curframe_locals:
            self.message(repr(self.curframe_locals["__return__"]))
        else:
            self.error("Not yet returned!")

    do_rv = do_retval

    def do_whatis(self, arg):
        "whatis expression: its type."
        try:
            value = self._eval(arg)
        except Exception:
            return
        name = getattr(value, "__name__", None)
        made = getattr(getattr(value, "__func__", value), "__code__", None)
        if made is not None:
            self.message("%s %s" % ("Method" if hasattr(value, "__func__") else "Function", made.co_name))
        elif isinstance(value, type):
            self.message("Class %s.%s" % (value.__module__, name))
        else:
            self.message(type(value))

    def do_display(self, arg):
        "display [expression]: shows it whenever it has changed when this function stops."
        if not arg:
            self.message("Currently displaying:")
            for expression, value in self.displaying.get(self.curframe, {}).items():
                self.message("%s: %s" % (expression, value))
            return
        value = self._value(arg)
        self.displaying.setdefault(self.curframe, {})[arg] = value
        self.message("display %s: %s" % (arg, value))

    def do_undisplay(self, arg):
        "undisplay [expression]: no longer."
        known = self.displaying.get(self.curframe, {})
        if not arg:
            known.clear()
        elif known.pop(arg, None) is None:
            self.error("not displaying %s" % arg)

    def do_interact(self, arg):
        "interact: a prompt with the names that are seen here."
        code.interact("*interactive*", local={**self.curframe.f_globals, **self.curframe_locals})

    def do_alias(self, arg):
        "alias [name [command]]: a name for a command, in which %1, %2 and %* stand for its arguments."
        name, _, command = arg.partition(" ")
        if command:
            self.aliases[name] = command.strip()
        else:
            for known in [name] if name in self.aliases else sorted(self.aliases):
                self.message("%s = %s" % (known, self.aliases[known]))

    def do_unalias(self, arg):
        "unalias name: forgets it."
        self.aliases.pop(arg, None)

    def sigint_handler(self, signum, frame):
        self.message("\nProgram interrupted. (Use 'cont' to resume).")
        self.set_step()
        self.set_trace(frame)

    def _runscript(self, filename, package=None):
        import __main__

        space = __main__.__dict__
        space.clear()
        space.update(__name__="__main__", __file__=filename, __builtins__=__builtins__, __package__=package)
        self._wait_for_mainpyfile, self.mainpyfile = True, self.canonic(filename)
        with open(filename) as file:
            source = file.read()
        self.run(compile(source, self.mainpyfile, "exec"), space)


def run(statement, globals=None, locals=None):
    Pdb().run(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    return Pdb().runeval(expression, globals, locals)


def runctx(statement, globals, locals):
    run(statement, globals, locals)


def runcall(*args, **kwds):
    return Pdb().runcall(*args, **kwds)


def set_trace(*, header=None):
    debugger = Pdb()
    if header is not None:
        debugger.message(header)
    caller = sys._getframe(1)
    # `breakpoint()` and what it calls are written in Python here.
    while caller.f_globals.get("__name__") in ("builtins", "sys"):
        caller = caller.f_back
    debugger.set_trace(caller)


def post_mortem(t=None):
    """Looks at where an exception was raised: the one that is handled unless another one's traceback is given."""
    if t is None:
        t = sys.exc_info()[2]
    if t is None:
        raise ValueError("A valid traceback must be passed if no exception is being handled")
    debugger = Pdb()
    debugger.reset()
    debugger.interaction(None, t)


def pm():
    post_mortem(sys.last_traceback)


_USAGE = """\
usage: pdb.py [-c command] ... [-m module | pyfile] [arg] ...

Debugs a program: a file, or a module with -m. Commands behind -c are executed
when it begins, after those of .pdbrc files in the home directory and in the
current one. To let the program run until an exception occurs, use "-c continue";
to let it run up to line X in the debugged file, use "-c 'until X'"."""


def _program(words):
    """What is debugged: its file, its package, the commands that come first. The rest of the words become `sys.argv`."""
    import getopt

    try:
        options, words = getopt.getopt(words, "mhc:", ["help", "command="])
    except getopt.GetoptError as error:
        print("Error:", error)
        sys.exit(2)
    if not words or any([name in ("-h", "--help") for name, _ in options]):
        print(_USAGE)
        sys.exit(0 if words else 2)
    commands = [text for name, text in options if name in ("-c", "--command")]
    sys.argv[:] = words
    if not any([name == "-m" for name, _ in options]):
        if not os.path.exists(words[0]):
            print("Error:", words[0], "does not exist")
            sys.exit(1)
        sys.path.insert(0, os.path.dirname(os.path.abspath(words[0])))
        return words[0], None, commands
    import runpy

    spec, _ = runpy._find(words[0])
    sys.argv[0] = spec.origin
    return spec.origin, spec.parent, commands


def main():
    file, package, commands = _program(sys.argv[1:])
    debugger = Pdb()
    debugger.rcLines.extend(commands)
    while True:
        try:
            debugger._runscript(file, package)
            if debugger._user_requested_quit:
                break
            print("The program finished and will be restarted")
        except Restart:
            print("Restarting", file, "with arguments:")
            print("\t" + " ".join(sys.argv[1:]))
        except SystemExit as error:
            print("The program exited via sys.exit(). Exit status:", error)
            break
        except SyntaxError:
            traceback.print_exc()
            sys.exit(1)
        except BaseException:
            traceback.print_exc()
            print("Uncaught exception. Entering post mortem debugging")
            print("Running 'cont' or 'step' will restart the program")
            debugger.interaction(None, sys.exc_info()[2])
            if debugger._user_requested_quit:
                break
            print("Post mortem debugger finished. The", file, "will be restarted")


if __name__ == "__main__":
    # The program takes the place of this module; the debugger goes on in one of its own.
    import pdb

    pdb.main()
