"""Variables whose values belong to a context.

A thread starts with an empty context, a task of asyncio with a copy of that of whoever made it.
"""

import _contexts
import _thread
from types import GenericAlias

__all__ = ["Context", "ContextVar", "Token", "copy_context"]

_current = {}


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


class Token:
    __class_getitem__ = classmethod(GenericAlias)

    MISSING = _Missing()

    def __init__(self, var, old_value, context):
        self.var, self.old_value, self._context, self._used = var, old_value, context, False

    def __repr__(self):
        return "<Token%s var=%r at %#x>" % (" used" if self._used else "", self.var, id(self))


_MISSING, _ident = Token.MISSING, _thread.get_ident


class ContextVar:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, name, *, default=Token.MISSING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name, self._default = name, default

    @property
    def name(self):
        return self._name

    def _slow_get(self, default=Token.MISSING, /):
        value = _context()._values.get(self, default)
        if value is Token.MISSING:
            value = self._default
            if value is Token.MISSING:
                raise LookupError(self)
        return value

    _state, get = (_current,), _contexts.get

    def set(self, value, /):
        # A context that has nothing yet is not true, so nobody asks for that.
        try:
            context = _current[_ident()]
        except KeyError:
            context = _context()
        values = context._values
        token = Token(self, values.get(self, _MISSING), context)
        values[self] = value
        return token

    def reset(self, token, /):
        if not isinstance(token, Token):
            raise TypeError("expected an instance of Token, got %r" % (token,))
        if token._used:
            raise RuntimeError("%r has already been used once" % token)
        if token.var is not self:
            raise ValueError("%r was created by a different ContextVar" % token)
        if token._context is not _current.get(_ident()):
            raise ValueError("%r was created in a different Context" % token)
        token._used = True
        if token.old_value is _MISSING:
            del token._context._values[self]
        else:
            token._context._values[self] = token.old_value

    def __repr__(self):
        default = "" if self._default is Token.MISSING else " default=%r" % (self._default,)
        return "<ContextVar name=%r%s at %#x>" % (self._name, default, id(self))


class Context:
    def __init__(self):
        self._values = {}
        self._running = False

    def run(self, callable, /, *args, **kwargs):
        if self._running:
            raise RuntimeError("cannot enter context: %r is already entered" % self)
        thread = _ident()
        outer = _current.get(thread)
        _current[thread], self._running = self, True
        try:
            return callable(*args, **kwargs)
        finally:
            self._running = False
            if outer is None:
                del _current[thread]
            else:
                _current[thread] = outer

    def copy(self):
        new = _new(Context)
        new._values, new._running = self._values.copy(), False
        return new

    def _checked(self, var):
        if not isinstance(var, ContextVar):
            raise TypeError("a ContextVar key was expected, got %r" % (var,))
        return var

    def __getitem__(self, var):
        return self._values[self._checked(var)]

    def __contains__(self, var):
        return self._checked(var) in self._values

    def get(self, var, default=None, /):
        return self._values.get(self._checked(var), default)

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Context) else NotImplemented

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()


def _context():
    thread = _ident()
    context = _current.get(thread)
    if context is None:
        context = _current[thread] = Context()
    return context


_new = object.__new__


def copy_context():
    return _context().copy()
