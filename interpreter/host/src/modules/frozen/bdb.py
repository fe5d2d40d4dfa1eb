"""What debuggers are made of: breakpoints, and stops where the program is traced."""

import fnmatch
import os
import sys
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR

__all__ = ["Bdb", "BdbQuit", "Breakpoint"]

GENERATOR_AND_COROUTINE_FLAGS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR


class BdbQuit(Exception):
    """Ends the program that is debugged."""


class Breakpoint:
    next = 1
    bplist = {}
    bpbynumber = [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.file, self.line, self.temporary, self.cond, self.funcname = file, line, temporary, cond, funcname
        self.func_first_executable_line = None
        self.enabled, self.ignore, self.hits = True, 0, 0
        self.number = Breakpoint.next
        Breakpoint.next += 1
        self.bpbynumber.append(self)
        self.bplist.setdefault((file, line), []).append(self)

    @staticmethod
    def clearBreakpoints():
        Breakpoint.next = 1
        Breakpoint.bplist = {}
        Breakpoint.bpbynumber = [None]

    def deleteMe(self):
        self.bpbynumber[self.number] = None
        place = self.file, self.line
        self.bplist[place].remove(self)
        if not self.bplist[place]:
            del self.bplist[place]

    def enable(self):
        self.enabled = True

    def disable(self):
        self.enabled = False

    def bpprint(self, out=None):
        print(self.bpformat(), file=out or sys.stdout)

    def bpformat(self):
        text = "%-4dbreakpoint   %s at %s:%d" % (
            self.number, ("del  " if self.temporary else "keep ") + ("yes  " if self.enabled else "no   "), self.file, self.line)
        if self.cond:
            text += "\n\tstop only if %s" % self.cond
        if self.ignore:
            text += "\n\tignore next %d hits" % self.ignore
        if self.hits:
            text += "\n\tbreakpoint already hit %d time%s" % (self.hits, "" if self.hits == 1 else "s")
        return text

    def __str__(self):
        return "breakpoint %s at %s:%s" % (self.number, self.file, self.line)


def _is_there(point, frame):
    # A breakpoint at a function stops at the first line that it executes, wherever that is.
    if point.funcname is None:
        return point.line == frame.f_lineno
    if frame.f_code.co_name != point.funcname:
        return False
    if point.func_first_executable_line is None:
        point.func_first_executable_line = frame.f_lineno
    return point.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """The breakpoint of a line that is to stop the program now, and whether it goes away by that."""
    for point in Breakpoint.bplist.get((file, line), ()):
        if not point.enabled or not _is_there(point, frame):
            continue
        point.hits += 1
        try:
            holds = point.cond is None or eval(point.cond, frame.f_globals, frame.f_locals)
        except Exception:
            # What cannot be said does not keep the program from stopping.
            return point, False
        if not holds:
            continue
        if point.ignore > 0:
            point.ignore -= 1
            continue
        return point, True
    return None, None


class Bdb:
    """A debugger without commands: it is told where to stop, and calls `user_line` and its kin there."""

    def __init__(self, skip=None):
        self.skip = set(skip) if skip else None
        self.fncache, self.breaks = {}, {}
        for file, line in Breakpoint.bplist:
            self.breaks.setdefault(file, []).append(line)
        self.botframe = self.stopframe = self.returnframe = None
        self.stoplineno, self.quitting = 0, False
        self.frame_returning = None

    def canonic(self, filename):
        if filename[:1] == "<" and filename[-1:] == ">":
            return filename
        if filename not in self.fncache:
            self.fncache[filename] = os.path.abspath(filename)
        return self.fncache[filename]

    def reset(self):
        import linecache

        # Files may have changed since they were read.
        linecache.checkcache()
        self.botframe = None
        self._set_stopinfo(None, None)

    def trace_dispatch(self, frame, event, arg):
        if self.quitting:
            return None
        if event == "line":
            if self.stop_here(frame) or self.break_here(frame):
                self.user_line(frame)
        elif event == "call":
            if self.botframe is None:
                self.botframe = frame.f_back
                return self.trace_dispatch
            if not (self.stop_here(frame) or self.break_anywhere(frame)):
                return None
            if not self.stopframe or not frame.f_code.co_flags & GENERATOR_AND_COROUTINE_FLAGS:
                self.user_call(frame, arg)
        elif event == "return":
            if self.stop_here(frame) or frame is self.returnframe:
                if self.stopframe and frame.f_code.co_flags & GENERATOR_AND_COROUTINE_FLAGS:
                    # It only yields, and is gone on with.
                    return self.trace_dispatch
                self.frame_returning = frame
                try:
                    self.user_return(frame, arg)
                finally:
                    self.frame_returning = None
                if self.stopframe is frame and self.stoplineno != -1:
                    self._set_stopinfo(None, None)
        elif event == "exception":
            if self._stops_for(frame, *arg):
                self.user_exception(frame, arg)
        if self.quitting:
            raise BdbQuit
        return self.trace_dispatch

    def _stops_for(self, frame, kind, _, traceback):
        is_generator = frame.f_code.co_flags & GENERATOR_AND_COROUTINE_FLAGS
        if self.stop_here(frame):
            # That what a generator delegates to has ended is nothing that happened.
            return not (is_generator and kind is StopIteration and traceback is None)
        if not self.stopframe or frame is self.stopframe:
            return False
        # A generator in which to stop next has ended, for whoever iterated it.
        return self.stopframe.f_code.co_flags & GENERATOR_AND_COROUTINE_FLAGS and kind in (StopIteration, GeneratorExit)

    def is_skipped_module(self, module_name):
        return module_name is not None and any([fnmatch.fnmatch(module_name, pattern) for pattern in self.skip])

    def stop_here(self, frame):
        if self.skip and self.is_skipped_module(frame.f_globals.get("__name__")):
            return False
        if frame is self.stopframe:
            return self.stoplineno != -1 and frame.f_lineno >= self.stoplineno
        return not self.stopframe

    def break_here(self, frame):
        file = self.canonic(frame.f_code.co_filename)
        line = frame.f_lineno
        if file not in self.breaks:
            return False
        if line not in self.breaks[file]:
            line = frame.f_code.co_firstlineno
            if line not in self.breaks[file]:
                return False
        point, goes = effective(file, line, frame)
        if not point:
            return False
        self.currentbp = point.number
        if goes and point.temporary:
            self.do_clear(str(point.number))
        return True

    def break_anywhere(self, frame):
        return self.canonic(frame.f_code.co_filename) in self.breaks

    def do_clear(self, arg):
        self.clear_bpbynumber(arg)

    # What a debugger with commands has instead.

    def user_call(self, frame, argument_list):
        pass

    def user_line(self, frame):
        pass

    def user_return(self, frame, return_value):
        pass

    def user_exception(self, frame, exc_info):
        pass

    def _set_stopinfo(self, stopframe, returnframe, stoplineno=0):
        self.stopframe, self.returnframe, self.quitting, self.stoplineno = stopframe, returnframe, False, stoplineno

    def set_until(self, frame, lineno=None):
        self._set_stopinfo(frame, frame, frame.f_lineno + 1 if lineno is None else lineno)

    def set_step(self):
        self._trace_caller()
        self._set_stopinfo(None, None)

    def _trace_caller(self):
        # Who called what returns now may not be traced as yet.
        caller = self.frame_returning and self.frame_returning.f_back
        if caller and not caller.f_trace:
            caller.f_trace = self.trace_dispatch

    def set_next(self, frame):
        self._set_stopinfo(frame, None)

    def set_return(self, frame):
        if frame.f_code.co_flags & GENERATOR_AND_COROUTINE_FLAGS:
            # It is left whenever it yields: this means its end.
            self._set_stopinfo(frame, None, -1)
        else:
            self._set_stopinfo(frame.f_back, frame)

    def set_trace(self, frame=None):
        """Begins to debug the caller, or `frame`, and who called it, from here on."""
        frame = sys._getframe(1) if frame is None else frame
        self.reset()
        while frame is not None:
            frame.f_trace = self.trace_dispatch
            self.botframe = frame
            frame = frame.f_back
        self.set_step()
        sys.settrace(self.trace_dispatch)

    def set_continue(self):
        self._set_stopinfo(self.botframe, None, -1)
        if not self.breaks:
            sys.settrace(None)
            frame = sys._getframe(1)
            while frame and frame is not self.botframe:
                del frame.f_trace
                frame = frame.f_back

    def set_quit(self):
        self.stopframe, self.returnframe, self.quitting = self.botframe, None, True
        sys.settrace(None)

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        import linecache

        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return "Line %s:%d does not exist" % (filename, lineno)
        lines = self.breaks.setdefault(filename, [])
        if lineno not in lines:
            lines.append(lineno)
        Breakpoint(filename, lineno, temporary, cond, funcname)
        return None

    def _prune_breaks(self, filename, lineno):
        if (filename, lineno) not in Breakpoint.bplist:
            self.breaks[filename].remove(lineno)
        if not self.breaks[filename]:
            del self.breaks[filename]

    def clear_break(self, filename, lineno):
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return "There are no breakpoints in %s" % filename
        if lineno not in self.breaks[filename]:
            return "There is no breakpoint at %s:%d" % (filename, lineno)
        for point in Breakpoint.bplist[filename, lineno][:]:
            point.deleteMe()
        self._prune_breaks(filename, lineno)
        return None

    def clear_bpbynumber(self, arg):
        try:
            point = self.get_bpbynumber(arg)
        except ValueError as error:
            return str(error)
        point.deleteMe()
        self._prune_breaks(point.file, point.line)
        return None

    def clear_all_breaks(self):
        if not self.breaks:
            return "There are no breakpoints"
        for point in Breakpoint.bpbynumber:
            if point:
                point.deleteMe()
        self.breaks = {}
        return None

    def get_bpbynumber(self, arg):
        if not arg:
            raise ValueError("Breakpoint number expected")
        try:
            number = int(arg)
        except ValueError:
            raise ValueError("Non-numeric breakpoint number %s" % arg) from None
        if not 0 <= number < len(Breakpoint.bpbynumber):
            raise ValueError("Breakpoint number %d out of range" % number)
        if Breakpoint.bpbynumber[number] is None:
            raise ValueError("Breakpoint %d already deleted" % number)
        return Breakpoint.bpbynumber[number]

    def get_break(self, filename, lineno):
        return lineno in self.breaks.get(self.canonic(filename), ())

    def get_breaks(self, filename, lineno):
        return Breakpoint.bplist.get((self.canonic(filename), lineno), [])

    def get_file_breaks(self, filename):
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        return self.breaks

    def get_stack(self, f, t):
        """Frames from the outermost in, with their lines, and which of them is `f`."""
        stack = []
        if t and t.tb_frame is f:
            t = t.tb_next
        while f is not None:
            stack.append((f, f.f_lineno))
            if f is self.botframe:
                break
            f = f.f_back
        stack.reverse()
        at = max(0, len(stack) - 1)
        while t is not None:
            stack.append((t.tb_frame, t.tb_lineno))
            t = t.tb_next
        if f is None:
            at = max(0, len(stack) - 1)
        return stack, at

    def format_stack_entry(self, frame_lineno, lprefix=": "):
        import linecache

        frame, lineno = frame_lineno
        filename = self.canonic(frame.f_code.co_filename)
        text = "%s(%r)%s()" % (filename, lineno, frame.f_code.co_name or "<lambda>")
        if lineno is None:
            return text + lprefix + "Warning: lineno is None"
        line = linecache.getline(filename, lineno, frame.f_globals).strip()
        return text + lprefix + line if line else text

    def _main(self):
        import __main__

        return __main__.__dict__

    # The code runs from here: the frame below it is where the stack ends for the debugger.

    def run(self, cmd, globals=None, locals=None):
        globals = self._main() if globals is None else globals
        locals = globals if locals is None else locals
        self.reset()
        code = compile(cmd, "<string>", "exec") if isinstance(cmd, str) else cmd
        sys.settrace(self.trace_dispatch)
        try:
            exec(code, globals, locals)
        except BdbQuit:
            pass
        finally:
            # What ends it is not debugged.
            sys.settrace(None)
            self.quitting = True

    def runeval(self, expr, globals=None, locals=None):
        globals = self._main() if globals is None else globals
        locals = globals if locals is None else locals
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return eval(expr, globals, locals)
        except BdbQuit:
            pass
        finally:
            # What ends it is not debugged.
            sys.settrace(None)
            self.quitting = True

    def runcall(self, func, /, *args, **kwds):
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return func(*args, **kwds)
        except BdbQuit:
            pass
        finally:
            # What ends it is not debugged.
            sys.settrace(None)
            self.quitting = True

    def runctx(self, cmd, globals, locals):
        self.run(cmd, globals, locals)


def set_trace():
    Bdb().set_trace(sys._getframe(1))
