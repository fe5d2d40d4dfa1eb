"""What other frameworks of tests borrow."""

from collections import Counter, namedtuple

_MAX_LENGTH = 80
_Mismatch = namedtuple("Mismatch", "actual expected value")


def safe_repr(obj, short=False):
    """The object as text, whatever its `__repr__` does."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text if not short or len(text) < _MAX_LENGTH else text[:_MAX_LENGTH] + " [truncated]..."


def strclass(cls):
    return "%s.%s" % (cls.__module__, cls.__qualname__)


def three_way_cmp(x, y):
    return (x > y) - (x < y)


def unorderable_list_difference(expected, actual):
    """What of the first is not in the second, and the other way; both lists are left with nothing in common."""
    missing = []
    while expected:
        item = expected.pop()
        try:
            actual.remove(item)
        except ValueError:
            missing.append(item)
    return missing, actual


def sorted_list_difference(expected, actual):
    """The same of sorted lists, in order and each once."""
    wanted, found = list(dict.fromkeys(expected)), list(dict.fromkeys(actual))
    return [item for item in wanted if item not in found], [item for item in found if item not in wanted]


def _count_diff_hashable(actual, expected):
    found, wanted = Counter(actual), Counter(expected)
    return [_Mismatch(found[item], wanted[item], item) for item in {**found, **wanted} if found[item] != wanted[item]]


def _count_diff_all_purpose(actual, expected):
    result, seen = [], []
    for item in list(actual) + list(expected):
        if item not in seen:
            seen.append(item)
            counts = [sum(other == item for other in items) for items in (actual, expected)]
            if counts[0] != counts[1]:
                result.append(_Mismatch(*counts, item))
    return result
