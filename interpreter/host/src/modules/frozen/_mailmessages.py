"""The messages of mailboxes: each has what its format says of a message, and is made of one of another format with all that both can say."""

import copy
import email
import email.generator
import email.message
import io
import time
import warnings


def as_bytes(message):
    """A message, given as an object, text, bytes or a file, in bytes with `\\n`."""
    if isinstance(message, email.message.Message):
        out = io.BytesIO()
        email.generator.BytesGenerator(out, False, 0).flatten(message)
        return out.getvalue()
    if isinstance(message, io.TextIOBase):
        warnings.warn("Use of text mode files is deprecated, use a binary mode file instead", DeprecationWarning, 4)
        message = message.buffer if hasattr(message, "buffer") else message
    if hasattr(message, "read"):
        message = message.read()
    if isinstance(message, str):
        try:
            message = message.encode("ascii")
        except UnicodeError:
            raise ValueError("String input must be ASCII-only; use bytes or a Message instead")
    if not isinstance(message, bytes):
        raise TypeError("Invalid message type: %s" % type(message))
    return message


class Message(email.message.Message):
    """A message of any mailbox."""

    def __init__(self, message=None):
        if isinstance(message, email.message.Message):
            self._become_message(copy.deepcopy(message))
            if isinstance(message, Message):
                message._explain_to(self)
        elif isinstance(message, bytes):
            self._become_message(email.message_from_bytes(message))
        elif isinstance(message, str):
            self._become_message(email.message_from_string(message))
        elif isinstance(message, io.TextIOBase):
            self._become_message(email.message_from_file(message))
        elif hasattr(message, "read"):
            self._become_message(email.message_from_binary_file(message))
        elif message is None:
            super().__init__()
        else:
            raise TypeError("Invalid message type: %s" % type(message))

    def _become_message(self, message):
        own = getattr(message, "_type_specific_attributes", ())
        self.__dict__.update({name: value for name, value in message.__dict__.items() if name not in own})

    def _explain_to(self, message):
        """Tells a message of another format what this one knows."""
        if not isinstance(message, Message):
            raise TypeError("Cannot convert to specified type")


class _Flagged:
    """What has letters that say something of a message: `get_flags`, `set_flags`."""

    def add_flag(self, flag):
        self.set_flags("".join(set(self.get_flags()) | set(flag)))

    def remove_flag(self, flag):
        if self.get_flags():
            self.set_flags("".join(set(self.get_flags()) - set(flag)))


class MaildirMessage(_Flagged, Message):
    """A message of a Maildir: its folder, its date and its flags (Draft, Flagged, Passed, Replied, Seen, Trashed)."""

    _type_specific_attributes = ["_subdir", "_info", "_date"]

    def __init__(self, message=None):
        self._subdir, self._info, self._date = "new", "", time.time()
        Message.__init__(self, message)

    def get_subdir(self):
        return self._subdir

    def set_subdir(self, subdir):
        if subdir not in ("new", "cur"):
            raise ValueError("subdir must be 'new' or 'cur': %s" % subdir)
        self._subdir = subdir

    def get_flags(self):
        return self._info[2:] if self._info.startswith("2,") else ""

    def set_flags(self, flags):
        self._info = "2," + "".join(sorted(flags))

    def get_date(self):
        return self._date

    def set_date(self, date):
        try:
            self._date = float(date)
        except ValueError:
            raise TypeError("can't convert to float: %s" % date) from None

    def get_info(self):
        return self._info

    def set_info(self, info):
        if not isinstance(info, str):
            raise TypeError("info must be a string: %s" % type(info))
        self._info = info

    def _explain_to(self, message):
        flags = set(self.get_flags())
        if isinstance(message, MaildirMessage):
            message.set_flags(self.get_flags())
            message.set_subdir(self.get_subdir())
            message.set_date(self.get_date())
        elif isinstance(message, _mboxMMDFMessage):
            for flag, theirs in (("S", "R"), ("F", "F"), ("R", "A"), ("T", "D")):
                if flag in flags:
                    message.add_flag(theirs)
            if self.get_subdir() == "cur":
                message.add_flag("O")
            message.set_from("MAILER-DAEMON", time.gmtime(self.get_date()))
        elif isinstance(message, MHMessage):
            _tell(message.add_sequence, (("unseen", "S" not in flags), ("replied", "R" in flags), ("flagged", "F" in flags)))
        elif isinstance(message, BabylMessage):
            said = (("unseen", "S" not in flags), ("deleted", "T" in flags), ("answered", "R" in flags), ("forwarded", "P" in flags))
            _tell(message.add_label, said)
        elif not isinstance(message, Message):
            raise TypeError("Cannot convert to specified type: %s" % type(message))


def _tell(add, said):
    for word, true in said:
        if true:
            add(word)


