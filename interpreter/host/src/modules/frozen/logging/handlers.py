"""Where messages go beside the console and a file: files that are changed, sockets, the system's log, queues, memory."""

import copy
import logging
import os
import pickle
import queue
import re
import socket
import struct
import threading
import time

DEFAULT_TCP_LOGGING_PORT, DEFAULT_UDP_LOGGING_PORT, DEFAULT_HTTP_LOGGING_PORT, DEFAULT_SOAP_LOGGING_PORT = 9020, 9021, 9022, 9023
SYSLOG_UDP_PORT = SYSLOG_TCP_PORT = 514


class BaseRotatingHandler(logging.FileHandler):
    """A file that gives way to a new one."""

    namer = rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False, errors=None):
        super().__init__(filename, mode, encoding, delay, errors)

    def emit(self, record):
        try:
            if self.shouldRollover(record):
                self.doRollover()
            super().emit(record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _let_go(self):
        if self.stream:
            self.stream.close()
            self.stream = None


class RotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        super().__init__(filename, "a" if maxBytes > 0 else mode, encoding, delay, errors)
        self.maxBytes, self.backupCount = maxBytes, backupCount

    def doRollover(self):
        self._let_go()
        if self.backupCount > 0:
            name = lambda number: self.rotation_filename("%s.%d" % (self.baseFilename, number))
            for number in range(self.backupCount - 1, 0, -1):
                if os.path.exists(name(number)):
                    if os.path.exists(name(number + 1)):
                        os.remove(name(number + 1))
                    os.rename(name(number), name(number + 1))
            if os.path.exists(name(1)):
                os.remove(name(1))
            self.rotate(self.baseFilename, name(1))
        if not self.delay:
            self.stream = self._open()

    def shouldRollover(self, record):
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes <= 0 or os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
            return False
        size = os.path.getsize(self.baseFilename) if os.path.exists(self.baseFilename) else 0
        return size + len((self.format(record) + "\n").encode()) >= self.maxBytes


class TimedRotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, when="h", interval=1, backupCount=0, encoding=None, delay=False, utc=False, atTime=None, errors=None):
        super().__init__(filename, "a", encoding, delay, errors)
        self.when, self.backupCount, self.utc, self.atTime = when.upper(), backupCount, utc, atTime
        kinds = {"S": (1, "%Y-%m-%d_%H-%M-%S"), "M": (60, "%Y-%m-%d_%H-%M"), "H": (3600, "%Y-%m-%d_%H"), "D": (86400, "%Y-%m-%d"), "MIDNIGHT": (86400, "%Y-%m-%d")}
        if self.when in kinds:
            seconds, self.suffix = kinds[self.when]
        elif self.when.startswith("W"):
            if len(self.when) != 2:
                raise ValueError("You must specify a day for weekly rollover from 0 to 6 (0 is Monday): %s" % self.when)
            if not "0" <= self.when[1] <= "6":
                raise ValueError("Invalid day specified for weekly rollover: %s" % self.when)
            seconds, self.suffix, self.dayOfWeek = 604800, "%Y-%m-%d", int(self.when[1])
        else:
            raise ValueError("Invalid rollover interval specified: %s" % self.when)
        digits = self.suffix.replace("%Y", r"\d{4}")
        for code in "mdHMS":
            digits = digits.replace("%" + code, r"\d{2}")
        self.extMatch = re.compile(digits)
        self.interval = seconds * interval
        start = int(os.path.getmtime(self.baseFilename)) if os.path.exists(self.baseFilename) else int(time.time())
        self.rolloverAt = self.computeRollover(start)

    def computeRollover(self, currentTime):
        if self.when != "MIDNIGHT" and not self.when.startswith("W"):
            return currentTime + self.interval
        now = time.gmtime(currentTime) if self.utc else time.localtime(currentTime)
        wanted = 86400 if self.atTime is None else (self.atTime.hour * 60 + self.atTime.minute) * 60 + self.atTime.second
        left, day = wanted - ((now[3] * 60 + now[4]) * 60 + now[5]), now[6]
        if left <= 0:
            left += 86400
            day = (day + 1) % 7
        result = currentTime + left
        if self.when.startswith("W"):
            if day != self.dayOfWeek:
                result += (self.dayOfWeek - day) % 7 * 86400
            result += self.interval - 604800
        else:
            result += self.interval - 86400
        if not self.utc:
            # Summer time may begin or end before that.
            result += time.localtime(currentTime).tm_gmtoff - time.localtime(result).tm_gmtoff
        return result

    def shouldRollover(self, record):
        if int(time.time()) < self.rolloverAt:
            return False
        if os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
            self.rolloverAt = self.computeRollover(int(time.time()))
            return False
        return True

    def getFilesToDelete(self):
        folder, base = os.path.split(self.baseFilename)
        found = []
        for name in os.listdir(folder):
            if self._is_old(name, folder, base):
                found.append(os.path.join(folder, name))
        found.sort()
        return found[: max(len(found) - self.backupCount, 0)]

    def _is_old(self, name, folder, base):
        """Whether a file is what this one was called at a rollover."""
        if not callable(self.namer):
            return name.startswith(base + ".") and bool(self.extMatch.match(name[len(base) + 1 :]))
        # A name that the program made has the time somewhere.
        for at in range(len(name)):
            for end in range(at + 1, len(name) + 1):
                if self.extMatch.fullmatch(name[at:end]) and self.namer(os.path.join(folder, base + "." + name[at:end])) == os.path.join(folder, name):
                    return True
        return False

    def doRollover(self):
        now = int(time.time())
        begun = self.rolloverAt - self.interval
        name = self.rotation_filename(self.baseFilename + "." + time.strftime(self.suffix, time.gmtime(begun) if self.utc else time.localtime(begun)))
        if os.path.exists(name):
            os.remove(name)
        self._let_go()
        self.rotate(self.baseFilename, name)
        if self.backupCount > 0:
            for old in self.getFilesToDelete():
                os.remove(old)
        if not self.delay:
            self.stream = self._open()
        self.rolloverAt = self.computeRollover(now if now > self.rolloverAt else self.rolloverAt)


