"""What a transport tells: a program derives from one of these and writes the methods that it wants to hear of."""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """What all transports tell."""

    __slots__ = ()

    def connection_made(self, transport):
        """The first call: this transport carries now, and may be kept."""

    def connection_lost(self, exc):
        """The last call. Without an error the connection was closed, here or over there."""

    def pause_writing(self):
        """The transport has more to write than its high mark."""

    def resume_writing(self):
        """It is down at its low mark again."""


class _Stream(BaseProtocol):
    """What connections without messages tell, however their bytes come."""

    __slots__ = ()

    def eof_received(self):
        """The other side writes no more. Who answers true wants to go on writing; else the transport closes itself."""


class Protocol(_Stream):
    """Has its bytes handed over."""

    __slots__ = ()

    def data_received(self, data):
        """Some bytes came, cut anywhere."""


class BufferedProtocol(_Stream):
    """Has its bytes written where it says."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """Where the next bytes may be written; about so many, or any number if negative."""

    def buffer_updated(self, nbytes):
        """So many bytes were written there."""


class DatagramProtocol(BaseProtocol):
    """Has messages, each with its sender."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A whole message came."""

    def error_received(self, exc):
        """An earlier message could not be delivered, or one not be read."""


class SubprocessProtocol(BaseProtocol):
    """Hears of a child and of its pipes, which are known by their number there."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child wrote."""

    def pipe_connection_lost(self, fd, exc):
        """This pipe is closed."""

    def process_exited(self):
        """The child ended. What it wrote before may still come."""
