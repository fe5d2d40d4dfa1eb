"""Who took memory is not recorded here: traces are empty, but the heap's size is known."""

import fnmatch
import gc

_traces, _peak, _base = 0, 0, 0


def start(nframe=1):
    global _traces, _base, _peak
    if nframe < 1:
        raise ValueError("the number of frames must be in range [1; 65535]")
    if not _traces:
        _base = gc.mem_alloc()
        _peak = 0
    _traces = nframe


def stop():
    global _traces
    _traces = 0


def is_tracing():
    return _traces > 0


def get_traceback_limit():
    return _traces or 1


def get_traced_memory():
    """What was taken since the start, now and at most as far as it was asked for."""
    global _peak
    if not _traces:
        return 0, 0
    now = max(gc.mem_alloc() - _base, 0)
    _peak = max(_peak, now)
    return now, _peak


def reset_peak():
    global _peak
    _peak = 0
    get_traced_memory()


def clear_traces():
    global _base, _peak
    _base, _peak = gc.mem_alloc(), 0


def get_tracemalloc_memory():
    return 0


def get_object_traceback(obj):
    return None


class Filter:
    def __init__(self, inclusive, filename_pattern, lineno=None, all_frames=False, domain=None):
        self.inclusive, self.filename_pattern, self.lineno, self.all_frames, self.domain = inclusive, filename_pattern, lineno, all_frames, domain

    def _match(self, filename, lineno):
        fits = fnmatch.fnmatch(filename, self.filename_pattern) and self.lineno in (None, lineno)
        return fits == bool(self.inclusive)


class DomainFilter:
    def __init__(self, inclusive, domain):
        self.inclusive, self.domain = inclusive, domain


class Snapshot:
    def __init__(self, traces=(), traceback_limit=1):
        self.traces, self.traceback_limit = traces, traceback_limit

    def filter_traces(self, filters):
        return self

    def statistics(self, key_type, cumulative=False):
        if key_type not in ("traceback", "filename", "lineno"):
            raise ValueError("unknown key_type: %r" % (key_type,))
        return []

    def compare_to(self, old_snapshot, key_type, cumulative=False):
        return self.statistics(key_type, cumulative)

    def dump(self, filename):
        import pickle

        with open(filename, "wb") as file:
            pickle.dump(self, file)

    @staticmethod
    def load(filename):
        import pickle

        with open(filename, "rb") as file:
            return pickle.load(file)


def take_snapshot():
    if not _traces:
        raise RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot")
    return Snapshot((), _traces)
