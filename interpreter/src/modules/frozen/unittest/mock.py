"""Objects that stand in for others and remember what was done to them.

Each mock has a class of its own, since special methods are looked for in the class.
"""

import sys

__all__ = [
    "ANY", "AsyncMock", "DEFAULT", "FILTER_DIR", "MagicMock", "Mock", "NonCallableMagicMock", "NonCallableMock", "PropertyMock", "call",
    "create_autospec", "mock_open", "patch", "seal", "sentinel",
]

FILTER_DIR = True


class _Sentinel:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "sentinel." + self.name

    def __reduce__(self):
        return "sentinel." + self.name

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Sentinels:
    def __init__(self):
        self._made = {}

    def __getattr__(self, name):
        if name in ("__bases__", "_made"):
            raise AttributeError(name)
        return self._made.setdefault(name, _Sentinel(name))


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING
_deleted = sentinel.DELETED


class InvalidSpecError(Exception):
    pass


class _ANY:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"

    def __hash__(self):
        return 0


ANY = _ANY()


class _Call(tuple):
    """A call as `(name, args, kwargs)`; equal to shorter tuples that say the same."""

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        args, kwargs = (), {}
        for item in value:
            if isinstance(item, str):
                name = item
            elif isinstance(item, tuple):
                args = item
            else:
                kwargs = item
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._name, self._parent, self._from_kall = name, parent, from_kall

    def _parts(self):
        return ("",) + tuple(self) if len(self) == 2 else tuple(self)

    def __eq__(self, other):
        if not isinstance(other, tuple) or len(other) > 3:
            return False if isinstance(other, tuple) else NotImplemented
        parts = _Call(other)._parts()
        mine = self._parts()
        if mine[0] and parts[0] and mine[0] != parts[0]:
            return False
        if getattr(self, "_parent", None) and getattr(other, "_parent", None) and self._parent != other._parent:
            return False
        return (parts[1], parts[2]) == (mine[1], mine[2])

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def __hash__(self):
        return hash(str(self))

    def __call__(self, *args, **kwargs):
        if self._name is None:
            return _Call(("", args, kwargs), name="()")
        return _Call((self._name, args, kwargs), name=self._name + "()", parent=self)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if self._name is None:
            return _Call(name=name, from_kall=False)
        return _Call(name="%s.%s" % (self._name, name), parent=self, from_kall=False)

    @property
    def args(self):
        return self[0] if len(self) == 2 else self[1]

    @property
    def kwargs(self):
        return self[1] if len(self) == 2 else self[2]

    def __repr__(self):
        if not self._from_kall:
            return self._name or "call"
        name, args, kwargs = self._parts()
        name = "call" if not name else "call." + name if not name.startswith("()") else "call" + name
        return name + _shown(args, kwargs)

    def call_list(self):
        calls, one = [], self
        while one is not None:
            if one._from_kall:
                calls.append(one)
            one = one._parent
        return _CallList(reversed(calls))


def _shown(args, kwargs):
    return "(%s)" % ", ".join([repr(arg) for arg in args] + ["%s=%r" % pair for pair in kwargs.items()])


call = _Call(name=None, from_kall=False)


class _CallList(list):
    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        return any([list(self[at : at + len(value)]) == value for at in range(len(self) - len(value) + 1)])

    def __repr__(self):
        return list.__repr__(self)


_OWN = (
    "return_value", "side_effect", "called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls",
)


