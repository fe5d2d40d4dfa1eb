"""What carries bytes for protocols: interfaces, and how much may wait to be written."""

from asyncio.events import _left_open

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


@_left_open("is_closing close set_protocol get_protocol")
class BaseTransport:
    """What all transports have. `extra` are facts by name, for those who ask."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        return self._extra.get(name, default)


@_left_open("is_reading pause_reading resume_reading")
class ReadTransport(BaseTransport):
    """Hands over what comes."""

    __slots__ = ()


@_left_open("set_write_buffer_limits get_write_buffer_size get_write_buffer_limits write write_eof can_write_eof abort")
class WriteTransport(BaseTransport):
    """Sends what is written, now or later."""

    __slots__ = ()

    def writelines(self, list_of_data):
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """Carries bytes both ways."""

    __slots__ = ()


@_left_open("sendto abort")
class DatagramTransport(BaseTransport):
    """Carries messages."""

    __slots__ = ()


@_left_open("get_pid get_returncode get_pipe_transport send_signal terminate kill")
class SubprocessTransport(BaseTransport):
    """A child, and a transport for each of its pipes."""

    __slots__ = ()


class _FlowControlMixin(Transport):
    """Tells its protocol when more waits to be written than the high mark, and when no more than the low one does again.

    Who derives from it says its two `_maybe_…` after what waits became more or less.
    """

    __slots__ = ("_loop", "_protocol_paused", "_marks")

    def __init__(self, extra=None, loop=None):
        assert loop is not None
        super().__init__(extra)
        self._loop, self._protocol_paused = loop, False
        self._set_marks(None, None)

    def get_write_buffer_size(self):
        raise NotImplementedError

    def get_write_buffer_limits(self):
        return self._marks

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_marks(high, low)
        self._maybe_pause_protocol()

    def _set_marks(self, high, low):
        """Who gives one mark gets the other by it: the low one is a quarter of the high one."""
        if high is None:
            high = 65536 if low is None else low * 4
        if low is None:
            low = high // 4
        if low < 0 or low > high:
            raise ValueError("high (%r) must be >= low (%r) must be >= 0" % (high, low))
        self._marks = low, high

    def _maybe_pause_protocol(self):
        if not self._protocol_paused and self.get_write_buffer_size() > self._marks[1]:
            self._tell("pause_writing", True)

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._marks[0]:
            self._tell("resume_writing", False)

    def _tell(self, name, paused):
        self._protocol_paused = paused
        try:
            getattr(self._protocol, name)()
        except BaseException as error:
            if isinstance(error, (SystemExit, KeyboardInterrupt)):
                raise
            told = dict(message="protocol.%s() failed" % name, exception=error, transport=self, protocol=self._protocol)
            self._loop.call_exception_handler(told)