class WatchedFileHandler(logging.FileHandler):
    """A file that another program may take away: then a new one is begun."""

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__(filename, mode, encoding, delay, errors)
        self.dev = self.ino = -1
        self._note()

    def _note(self):
        if self.stream:
            about = os.stat(self.baseFilename)
            self.dev, self.ino = about.st_dev, about.st_ino

    def reopenIfNeeded(self):
        try:
            about = os.stat(self.baseFilename)
            same = about.st_dev == self.dev and about.st_ino == self.ino
        except OSError:
            same = False
        if not same and self.stream is not None:
            self.stream.flush()
            self.stream.close()
            self.stream = self._open()
            self._note()

    def emit(self, record):
        self.reopenIfNeeded()
        super().emit(record)


class SocketHandler(logging.Handler):
    """Sends records, pickled, over a connection that is made when it is needed."""

    def __init__(self, host, port):
        super().__init__()
        self.host, self.port, self.address = host, port, host if port is None else (host, port)
        self.sock, self.closeOnError, self.retryTime = None, False, None
        self.retryStart, self.retryMax, self.retryFactor = 1.0, 30.0, 2.0

    def makeSocket(self, timeout=1):
        if self.port is None:
            made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            made.settimeout(timeout)
            made.connect(self.address)
            return made
        return socket.create_connection(self.address, timeout=timeout)

    def createSocket(self):
        now = time.time()
        if self.retryTime is not None and now < self.retryTime:
            return
        try:
            self.sock, self.retryTime = self.makeSocket(), None
        except OSError:
            self.retryPeriod = self.retryStart if self.retryTime is None else min(self.retryPeriod * self.retryFactor, self.retryMax)
            self.retryTime = now + self.retryPeriod

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        if self.sock:
            try:
                self.sock.sendall(s)
            except OSError:
                self.sock.close()
                self.sock = None

    def makePickle(self, record):
        if record.exc_info:
            self.format(record)
        said = dict(record.__dict__, msg=record.getMessage(), args=None, exc_info=None)
        said.pop("message", None)
        data = pickle.dumps(said, 1)
        return struct.pack(">L", len(data)) + data

    def handleError(self, record):
        if self.closeOnError and self.sock:
            self.sock.close()
            self.sock = None
        else:
            super().handleError(record)

    def emit(self, record):
        try:
            self.send(self.makePickle(record))
        except Exception:
            self.handleError(record)

    def close(self):
        if self.sock:
            self.sock.close()
            self.sock = None
        super().close()