class NonCallableMock:
    """Attributes are mocks too, made when they are asked for."""

    def __new__(cls, *args, **kwargs):
        own = type(cls.__name__, (cls,), {"__doc__": cls.__doc__})
        return object.__new__(own)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="",
                 _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        d = self.__dict__
        d["_mock_parent"] = parent if _new_parent is None else _new_parent
        d["_mock_name"] = name
        d["_mock_new_name"] = _new_name or name or ""
        d["_mock_children"] = {}
        d["_mock_sealed"] = False
        d["_mock_unsafe"] = unsafe
        d["_mock_wraps"] = wraps
        d["_mock_return_value"] = DEFAULT
        d["_mock_side_effect"] = None
        d["_mock_signature"] = None
        self._mock_set_spec(spec if spec_set is None else spec_set, spec_set is not None)
        self._mock_clear()
        if kwargs:
            self.configure_mock(**kwargs)

    def _mock_set_spec(self, spec, strict):
        d = self.__dict__
        d["_spec_class"] = d["_mock_methods"] = None
        d["_spec_set"] = strict
        if spec is None:
            return
        if isinstance(spec, (list, tuple)):
            d["_mock_methods"] = list(spec)
            return
        d["_spec_class"] = spec if isinstance(spec, type) else type(spec)
        d["_mock_methods"] = dir(spec)

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_set_spec(spec, spec_set)

    def _mock_clear(self):
        d = self.__dict__
        d["called"], d["call_count"], d["call_args"] = False, 0, None
        d["call_args_list"], d["mock_calls"], d["method_calls"] = _CallList(), _CallList(), _CallList()
        d["await_count"], d["await_args"], d["await_args_list"] = 0, None, _CallList()

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    def _get_return(self):
        value = self.__dict__["_mock_return_value"]
        if value is DEFAULT:
            value = self._get_child_mock(_new_parent=self, _new_name="()")
            self.__dict__["_mock_return_value"] = value
        return value

    def _set_return(self, value):
        self.__dict__["_mock_return_value"] = value
        _adopt(self, value, "()")

    return_value = property(_get_return, _set_return)

    def _get_effect(self):
        return self.__dict__["_mock_side_effect"]

    def _set_effect(self, value):
        if value is not None and not callable(value) and not _is_exception(value):
            value = iter(value)
        self.__dict__["_mock_side_effect"] = value

    side_effect = property(_get_effect, _set_effect)

    def attach_mock(self, mock, attribute):
        d = mock.__dict__
        d["_mock_parent"], d["_mock_name"], d["_mock_new_name"] = None, None, ""
        setattr(self, attribute, mock)

    def configure_mock(self, **kwargs):
        for key, value in sorted(kwargs.items(), key=lambda pair: pair[0].count(".")):
            *path, last = key.split(".")
            owner = self
            for part in path:
                owner = getattr(owner, part)
            setattr(owner, last, value)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        visited = visited if visited is not None else []
        if id(self) in visited:
            return
        visited.append(id(self))
        self._mock_clear()
        if return_value:
            self.__dict__["_mock_return_value"] = DEFAULT
        if side_effect:
            self.__dict__["_mock_side_effect"] = None
        for child in list(self._mock_children.values()):
            if isinstance(child, NonCallableMock):
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        value = self.__dict__["_mock_return_value"]
        if _is_mock(value) and value is not self:
            value.reset_mock(visited)

    def __getattr__(self, name):
        if name in ("_mock_methods", "_mock_unsafe", "_mock_children", "_spec_class") or name.startswith("_mock_"):
            raise AttributeError(name)
        if self._mock_methods is not None:
            if name not in self._mock_methods or name in _MAGICS:
                raise AttributeError("Mock object has no attribute %r" % name)
        elif name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if not self._mock_unsafe and (self._mock_methods is None or name not in self._mock_methods):
            if name.startswith(("assert", "assret", "asert", "aseert", "assrt")) or name in ("called_once", "called_with", "has_calls"):
                raise AttributeError("%r is not a valid assertion. Use a spec for the mock if %r is meant to be an attribute." % (name, name))
        child = self._mock_children.get(name)
        if child is _deleted:
            raise AttributeError(name)
        if child is None:
            if self._mock_sealed:
                raise AttributeError("%s.%s" % (self._mock_path(), name))
            wraps = getattr(self._mock_wraps, name) if self._mock_wraps is not None else None
            child = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            self._mock_children[name] = child
        return child

    def __setattr__(self, name, value):
        if name in ("return_value", "side_effect"):
            return object.__setattr__(self, name, value)
        if name in _OWN or name.startswith("_mock_") or name in ("_spec_class", "_spec_set"):
            self.__dict__[name] = value
            return
        if self._spec_set and self._mock_methods is not None and name not in self._mock_methods and name not in self.__dict__:
            raise AttributeError("Mock object has no attribute '%s'" % name)
        if name in _MAGICS or name in _ASYNC_MAGICS:
            if self._mock_methods is not None and name not in self._mock_methods:
                raise AttributeError("Mock object has no attribute '%s'" % name)
            if not _is_mock(value):
                setattr(type(self), name, (lambda function: lambda self, *args, **kwargs: function(self, *args, **kwargs))(value) if callable(value) else value)
            else:
                _adopt(self, value, name)
                setattr(type(self), name, (lambda mock: lambda self, *args, **kwargs: mock(*args, **kwargs))(value))
            self._mock_children[name] = value
            return
        if name == "__class__":
            self.__dict__["_spec_class"] = value
            return
        if self._mock_sealed and name not in self._mock_children and name not in self.__dict__:
            raise AttributeError("Cannot set %s.%s" % (self._mock_path(), name))
        if _adopt(self, value, name, name):
            self._mock_children[name] = value
        else:
            object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in _MAGICS and name in type(self).__dict__:
            delattr(type(self), name)
            return
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif self._mock_children.get(name) is _deleted:
            raise AttributeError(name)
        self._mock_children[name] = _deleted

    def __dir__(self):
        own = [] if self._mock_methods is not None else [n for n in dir(type(self)) if not n.startswith("_")]
        return sorted(set(own + (self._mock_methods or []) + [n for n in self.__dict__ if not n.startswith("_")] + [
            n for n, value in self._mock_children.items() if value is not _deleted]))

    def _get_child_mock(self, **kwargs):
        if self._mock_sealed:
            raise AttributeError("%s%s" % (self._mock_path(), kwargs.get("_new_name", "")))
        cls = type(self).__mro__[1]
        if not issubclass(cls, CallableMixin):
            cls = MagicMock if issubclass(cls, MagicMixin) else Mock
        elif issubclass(cls, AsyncMock):
            cls = AsyncMock if kwargs.get("_new_name") != "()" else MagicMock
        return cls(**kwargs)

    def _mock_path(self):
        names, mock = [], self
        while mock is not None:
            names.append(mock._mock_new_name or "")
            if mock._mock_parent is None and not names[-1]:
                names[-1] = "mock"
            mock = mock._mock_parent
        text = ""
        for name in reversed(names):
            text += name if not text or name.startswith("()") else "." + name
        return text or "mock"

    def __repr__(self):
        name = self._mock_path()
        shown = " name=%r" % name if name not in ("mock", "mock.") else ""
        spec = " spec%s=%r" % ("_set" if self._spec_set else "", self._spec_class.__name__) if self._spec_class is not None else ""
        return "<%s%s%s id='%s'>" % (type(self).__name__, shown, spec, id(self))

    # Assertions.

    def _mock_said(self, args, kwargs):
        return (self._mock_name or "mock") + _shown(args, kwargs)

    def assert_not_called(self):
        if self.call_count:
            raise AssertionError("Expected '%s' to not have been called. Called %s times.%s" % (self._mock_name or "mock", self.call_count, self._calls_repr()))

    def assert_called(self):
        if not self.call_count:
            raise AssertionError("Expected '%s' to have been called." % (self._mock_name or "mock"))

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to have been called once. Called %s times.%s" % (self._mock_name or "mock", self.call_count, self._calls_repr()))

    def assert_called_with(self, *args, **kwargs):
        if self.call_args is None:
            raise AssertionError("expected call not found.\nExpected: %s\nActual: not called." % self._mock_said(args, kwargs))
        if _Call((args, kwargs), two=True) != self.call_args:
            raise AssertionError("expected call not found.\nExpected: %s\n  Actual: %s" % (self._mock_said(args, kwargs), self._mock_said(*self.call_args)))

    def assert_called_once_with(self, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to be called once. Called %s times.%s" % (self._mock_name or "mock", self.call_count, self._calls_repr()))
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, *args, **kwargs):
        if _Call((args, kwargs), two=True) not in list(self.call_args_list):
            raise AssertionError("%s call not found" % self._mock_said(args, kwargs))

    def assert_has_calls(self, calls, any_order=False):
        expected, all_calls = [_Call(one) for one in calls], self.mock_calls
        if not any_order:
            if expected not in all_calls:
                raise AssertionError("Calls not found.\nExpected: %r%s" % (_CallList(calls), self._calls_repr("Actual")))
            return
        left = list(all_calls)
        for one in expected:
            if one not in left:
                raise AssertionError("%r does not contain all of %r in its call list" % (self._mock_name or "mock", tuple(calls)))
            left.remove(one)

    def _calls_repr(self, prefix="Calls"):
        return "\n%s: %r." % (prefix, self.mock_calls) if self.mock_calls else ""


