# not CPython: objects written in Python are polled by ioctl.
# Poll objects, with streams that say themselves when they are ready.
import io
import select


class Source(io.IOBase):
    def __init__(self, name, ready):
        self.name = name
        self.ready = ready

    def __repr__(self):
        return self.name

    def ioctl(self, request, argument):
        return self.ready & argument if request == 3 and self.ready >= 0 else self.ready


a, b = Source("a", 0), Source("b", select.POLLIN)
poll = select.poll()
print(poll.poll(0))
poll.register(a)
poll.register(b, select.POLLIN)
print(poll.poll(0), poll.poll(), poll.poll(-1))
poll.modify(b, select.POLLOUT)
a.ready = select.POLLOUT
print(poll.poll())
print([(stream, events) for stream, events in poll.ipoll(0)])
print([(stream, events) for stream, events in poll.ipoll(0, 1)], poll.poll(0))
poll.modify(a, select.POLLOUT)
print(poll.poll(1))
poll.register(b, select.POLLIN)
for stream, events in poll.ipoll(0):
    print(stream)
    poll.unregister(stream)
poll.register(b, select.POLLOUT)
print(poll.poll(1))
for action in (lambda: poll.unregister(a), lambda: poll.modify(a, 1), lambda: poll.register(3.5), lambda: poll.register(-1)):
    try:
        action()
    except (KeyError, OSError, TypeError, ValueError) as error:
        print(type(error).__name__)
b.ready = -5
poll.modify(b, select.POLLIN)
try:
    poll.poll(0)
except OSError as error:
    print("OSError", error.errno)
b.ready = select.POLLIN
print(select.select([a, b], [a, b], [], 0), select.select([a], [], [a], 0.001))
