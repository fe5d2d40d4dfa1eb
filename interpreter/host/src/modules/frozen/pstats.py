"""What a profiler measured, sorted and printed. A profile is a dict: (file, line, function) → (calls that were no recursion, all calls,
own time, time with what was called, {caller: the same four})."""

import marshal
import os
import re
import sys
import time
from dataclasses import dataclass
from enum import Enum
from functools import cmp_to_key

__all__ = ["Stats", "SortKey", "FunctionProfile", "StatsProfile"]


class SortKey(str, Enum):
    CALLS = "calls", "ncalls"
    CUMULATIVE = "cumulative", "cumtime"
    FILENAME = "filename", "module"
    LINE = "line"
    NAME = "name"
    NFL = "nfl"
    PCALLS = "pcalls"
    STDNAME = "stdname"
    TIME = "time", "tottime"

    def __new__(cls, *values):
        made = str.__new__(cls, values[0])
        made._value_ = values[0]
        made._all_values = values
        for other in values[1:]:
            cls._value2member_map_[other] = made
        return made


@dataclass(unsafe_hash=True)
class FunctionProfile:
    ncalls: str
    tottime: float
    percall_tottime: float
    cumtime: float
    percall_cumtime: float
    file_name: str
    line_number: int


@dataclass(unsafe_hash=True)
class StatsProfile:
    """All of a profile, a `FunctionProfile` by name."""

    total_tt: float
    func_profiles: dict


def func_strip_path(func_name):
    filename, line, name = func_name
    return os.path.basename(filename), line, name


def func_get_function_name(func):
    return func[2]


def func_std_string(func_name):
    """A function as it is printed; a builtin one has no file."""
    if func_name[:2] == ("~", 0):
        name = func_name[2]
        return "{%s}" % name[1:-1] if name.startswith("<") and name.endswith(">") else name
    return "%s:%d(%s)" % func_name


def add_func_stats(target, source):
    return tuple([one + other for one, other in zip(target[:4], source[:4])]) + (add_callers(target[4], source[4]),)


def add_callers(target, source):
    callers = dict(target)
    for func, times in source.items():
        if func not in callers:
            callers[func] = times
        elif isinstance(times, tuple):
            callers[func] = tuple([one + other for one, other in zip(times, callers[func])])
        else:
            callers[func] += times
    return callers


def count_calls(callers):
    return sum(callers.values())


def f8(x):
    return "%8.3f" % x


# What sorts a profile: fields of (primitive calls, calls, own time, whole time, file, line, name, text), and whether the largest is first.
_ORDERS = {
    "calls": (((1, -1),), "call count"),
    "ncalls": (((1, -1),), "call count"),
    "cumtime": (((3, -1),), "cumulative time"),
    "cumulative": (((3, -1),), "cumulative time"),
    "filename": (((4, 1),), "file name"),
    "line": (((5, 1),), "line number"),
    "module": (((4, 1),), "file name"),
    "name": (((6, 1),), "function name"),
    "nfl": (((6, 1), (4, 1), (5, 1)), "name/file/line"),
    "pcalls": (((0, -1),), "primitive call count"),
    "stdname": (((7, 1),), "standard name"),
    "time": (((2, -1),), "internal time"),
    "tottime": (((2, -1),), "internal time"),
}