def _is_mock(value):
    return isinstance(type(value), type) and issubclass(type(value), NonCallableMock)


def _is_exception(value):
    return isinstance(value, BaseException) or isinstance(value, type) and issubclass(value, BaseException)


def _adopt(parent, value, new_name, name=None):
    """Makes a mock without a name or parent a child."""
    if not _is_mock(value):
        return False
    d = value.__dict__
    if d["_mock_name"] or d["_mock_new_name"] or d["_mock_parent"] is not None:
        return name is not None and False
    walk = parent
    while walk is not None:
        if walk is value:
            return False
        walk = walk._mock_parent
    d["_mock_parent"], d["_mock_new_name"] = parent, new_name
    if name is not None:
        d["_mock_name"] = name
    return True


class CallableMixin:
    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None, parent=None, **kwargs):
        NonCallableMock.__init__(self, spec, wraps, name, spec_set, parent, **kwargs)
        if return_value is not DEFAULT:
            self.return_value = return_value
        if side_effect is not None:
            self.side_effect = side_effect

    def __call__(self, /, *args, **kwargs):
        if self._mock_signature is not None:
            self._mock_signature(*args, **kwargs)
        self._record(args, kwargs)
        return self._execute(args, kwargs)

    def _record(self, args, kwargs):
        d = self.__dict__
        d["called"] = True
        d["call_count"] += 1
        one = _Call((args, kwargs), two=True)
        d["call_args"] = one
        d["call_args_list"].append(one)
        d["mock_calls"].append(_Call(("", args, kwargs)))
        # Those above hear of it, too, by the name it has for them.
        is_method = bool(self._mock_name)
        name, mock = self._mock_new_name, self
        parent = self._mock_parent
        method_name = self._mock_name
        while parent is not None:
            if is_method:
                parent.method_calls.append(_Call((method_name, args, kwargs)))
                is_method = bool(parent._mock_name)
                if is_method:
                    method_name = "%s.%s" % (parent._mock_name, method_name)
            parent.mock_calls.append(_Call((name, args, kwargs)))
            if parent._mock_new_name:
                dot = "" if name.startswith("()") else "."
                name = parent._mock_new_name + dot + name
            parent = parent._mock_parent

    def _execute(self, args, kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if callable(effect):
                result = effect(*args, **kwargs)
            else:
                result = next(effect)
                if _is_exception(result):
                    raise result
            if result is not DEFAULT:
                return result
        if self.__dict__["_mock_return_value"] is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """A mock that can be called."""


_NUMERIC = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow divmod".split()
_MAGICS = {"__%s__" % name for name in (
    "lt gt le ge eq ne hash str repr len iter contains getitem setitem delitem enter exit call int float complex index bool next reversed "
    "missing format sizeof dir trunc floor ceil round neg pos invert abs subclasses fspath get set delete getformat copy deepcopy reduce"
).split() + _NUMERIC + ["i" + name for name in _NUMERIC] + ["r" + name for name in _NUMERIC]}
_ASYNC_MAGICS = {"__aenter__", "__aexit__", "__aiter__", "__anext__"}
_ANSWERS = {
    "__int__": 1, "__contains__": False, "__len__": 0, "__exit__": False, "__complex__": 1j, "__float__": 1.0, "__bool__": True, "__index__": 1,
}
_SUPPORTED = sorted((_MAGICS - {"__call__", "__dir__", "__repr__", "__eq__", "__ne__", "__hash__", "__get__", "__set__", "__delete__", "__missing__",
                                "__reversed__", "__copy__", "__deepcopy__", "__reduce__", "__getformat__", "__subclasses__", "__format__", "__next__",
                                "__sizeof__", "__str__", "__lt__", "__gt__", "__le__", "__ge__"}
                     - {"__r%s__" % name for name in _NUMERIC}))


def _magic(name):
    def method(self, *args, **kwargs):
        mock = self._mock_children.get(name)
        if mock is None:
            mock = MagicMock(name=name, parent=self, _new_name=name, _new_parent=self)
            if name in _ANSWERS:
                mock.return_value = _ANSWERS[name]
            elif name == "__iter__":
                mock.side_effect = lambda: iter([])
            elif name == "__fspath__":
                mock.return_value = "%s/%s/%d" % (type(self).__name__, self._mock_path(), id(self))
            self._mock_children[name] = mock
        if name == "__iter__" and mock.__dict__["_mock_return_value"] is not DEFAULT:
            mock._record(args, kwargs)
            return iter(mock.return_value)
        return mock(*args, **kwargs)

    return method


class _MagicAttribute:
    """`mock.__len__`: the mock of a special method; what calls the method finds a function."""

    def __init__(self, name):
        self._name, self._method = name, _magic(name)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self._method
        child = instance._mock_children.get(self._name)
        if child is None:
            child = MagicMock(name=self._name, parent=instance, _new_name=self._name, _new_parent=instance)
            if self._name in _ANSWERS:
                child.return_value = _ANSWERS[self._name]
            elif self._name == "__iter__":
                child.side_effect = lambda: iter([] if child.__dict__["_mock_return_value"] is DEFAULT else child.__dict__["_mock_return_value"])
            elif self._name == "__fspath__":
                child.return_value = "%s/%s/%d" % (type(instance).__name__, instance._mock_path(), id(instance))
            instance._mock_children[self._name] = child
        return child


class MagicMixin:
    def __init__(self, /, *args, **kwargs):
        own = type(self)
        d = own.__dict__
        super().__init__(*args, **kwargs)
        methods = self._mock_methods
        for name in _SUPPORTED:
            if (methods is None or name in methods) and name not in d:
                setattr(own, name, _MagicAttribute(name))
        for name, one in (("__str__", lambda self: self.__repr__()),):
            if (methods is None or name in methods) and name not in d:
                setattr(own, name, one)
        if methods is None:
            own.__aenter__ = _MagicAsync("__aenter__")
            own.__aexit__ = _MagicAsync("__aexit__")
            own.__aiter__ = _AsyncIteration("__aiter__")


class _MagicAsync:
    def __init__(self, name):
        self._name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        child = instance._mock_children.get(self._name)
        if child is None:
            child = AsyncMock(name=self._name, parent=instance, _new_name=self._name, _new_parent=instance)
            if self._name == "__aexit__":
                child.return_value = False
            instance._mock_children[self._name] = child
        return child


class _AsyncIteration(_MagicAsync):
    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        child = instance._mock_children.get(self._name)
        if child is None:
            child = MagicMock(name=self._name, parent=instance, _new_name=self._name, _new_parent=instance)

            def items():
                values = child.__dict__["_mock_return_value"]

                async def each():
                    for value in () if values is DEFAULT else values:
                        yield value

                return each()

            child.side_effect = items
            instance._mock_children[self._name] = child
        return child


class MagicMock(MagicMixin, Mock):
    """A mock with special methods."""

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_set_spec(spec, spec_set)


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A mock with special methods that cannot be called."""


class AsyncMock(MagicMixin, Mock):
    """A mock whose call is awaited."""

    _is_coroutine = True  # what `asyncio` asks for

    def __call__(self, /, *args, **kwargs):
        self._record(args, kwargs)

        async def run():
            d = self.__dict__
            try:
                result = self._execute(args, kwargs)
                if hasattr(result, "__await__") and not _is_mock(result):
                    result = await result
            except StopIteration:
                raise StopAsyncIteration from None
            one = _Call((args, kwargs), two=True)
            d["await_count"] += 1
            d["await_args"] = one
            d["await_args_list"].append(one)
            return result

        return run()

    def assert_awaited(self):
        if not self.await_count:
            raise AssertionError("Expected %s to have been awaited." % (self._mock_name or "mock"))

    def assert_awaited_once(self):
        if self.await_count != 1:
            raise AssertionError("Expected %s to have been awaited once. Awaited %s times." % (self._mock_name or "mock", self.await_count))

    def assert_awaited_with(self, *args, **kwargs):
        if self.await_args is None:
            raise AssertionError("Expected await: %s\nNot awaited" % self._mock_said(args, kwargs))
        if _Call((args, kwargs), two=True) != self.await_args:
            raise AssertionError("expected await not found.\nExpected: %s\nActual: %s" % (self._mock_said(args, kwargs), self._mock_said(*self.await_args)))

    def assert_awaited_once_with(self, *args, **kwargs):
        self.assert_awaited_once()
        self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, *args, **kwargs):
        if _Call((args, kwargs), two=True) not in list(self.await_args_list):
            raise AssertionError("%s await not found" % self._mock_said(args, kwargs))

    def assert_not_awaited(self):
        if self.await_count:
            raise AssertionError("Expected %s to not have been awaited. Awaited %s times." % (self._mock_name or "mock", self.await_count))


class PropertyMock(Mock):
    """A property that is a mock: a class's attribute."""

    def _get_child_mock(self, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


class _patch:
    _active = []

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        self.getter, self.attribute, self.new, self.spec, self.create = getter, attribute, new, spec, create
        self.spec_set, self.autospec, self.new_callable, self.kwargs = spec_set, autospec, new_callable, kwargs
        self.attribute_name = None
        self.additional_patchers = []
        self._running = False

    def copy(self):
        new = _patch(self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec, self.new_callable, self.kwargs)
        new.attribute_name = self.attribute_name
        new.additional_patchers = [one.copy() for one in self.additional_patchers]
        return new

    def __call__(self, func):
        if isinstance(func, type):
            for name in dir(func):
                value = getattr(func, name, None)
                if name.startswith(patch.TEST_PREFIX) and callable(value):
                    setattr(func, name, self.copy()(value))
            return func
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func
        return _patched(func, self)

    def _all(self):
        return [self] + self.additional_patchers

    def __enter__(self):
        if self._running:
            raise RuntimeError("Patch is already started")
        target = self.getter()
        self._target = target
        original, local = self._original(target)
        new = self._replacement(target, original)
        self._saved, self._local = original, local
        setattr(target, self.attribute, new)
        self._running = True
        if self.attribute_name is None:
            return new
        given = {self.attribute_name: new}
        started = []
        try:
            for one in self.additional_patchers:
                made = one.__enter__()
                started.append(one)
                if one.new is DEFAULT:
                    given.update(made)
        except BaseException:
            for one in started:
                one.__exit__(None, None, None)
            self.__exit__(*sys.exc_info())
            raise
        self._entered = started
        return given

    def _original(self, target):
        name = self.attribute
        d = getattr(target, "__dict__", {})
        if name in d:
            return d[name], True
        original = getattr(target, name, DEFAULT)
        if original is DEFAULT and not self.create:
            import builtins

            if hasattr(builtins, name) and type(target).__name__ == "module":
                return getattr(builtins, name), False
            raise AttributeError("%s does not have the attribute %r" % (target, name))
        return original, False

    def _replacement(self, target, original):
        new = self.new
        if new is not DEFAULT and self.autospec is None:
            if self.kwargs:
                raise TypeError("Can't pass kwargs to a mock we aren't creating")
            return new
        if self.autospec is not None:
            spec = original if self.autospec is True else self.autospec
            return create_autospec(spec, spec_set=bool(self.spec_set), _name=self.attribute, **self.kwargs)
        spec, spec_set = self.spec, self.spec_set
        if spec is True:
            spec = original
            if spec_set is True:
                spec, spec_set = None, original
        elif spec_set is True:
            spec_set = original
        cls = self.new_callable
        arguments = {}
        if spec is not None:
            arguments["spec"] = spec
        if spec_set is not None:
            arguments["spec_set"] = spec_set
        if cls is None:
            is_async = _is_coroutine_function(original)
            cls = AsyncMock if is_async else MagicMock
            if (spec or spec_set) is not None and not callable(spec or spec_set):
                cls = NonCallableMagicMock
        if isinstance(cls, type) and issubclass(cls, NonCallableMock):
            arguments.setdefault("name", self.attribute)
        arguments.update(self.kwargs)
        made = cls(**arguments)
        if (spec is not None or spec_set is not None) and isinstance(original, type) and _is_mock(made) and hasattr(made, "_get_return"):
            made.return_value = NonCallableMagicMock(spec=original, _new_name="()", _new_parent=made) if not hasattr(original, "__call__") or type(original) is type else MagicMock(spec=original)
        return made

    def __exit__(self, *raised):
        if not self._running:
            return
        for one in reversed(getattr(self, "_entered", [])):
            one.__exit__(*raised)
        self._entered = []
        if self._local and self._saved is not DEFAULT:
            setattr(self._target, self.attribute, self._saved)
        else:
            delattr(self._target, self.attribute)
            if not self.create and not hasattr(self._target, self.attribute):
                setattr(self._target, self.attribute, self._saved)
        self._running = False
        return False

    def start(self):
        result = self.__enter__()
        self._active.append(self)
        return result

    def stop(self):
        if self not in self._active:
            return None
        self._active.remove(self)
        return self.__exit__(None, None, None)


def _is_coroutine_function(value):
    import inspect

    return inspect.iscoroutinefunction(value)


def _patched(func, first):
    import functools

    def enter(stack, args, kwargs):
        for one in wrapper.patchings:
            made = stack.enter_context(one)
            if getattr(one, "attribute_name", None) is not None:
                kwargs.update(made)
            elif getattr(one, "new", None) is DEFAULT:
                args.append(made)

    from contextlib import ExitStack

    if _is_coroutine_function(func):

        async def wrapper(*args, **kwargs):
            args = list(args)
            with ExitStack() as stack:
                enter(stack, args, kwargs)
                return await func(*args, **kwargs)
    else:

        def wrapper(*args, **kwargs):
            args = list(args)
            with ExitStack() as stack:
                enter(stack, args, kwargs)
                return func(*args, **kwargs)

    functools.update_wrapper(wrapper, func)
    wrapper.patchings = [first]
    return wrapper


def _import(target):
    parts = target.split(".")
    thing = __import__(parts[0])
    path = parts[0]
    for part in parts[1:]:
        path += "." + part
        if not hasattr(thing, part):
            __import__(path)
        thing = getattr(thing, part)
    return thing


def _target(target):
    path, dot, attribute = target.rpartition(".")
    if not dot:
        raise TypeError("Need a valid target to patch. You supplied: %r" % (target,))
    return (lambda: _import(path)), attribute


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False, **kwargs):
    getter, attribute = _target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False, **kwargs):
    if isinstance(target, str):
        raise TypeError("%r must be the actual object to be patched, not a str" % target)
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    getter = (lambda: _import(target)) if isinstance(target, str) else (lambda: target)
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    patchers = []
    for attribute, new in kwargs.items():
        one = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        one.attribute_name = attribute
        patchers.append(one)
    patchers[0].additional_patchers = patchers[1:]
    if patchers[0].new is not DEFAULT:
        # The first is told by name only if it was made here.
        for at, one in enumerate(patchers):
            if one.new is DEFAULT:
                patchers.insert(0, patchers.pop(at))
                break
        for one in patchers:
            one.additional_patchers = []
        patchers[0].additional_patchers = patchers[1:]
    return patchers[0]


