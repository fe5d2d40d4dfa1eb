"""What `module.__dict__` is of a builtin module, whose names lie in tables: a dict through which the module can be changed."""

_MISSING, _dict = object(), dict


class dict(_dict):
    """The names as they were when this was asked for; what is changed here is changed in the module as well."""

    __slots__ = ("_module",)
    __module__ = "builtins"

    def __init__(self, module, names):
        _dict.__init__(self, names)
        self._module = module

    def __setitem__(self, name, value):
        setattr(self._module, name, value)
        _dict.__setitem__(self, name, value)

    def __delitem__(self, name):
        _dict.__delitem__(self, name)
        try:
            delattr(self._module, name)
        except AttributeError:
            pass  # it lies in the table: the module keeps it

    def __ior__(self, other):
        self.update(other)
        return self

    def setdefault(self, name, default=None):
        if name not in self:
            self[name] = default
        return self[name]

    def update(self, *args, **more):
        for name, value in _dict(*args, **more).items():
            self[name] = value

    def pop(self, name, default=_MISSING):
        if name not in self and default is not _MISSING:
            return default
        value = self[name]
        del self[name]
        return value

    def popitem(self):
        for name in reversed(self):
            return name, self.pop(name)
        raise KeyError("popitem(): dictionary is empty")

    def clear(self):
        for name in list(self):
            del self[name]