class Stats:
    sort_arg_dict_default = _ORDERS

    def __init__(self, *args, stream=None):
        self.stream = sys.stdout if stream is None else stream
        first, rest = (args[0], args[1:]) if args else (None, ())
        self.init(first)
        self.add(*rest)

    def init(self, arg):
        self.all_callees, self.files, self.fcn_list, self.top_level = None, [], None, set()
        self.total_tt, self.total_calls, self.prim_calls, self.max_name_len = 0, 0, 0, 0
        self.sort_arg_dict, self.stats, self._order = {}, {}, ()
        self.load_stats(arg)
        for func, (primitive, calls, own, _, callers) in self.stats.items():
            self.total_calls += calls
            self.prim_calls += primitive
            self.total_tt += own
            if ("jprofile", 0, "profiler") in callers:
                self.top_level.add(func)
            self.max_name_len = max(self.max_name_len, len(func_std_string(func)))

    def load_stats(self, arg):
        if arg is None:
            self.stats = {}
            return
        if isinstance(arg, str):
            with open(arg, "rb") as file:
                self.stats = marshal.loads(file.read())
            try:
                arg = "%s    %s" % (time.ctime(os.stat(arg).st_mtime), arg)
            except OSError:
                pass
            self.files = [arg]
        elif hasattr(arg, "create_stats"):
            arg.create_stats()
            self.stats, arg.stats = arg.stats, {}
        if not self.stats:
            raise TypeError("Cannot create or construct a %r object from %r" % (self.__class__, arg))

    def add(self, *arg_list):
        for item in reversed(arg_list):
            if type(self) is not type(item):
                item = Stats(item)
            self.files += item.files
            self.total_calls += item.total_calls
            self.prim_calls += item.prim_calls
            self.total_tt += item.total_tt
            self.top_level |= item.top_level
            self.max_name_len = max(self.max_name_len, item.max_name_len)
            self.fcn_list = None
            for func, times in item.stats.items():
                self.stats[func] = add_func_stats(self.stats[func], times) if func in self.stats else times
        return self

    def dump_stats(self, filename):
        with open(filename, "wb") as file:
            file.write(marshal.dumps(self.stats))

    def get_sort_arg_defs(self):
        """The orders by their names and by what begins only one of them."""
        if not self.sort_arg_dict:
            found, taken = {}, set()
            for word, order in _ORDERS.items():
                for end in range(1, len(word) + 1):
                    start = word[:end]
                    if start in found and found[start] is not order:
                        taken.add(start)
                    found[start] = order
            self.sort_arg_dict = {word: order for word, order in found.items() if word not in taken or word in _ORDERS}
        return self.sort_arg_dict

    def sort_stats(self, *field):
        if not field:
            self.fcn_list = None
            return self
        if len(field) == 1 and isinstance(field[0], int):
            field = ({-1: "stdname", 0: "calls", 1: "time", 2: "cumulative"}[field[0]],)
        elif len(field) >= 2:
            for one in field[1:]:
                if type(one) != type(field[0]):
                    raise TypeError("Can't have mixed argument type")
        names = [one.value if isinstance(one, SortKey) else one for one in field]
        known = self.get_sort_arg_defs()
        keys = [key for name in names for key in known[name][0]]
        self.sort_type = ", ".join([known[name][1] for name in names])

        def compare(one, other):
            for place, sign in keys:
                if one[place] != other[place]:
                    return -sign if one[place] < other[place] else sign
            return 0

        rows = [times[:4] + func + (func_std_string(func), func) for func, times in self.stats.items()]
        rows.sort(key=cmp_to_key(compare))
        self.fcn_list = [row[-1] for row in rows]
        return self

    def reverse_order(self):
        if self.fcn_list:
            self.fcn_list.reverse()
        return self

    def strip_dirs(self):
        old, self.stats, longest = self.stats, {}, 0
        for func, times in old.items():
            short = func_strip_path(func)
            longest = max(longest, len(func_std_string(short)))
            callers = {}
            for caller, count in times[4].items():
                callers = add_callers(callers, {func_strip_path(caller): count})
            times = times[:4] + (callers,)
            self.stats[short] = add_func_stats(self.stats[short], times) if short in self.stats else times
        self.top_level = {func_strip_path(func) for func in self.top_level}
        self.max_name_len, self.fcn_list, self.all_callees = longest, None, None
        return self

    def calc_callees(self):
        if self.all_callees:
            return
        self.all_callees = {}
        for func, times in self.stats.items():
            self.all_callees.setdefault(func, {})
            for caller, count in times[4].items():
                self.all_callees.setdefault(caller, {})[func] = count

    def eval_print_amount(self, sel, list, msg):
        kept = list
        if isinstance(sel, str):
            try:
                pattern = re.compile(sel)
            except re.error:
                return list, msg + "   <Invalid regular expression %r>\n" % sel
            kept = [func for func in list if pattern.search(func_std_string(func))]
        elif isinstance(sel, float) and 0.0 <= sel < 1.0:
            kept = list[: int(len(list) * sel + 0.5)]
        elif isinstance(sel, int) and 0 <= sel < len(list):
            kept = list[:sel]
        if len(kept) != len(list):
            msg += "   List reduced from %r to %r due to restriction <%r>\n" % (len(list), len(kept), sel)
        return kept, msg

    def get_print_list(self, sel_list):
        width = self.max_name_len
        if self.fcn_list:
            funcs, msg = self.fcn_list[:], "   Ordered by: " + self.sort_type + "\n"
        else:
            funcs, msg = list(self.stats), "   Random listing order was used\n"
        for sel in sel_list:
            funcs, msg = self.eval_print_amount(sel, funcs, msg)
        if not funcs:
            return 0, funcs
        print(msg, file=self.stream)
        if len(funcs) < len(self.stats):
            width = max([len(func_std_string(func)) for func in funcs])
        return width + 2, funcs

    def get_stats_profile(self):
        profiles = {}
        for func in self.fcn_list[:] if self.fcn_list else list(self.stats):
            primitive, calls, own, whole, _ = self.stats[func]
            count = str(calls) if calls == primitive else "%d/%d" % (calls, primitive)
            profiles[func[2]] = FunctionProfile(
                count, float(f8(own)), float(f8(own / calls)) if calls else 0, float(f8(whole)), float(f8(whole / primitive)) if primitive else 0, func[0], func[1]
            )
        return StatsProfile(float(f8(self.total_tt)), profiles)

    def print_stats(self, *amount):
        for name in self.files:
            print(name, file=self.stream)
        if self.files:
            print(file=self.stream)
        indent = " " * 8
        for func in self.top_level:
            print(indent, func_get_function_name(func), file=self.stream)
        print(indent, self.total_calls, "function calls", end=" ", file=self.stream)
        if self.total_calls != self.prim_calls:
            print("(%d primitive calls)" % self.prim_calls, end=" ", file=self.stream)
        print("in %.3f seconds" % self.total_tt, file=self.stream)
        print(file=self.stream)
        _, funcs = self.get_print_list(amount)
        if funcs:
            self.print_title()
            for func in funcs:
                self.print_line(func)
            print(file=self.stream)
            print(file=self.stream)
        return self

    def print_callees(self, *amount):
        width, funcs = self.get_print_list(amount)
        if funcs:
            self.calc_callees()
            self.print_call_heading(width, "called...")
            for func in funcs:
                self.print_call_line(width, func, self.all_callees.get(func, {}))
            print(file=self.stream)
            print(file=self.stream)
        return self

    def print_callers(self, *amount):
        width, funcs = self.get_print_list(amount)
        if funcs:
            self.print_call_heading(width, "was called by...")
            for func in funcs:
                self.print_call_line(width, func, self.stats[func][4], "<-")
            print(file=self.stream)
            print(file=self.stream)
        return self

    def print_call_heading(self, name_size, column_title):
        print("Function ".ljust(name_size) + column_title, file=self.stream)
        if any([isinstance(value, tuple) for times in self.stats.values() for value in times[4].values()]):
            print(" " * name_size + "    ncalls  tottime  cumtime", file=self.stream)

    def print_call_line(self, name_size, source, call_dict, arrow="->"):
        print(func_std_string(source).ljust(name_size) + arrow, end=" ", file=self.stream)
        if not call_dict:
            print(file=self.stream)
            return
        indent = ""
        for func in sorted(call_dict):
            name, value = func_std_string(func), call_dict[func]
            if isinstance(value, tuple):
                primitive, calls, own, whole = value
                count = "%d/%d" % (primitive, calls) if primitive != calls else "%d" % calls
                line = "%s %s %s  %s" % (count.rjust(7 + 2 * len(indent)), f8(own), f8(whole), name)
                left = name_size + 1
            else:
                line = "%s(%r) %s" % (name, value, f8(self.stats[func][3]))
                left = name_size + 3
            print(indent * left + line, file=self.stream)
            indent = " "

    def print_title(self):
        print("   ncalls  tottime  percall  cumtime  percall", end=" ", file=self.stream)
        print("filename:lineno(function)", file=self.stream)

    def print_line(self, func):
        primitive, calls, own, whole, _ = self.stats[func]
        count = str(calls) if calls == primitive else "%d/%d" % (calls, primitive)
        each = f8(own / calls) if calls else " " * 8
        every = f8(whole / primitive) if primitive else " " * 8
        print(count.rjust(9), f8(own), each, f8(whole), every, func_std_string(func), file=self.stream)


