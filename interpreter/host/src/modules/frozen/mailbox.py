"""Mailboxes on disk: Maildir, mbox, MMDF, MH and Babyl. Their messages, with what each format says of one, are in `_mailmessages`."""

import contextlib
import email
import errno
import fcntl
import io
import os
import socket
import time

import _mailmessages
from _mailmessages import BabylMessage, MaildirMessage, Message, MHMessage, MMDFMessage, mboxMessage, _mboxMMDFMessage

__all__ = [
    "Mailbox", "Maildir", "mbox", "MH", "Babyl", "MMDF", "Message", "MaildirMessage", "mboxMessage", "MHMessage", "BabylMessage", "MMDFMessage", "Error",
    "NoSuchMailboxError", "NotEmptyError", "ExternalClashError", "FormatError",
]
linesep = os.linesep.encode()


class Error(Exception):
    """Something about a mailbox is not as it should be."""


class NoSuchMailboxError(Error):
    """The mailbox is not there, and was not to be made."""


class NotEmptyError(Error):
    """The mailbox is not empty."""


class ExternalClashError(Error):
    """Another program has the mailbox, or changed it."""


class FormatError(Error):
    """The file is no mailbox of this kind."""


class Mailbox:
    """Messages by key. A format says how one is added, removed, replaced and read."""

    _append_newline = False

    def __init__(self, path, factory=None, create=True):
        self._path, self._factory = os.path.abspath(os.path.expanduser(path)), factory

    def add(self, message):
        raise NotImplementedError("Method must be implemented by subclass")

    def remove(self, key):
        raise NotImplementedError("Method must be implemented by subclass")

    def __delitem__(self, key):
        self.remove(key)

    def discard(self, key):
        with contextlib.suppress(KeyError):
            self.remove(key)

    def __setitem__(self, key, message):
        raise NotImplementedError("Method must be implemented by subclass")

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __getitem__(self, key):
        if not self._factory:
            return self.get_message(key)
        with contextlib.closing(self.get_file(key)) as file:
            return self._factory(file)

    def get_message(self, key):
        raise NotImplementedError("Method must be implemented by subclass")

    def get_string(self, key):
        return email.message_from_bytes(self.get_bytes(key)).as_string()

    def get_bytes(self, key):
        raise NotImplementedError("Method must be implemented by subclass")

    def get_file(self, key):
        raise NotImplementedError("Method must be implemented by subclass")

    def iterkeys(self):
        raise NotImplementedError("Method must be implemented by subclass")

    def keys(self):
        return list(self.iterkeys())

    def itervalues(self):
        for _, value in self.iteritems():
            yield value

    __iter__ = itervalues

    def values(self):
        return list(self.itervalues())

    def iteritems(self):
        for key in self.iterkeys():
            try:
                yield key, self[key]
            except KeyError:
                # Another program removed it.
                continue

    def items(self):
        return list(self.iteritems())

    def __contains__(self, key):
        raise NotImplementedError("Method must be implemented by subclass")

    def __len__(self):
        raise NotImplementedError("Method must be implemented by subclass")

    def clear(self):
        for key in self.keys():
            self.discard(key)

    def pop(self, key, default=None):
        try:
            found = self[key]
        except KeyError:
            return default
        self.discard(key)
        return found

    def popitem(self):
        for key in self.iterkeys():
            return key, self.pop(key)
        raise KeyError("No messages in mailbox")

    def update(self, arg=None):
        pairs = arg.iteritems() if hasattr(arg, "iteritems") else arg.items() if hasattr(arg, "items") else arg
        missing = False
        for key, message in pairs:
            try:
                self[key] = message
            except KeyError:
                missing = True
        if missing:
            raise KeyError("No message with key(s)")

    def flush(self):
        raise NotImplementedError("Method must be implemented by subclass")

    def lock(self):
        raise NotImplementedError("Method must be implemented by subclass")

    def unlock(self):
        raise NotImplementedError("Method must be implemented by subclass")

    def close(self):
        raise NotImplementedError("Method must be implemented by subclass")

    def _dump_message(self, message, target, mangle_from_=False):
        """Writes a message, given in any of the ways that `add` takes, with this system's ends of lines."""
        data = _mailmessages.as_bytes(message)
        if hasattr(message, "read"):
            data = data.replace(b"\r\n", b"\n")
        if mangle_from_:
            data = data.replace(b"\nFrom ", b"\n>From ")
            data = b">" + data if data.startswith(b"From ") else data
        if self._append_newline and not data.endswith(b"\n"):
            data += b"\n"
        target.write(data.replace(b"\n", linesep))


