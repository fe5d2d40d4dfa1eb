"""How long small pieces of code take."""

import gc
import time

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
