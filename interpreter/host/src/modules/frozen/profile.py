"""A profiler: how often functions run and how long. Functions that are written in Python alone are counted: what is native is part of its
caller's time."""

import io
import marshal
import os
import sys
import time

__all__ = ["run", "runctx", "Profile"]


class Profile:
    def __init__(self, timer=None, bias=None, timeunit=0.0, subcalls=True, builtins=True):
        self.timings, self.stats = {}, {}
        self._unit = timeunit or 1.0
        self._timer = timer or time.perf_counter
        # Functions that run: [function, when its own time goes on, own time, when it began].
        self._stack = []
        self._depth = {}

    @staticmethod
    def _named(code):
        name = code.co_name or "<lambda>"
        return code.co_filename, code.co_firstlineno, name

    def dispatcher(self, frame, event, arg):
        """What `sys.setprofile` is given."""
        now = self._timer()
        stack = self._stack
        if event == "call":
            # Neither this module nor what switches the profiler off is the program.
            if frame.f_globals.get("__name__") in (__name__, "sys"):
                return
            func = self._named(frame.f_code)
            if stack:
                top = stack[-1]
                top[2] += now - top[1]
            self._depth[func] = self._depth.get(func, 0) + 1
            stack.append([func, now, 0, now, frame])
            stack[-1][1] = stack[-1][3] = self._timer()
        elif event == "return" and stack and stack[-1][4] is frame:
            self._leave(now)

    def _leave(self, now):
        func, resumed, own, began, _ = self._stack.pop()
        unit, depth = self._unit, self._depth[func] - 1
        self._depth[func] = depth
        own, whole = (own + now - resumed) * unit, (now - began) * unit
        # A call within a call of the same function is in the outer one's whole time already.
        first = depth == 0
        times = self.timings.get(func)
        if times is None:
            times = self.timings[func] = [0, 0, 0.0, 0.0, {}]
        for counts in (times, times[4].setdefault(self._stack[-1][0], [0, 0, 0.0, 0.0]) if self._stack else None):
            if counts is not None:
                counts[0] += first
                counts[1] += 1
                counts[2] += own
                counts[3] += whole if first else 0
        if self._stack:
            self._stack[-1][1] = self._timer()

    trace_dispatch = dispatcher

    def enable(self, subcalls=True, builtins=True):
        sys.setprofile(self.dispatcher)

    def disable(self):
        sys.setprofile(None)
        now = self._timer()
        while self._stack:
            self._leave(now)

    def clear(self):
        self.timings, self._stack, self._depth = {}, [], {}

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *error):
        self.disable()

    def create_stats(self):
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        self.stats = {
            func: (primitive, calls, own, whole, {caller: tuple(counts) for caller, counts in callers.items()})
            for func, (primitive, calls, own, whole, callers) in self.timings.items()
        }

    def print_stats(self, sort=-1):
        import pstats

        sort = sort if isinstance(sort, tuple) else (sort,)
        pstats.Stats(self).strip_dirs().sort_stats(*sort).print_stats()

    def dump_stats(self, file):
        self.create_stats()
        with open(file, "wb") as out:
            out.write(marshal.dumps(self.stats))

    def run(self, cmd):
        import __main__

        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(self, func, /, *args, **kw):
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()


def _shown(profiled, filename, sort):
    if filename is not None:
        profiled.dump_stats(filename)
    else:
        profiled.print_stats(sort)


def run(statement, filename=None, sort=-1):
    """Runs a statement in `__main__`, and prints or saves what it took."""
    profiled = Profile()
    try:
        profiled.run(statement)
    except SystemExit:
        pass
    finally:
        _shown(profiled, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    profiled = Profile()
    try:
        profiled.runctx(statement, globals, locals)
    except SystemExit:
        pass
    finally:
        _shown(profiled, filename, sort)


def main(name="profile.py", order="stdname"):
    """`python -m profile`: runs a program, and says which of its functions took how long."""
    import __main__
    import optparse
    import pstats

    parser = optparse.OptionParser(usage=name + " [-o output_file_path] [-s sort] [-m module | scriptfile] [arg] ...", prog=name)
    parser.allow_interspersed_args = False
    parser.add_option("-o", "--outfile", dest="outfile", help="Save stats to <outfile>", default=None)
    keys = sorted(pstats.Stats.sort_arg_dict_default)
    parser.add_option("-s", "--sort", dest="sort", help="Sort order when printing to stdout, based on pstats.Stats class", default=order, choices=keys)
    parser.add_option("-m", dest="module", action="store_true", help="Profile a library module", default=False)
    if not sys.argv[1:]:
        parser.print_usage()
        sys.exit(2)
    given, words = parser.parse_args()
    if not words:
        parser.print_usage()
        sys.exit(2)
    if given.outfile is not None:
        given.outfile = os.path.abspath(given.outfile)
    sys.argv[:] = words
    space = __main__.__dict__
    for key in [key for key in space if not key.startswith("__")]:
        del space[key]
    if given.module:
        source, space = "import runpy; runpy.run_module(%r, run_name='__main__')" % words[0], {}
    else:
        sys.path.insert(0, os.path.dirname(words[0]))
        with io.open_code(words[0]) as file:
            source = compile(file.read(), words[0], "exec")
        space.update(__file__=words[0], __name__="__main__", __package__=None, __cached__=None)
    try:
        runctx(source, space, None, given.outfile, given.sort)
    except BrokenPipeError as error:
        # Nobody reads what is printed.
        sys.stdout = None
        sys.exit(error.errno)


if __name__ == "__main__":
    # The program takes the place of this module.
    import profile

    profile.main()