class Maildir(Mailbox):
    """A folder with a file a message: `new` has those that no reader has seen, `cur` the others, `tmp` those that are being written."""

    colon = ":"
    _count = 1

    def __init__(self, dirname, factory=None, create=True):
        super().__init__(dirname, factory, create)
        self._paths = {name: os.path.join(self._path, name) for name in ("tmp", "new", "cur")}
        if not os.path.exists(self._path):
            if not create:
                raise NoSuchMailboxError(self._path)
            os.mkdir(self._path, 0o700)
            for path in self._paths.values():
                os.mkdir(path, 0o700)
        self._toc, self._toc_mtimes, self._last_read = {}, {"cur": 0, "new": 0}, 0
        # A folder's time may be as coarse as a second, or another computer's.
        self._skewfactor = 0.1

    def add(self, message):
        with self._create_tmp() as file:
            try:
                self._dump_message(message, file)
            except BaseException:
                file.close()
                os.remove(file.name)
                raise
            path = file.name
            _sync(file)
        known = isinstance(message, MaildirMessage)
        folder, suffix = (message.get_subdir(), self.colon + message.get_info()) if known else ("new", "")
        suffix = "" if suffix == self.colon else suffix
        key = os.path.basename(path).split(self.colon)[0]
        target = os.path.join(self._path, folder, key + suffix)
        if known:
            os.utime(path, (os.path.getatime(path), message.get_date()))
        try:
            os.link(path, target)
        except FileExistsError:
            os.remove(path)
            raise ExternalClashError("Name clash with existing message: %s" % target)
        except (AttributeError, PermissionError):
            os.rename(path, target)
        else:
            os.remove(path)
        return key

    def remove(self, key):
        os.remove(os.path.join(self._path, self._lookup(key)))

    def discard(self, key):
        with contextlib.suppress(KeyError, FileNotFoundError):
            self.remove(key)

    def __setitem__(self, key, message):
        old = self._lookup(key)
        temporary = self._lookup(self.add(message))
        known = isinstance(message, MaildirMessage)
        # What the new message cannot say of itself, the old one's name says.
        folder, name = os.path.split(temporary if known else old)
        suffix = self.colon + name.split(self.colon)[-1] if self.colon in name else ""
        self.discard(key)
        path, target = os.path.join(self._path, temporary), os.path.join(self._path, folder, key + suffix)
        if known:
            os.utime(path, (os.path.getatime(path), message.get_date()))
        os.rename(path, target)

    def get_message(self, key):
        place = self._lookup(key)
        path = os.path.join(self._path, place)
        with open(path, "rb") as file:
            message = self._factory(file) if self._factory else MaildirMessage(file)
        folder, name = os.path.split(place)
        message.set_subdir(folder)
        if self.colon in name:
            message.set_info(name.split(self.colon)[-1])
        message.set_date(os.path.getmtime(path))
        return message

    def get_bytes(self, key):
        with open(os.path.join(self._path, self._lookup(key)), "rb") as file:
            return file.read().replace(linesep, b"\n")

    def get_file(self, key):
        return _ProxyFile(open(os.path.join(self._path, self._lookup(key)), "rb"))

    def get_info(self, key):
        """What the message's file name says of it."""
        name = os.path.basename(self._lookup(key))
        return name.partition(self.colon)[2]

    def set_info(self, key, info):
        if not isinstance(info, str):
            raise TypeError("info must be a string: %s" % type(info))
        old = self._lookup(key)
        new = os.path.join(os.path.dirname(old), os.path.basename(old).partition(self.colon)[0] + (self.colon + info if info else ""))
        if new != old:
            os.rename(os.path.join(self._path, old), os.path.join(self._path, new))
            self._toc[key] = new

    def get_flags(self, key):
        info = self.get_info(key)
        return info[2:] if info.startswith("2,") else ""

    def set_flags(self, key, flags):
        if not isinstance(flags, str):
            raise TypeError("flags must be a string: %s" % type(flags))
        self.set_info(key, "2," + "".join(sorted(set(flags))))

    def add_flag(self, key, flag):
        if not isinstance(flag, str):
            raise TypeError("flag must be a string: %s" % type(flag))
        self.set_flags(key, "".join(set(self.get_flags(key)) | set(flag)))

    def remove_flag(self, key, flag):
        if not isinstance(flag, str):
            raise TypeError("flag must be a string: %s" % type(flag))
        if self.get_flags(key):
            self.set_flags(key, "".join(set(self.get_flags(key)) - set(flag)))

    def iterkeys(self):
        self._refresh()
        for key in self._toc:
            try:
                self._lookup(key)
            except KeyError:
                continue
            yield key

    def __contains__(self, key):
        self._refresh()
        return key in self._toc

    def __len__(self):
        self._refresh()
        return len(self._toc)

    def flush(self):
        """Everything is written at once."""

    def lock(self):
        """A Maildir needs no lock."""

    def unlock(self):
        """A Maildir needs no lock."""

    def close(self):
        """Nothing is open between calls."""

    def list_folders(self):
        return [name[1:] for name in os.listdir(self._path) if len(name) > 1 and name[0] == "." and os.path.isdir(os.path.join(self._path, name))]

    def get_folder(self, folder):
        return Maildir(os.path.join(self._path, "." + folder), factory=self._factory, create=False)

    def add_folder(self, folder):
        path = os.path.join(self._path, "." + folder)
        made = Maildir(path, factory=self._factory)
        mark = os.path.join(path, "maildirfolder")
        if not os.path.exists(mark):
            os.close(os.open(mark, os.O_CREAT | os.O_WRONLY, 0o666))
        return made

    def remove_folder(self, folder):
        path = os.path.join(self._path, "." + folder)
        for name in os.listdir(os.path.join(path, "new")) + os.listdir(os.path.join(path, "cur")):
            if not name.startswith("."):
                raise NotEmptyError("Folder contains message(s): %s" % folder)
        for name in os.listdir(path):
            if name not in ("new", "cur", "tmp") and os.path.isdir(os.path.join(path, name)):
                raise NotEmptyError("Folder contains subdirectory '%s': %s" % (name, folder))
        for root, folders, files in os.walk(path, topdown=False):
            for name in files:
                os.remove(os.path.join(root, name))
            for name in folders:
                os.rmdir(os.path.join(root, name))
        os.rmdir(path)

    def clean(self):
        """Removes what was being written 36 hours ago."""
        now = time.time()
        for name in os.listdir(self._paths["tmp"]):
            path = os.path.join(self._paths["tmp"], name)
            if now - os.path.getatime(path) > 129600:
                os.remove(path)

    def _create_tmp(self):
        now = time.time()
        host = socket.gethostname().replace("/", r"\057").replace(":", r"\072")
        name = "%d.M%dP%dQ%d.%s" % (now, now % 1 * 1e6, os.getpid(), Maildir._count, host)
        path = os.path.join(self._paths["tmp"], name)
        if not os.path.exists(path):
            Maildir._count += 1
            with contextlib.suppress(FileExistsError):
                return _created(path)
        raise ExternalClashError("Name clash prevented file creation: %s" % path)

    def _refresh(self):
        """Reads the folders anew, if they may have changed."""
        if time.time() - self._last_read > 2 + self._skewfactor:
            changed = False
            for name in self._toc_mtimes:
                mtime = os.path.getmtime(self._paths[name])
                changed = changed or mtime > self._toc_mtimes[name]
                self._toc_mtimes[name] = mtime
            if not changed:
                return
        self._toc = {}
        for name in self._toc_mtimes:
            for entry in os.listdir(self._paths[name]):
                if entry[0] != "." and not os.path.isdir(os.path.join(self._paths[name], entry)):
                    self._toc[entry.split(self.colon)[0]] = os.path.join(name, entry)
        self._last_read = time.time()

    def _lookup(self, key):
        if key in self._toc and os.path.exists(os.path.join(self._path, self._toc[key])):
            return self._toc[key]
        self._refresh()
        if key not in self._toc:
            raise KeyError("No message with key: %s" % key)
        return self._toc[key]

    def next(self):
        if not hasattr(self, "_onetime_keys"):
            self._onetime_keys = self.iterkeys()
        for key in self._onetime_keys:
            found = self.get(key)
            if found is not None:
                return found
        return None


