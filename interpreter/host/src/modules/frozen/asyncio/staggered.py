"""Functions tried one after the other, the next one when the last has failed or taken too long, until one of them succeeds."""

from collections import deque

from asyncio import events, tasks

__all__ = ("staggered_race",)


async def _attempt(function):
    return await function()


async def staggered_race(coro_fns, delay, *, loop=None):
    """What the first success gave, its place in the row, and the error of each that failed."""
    loop = loop or events.get_running_loop()
    rest, running, errors = deque(coro_fns), {}, []
    result = winner = None
    # When the next one begins; without a delay, only when the last has failed.
    due = loop.time()
    try:
        while rest or running:
            now = loop.time()
            if rest and due is not None and due <= now:
                running[loop.create_task(_attempt(rest.popleft()))] = len(errors)
                errors.append(None)
                due = None if delay is None else now + delay
            patience = max(0, due - now) if rest and due is not None else None
            done, _ = await tasks.wait(running, timeout=patience, return_when=tasks.FIRST_COMPLETED)
            for task in sorted(done, key=running.get):
                place = running.pop(task)
                try:
                    given = task.result()
                except (SystemExit, KeyboardInterrupt):
                    raise
                except BaseException as error:
                    errors[place] = error
                    if place + 1 == len(errors):
                        due = loop.time()
                    continue
                if winner is None:
                    result, winner = given, place
                    rest.clear()
                    for other in running:
                        other.cancel()
        return result, winner, errors
    finally:
        for task in running:
            task.cancel()
