"""What the things that tasks wait at have in common: the loop they belong to, and the rows of those who wait."""

import itertools

from asyncio import events


class _LoopBoundMixin:
    """Something of the loop of who first has to wait at it."""

    _loop = None

    def _get_loop(self):
        running = events.get_running_loop()
        if self._loop is not running:
            if self._loop is not None:
                raise RuntimeError("%r is bound to a different event loop" % (self,))
            self._loop = running
        return running

    async def _stand(self, row, missed=None):
        """Waits in a row, a deque of futures, until `_wake`. Who is woken and cannot go on all the same calls `missed`."""
        waiter = self._get_loop().create_future()
        row.append(waiter)
        try:
            await waiter
        except BaseException:
            if missed is not None and waiter.done() and not waiter.cancelled():
                missed()
            raise
        finally:
            row.remove(waiter)


def _wake(row, most=1):
    """Ends the wait of those who have slept longest in a row, and says how many there were. They leave it when they run."""
    woken = 0
    if row:
        for waiter in itertools.islice((each for each in row if not each.done()), most):
            waiter.set_result(None)
            woken += 1
    return woken