class _singlefileMailbox(Mailbox):
    """Messages behind each other in one file. `_toc` has where each begins and ends, once somebody asked; `flush` writes the file anew."""

    def __init__(self, path, factory=None, create=True):
        super().__init__(path, factory, create)
        try:
            self._file = open(self._path, "rb+")
        except FileNotFoundError:
            if not create:
                raise NoSuchMailboxError(self._path)
            self._file = open(self._path, "wb+")
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EROFS):
                raise
            self._file = open(self._path, "rb")
        self._toc, self._next_key, self._locked = None, 0, False
        # What is different from the file: something, or only what was added at its end.
        self._pending = self._pending_sync = False
        self._file_length = None

    def add(self, message):
        self._lookup()
        self._toc[self._next_key] = self._append_message(message)
        self._next_key += 1
        self._pending_sync = True
        return self._next_key - 1

    def remove(self, key):
        self._lookup(key)
        del self._toc[key]
        self._pending = True

    def __setitem__(self, key, message):
        self._lookup(key)
        self._toc[key] = self._append_message(message)
        self._pending = True

    def iterkeys(self):
        self._lookup()
        yield from list(self._toc)

    def __contains__(self, key):
        self._lookup()
        return key in self._toc

    def __len__(self):
        self._lookup()
        return len(self._toc)

    def lock(self):
        if not self._locked:
            _lock_file(self._file)
            self._locked = True

    def unlock(self):
        if self._locked:
            _unlock_file(self._file)
            self._locked = False

    def flush(self):
        if not self._pending:
            if self._pending_sync:
                _sync(self._file)
                self._pending_sync = False
            return
        self._file.seek(0, 2)
        if self._file.tell() != self._file_length:
            raise ExternalClashError("Size of mailbox file changed (expected %i, found %i)" % (self._file_length, self._file.tell()))
        new = _create_temporary(self._path)
        try:
            self._pre_mailbox_hook(new)
            places = self._written_anew(new)
            self._file_length = new.tell()
        except BaseException:
            new.close()
            os.remove(new.name)
            raise
        _sync(new)
        new.close()
        self._file.close()
        about = os.stat(self._path)
        os.chmod(new.name, about.st_mode)
        with contextlib.suppress(OSError):
            os.chown(new.name, about.st_uid, about.st_gid)
        os.rename(new.name, self._path)
        self._file = open(self._path, "rb+")
        self._toc, self._pending, self._pending_sync = places, False, False
        if self._locked:
            _lock_file(self._file, dotlock=False)

    def _written_anew(self, new):
        places = {}
        for key in sorted(self._toc):
            start, stop = self._toc[key]
            self._file.seek(start)
            self._pre_message_hook(new)
            at = new.tell()
            new.write(self._file.read(stop - start))
            places[key] = (at, new.tell())
            self._post_message_hook(new)
        return places

    def _pre_mailbox_hook(self, f):
        """What the file begins with."""

    def _pre_message_hook(self, f):
        """What stands before a message."""

    def _post_message_hook(self, f):
        """What stands behind a message."""

    def close(self):
        try:
            self.flush()
        finally:
            try:
                if self._locked:
                    self.unlock()
            finally:
                self._file.close()

    def _lookup(self, key=None):
        if self._toc is None:
            self._generate_toc()
        if key is not None:
            if key not in self._toc:
                raise KeyError("No message with key: %s" % key)
            return self._toc[key]

    def _append_message(self, message):
        self._file.seek(0, 2)
        before = self._file.tell()
        if not self._toc and not self._pending:
            self._pre_mailbox_hook(self._file)
        try:
            self._pre_message_hook(self._file)
            place = self._install_message(message)
            self._post_message_hook(self._file)
        except BaseException:
            self._file.truncate(before)
            raise
        self._file.flush()
        self._file_length = self._file.tell()
        return place


