"""Which lines of a program run, how often, and which functions call which."""

import linecache
import os
import pickle
import sys
import sysconfig
import time
import token
import tokenize
import types

__all__ = ["Trace", "CoverageResults"]

_PRAGMA = "#pragma NO COVER"


class _Ignore:
    """Modules and folders that nobody wants to know of."""

    def __init__(self, modules=None, dirs=None):
        self._mods = set(modules or ())
        self._dirs = [os.path.normpath(one) for one in dirs or ()]
        self._known = {"<string>": True}

    def names(self, filename, modulename):
        known = self._known.get(modulename)
        if known is None:
            inside = any([modulename == one or modulename.startswith(one + ".") for one in self._mods])
            known = inside or not filename or any([filename.startswith(one + os.sep) for one in self._dirs])
            self._known[modulename] = known
        return known


def _modname(path):
    return os.path.splitext(os.path.basename(path))[0]


def _fullmodname(path):
    """The dotted name that a file would be imported by."""
    comparable, longest = os.path.normcase(path), ""
    for folder in sys.path:
        folder = os.path.normcase(folder)
        if comparable.startswith(folder) and comparable[len(folder) : len(folder) + 1] == os.sep and len(folder) > len(longest):
            longest = folder
    base = path[len(longest) + 1 :] if longest else path
    name = os.path.splitext(os.path.splitdrive(base)[1])[0].replace(os.sep, ".")
    return name.lstrip(".")


def _find_strings(filename, encoding=None):
    """Lines on which nothing but a doc string stands."""
    found, before = {}, token.INDENT
    with open(filename, encoding=encoding) as file:
        for kind, text, start, end, _ in tokenize.generate_tokens(file.readline):
            if kind == token.STRING and before == token.INDENT:
                found.update(dict.fromkeys(range(start[0], end[0] + 1), 1))
            before = kind
    return found


def _lines_of(code, strings):
    lines = {}
    for _, _, line in code.co_lines():
        if line and line not in strings:
            lines[line] = 1
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            lines.update(_lines_of(one, strings))
    return lines


def _find_executable_linenos(filename):
    try:
        with tokenize.open(filename) as file:
            source, encoding = file.read(), file.encoding
    except OSError as error:
        print("Not printing coverage data for %r: %s" % (filename, error), file=sys.stderr)
        return {}
    return _lines_of(compile(source, filename, "exec"), _find_strings(filename, encoding))


class CoverageResults:
    def __init__(self, counts=None, calledfuncs=None, infile=None, callers=None, outfile=None):
        self.counts = {} if counts is None else counts
        self.calledfuncs = {} if calledfuncs is None else calledfuncs
        self.callers = {} if callers is None else callers
        self.infile, self.outfile = infile, outfile
        if infile:
            try:
                with open(infile, "rb") as file:
                    counts, called, callers = pickle.load(file)
                self.update(self.__class__(counts, called, callers=callers))
            except (OSError, EOFError, ValueError) as error:
                print("Skipping counts file %r: %s" % (infile, error), file=sys.stderr)

    def is_ignored_filename(self, filename):
        return filename.startswith("<") and filename.endswith(">")

    def update(self, other):
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        self.calledfuncs.update(dict.fromkeys(other.calledfuncs, 1))
        self.callers.update(dict.fromkeys(other.callers, 1))

    def write_results(self, show_missing=True, summary=False, coverdir=None, *, ignore_missing_files=False):
        if self.calledfuncs:
            print("\nfunctions called:")
            for filename, module, function in sorted(self.calledfuncs):
                print("filename: %s, modulename: %s, funcname: %s" % (filename, module, function))
        if self.callers:
            self._write_callers()
        by_file = {}
        for (filename, line), count in self.counts.items():
            by_file.setdefault(filename, {})[line] = count
        sums = {}
        for filename, lines in by_file.items():
            if self.is_ignored_filename(filename) or ignore_missing_files and not os.path.isfile(filename):
                continue
            if filename.endswith(".pyc"):
                filename = filename[:-1]
            if coverdir is None:
                folder, name = os.path.dirname(os.path.abspath(filename)), _modname(filename)
            else:
                folder, name = coverdir, _fullmodname(filename)
                os.makedirs(folder, exist_ok=True)
            expected = _find_executable_linenos(filename) if show_missing else {}
            hits, total = self.write_results_file(os.path.join(folder, name + ".cover"), linecache.getlines(filename), expected, lines, None)
            if summary and total:
                sums[name] = total, int(100 * hits / total), name, filename
        if summary and sums:
            print("lines   cov%   module   (path)")
            for name in sorted(sums):
                print("%5d   %3d%%   %s   (%s)" % sums[name])
        if self.outfile:
            try:
                with open(self.outfile, "wb") as file:
                    pickle.dump((self.counts, self.calledfuncs, self.callers), file, 1)
            except OSError as error:
                print("Can't save counts files because %s" % error, file=sys.stderr)

    def _write_callers(self):
        print("\ncalling relationships:")
        last_file = last_called = ""
        for caller, called in sorted(self.callers):
            if caller[0] != last_file:
                print("\n***", caller[0], "***")
                last_file, last_called = caller[0], ""
            if called[0] != caller[0] and last_called != called[0]:
                print("  -->", called[0])
                last_called = called[0]
            print("    %s.%s -> %s.%s" % (caller[1:] + called[1:]))

    def write_results_file(self, path, lines, lnotab, lines_hit, encoding=None):
        """Writes the source with how often each line ran; answers how many ran, and how many could."""
        try:
            out = open(path, "w", encoding=encoding)
        except OSError as error:
            print("trace: Could not open %r for writing: %s - skipping" % (path, error), file=sys.stderr)
            return 0, 0
        could = hit = 0
        with out:
            for number, line in enumerate(lines, 1):
                if number in lines_hit:
                    out.write("%5d: " % lines_hit[number])
                    could, hit = could + 1, hit + 1
                elif number in lnotab and _PRAGMA not in line:
                    out.write(">>>>>> ")
                    could += 1
                else:
                    out.write("       ")
                out.write(line.expandtabs(8))
        return hit, could


