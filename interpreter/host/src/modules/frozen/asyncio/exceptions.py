"""Errors of `asyncio`."""

from asyncio import BrokenBarrierError, CancelledError, IncompleteReadError, InvalidStateError, TimeoutError

__all__ = ("BrokenBarrierError", "CancelledError", "InvalidStateError", "TimeoutError", "IncompleteReadError", "LimitOverrunError",
           "SendfileNotAvailableError")


class SendfileNotAvailableError(RuntimeError):
    pass


class LimitOverrunError(Exception):
    def __init__(self, message, consumed):
        super().__init__(message)
        self.consumed = consumed