class _mboxMMDF(_singlefileMailbox):
    """What mbox and MMDF share: a first line `From ` a message."""

    _mangle_from_ = True

    def get_message(self, key):
        start, stop = self._lookup(key)
        self._file.seek(start)
        line = self._file.readline().replace(linesep, b"").decode("ascii")
        message = self._message_factory(self._file.read(stop - self._file.tell()).replace(linesep, b"\n"))
        message.set_unixfrom(line)
        message.set_from(line[5:])
        return message

    def get_string(self, key, from_=False):
        return email.message_from_bytes(self.get_bytes(key, from_)).as_string(unixfrom=from_)

    def get_bytes(self, key, from_=False):
        start, stop = self._lookup(key)
        self._file.seek(start)
        if not from_:
            self._file.readline()
        return self._file.read(stop - self._file.tell()).replace(linesep, b"\n")

    def get_file(self, key, from_=False):
        start, stop = self._lookup(key)
        self._file.seek(start)
        if not from_:
            self._file.readline()
        return _PartialFile(self._file, self._file.tell(), stop)

    def _install_message(self, message):
        line = None
        if isinstance(message, (str, bytes)):
            message = _mailmessages.as_bytes(message)
            if message.startswith(b"From "):
                line, _, message = message.partition(b"\n")
        elif isinstance(message, _mboxMMDFMessage):
            line = b"From " + message.get_from().encode("ascii")
        elif isinstance(message, email.message.Message) and message.get_unixfrom() is not None:
            line = message.get_unixfrom().encode("ascii")
        if line is None:
            line = b"From MAILER-DAEMON " + time.asctime(time.gmtime()).encode()
        start = self._file.tell()
        self._file.write(line + linesep)
        self._dump_message(message, self._file, self._mangle_from_)
        return start, self._file.tell()


