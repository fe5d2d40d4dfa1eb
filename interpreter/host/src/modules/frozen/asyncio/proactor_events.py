"""The loop over completion ports, which Windows has: here it says that it is not there."""

__all__ = ("BaseProactorEventLoop",)


class BaseProactorEventLoop:
    def __init__(self, proactor):
        raise NotImplementedError("completion ports are Windows's: SelectorEventLoop is the loop of this system")