class DatagramHandler(SocketHandler):
    def __init__(self, host, port):
        super().__init__(host, port)
        self.closeOnError = False

    def makeSocket(self):
        return socket.socket(socket.AF_UNIX if self.port is None else socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        self.sock.sendto(s, self.address)


class SysLogHandler(logging.Handler):
    LOG_EMERG, LOG_ALERT, LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG = range(8)
    LOG_KERN, LOG_USER, LOG_MAIL, LOG_DAEMON, LOG_AUTH, LOG_SYSLOG, LOG_LPR, LOG_NEWS, LOG_UUCP, LOG_CRON, LOG_AUTHPRIV, LOG_FTP = range(12)
    LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2, LOG_LOCAL3, LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6, LOG_LOCAL7 = range(16, 24)
    priority_names = {
        "alert": 1, "crit": 2, "critical": 2, "debug": 7, "emerg": 0, "err": 3, "error": 3, "info": 6, "notice": 5, "panic": 0, "warn": 4,
        "warning": 4,
    }
    facility_names = {
        "auth": 4, "authpriv": 10, "cron": 9, "daemon": 3, "ftp": 11, "kern": 0, "lpr": 6, "mail": 2, "news": 7, "security": 4, "syslog": 5,
        "user": 1, "uucp": 8, "local0": 16, "local1": 17, "local2": 18, "local3": 19, "local4": 20, "local5": 21, "local6": 22, "local7": 23,
    }
    priority_map = {"DEBUG": "debug", "INFO": "info", "WARNING": "warning", "ERROR": "error", "CRITICAL": "critical"}
    ident, append_nul = "", True

    def __init__(self, address=("localhost", SYSLOG_UDP_PORT), facility=LOG_USER, socktype=None):
        super().__init__()
        self.address, self.facility, self.socktype = address, facility, socktype
        self.unixsocket = isinstance(address, str)
        self.createSocket()

    def createSocket(self):
        if self.unixsocket:
            kind = socket.SOCK_DGRAM if self.socktype is None else self.socktype
            self.socket = socket.socket(socket.AF_UNIX, kind)
            try:
                self.socket.connect(self.address)
            except OSError:
                self.socket.close()
                raise
            return
        self.socktype = socket.SOCK_DGRAM if self.socktype is None else self.socktype
        host, port = self.address
        failure = OSError("getaddrinfo returns an empty list")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, 0, self.socktype):
            self.socket = None
            try:
                self.socket = socket.socket(family, kind, protocol)
                if kind == socket.SOCK_STREAM:
                    self.socket.connect(address)
                return
            except OSError as error:
                failure = error
                if self.socket is not None:
                    self.socket.close()
        raise failure

    def encodePriority(self, facility, priority):
        facility = self.facility_names[facility] if isinstance(facility, str) else facility
        priority = self.priority_names[priority] if isinstance(priority, str) else priority
        return facility << 3 | priority

    def mapPriority(self, levelName):
        return self.priority_map.get(levelName, "warning")

    def emit(self, record):
        try:
            text = self.ident + self.format(record) + ("\0" if self.append_nul else "")
            data = ("<%d>" % self.encodePriority(self.facility, self.mapPriority(record.levelname)) + text).encode("utf-8")
            if not self.socket:
                self.createSocket()
            try:
                self._send(data)
            except OSError:
                # Who listens may have begun anew.
                self.socket.close()
                self.createSocket()
                self._send(data)
        except Exception:
            self.handleError(record)

    def _send(self, data):
        if self.unixsocket or self.socktype == socket.SOCK_STREAM:
            self.socket.sendall(data)
        else:
            self.socket.sendto(data, self.address)

    def close(self):
        with self.lock:
            own, self.socket = self.socket, None
            if own:
                own.close()
            super().close()
        super().close()


