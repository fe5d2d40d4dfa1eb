"""What continues the builtin module `gc`: switches of a collector that has none, kept for who asks."""

import gc

DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38
garbage, callbacks = [], []
_debug = 0
_thresholds = 700, 10, 10


def set_debug(flags):
    global _debug
    _debug = flags


def get_debug():
    return _debug


def set_threshold(threshold0, threshold1=10, threshold2=10):
    global _thresholds
    _thresholds = threshold0, threshold1, threshold2


def get_threshold():
    return _thresholds


def get_count():
    return 0, 0, 0


def get_stats():
    return [{"collections": 0, "collected": 0, "uncollectable": 0} for _ in range(3)]


def freeze():
    pass


unfreeze = freeze


def get_freeze_count():
    return 0


def is_tracked(obj):
    return not isinstance(obj, (int, float, complex, str, bytes, type(None)))


def is_finalized(obj):
    return False
