"""What `frame.f_locals` is of a function: a view of its locals, through which they can be given other values."""


class FrameLocalsProxy:
    """The locals of a frame by their names. Names that the function has not are kept here."""

    __slots__ = ("_frame", "_others")
    __hash__ = None

    def __init__(self, frame):
        self._frame, self._others = frame, {}

    def copy(self):
        return self._frame._names() | self._others

    def __getitem__(self, name):
        return self.copy()[name]

    def __setitem__(self, name, value):
        if not self._frame._change(name, value):
            self._others[name] = value

    def __delitem__(self, name):
        if name not in self:
            raise KeyError(name)
        raise ValueError("cannot remove local variables from FrameLocalsProxy")

    def get(self, name, default=None):
        return self.copy().get(name, default)

    def setdefault(self, name, default=None):
        if name not in self:
            self[name] = default
        return self[name]

    def update(self, others, /):
        for name in others.keys() if hasattr(others, "keys") else ():
            self[name] = others[name]
        if not hasattr(others, "keys"):
            for name, value in others:
                self[name] = value

    def pop(self, name, *default):
        if name in self:
            raise ValueError("cannot remove local variables from FrameLocalsProxy")
        return {}.pop(name, *default)

    def keys(self):
        return list(self.copy())

    def values(self):
        return list(self.copy().values())

    def items(self):
        return list(self.copy().items())

    def __contains__(self, name):
        return name in self.copy()

    def __iter__(self):
        return iter(self.copy())

    def __reversed__(self):
        return reversed(self.copy())

    def __len__(self):
        return len(self.copy())

    def __eq__(self, other):
        if isinstance(other, FrameLocalsProxy):
            return self._frame is other._frame or self.copy() == other.copy()
        return self.copy() == other

    def __or__(self, other):
        return self.copy() | dict(other)

    def __ror__(self, other):
        return dict(other) | self.copy()

    def __ior__(self, other):
        self.update(other)
        return self

    def __repr__(self):
        return repr(self.copy())
