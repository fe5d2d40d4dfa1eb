"""Messages for the system's log."""

import os
import socket
import sys
import time

LOG_EMERG, LOG_ALERT, LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG = range(8)
LOG_KERN, LOG_USER, LOG_MAIL, LOG_DAEMON, LOG_AUTH, LOG_SYSLOG, LOG_LPR, LOG_NEWS, LOG_UUCP, LOG_CRON, LOG_AUTHPRIV, LOG_FTP = range(0, 96, 8)
LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2, LOG_LOCAL3, LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6, LOG_LOCAL7 = range(128, 192, 8)
LOG_PID, LOG_CONS, LOG_ODELAY, LOG_NDELAY, LOG_NOWAIT, LOG_PERROR = 1, 2, 4, 8, 16, 32

_PLACE = "/dev/log"
# What `openlog` said: what each message begins with, how it is written, and whose it is. `None` while nobody has opened the log.
_said = None
_socket = None
_mask = 0xFF


def openlog(ident=None, logoption=0, facility=LOG_USER):
    """Says how the messages that follow are written."""
    global _said
    if ident is None:
        ident = os.path.basename(sys.argv[0]) if sys.argv and sys.argv[0] else ""
    elif not isinstance(ident, str):
        raise TypeError("openlog() argument 1 must be str, not %s" % type(ident).__name__)
    _said = ident, int(logoption), int(facility)
    if logoption & LOG_NDELAY:
        _connected()


def closelog():
    """Forgets what `openlog` said, and lets go of the log."""
    global _said, _socket, _mask
    if _socket is not None:
        _socket.close()
    _said = _socket = None
    _mask = 0xFF


def _connected():
    global _socket
    if _socket is None:
        _socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            _socket.connect(_PLACE)
        except OSError:
            _socket.close()
            _socket = None
    return _socket


def syslog(*args):
    """syslog([priority,] message): sends a message to the log."""
    global _socket
    if not 1 <= len(args) <= 2:
        raise TypeError("syslog.syslog requires 1 to 2 arguments")
    priority, message = args if len(args) == 2 else (LOG_INFO, args[0])
    if not isinstance(priority, int) or not isinstance(message, str):
        raise TypeError("syslog() takes a number and a str")
    if _said is None:
        openlog()
    ident, options, facility = _said
    if not _mask & LOG_MASK(priority & 7):
        return
    if not priority & ~7:
        priority |= facility
    text = "%s%s: %s" % (ident, "[%d]" % os.getpid() if options & LOG_PID else "", message)
    if options & LOG_PERROR:
        sys.stderr.write(text + "\n")
    log = _connected()
    try:
        if log is None:
            raise ConnectionError
        log.send(("<%d>%s %s" % (priority, time.strftime("%b %e %H:%M:%S"), text)).encode())
    except OSError:
        # Whoever listened is gone: the next message looks for another.
        if log is not None:
            log.close()
            _socket = None
        if options & LOG_CONS:
            _to_console(text)


def _to_console(text):
    try:
        with open("/dev/console", "w") as console:
            console.write(text + "\r\n")
    except OSError:
        pass


def setlogmask(maskpri):
    """Says which priorities are written, by a bit each; returns what was said before. 0 asks only."""
    global _mask
    before = _mask
    if not isinstance(maskpri, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(maskpri).__name__)
    if maskpri:
        _mask = maskpri
    return before


def LOG_MASK(pri):
    return 1 << pri


def LOG_UPTO(pri):
    return (1 << pri + 1) - 1