class Trace:
    def __init__(self, count=1, trace=1, countfuncs=0, countcallers=0, ignoremods=(), ignoredirs=(), infile=None, outfile=None, timing=False):
        self.infile, self.outfile = infile, outfile
        self.ignore = _Ignore(ignoremods, ignoredirs)
        self.counts, self.pathtobasename, self.donothing, self.trace = {}, {}, 0, trace
        self._calledfuncs, self._callers = {}, {}
        self.start_time = time.monotonic() if timing else None
        if countcallers:
            self.globaltrace = self.globaltrace_trackcallers
        elif countfuncs:
            self.globaltrace = self.globaltrace_countfuncs
        elif trace or count:
            self.globaltrace = self.globaltrace_lt
            self.localtrace = self.localtrace_trace_and_count if trace and count else self.localtrace_trace if trace else self.localtrace_count
        else:
            self.donothing = 1

    def run(self, cmd):
        import __main__

        self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals=None, locals=None):
        globals, locals = {} if globals is None else globals, {} if locals is None else locals
        if not self.donothing:
            sys.settrace(self.globaltrace)
        try:
            exec(cmd, globals, locals)
        finally:
            if not self.donothing:
                sys.settrace(None)

    def runfunc(self, func, /, *args, **kw):
        if not self.donothing:
            sys.settrace(self.globaltrace)
        try:
            return func(*args, **kw)
        finally:
            if not self.donothing:
                sys.settrace(None)

    def file_module_function_of(self, frame):
        code = frame.f_code
        filename, name = code.co_filename, code.co_name
        first = frame.f_locals.get("self") if "self" in code.co_varnames[:1] else None
        owner = type(first).__name__ if first is not None and hasattr(type(first), name) else None
        return filename, _modname(filename) if filename else None, "%s.%s" % (owner, name) if owner else name

    def globaltrace_trackcallers(self, frame, why, arg):
        if why == "call" and frame.f_back is not None:
            self._callers[self.file_module_function_of(frame.f_back), self.file_module_function_of(frame)] = 1

    def globaltrace_countfuncs(self, frame, why, arg):
        if why == "call":
            self._calledfuncs[self.file_module_function_of(frame)] = 1

    def globaltrace_lt(self, frame, why, arg):
        if why != "call":
            return None
        filename = frame.f_globals.get("__file__") or frame.f_code.co_filename
        if not filename:
            return None
        name = _modname(filename)
        if self.ignore.names(filename, name):
            return None
        if self.trace:
            print(" --- modulename: %s, funcname: %s" % (name, frame.f_code.co_name))
        return self.localtrace

    def _counted(self, frame):
        key = frame.f_code.co_filename, frame.f_lineno
        self.counts[key] = self.counts.get(key, 0) + 1

    def _told(self, frame):
        if self.start_time is not None:
            print("%.2f" % (time.monotonic() - self.start_time), end=" ")
        filename, number = frame.f_code.co_filename, frame.f_lineno
        print("%s(%d): %s" % (os.path.basename(filename), number, linecache.getline(filename, number)), end="")

    def localtrace_trace_and_count(self, frame, why, arg):
        if why == "line":
            self._counted(frame)
            self._told(frame)
        return self.localtrace

    def localtrace_trace(self, frame, why, arg):
        if why == "line":
            self._told(frame)
        return self.localtrace

    def localtrace_count(self, frame, why, arg):
        if why == "line":
            self._counted(frame)
        return self.localtrace

    def results(self):
        return CoverageResults(self.counts, self._calledfuncs, self.infile, self._callers, self.outfile)


