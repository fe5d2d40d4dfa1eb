"""The editing of lines at a prompt belongs to the terminal here; what programs set is kept for those who ask, and the history is a list."""

_history, _limit = [], -1
_completer, _delimiters, _startup, _before_input, _display = None, " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?", None, None, None
backend = "taipan"


def parse_and_bind(string):
    pass


def read_init_file(filename=None):
    pass


def get_line_buffer():
    return ""


def insert_text(string):
    pass


def redisplay():
    pass


def read_history_file(filename="~/.history"):
    import os

    with open(os.path.expanduser(filename), encoding="utf-8") as file:
        _history.extend(file.read().splitlines())


def write_history_file(filename="~/.history"):
    import os

    lines = _history[-_limit:] if _limit >= 0 else _history
    with open(os.path.expanduser(filename), "w", encoding="utf-8") as file:
        file.write("".join([line + "\n" for line in lines]))


def append_history_file(nelements, filename="~/.history"):
    import os

    with open(os.path.expanduser(filename), "a", encoding="utf-8") as file:
        file.write("".join([line + "\n" for line in _history[-nelements:]] if nelements else []))


def get_history_length():
    return _limit


def set_history_length(length):
    global _limit
    _limit = length


def get_current_history_length():
    return len(_history)


def get_history_item(index):
    return _history[index - 1] if 0 < index <= len(_history) else None


def remove_history_item(pos):
    if pos < 0:
        raise ValueError("History index cannot be negative")
    if pos >= len(_history):
        raise ValueError("No history item at position %d" % pos)
    del _history[pos]


def replace_history_item(pos, line):
    if pos < 0:
        raise ValueError("History index cannot be negative")
    if pos >= len(_history):
        raise ValueError("No history item at position %d" % pos)
    _history[pos] = line


def add_history(line):
    _history.append(line)


def clear_history():
    _history.clear()


def set_auto_history(enabled):
    pass


def set_startup_hook(function=None):
    global _startup
    _startup = function


def set_pre_input_hook(function=None):
    global _before_input
    _before_input = function


def set_completer(function=None):
    global _completer
    _completer = function


def get_completer():
    return _completer


def get_completion_type():
    return 0


def get_begidx():
    return 0


def get_endidx():
    return 0


def set_completer_delims(string):
    global _delimiters
    _delimiters = string


def get_completer_delims():
    return _delimiters


def set_completion_display_matches_hook(function=None):
    global _display
    _display = function
