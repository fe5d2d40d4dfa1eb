"""What continues the builtin module `select`: names of errors and of events."""

error = OSError
PIPE_BUF = 4096
POLLPRI, POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 2, 64, 128, 256, 512, 1024, 8192

EPOLLIN, EPOLLPRI, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLRDNORM, EPOLLRDBAND, EPOLLWRNORM, EPOLLWRBAND, EPOLLMSG, EPOLLRDHUP = (
    1, 2, 4, 8, 16, 64, 128, 256, 512, 1024, 8192,
)
EPOLLEXCLUSIVE, EPOLLONESHOT, EPOLLET, EPOLL_CLOEXEC = 1 << 28, 1 << 30, 1 << 31, 0x80000


class epoll:
    """Events of many descriptors, as Linux has them, over `poll`. `EPOLLONESHOT` is known; `EPOLLET` tells again what is not read."""

    def __init__(self, sizehint=-1, flags=0):
        from select import poll

        if sizehint < -1 or sizehint == 0:
            raise ValueError("negative sizehint" if sizehint else "sizehint must be positive or -1")
        self._poll, self._wanted, self.closed = poll(), {}, False

    def _number(self, fd):
        if self.closed:
            raise ValueError("I/O operation on closed epoll object")
        return fd if isinstance(fd, int) else fd.fileno()

    def register(self, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT):
        number = self._number(fd)
        if number in self._wanted:
            raise FileExistsError(17, "File exists")
        if number < 0:
            raise OSError(9, "Bad file descriptor")
        self._wanted[number] = eventmask
        self._poll.register(number, eventmask & 0x7FFF)

    def modify(self, fd, eventmask):
        number = self._number(fd)
        if number not in self._wanted:
            raise FileNotFoundError(2, "No such file or directory")
        self._wanted[number] = eventmask
        self._poll.register(number, eventmask & 0x7FFF)

    def unregister(self, fd):
        number = self._number(fd)
        if number not in self._wanted:
            raise FileNotFoundError(2, "No such file or directory")
        del self._wanted[number]
        self._poll.unregister(number)

    def poll(self, timeout=None, maxevents=-1):
        self._number(0)
        if maxevents == 0 or maxevents < -1:
            raise ValueError("maxevents must be greater than 0, got %d" % maxevents)
        wait = -1 if timeout is None or timeout < 0 else int(timeout * 1000 + 0.999)
        found = []
        for number, events in self._poll.poll(wait):
            if maxevents > 0 and len(found) == maxevents:
                break
            found.append((number, events))
            if self._wanted[number] & EPOLLONESHOT:
                self._wanted[number] = EPOLLONESHOT
                self._poll.register(number, 0)
        return found

    def close(self):
        self.closed = True
        self._wanted = {}

    def fileno(self):
        raise OSError(95, "this epoll object has no descriptor")

    def __enter__(self):
        self._number(0)
        return self

    def __exit__(self, *error):
        self.close()