def _arguments():
    import argparse

    parser = argparse.ArgumentParser(prog="trace.py")
    parser.add_argument("--version", action="version", version="trace 2.0")
    main = parser.add_argument_group("Main options", "One of these (or --report) must be given")
    main.add_argument("-c", "--count", action="store_true", help="Count how often each line runs, and write that to MODULE.cover beside the module")
    main.add_argument("-t", "--trace", action="store_true", help="Print each line before it runs")
    main.add_argument("-l", "--listfuncs", action="store_true", help="Print which functions ran; neither with --trace nor with --count")
    main.add_argument("-T", "--trackcalls", action="store_true", help="Print which function called which")
    changes = parser.add_argument_group("Modifiers")
    report = changes.add_mutually_exclusive_group()
    report.add_argument("-r", "--report", action="store_true", help="Run nothing: report on the counts in --file")
    report.add_argument("-R", "--no-report", action="store_true", help="Write no report")
    changes.add_argument("-f", "--file", help="File to accumulate counts over several runs")
    changes.add_argument("-C", "--coverdir", help="Directory where the report files go")
    changes.add_argument("-m", "--missing", action="store_true", help='Mark lines that could run and did not with ">>>>>> "')
    changes.add_argument("-s", "--summary", action="store_true", help="Print a line for each file; only with --count or --report")
    changes.add_argument("-g", "--timing", action="store_true", help="The time before each line; only with --trace")
    filters = parser.add_argument_group("Filters", "Can be specified multiple times")
    filters.add_argument("--ignore-module", action="append", default=[], help="Names of modules with commas, and what they contain")
    filters.add_argument("--ignore-dir", action="append", default=[], help="Folders, with %s between them" % os.pathsep)
    parser.add_argument("--module", action="store_true", default=False, help="Trace a module. ")
    parser.add_argument("progname", nargs="?", help="file to run as main program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="arguments to the program")
    return parser


def main():
    """`python -m trace`: runs a program and tells how it went."""
    parser = _arguments()
    given = parser.parse_args()
    library = [path for name in ("stdlib", "platstdlib") for path in [sysconfig.get_path(name)] if path]

    def folder(text):
        text = os.path.expandvars(os.path.expanduser(text))
        return os.path.normpath(text.replace("$prefix", library[0] if library else "").replace("$exec_prefix", library[0] if library else ""))

    modules = [name.strip() for words in given.ignore_module for name in words.split(",")]
    folders = [folder(path) for words in given.ignore_dir for path in words.split(os.pathsep)]
    if given.report:
        if not given.file:
            parser.error("-r/--report requires -f/--file")
        CoverageResults(infile=given.file, outfile=given.file).write_results(given.missing, given.summary, given.coverdir)
        return
    if not any([given.trace, given.count, given.listfuncs, given.trackcalls]):
        parser.error("must specify one of --trace, --count, --report, --listfuncs, or --trackcalls")
    if given.listfuncs and (given.count or given.trace):
        parser.error("cannot specify both --listfuncs and (--trace or --count)")
    if given.summary and not given.count:
        parser.error("--summary can only be used with --count or --report")
    if given.progname is None:
        parser.error("progname is missing: required with the main options")
    watcher = Trace(given.count, given.trace, given.listfuncs, given.trackcalls, modules, folders, given.file, given.file, given.timing)
    sys.argv[:] = [given.progname, *given.arguments]
    try:
        if given.module:
            code, space = "import runpy; runpy.run_module(%r, run_name='__main__')" % given.progname, {}
        else:
            sys.path.insert(0, os.path.dirname(given.progname))
            with open(given.progname, "rb") as file:
                code = compile(file.read(), given.progname, "exec")
            space = {"__file__": given.progname, "__name__": "__main__", "__package__": None, "__cached__": None}
        watcher.runctx(code, space, space)
    except OSError as error:
        sys.exit("Cannot run file %r because: %s" % (sys.argv[0], error))
    except SystemExit:
        pass
    if not given.no_report:
        watcher.results().write_results(given.missing, given.summary, given.coverdir)


if __name__ == "__main__":
    # As a module of its own, whose lines are not the program's.
    import trace

    trace.main()
