"""What is told of tasks: in their texts, and of the places where they wait."""

import linecache
import sys
import traceback

from asyncio.base_futures import _future_repr, _future_repr_info


def _task_repr_info(task):
    state, *words = _future_repr_info(task)
    if not task.done() and task.cancelling():
        state = "cancelling"
    own = ["name=%r" % (task.get_name(),)]
    if task._coro is not None:
        from asyncio.coroutines import _format_coroutine

        own.append("coro=<" + _format_coroutine(task._coro) + ">")
    if task._fut_waiter is not None:
        own.append("wait_for=%r" % (task._fut_waiter,))
    return [state, *own, *words]


# The words are asked of the task itself.
_task_repr = _future_repr


def _chain(link, name, limit):
    """The links of a chain, each of which knows the next one by this name."""
    links = []
    while link is not None and len(links) != limit:
        links.append(link)
        link = getattr(link, name)
    return links


def _task_get_stack(task, limit):
    """The frames of a task that waits, the oldest first; of one that failed, those of its error."""
    parts = (getattr(task._coro, kind + "_frame", None) for kind in ("cr", "gi", "ag"))
    frame = next((part for part in parts if part is not None), None)
    if frame is not None:
        return _chain(frame, "f_back", limit)[::-1]
    if task._exception is None:
        return []
    frames = [place.tb_frame for place in _chain(task._exception.__traceback__, "tb_next", None)]
    # The step of the task itself is none of the program's.
    if frames and frames[0].f_globals.get("__name__") == "asyncio.tasks":
        del frames[0]
    return frames[:limit]


def _task_print_stack(task, limit, file):
    stack, error = task.get_stack(limit=limit), task._exception
    # Files may have changed since they were read.
    for name in {frame.f_code.co_filename for frame in stack}:
        linecache.checkcache(name)
    if stack:
        title = "%s for %r (most recent call last):" % ("Stack" if error is None else "Traceback", task)
    else:
        title = "No stack for %r" % (task,)
    out = sys.stderr if file is None else file
    print(title, file=out)
    entries = []
    for frame in stack:
        code, number = frame.f_code, frame.f_lineno
        entries.append((code.co_filename, number, code.co_name, linecache.getline(code.co_filename, number, frame.f_globals)))
    traceback.print_list(entries, file=out)
    if error is not None:
        out.write("".join(traceback.format_exception_only(error)))