class mbox(_mboxMMDF):
    """Messages each of which begins with a line `From ` and ends with an empty one."""

    _append_newline = True

    def __init__(self, path, factory=None, create=True):
        self._message_factory = mboxMessage
        super().__init__(path, factory, create)

    def _post_message_hook(self, f):
        f.write(linesep)

    def _generate_toc(self):
        starts, stops, at, empty = [], [], 0, False
        self._file.seek(0)
        for line in iter(self._file.readline, b""):
            if line.startswith(b"From "):
                if len(stops) < len(starts):
                    stops.append(at - len(linesep) if empty else at)
                starts.append(at)
            empty = line == linesep
            at += len(line)
        if len(stops) < len(starts):
            stops.append(at - len(linesep) if empty else at)
        self._toc = dict(enumerate(zip(starts, stops)))
        self._next_key, self._file_length = len(self._toc), self._file.tell()


class MMDF(_mboxMMDF):
    """Messages between lines of four control characters."""

    def __init__(self, path, factory=None, create=True):
        self._message_factory = MMDFMessage
        super().__init__(path, factory, create)

    def _pre_message_hook(self, f):
        f.write(b"\1\1\1\1" + linesep)

    def _post_message_hook(self, f):
        f.write(linesep + b"\1\1\1\1" + linesep)

    def _generate_toc(self):
        places, at, start = [], 0, None
        self._file.seek(0)
        for line in iter(self._file.readline, b""):
            end = at
            at += len(line)
            if line.startswith(b"\1\1\1\1" + linesep):
                if start is None:
                    start = at
                else:
                    places.append((start, end - len(linesep)))
                    start = None
        if start is not None:
            places.append((start, at))
        self._toc = dict(enumerate(places))
        self._next_key, self._file_length = len(places), at


