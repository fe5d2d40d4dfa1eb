"""Modes of a terminal."""

from termios import *
import termios

__all__ = ["setcbreak", "setraw"]

IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CC = range(7)


def setraw(fd, when=termios.TCSAFLUSH):
    """Every byte as it is, at once."""
    mode = termios.tcgetattr(fd)
    mode[IFLAG] &= ~(termios.BRKINT | termios.ICRNL | termios.INPCK | termios.ISTRIP | termios.IXON)
    mode[OFLAG] &= ~termios.OPOST
    mode[CFLAG] = mode[CFLAG] & ~(termios.CSIZE | termios.PARENB) | termios.CS8
    mode[LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    mode[CC][termios.VMIN], mode[CC][termios.VTIME] = 1, 0
    termios.tcsetattr(fd, when, mode)


def setcbreak(fd, when=termios.TCSAFLUSH):
    """Every character at once, without an echo; Ctrl-C is still a signal."""
    mode = termios.tcgetattr(fd)
    mode[LFLAG] &= ~(termios.ECHO | termios.ICANON)
    mode[CC][termios.VMIN], mode[CC][termios.VTIME] = 1, 0
    termios.tcsetattr(fd, when, mode)
