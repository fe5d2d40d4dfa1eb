"""Programs that believe they are at a terminal."""

import os
import select
import sys
import tty

__all__ = ["openpty", "fork", "spawn"]

STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO = range(3)
CHILD = 0


def openpty():
    return os.openpty()


def fork():
    return os.forkpty()


def _read(fd):
    return os.read(fd, 1024)


def _copy(master_fd, master_read, stdin_read):
    readers = [master_fd, STDIN_FILENO]
    while readers:
        ready, _, _ = select.select(readers, [], [])
        if master_fd in ready:
            try:
                data = master_read(master_fd)
            except OSError:
                data = b""
            if not data:
                return
            while data:
                data = data[os.write(STDOUT_FILENO, data) :]
        if STDIN_FILENO in ready:
            data = stdin_read(STDIN_FILENO)
            if data:
                while data:
                    data = data[os.write(master_fd, data) :]
            else:
                readers.remove(STDIN_FILENO)


def spawn(argv, master_read=_read, stdin_read=_read):
    """Runs a program at a terminal of its own, joined to this one; answers its status."""
    argv = (argv,) if isinstance(argv, str) else argv
    sys.audit("pty.spawn", argv)
    sys.stdout.flush()
    pid, master_fd = fork()
    if pid == CHILD:
        os.execlp(argv[0], *argv)
    before = None
    try:
        before = tty.tcgetattr(STDIN_FILENO)
        tty.setraw(STDIN_FILENO)
    except (tty.error, OSError):
        pass
    try:
        _copy(master_fd, master_read, stdin_read)
    finally:
        if before is not None:
            tty.tcsetattr(STDIN_FILENO, tty.TCSAFLUSH, before)
    os.close(master_fd)
    return os.waitpid(pid, 0)[1]