class _patch_dict:
    new = None

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict, self.values, self.clear = in_dict, dict(values), clear
        self.values.update(kwargs)

    def __call__(self, func):
        if isinstance(func, type):
            for name in dir(func):
                value = getattr(func, name, None)
                if name.startswith(patch.TEST_PREFIX) and callable(value):
                    setattr(func, name, _patch_dict(self.in_dict, self.values, self.clear)(value))
            return func
        return _patched(func, self)

    def copy(self):
        return _patch_dict(self.in_dict, self.values, self.clear)

    def __enter__(self):
        target = self._target = _import(self.in_dict) if isinstance(self.in_dict, str) else self.in_dict
        self._saved = {key: target[key] for key in list(target)}
        if self.clear:
            for key in list(target):
                del target[key]
        for key, value in self.values.items():
            target[key] = value
        return target

    def __exit__(self, *raised):
        target = self._target
        for key in list(target):
            if key not in self._saved:
                del target[key]
        for key, value in self._saved.items():
            target[key] = value
        return False

    def start(self):
        result = self.__enter__()
        _patch._active.append(self)
        return result

    def stop(self):
        if self in _patch._active:
            _patch._active.remove(self)
            return self.__exit__(None, None, None)


def _stopall():
    for one in reversed(list(_patch._active)):
        one.stop()