class MH(Mailbox):
    """A folder with a file a message, whose name is a number; named sequences of them are in a file."""

    def __init__(self, path, factory=None, create=True):
        super().__init__(path, factory, create)
        if not os.path.exists(self._path):
            if not create:
                raise NoSuchMailboxError(self._path)
            os.mkdir(self._path, 0o700)
            os.close(os.open(os.path.join(self._path, ".mh_sequences"), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self._locked = False

    def _file_of(self, key):
        return os.path.join(self._path, str(key))

    def _opened(self, key, mode):
        try:
            return open(self._file_of(key), mode)
        except FileNotFoundError:
            raise KeyError("No message with key: %s" % key)

    def add(self, message):
        key = max(self.keys(), default=0) + 1
        with _created(self._file_of(key)) as file:
            try:
                self._dump_message(message, file)
            except BaseException:
                os.remove(file.name)
                raise
            if isinstance(message, MHMessage):
                self._dump_sequences(message, key)
            _sync(file)
        return key

    def remove(self, key):
        self._opened(key, "rb+").close()
        os.remove(self._file_of(key))

    def __setitem__(self, key, message):
        with self._opened(key, "rb+") as file, self._held(file):
            file.truncate(0)
            self._dump_message(message, file)
            if isinstance(message, MHMessage):
                self._dump_sequences(message, key)
            _sync(file)

    @contextlib.contextmanager
    def _held(self, file):
        """Holds the file locked while the folder is."""
        if self._locked:
            _lock_file(file)
        try:
            yield
        finally:
            if self._locked:
                _unlock_file(file)

    def get_message(self, key):
        with self._opened(key, "rb+" if self._locked else "rb") as file, self._held(file):
            message = MHMessage(file)
        for name, keys in self.get_sequences().items():
            if key in keys:
                message.add_sequence(name)
        return message

    def get_bytes(self, key):
        with self._opened(key, "rb+" if self._locked else "rb") as file, self._held(file):
            return file.read().replace(linesep, b"\n")

    def get_file(self, key):
        return _ProxyFile(self._opened(key, "rb"))

    def iterkeys(self):
        return iter(sorted([int(name) for name in os.listdir(self._path) if name.isdigit()]))

    def __contains__(self, key):
        return os.path.exists(self._file_of(key))

    def __len__(self):
        return len(self.keys())

    def lock(self):
        if not self._locked:
            self._file = open(os.path.join(self._path, ".mh_sequences"), "ab+")
            _lock_file(self._file)
            self._locked = True

    def unlock(self):
        if self._locked:
            _unlock_file(self._file)
            _sync(self._file)
            self._file.close()
            del self._file
            self._locked = False

    def flush(self):
        """Everything is written at once."""

    def close(self):
        if self._locked:
            self.unlock()

    def list_folders(self):
        return [name for name in os.listdir(self._path) if os.path.isdir(os.path.join(self._path, name))]

    def get_folder(self, folder):
        return MH(os.path.join(self._path, folder), factory=self._factory, create=False)

    def add_folder(self, folder):
        return MH(os.path.join(self._path, folder), factory=self._factory)

    def remove_folder(self, folder):
        path = os.path.join(self._path, folder)
        names = os.listdir(path)
        if names and names != [".mh_sequences"]:
            raise NotEmptyError("Folder not empty: %s" % self._path)
        for name in names:
            os.remove(os.path.join(path, name))
        os.rmdir(path)

    def get_sequences(self):
        """The keys of each sequence."""
        found, there = {}, set(self.keys())
        try:
            file = open(os.path.join(self._path, ".mh_sequences"), encoding="ASCII")
        except FileNotFoundError:
            return found
        with file:
            for line in file:
                name, colon, ranges = line.partition(":")
                try:
                    if not colon:
                        raise ValueError
                    keys = set()
                    for each in ranges.split():
                        first, _, last = each.partition("-")
                        keys.update(range(int(first), int(last or first) + 1))
                except ValueError:
                    raise FormatError("Invalid sequence specification: %s" % line.rstrip())
                keys = sorted(keys & there)
                if keys:
                    found[name] = keys
        return found

    def set_sequences(self, sequences):
        with open(os.path.join(self._path, ".mh_sequences"), "w", encoding="ASCII") as file:
            for name, keys in sequences.items():
                if keys:
                    file.write("%s: %s\n" % (name, " ".join(_ranges(sorted(set(keys))))))

    def pack(self):
        """Renames messages so that no number is left out."""
        sequences, new = self.get_sequences(), {}
        for number, key in enumerate(self.keys(), 1):
            if key != number:
                os.rename(self._file_of(key), self._file_of(number))
            new[key] = number
        self._next_key = len(new) + 1
        if any([key != number for key, number in new.items()]):
            self.set_sequences({name: [new[key] for key in keys] for name, keys in sequences.items()})

    def _dump_sequences(self, message, key):
        wanted, sequences = message.get_sequences(), self.get_sequences()
        for name, keys in sequences.items():
            if name in wanted:
                keys.append(key)
            elif key in keys:
                keys.remove(key)
        for name in wanted:
            sequences.setdefault(name, [key])
        self.set_sequences(sequences)


def _ranges(keys):
    """Sorted numbers as text, with those that follow each other as a range."""
    runs = []
    for key in keys:
        if runs and runs[-1][1] == key - 1:
            runs[-1][1] = key
        else:
            runs.append([key, key])
    return [str(first) if first == last else "%d-%d" % (first, last) for first, last in runs]


class Babyl(_singlefileMailbox):
    """The mailbox of Emacs' Rmail: messages with labels, each with the headers that were received and those that are shown."""

    _special_labels = frozenset({"unseen", "deleted", "filed", "answered", "forwarded", "edited", "resent"})

    def __init__(self, path, factory=None, create=True):
        super().__init__(path, factory, create)
        self._labels = {}

    def add(self, message):
        key = super().add(message)
        if isinstance(message, BabylMessage):
            self._labels[key] = message.get_labels()
        return key

    def remove(self, key):
        super().remove(key)
        self._labels.pop(key, None)

    def __setitem__(self, key, message):
        super().__setitem__(key, message)
        if isinstance(message, BabylMessage):
            self._labels[key] = message.get_labels()

    def _parts(self, key):
        """The headers as received, those that are shown, and the body."""
        start, stop = self._lookup(key)
        self._file.seek(start)
        text = self._file.read(stop - start).replace(linesep, b"\n")
        original, _, rest = text.partition(b"\n")[2].partition(b"*** EOOH ***\n")
        visible, _, body = rest.partition(b"\n\n")
        return original, visible + b"\n", body

    def get_message(self, key):
        original, visible, body = self._parts(key)
        message = BabylMessage(original + body)
        message.set_visible(visible)
        if key in self._labels:
            message.set_labels(self._labels[key])
        return message

    def get_bytes(self, key):
        original, _, body = self._parts(key)
        return original + body

    def get_file(self, key):
        return io.BytesIO(self.get_bytes(key).replace(b"\n", linesep))

    def get_labels(self):
        """The labels of a user's own that some message has."""
        self._lookup()
        found = set()
        for labels in self._labels.values():
            found.update(labels)
        return list(found - self._special_labels)

    def _generate_toc(self):
        starts, stops, labels, at = [], [], [], 0
        self._file.seek(0)
        for line in iter(self._file.readline, b""):
            at += len(line)
            if line == b"\037\014" + linesep:
                if len(stops) < len(starts):
                    stops.append(at - len(line) - len(linesep))
                starts.append(at)
                words = self._file.readline()[1:].split(b",")
                at = self._file.tell()
                labels.append([word.strip().decode() for word in words if word.strip()])
            elif line in (b"\037", b"\037" + linesep) and len(stops) < len(starts):
                stops.append(at - len(line) - len(linesep))
        if len(stops) < len(starts):
            stops.append(at - len(linesep))
        self._toc, self._labels = dict(enumerate(zip(starts, stops))), dict(enumerate(labels))
        self._next_key, self._file_length = len(self._toc), at

    def _pre_mailbox_hook(self, f):
        labels = ",".join(self.get_labels()).encode() if self._toc is not None else b""
        f.write(b"BABYL OPTIONS:" + linesep + b"Version: 5" + linesep + b"Labels:" + labels + linesep + linesep + b"\037")

    def _pre_message_hook(self, f):
        f.write(b"\014" + linesep)

    def _post_message_hook(self, f):
        f.write(linesep + b"\037")

    def _install_message(self, message):
        start = self._file.tell()
        labels = message.get_labels() if isinstance(message, BabylMessage) else []
        special = [label for label in labels if label in self._special_labels]
        own = [label for label in labels if label not in self._special_labels]
        written = "1" + "".join([", " + label for label in special]) + ",," + ",".join([" " + label for label in own]) + ("," if own else "")
        self._file.write((written if isinstance(message, BabylMessage) else "1,,").encode() + linesep)
        data = _mailmessages.as_bytes(message).replace(b"\r\n", b"\n")
        head, gap, body = data.partition(b"\n\n")
        if not gap:
            head, gap = head.rstrip(b"\n"), b"\n\n"
        shown = head
        if isinstance(message, BabylMessage):
            shown = message.get_visible().as_bytes().partition(b"\n\n")[0].rstrip(b"\n")
        out = head + gap + b"*** EOOH ***\n" + shown + gap + body
        self._file.write(out.replace(b"\n", linesep))
        return start, self._file.tell()


class _ProxyFile:
    """A file that lets go of the one below, and closes it."""

    def __init__(self, f, pos=None):
        self._file, self._pos = f, f.tell() if pos is None else pos

    def read(self, size=None):
        return self._read(size, self._file.read)

    def read1(self, size=None):
        return self._read(size, self._file.read1)

    def readline(self, size=None):
        return self._read(size, self._file.readline)

    def readlines(self, sizehint=None):
        lines, total = [], 0
        for line in self:
            lines.append(line)
            total += len(line)
            if sizehint is not None and total >= sizehint:
                break
        return lines

    def __iter__(self):
        return iter(self.readline, b"")

    def tell(self):
        return self._pos

    def seek(self, offset, whence=0):
        if whence == 1:
            self._file.seek(self._pos)
        self._file.seek(offset, whence)
        self._pos = self._file.tell()

    def close(self):
        file, self._file = self.__dict__.get("_file"), None
        if file is not None and hasattr(file, "close"):
            file.close()

    def _read(self, size, method):
        self._file.seek(self._pos)
        data = method(-1 if size is None else size)
        self._pos = self._file.tell()
        return data

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def readable(self):
        return self._file.readable()

    def writable(self):
        return self._file.writable()

    def seekable(self):
        return self._file.seekable()

    def flush(self):
        return self._file.flush()

    @property
    def closed(self):
        return self._file is None or getattr(self._file, "closed", False)


class _PartialFile(_ProxyFile):
    """A part of a file, from `start` up to `stop`; closing it leaves the file open."""

    def __init__(self, f, start=None, stop=None):
        super().__init__(f, start)
        self._start, self._stop = start, stop

    def tell(self):
        return self._pos - self._start

    def seek(self, offset, whence=0):
        if whence == 0:
            self._pos = self._start
        elif whence == 2:
            self._pos = self._stop
        super().seek((self._pos if whence != 1 else 0) + offset, 0 if whence != 1 else 1)

    def _read(self, size, method):
        left = self._stop - self._pos
        if left <= 0:
            return b""
        return super()._read(left if size is None or size < 0 or size > left else size, method)

    def close(self):
        self._file = None


def _lock_file(f, dotlock=True):
    """Locks a file as mail programs do: by the system, and by a file beside it."""
    made = None
    try:
        try:
            fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EROFS):
                raise ExternalClashError("lockf: lock unavailable: %s" % f.name)
            raise
        if dotlock:
            made = _dotlocked(f.name)
    except BaseException:
        fcntl.lockf(f, fcntl.LOCK_UN)
        if made:
            os.remove(f.name + ".lock")
        raise


def _dotlocked(name):
    try:
        own = _create_temporary(name + ".lock")
        own.close()
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EROFS):
            return False
        raise
    try:
        os.link(own.name, name + ".lock")
    except FileExistsError:
        raise ExternalClashError("dot lock unavailable: %s" % name)
    finally:
        os.remove(own.name)
    return True


def _unlock_file(f):
    fcntl.lockf(f, fcntl.LOCK_UN)
    if os.path.exists(f.name + ".lock"):
        os.remove(f.name + ".lock")


def _created(path):
    """A new file; an error if there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    return open(path, "rb+")


def _create_temporary(path):
    return _created("%s.%s.%s.%s" % (path, int(time.time()), socket.gethostname(), os.getpid()))


def _sync(f):
    f.flush()
    os.fsync(f.fileno())
