"""What futures of every kind share: their states, and what is told of them."""

import reprlib

_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"


def isfuture(obj):
    """Whether something is a future of a loop: its class has the mark (a mock has every name itself)."""
    mark = "_asyncio_future_blocking"
    return hasattr(obj.__class__, mark) and getattr(obj, mark) is not None


def _format_callbacks(callbacks):
    """The first and the last of them, and how many are between."""
    from asyncio.format_helpers import _format_callback_source

    told = [_format_callback_source(entry[0], ()) for entry in callbacks[:1] + callbacks[1:][-1:]]
    if len(callbacks) > 2:
        told.insert(1, "<%d more>" % (len(callbacks) - 2))
    return "cb=[" + ", ".join(told) + "]"


def _future_repr_info(future):
    """The words of a future's text: tasks and programs put further ones between."""
    words = [future._state.lower()]
    if future._state == _FINISHED:
        error = future._exception
        words.append("result=" + reprlib.repr(future._result) if error is None else "exception=%r" % (error,))
    if future._callbacks:
        words.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        place = future._source_traceback[-1]
        words.append("created at %s:%s" % (place[0], place[1]))
    return words


@reprlib.recursive_repr()
def _future_repr(future):
    return "<%s %s>" % (type(future).__name__, " ".join(future._repr_info()))