class _mboxMMDFMessage(_Flagged, Message):
    """A message of a file: its first line, and the flags of its headers `Status` (Read, Old) and `X-Status` (Deleted, Flagged, Answered)."""

    _type_specific_attributes = ["_from"]

    def __init__(self, message=None):
        self.set_from("MAILER-DAEMON", True)
        if isinstance(message, email.message.Message):
            line = message.get_unixfrom()
            if line is not None and line.startswith("From "):
                self.set_from(line[5:])
        Message.__init__(self, message)

    def get_from(self):
        return self._from

    def set_from(self, from_, time_=None):
        if time_ is not None:
            from_ += " " + time.asctime(time.gmtime() if time_ is True else time_)
        self._from = from_

    def get_flags(self):
        return self.get("Status", "") + self.get("X-Status", "")

    def set_flags(self, flags):
        flags = set(flags)
        others = "".join(sorted(flags - set("RODFA")))
        for header, order, more in (("Status", "RO", ""), ("X-Status", "DFA", others)):
            text = "".join([flag for flag in order if flag in flags]) + more
            try:
                self.replace_header(header, text)
            except KeyError:
                self.add_header(header, text)

    def _explain_to(self, message):
        flags = set(self.get_flags())
        if isinstance(message, MaildirMessage):
            if "O" in flags:
                message.set_subdir("cur")
            for flag, theirs in (("F", "F"), ("A", "R"), ("R", "S"), ("D", "T")):
                if flag in flags:
                    message.add_flag(theirs)
            del message["status"], message["x-status"]
            with_date = " ".join(self.get_from().split()[-5:])
            try:
                message.set_date(_seconds(with_date))
            except (ValueError, OverflowError):
                pass
        elif isinstance(message, _mboxMMDFMessage):
            message.set_flags(self.get_flags())
            message.set_from(self.get_from())
        elif isinstance(message, MHMessage):
            _tell(message.add_sequence, (("unseen", "R" not in flags), ("replied", "A" in flags), ("flagged", "F" in flags)))
            del message["status"], message["x-status"]
        elif isinstance(message, BabylMessage):
            _tell(message.add_label, (("unseen", "R" not in flags), ("deleted", "D" in flags), ("answered", "A" in flags)))
            del message["status"], message["x-status"]
        elif not isinstance(message, Message):
            raise TypeError("Cannot convert to specified type: %s" % type(message))


def _seconds(text):
    import calendar

    return calendar.timegm(time.strptime(text, "%a %b %d %H:%M:%S %Y"))


class mboxMessage(_mboxMMDFMessage):
    """A message of an mbox."""


class MMDFMessage(_mboxMMDFMessage):
    """A message of an MMDF mailbox."""


class MHMessage(Message):
    """A message of an MH mailbox: the sequences that it is in."""

    _type_specific_attributes = ["_sequences"]

    def __init__(self, message=None):
        self._sequences = []
        Message.__init__(self, message)

    def get_sequences(self):
        return self._sequences[:]

    def set_sequences(self, sequences):
        self._sequences = list(sequences)

    def add_sequence(self, sequence):
        if not isinstance(sequence, str):
            raise TypeError("sequence type must be str: %s" % type(sequence))
        if sequence not in self._sequences:
            self._sequences.append(sequence)

    def remove_sequence(self, sequence):
        if sequence in self._sequences:
            self._sequences.remove(sequence)

    def _explain_to(self, message):
        inside = set(self.get_sequences())
        if isinstance(message, MaildirMessage):
            message.set_subdir("cur")
            _tell(message.add_flag, (("S", "unseen" not in inside), ("F", "flagged" in inside), ("R", "replied" in inside)))
        elif isinstance(message, _mboxMMDFMessage):
            _tell(message.add_flag, (("RO" if "unseen" not in inside else "O", True), ("F", "flagged" in inside), ("A", "replied" in inside)))
        elif isinstance(message, MHMessage):
            for name in self.get_sequences():
                message.add_sequence(name)
        elif isinstance(message, BabylMessage):
            _tell(message.add_label, (("unseen", "unseen" in inside), ("answered", "replied" in inside)))
        elif not isinstance(message, Message):
            raise TypeError("Cannot convert to specified type: %s" % type(message))


class BabylMessage(Message):
    """A message of a Babyl mailbox: its labels, and the headers that are shown."""

    _type_specific_attributes = ["_labels", "_visible"]

    def __init__(self, message=None):
        self._labels, self._visible = [], Message()
        Message.__init__(self, message)

    def get_labels(self):
        return self._labels[:]

    def set_labels(self, labels):
        self._labels = list(labels)

    def add_label(self, label):
        if not isinstance(label, str):
            raise TypeError("label must be a string: %s" % type(label))
        if label not in self._labels:
            self._labels.append(label)

    def remove_label(self, label):
        if label in self._labels:
            self._labels.remove(label)

    def get_visible(self):
        return Message(self._visible)

    def set_visible(self, visible):
        self._visible = Message(visible)

    def update_visible(self):
        """Makes the headers that are shown agree with those of the message."""
        for header in self._visible.keys():
            if header in self:
                self._visible.replace_header(header, self[header])
            else:
                del self._visible[header]
        for header in ("Date", "From", "Reply-To", "To", "CC", "Subject"):
            if header in self and header not in self._visible:
                self._visible[header] = self[header]

    def _explain_to(self, message):
        labels = set(self.get_labels())
        if isinstance(message, MaildirMessage):
            message.set_subdir("cur")
            said = (("S", "unseen" not in labels), ("R", "answered" in labels), ("P", labels & {"forwarded", "resent"}), ("T", "deleted" in labels))
            _tell(message.add_flag, said)
        elif isinstance(message, _mboxMMDFMessage):
            said = (("R", "unseen" not in labels), ("O", True), ("D", "deleted" in labels), ("A", "answered" in labels))
            _tell(message.add_flag, said)
        elif isinstance(message, MHMessage):
            _tell(message.add_sequence, (("unseen", "unseen" in labels), ("replied", "answered" in labels)))
        elif isinstance(message, BabylMessage):
            message.set_visible(self.get_visible())
            message.set_labels(self.get_labels())
        elif not isinstance(message, Message):
            raise TypeError("Cannot convert to specified type: %s" % type(message))


for _each in (Message, MaildirMessage, _mboxMMDFMessage, mboxMessage, MMDFMessage, MHMessage, BabylMessage):
    _each.__module__ = "mailbox"