def main():
    """`python -m pstats FILE`: a prompt about saved profiles."""
    import cmd

    class Browser(cmd.Cmd):
        intro = "Welcome to the profile statistics browser."

        def __init__(self, profile=None):
            super().__init__()
            self.prompt, self.stats = "% ", None
            if profile is not None:
                self.do_read(profile)

        def _each(self, method, line):
            amounts = []
            for word in line.split():
                try:
                    amounts.append(int(word))
                    continue
                except ValueError:
                    pass
                try:
                    share = float(word)
                    if 0 <= share <= 1:
                        amounts.append(share)
                    else:
                        print("Fraction argument must be in [0, 1]")
                except ValueError:
                    amounts.append(word)
            if self.stats:
                getattr(self.stats, method)(*amounts)
            else:
                print("No statistics object is loaded.")

        def do_add(self, line):
            if self.stats:
                try:
                    self.stats.add(line)
                except OSError as error:
                    print("Failed to load statistics for %s: %s" % (line, error))
            else:
                print("No statistics object is loaded.")

        def do_read(self, line):
            if not line:
                return self.do_read(self.prompt[:-2]) if len(self.prompt) > 2 else print("No statistics object is current -- cannot reload.")
            try:
                self.stats = Stats(line)
            except OSError as error:
                print(error.args[1] if len(error.args) > 1 else error)
                return None
            except Exception as error:
                print(error.__class__.__name__ + ":", error)
                return None
            self.prompt = line + "% "
            return None

        def do_callees(self, line):
            self._each("print_callees", line)

        def do_callers(self, line):
            self._each("print_callers", line)

        def do_stats(self, line):
            self._each("print_stats", line)

        def do_strip(self, line):
            self.stats.strip_dirs() if self.stats else print("No statistics object is loaded.")

        def do_reverse(self, line):
            self.stats.reverse_order() if self.stats else print("No statistics object is loaded.")

        def do_sort(self, line):
            if not self.stats:
                print("No statistics object is loaded.")
            elif line and all([word in self.stats.get_sort_arg_defs() for word in line.split()]):
                self.stats.sort_stats(*line.split())
            else:
                print("Valid sort keys (unique prefixes are accepted):")
                for key, (_, meaning) in _ORDERS.items():
                    print("%s -- %s" % (key, meaning))

        def do_quit(self, line):
            return True

        def do_EOF(self, line):
            print()
            return True

        def emptyline(self):
            pass

    browser = Browser(sys.argv[1] if len(sys.argv) > 1 else None)
    for name in sys.argv[2:]:
        browser.do_add(name)
    browser.cmdloop()
    print("Goodbye.")


if __name__ == "__main__":
    main()
