"""Errors of `asyncio`."""

__all__ = ("BrokenBarrierError", "CancelledError", "InvalidStateError", "TimeoutError", "IncompleteReadError", "LimitOverrunError",
           "SendfileNotAvailableError")

TimeoutError = TimeoutError


class CancelledError(BaseException):
    """A task or a future was cancelled."""


class InvalidStateError(Exception):
    """What was asked of a future does not fit its state."""


class SendfileNotAvailableError(RuntimeError):
    """The system cannot send this file by itself."""


class BrokenBarrierError(RuntimeError):
    """A barrier was broken by `abort`."""


def _made_of(parts):
    """The `__reduce__` of an error that is made of other things than its text: a copy is made of these again."""
    return lambda error: (type(error), parts(error))


class IncompleteReadError(EOFError):
    """A stream ended too early: `partial` came of the `expected` bytes, which are None where their number was not known."""

    __reduce__ = _made_of(lambda error: (error.partial, error.expected))

    def __init__(self, partial, expected):
        self.partial, self.expected = partial, expected
        super().__init__("%d bytes read on a total of %s expected bytes" % (len(partial), "undefined" if expected is None else expected))


class LimitOverrunError(Exception):
    """A reader's limit was reached while it looked for a separator, before which `consumed` bytes lie."""

    __reduce__ = _made_of(lambda error: (error.args[0], error.consumed))

    def __init__(self, message, consumed):
        self.consumed = consumed
        super().__init__(message)