patch.object = _patch_object
patch.dict = _patch_dict
patch.multiple = _patch_multiple
patch.stopall = _stopall
patch.TEST_PREFIX = "test"


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock with the attributes of `spec`, calls of which are checked against its signature."""
    import inspect

    if isinstance(spec, (list, tuple)):
        spec = type(spec)
    arguments = {"spec_set" if spec_set else "spec": spec, "name": _name}
    arguments.update(kwargs)
    is_type = isinstance(spec, type)
    cls = MagicMock
    if _is_coroutine_function(spec):
        cls = AsyncMock
    elif not callable(spec) or is_type and instance and not hasattr(spec, "__call__"):
        cls = NonCallableMagicMock
    mock = cls(**arguments)
    try:
        if is_type and not instance:
            signature = inspect.signature(spec)
        elif callable(spec) and not is_type:
            signature = inspect.signature(spec)
        else:
            signature = None
    except (TypeError, ValueError):
        signature = None
    if signature is not None:
        mock.__dict__["_mock_signature"] = signature.bind
    if is_type and not instance and "return_value" not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()")
    for name in dir(spec):
        if name.startswith("__") and name.endswith("__"):
            continue
        try:
            original = getattr(spec, name)
        except AttributeError:
            continue
        if name in kwargs or not callable(original) or isinstance(original, type):
            continue
        child = (AsyncMock if _is_coroutine_function(original) else MagicMock)(spec=original, name=name, parent=mock, _new_name=name, _new_parent=mock)
        try:
            signature = inspect.signature(original)
            parameters = list(signature.parameters.values())
            static = isinstance(inspect.getattr_static(spec, name, None) if hasattr(inspect, "getattr_static") else None, staticmethod)
            if is_type and parameters and inspect.isfunction(original) and not static:
                signature = signature.replace(parameters=parameters[1:])
            child.__dict__["_mock_signature"] = signature.bind
        except (TypeError, ValueError, AttributeError):
            pass
        mock._mock_children[name] = child
    return mock


def mock_open(mock=None, read_data=""):
    """A mock of `open`, whose files have `read_data`."""
    import io

    def fresh():
        return io.BytesIO(read_data) if isinstance(read_data, (bytes, bytearray)) else io.StringIO(read_data)

    state = [fresh()]
    handle = MagicMock(name="handle")
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    handle.read.side_effect = lambda *args: state[0].read(*args)
    handle.readline.side_effect = lambda *args: state[0].readline(*args)
    handle.readlines.side_effect = lambda *args: state[0].readlines(*args)
    handle.__iter__.side_effect = lambda: iter(state[0])
    if mock is None:
        mock = MagicMock(name="open")

    def opened(*args, **kwargs):
        state[0] = fresh()
        return DEFAULT

    mock.side_effect = opened
    mock.return_value = handle
    return mock


def seal(mock):
    """No more attributes are made."""
    mock.__dict__["_mock_sealed"] = True
    for child in list(mock._mock_children.values()):
        if _is_mock(child) and child._mock_parent is mock and not child._mock_sealed:
            seal(child)
    value = mock.__dict__["_mock_return_value"]
    if _is_mock(value) and not value._mock_sealed and value is not mock:
        seal(value)