class SMTPHandler(logging.Handler):
    def __init__(self, mailhost, fromaddr, toaddrs, subject, credentials=None, secure=None, timeout=5.0):
        super().__init__()
        self.mailhost, self.mailport = mailhost if isinstance(mailhost, (list, tuple)) else (mailhost, None)
        self.username, self.password = credentials if isinstance(credentials, (list, tuple)) else (None, None)
        self.fromaddr, self.toaddrs = fromaddr, [toaddrs] if isinstance(toaddrs, str) else toaddrs
        self.subject, self.secure, self.timeout = subject, secure, timeout

    def getSubject(self, record):
        return self.subject

    def emit(self, record):
        try:
            import email.utils
            import smtplib
            from email.message import EmailMessage

            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = self.fromaddr, ",".join(self.toaddrs), self.getSubject(record)
            message["Date"] = email.utils.localtime()
            message.set_content(self.format(record))
            with smtplib.SMTP(self.mailhost, self.mailport or smtplib.SMTP_PORT, timeout=self.timeout) as server:
                if self.username:
                    if self.secure is not None:
                        server.ehlo()
                        server.starttls(*self.secure)
                        server.ehlo()
                    server.login(self.username, self.password)
                server.send_message(message)
        except Exception:
            self.handleError(record)


class HTTPHandler(logging.Handler):
    def __init__(self, host, url, method="GET", secure=False, credentials=None, context=None):
        super().__init__()
        method = method.upper()
        if method not in ("GET", "POST"):
            raise ValueError("method must be GET or POST")
        if not secure and context is not None:
            raise ValueError("context parameter only makes sense with secure=True")
        self.host, self.url, self.method, self.secure, self.credentials, self.context = host, url, method, secure, credentials, context

    def mapLogRecord(self, record):
        return record.__dict__

    def getConnection(self, host, secure):
        import http.client

        return http.client.HTTPSConnection(host, context=self.context) if secure else http.client.HTTPConnection(host)

    def emit(self, record):
        try:
            import urllib.parse

            data, url = urllib.parse.urlencode(self.mapLogRecord(record)), self.url
            connection = self.getConnection(self.host, self.secure)
            if self.method == "GET":
                url += ("&" if "?" in url else "?") + data
            connection.putrequest(self.method, url)
            if self.method == "POST":
                connection.putheader("Content-type", "application/x-www-form-urlencoded")
                connection.putheader("Content-length", str(len(data)))
            if self.credentials:
                import base64

                connection.putheader("Authorization", "Basic " + base64.b64encode(("%s:%s" % self.credentials).encode("utf-8")).strip().decode("ascii"))
            connection.endheaders()
            if self.method == "POST":
                connection.send(data.encode("utf-8"))
            connection.getresponse()
        except Exception:
            self.handleError(record)


class BufferingHandler(logging.Handler):
    def __init__(self, capacity):
        super().__init__()
        self.capacity, self.buffer = capacity, []

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        self.acquire()
        try:
            self.buffer.clear()
        finally:
            self.release()

    def close(self):
        try:
            self.flush()
        finally:
            super().close()


class MemoryHandler(BufferingHandler):
    """Keeps records until one is grave enough, or there are many."""

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        super().__init__(capacity)
        self.flushLevel, self.target, self.flushOnClose = flushLevel, target, flushOnClose

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel

    def setTarget(self, target):
        with self.lock:
            self.target = target

    def flush(self):
        self.acquire()
        try:
            if self.target:
                for record in self.buffer:
                    self.target.handle(record)
                self.buffer.clear()
        finally:
            self.release()

    def close(self):
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            with self.lock:
                self.target = None
                super().close()


class QueueHandler(logging.Handler):
    listener = None

    def __init__(self, queue):
        super().__init__()
        self.queue = queue

    def enqueue(self, record):
        self.queue.put_nowait(record)

    def prepare(self, record):
        text = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = text
        record.args = record.exc_info = record.exc_text = record.stack_info = None
        return record

    def emit(self, record):
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    """Gives what comes out of a queue to handlers, in a thread of its own."""

    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue, self.handlers, self._thread, self.respect_handler_level = queue, handlers, None, respect_handler_level

    def dequeue(self, block):
        return self.queue.get(block)

    def start(self):
        self._thread = threading.Thread(target=self._monitor, daemon=True)
        self._thread.start()

    def prepare(self, record):
        return record

    def handle(self, record):
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        while True:
            try:
                record = self.dequeue(True)
                if record is self._sentinel:
                    if hasattr(self.queue, "task_done"):
                        self.queue.task_done()
                    return
                self.handle(record)
                if hasattr(self.queue, "task_done"):
                    self.queue.task_done()
            except queue.Empty:
                return

    def enqueue_sentinel(self):
        self.queue.put_nowait(self._sentinel)

    def stop(self):
        if self._thread:
            self.enqueue_sentinel()
            self._thread.join()
            self._thread = None
