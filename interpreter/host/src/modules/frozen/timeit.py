"""How long small pieces of code take."""

import gc
import sys
import time

__all__ = ["Timer", "default_timer", "repeat", "timeit"]

default_timer = time.perf_counter
default_number = 1000000
default_repeat = 5

_LOOP = """
def inner(_it, _timer{globals}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def _indented(text, depth):
    return text.replace("\n", "\n" + " " * depth)


class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = {} if globals is None else globals
        extra = ""
        local = {}
        if callable(setup):
            local["_setup"] = setup
            extra, setup = extra + ", _setup=_setup", "_setup()"
        elif isinstance(setup, str):
            compile(setup, "<timeit-setup>", "exec")
        else:
            raise ValueError("setup is neither a string nor callable")
        if callable(stmt):
            local["_stmt"] = stmt
            extra, stmt = extra + ", _stmt=_stmt", "_stmt()"
        elif isinstance(stmt, str):
            compile(stmt, "<timeit-stmt>", "exec")
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = _LOOP.format(setup=_indented(setup, 4), stmt=_indented(stmt, 8), globals=extra)
        space = dict(names)
        space.update(local)
        exec(self.src, space)
        self.inner = space["inner"]

    def timeit(self, number=default_number):
        was_on = gc.isenabled()
        gc.disable()
        try:
            return self.inner(range(number), self.timer)
        finally:
            if was_on:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        size = 1
        while True:
            for digit in (1, 2, 5):
                number = size * digit
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            size *= 10

    def print_exc(self, file=None):
        import traceback

        traceback.print_exc(file=file)


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


_UNITS = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}


def main(args=None, *, _wrap_timer=None):
    """What `python -m timeit` does: the best time of a loop, in a unit that suits it."""
    import argparse
    import os

    parser = argparse.ArgumentParser(prog="timeit", description="how long statements take")
    parser.add_argument("-n", "--number", type=int, default=0, help="how often they run in a loop; found out by itself if not given")
    parser.add_argument("-r", "--repeat", type=int, default=default_repeat, help="how many loops")
    parser.add_argument("-s", "--setup", action="append", default=[], help="what runs once before")
    parser.add_argument("-p", "--process", action="store_true", help="the processor's time, not the clock's")
    parser.add_argument("-u", "--unit", choices=list(_UNITS), help="of the time that is printed")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="the loops' own times; twice: more digits")
    parser.add_argument("statement", nargs="*", default=["pass"], help="each a line")
    given = parser.parse_args(args)
    digits, repeat = 3 + max(given.verbose - 1, 0), max(given.repeat, 1)

    def shown(seconds):
        unit = given.unit or next((unit for unit in reversed(_UNITS) if seconds >= _UNITS[unit]), "nsec")
        return "%.*g %s" % (digits, seconds / _UNITS[unit], unit)

    def tell(number, taken):
        print("%d loop%s -> %.*g secs" % (number, "s" if number != 1 else "", digits, taken))

    timer = time.process_time if given.process else default_timer
    # What lies in the folder can be timed.
    sys.path.insert(0, os.curdir)
    clock = Timer("\n".join(given.statement), "\n".join(given.setup) or "pass", timer if _wrap_timer is None else _wrap_timer(timer))
    try:
        number = given.number or clock.autorange(tell if given.verbose else None)[0]
        times = clock.repeat(repeat, number)
    except Exception:
        clock.print_exc()
        return 1
    if given.verbose:
        print("raw times: %s\n" % ", ".join(map(shown, times)))
    print("%d loop%s, best of %d: %s per loop" % (number, "s" if number != 1 else "", repeat, shown(min(times) / number)))
    return None


if __name__ == "__main__":
    sys.exit(main())
