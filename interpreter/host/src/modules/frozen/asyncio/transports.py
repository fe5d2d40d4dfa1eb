"""What carries bytes for protocols: interfaces, for libraries that bring their own."""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


def _abstract(name, *parameters):
    def method(self, *args, **kwargs):
        raise NotImplementedError

    method.__name__ = method.__qualname__ = name
    return method


class BaseTransport:
    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        return self._extra.get(name, default)

    is_closing, close, set_protocol, get_protocol = map(_abstract, ("is_closing", "close", "set_protocol", "get_protocol"))


class ReadTransport(BaseTransport):
    __slots__ = ()
    is_reading, pause_reading, resume_reading = map(_abstract, ("is_reading", "pause_reading", "resume_reading"))


class WriteTransport(BaseTransport):
    __slots__ = ()
    set_write_buffer_limits, get_write_buffer_size, get_write_buffer_limits, write, write_eof, can_write_eof, abort = map(
        _abstract, ("set_write_buffer_limits", "get_write_buffer_size", "get_write_buffer_limits", "write", "write_eof", "can_write_eof", "abort"))

    def writelines(self, list_of_data):
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    __slots__ = ()


class DatagramTransport(BaseTransport):
    __slots__ = ()
    sendto, abort = map(_abstract, ("sendto", "abort"))


class SubprocessTransport(BaseTransport):
    __slots__ = ()
    get_pid, get_returncode, get_pipe_transport, send_signal, terminate, kill = map(
        _abstract, ("get_pid", "get_returncode", "get_pipe_transport", "send_signal", "terminate", "kill"))
