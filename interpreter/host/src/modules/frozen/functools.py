"""Functions that make functions."""

import _calls
from collections import namedtuple
from types import GenericAlias

__all__ = [
    "update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key", "lru_cache", "reduce", "partial",
    "partialmethod", "singledispatch", "singledispatchmethod", "cached_property",
]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


class partial:
    __class_getitem__ = classmethod(GenericAlias)

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial) and type(func) is cls:
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func, self.args, self.keywords = func, args, keywords
        return self

    __call__ = _calls.apply

    def _slow_call(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        if any([self is other for other in _in_repr]):
            return "..."
        _in_repr.append(self)
        try:
            parts = [repr(self.func)] + [repr(x) for x in self.args] + ["%s=%r" % pair for pair in self.keywords.items()]
        finally:
            _in_repr.pop()
        cls = type(self)
        name = "functools.partial" if cls is partial else "%s.%s" % (cls.__module__, cls.__qualname__)
        return "%s(%s)" % (name, ", ".join(parts))

    def __reduce__(self):
        more = {name: value for name, value in self.__dict__.items() if name not in ("func", "args", "keywords")}
        return type(self), (self.func,), (self.func, self.args, self.keywords, more or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError("argument to __setstate__ must be a tuple")
        if len(state) != 4:
            raise TypeError("expected 4 items in state, got %d" % len(state))
        func, args, keywords, more = state
        is_keywords = keywords is None or isinstance(keywords, dict)
        if not callable(func) or not isinstance(args, tuple) or not is_keywords or not (more is None or isinstance(more, dict)):
            raise TypeError("invalid partial state")
        if more:
            self.__dict__.update(more)
        # What is a tuple and a dict already stays the same one.
        self.func, self.args = func, args if type(args) is tuple else tuple(args)
        self.keywords = keywords if type(keywords) is dict else dict(keywords or {})


_in_repr = []


class partialmethod:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("%r is not callable or a descriptor" % (func,))
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        parts = [repr(self.func)] + [repr(x) for x in self.args] + ["%s=%r" % pair for pair in self.keywords.items()]
        return "%s.%s(%s)" % (type(self).__module__, type(self).__qualname__, ", ".join(parts))

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    def __get__(self, instance, owner=None):
        get = getattr(type(self.func), "__get__", None)
        bound = get(self.func, instance, owner) if get else self.func
        if bound is self.func:
            # It does not bind itself to an instance: what wraps it does.
            def method(self_or_cls, /, *args, **keywords):
                return self.func(self_or_cls, *self.args, *args, **{**self.keywords, **keywords})

            method._partialmethod, method.__isabstractmethod__ = self, self.__isabstractmethod__
            return type(method).__get__(method, instance, owner)
        made = partial(bound, *self.args, **self.keywords)
        try:
            made.__self__ = bound.__self__
        except AttributeError:
            pass
        return made


def _bind(function, instance):
    if instance is None or not isinstance(function, type(_bind)):
        return function
    return partial(function, instance)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        # Annotations stay unevaluated.
        if name == "__annotations__" and hasattr(wrapped, "__annotate__"):
            name = "__annotate__"
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


_initial = object()


def reduce(function, iterable, initial=_initial, /):
    iterator = iter(iterable)
    if initial is _initial:
        try:
            initial = next(iterator)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    for item in iterator:
        initial = function(initial, item)
    return initial


def cmp_to_key(mycmp):
    class K:
        __slots__ = ["obj"]

        def __init__(self, obj):
            self.obj = obj

        _compare = (mycmp,)
        __lt__ = _calls.precedes

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        __hash__ = None

    return K


def cache(user_function, /):
    return lru_cache(maxsize=None)(user_function)


_ORDERS = ("__lt__", "__le__", "__gt__", "__ge__")


def _ordering(cls, root, name):
    # What follows from `root` when it is true or false: `x < y` says `x <= y`; that `not x < y` says so only of equal ones.
    def method(self, other):
        answer = getattr(type(self), root)(self, other)
        if answer is NotImplemented:
            return answer
        if (root, name) in (("__lt__", "__le__"), ("__gt__", "__ge__")):
            return answer or self == other
        if (root, name) in (("__le__", "__lt__"), ("__ge__", "__gt__")):
            return answer and self != other
        if (root, name) in (("__lt__", "__gt__"), ("__gt__", "__lt__")):
            return not answer and self != other
        if (root, name) in (("__le__", "__ge__"), ("__ge__", "__le__")):
            return not answer or self == other
        return not answer

    method.__name__, method.__qualname__, method.__module__ = name, "%s.%s" % (cls.__qualname__, name), cls.__module__
    method.__doc__ = getattr(object, name).__doc__
    return method


def total_ordering(cls):
    roots = [name for name in _ORDERS if _defines(cls, name)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = "__lt__" if "__lt__" in roots else roots[0]
    for name in _ORDERS:
        if name not in roots:
            setattr(cls, name, _ordering(cls, root, name))
    return cls


def _defines(cls, name):
    return any([name in vars(base) for base in cls.__mro__ if base is not object])


class cached_property:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names (%r and %r)." % (self.attrname, name))

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            cache = instance.__dict__
        except AttributeError:
            what = "No '__dict__' attribute on %r instance to cache %r property." % (type(instance).__name__, self.attrname)
            raise TypeError(what) from None
        if self.attrname in cache:
            return cache[self.attrname]
        value = self.func(instance)
        try:
            cache[self.attrname] = value
        except TypeError:
            what = "The '__dict__' attribute on %r instance does not support item assignment for caching %r property."
            raise TypeError(what % (type(instance).__name__, self.attrname)) from None
        return value


def _c3_merge(sequences):
    """Merges lines of ancestors so that each keeps its order: the first head that stands in no tail comes next."""
    merged = []
    sequences = [list(sequence) for sequence in sequences if sequence]
    while sequences:
        for sequence in sequences:
            head = sequence[0]
            if not any([head in other[1:] for other in sequences]):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(head)
        sequences = [rest for rest in [sequence[sequence[0] is head :] for sequence in sequences] if rest]
    return merged


def _c3_mro(cls, abcs=None):
    """The ancestors of a class with those abstract classes among them that it only counts as deriving from: they come behind the last base that
    is abstract itself."""
    abstract = [place for place, base in enumerate(cls.__bases__, 1) if hasattr(base, "__abstractmethods__")]
    explicit, others = list(cls.__bases__[: max(abstract, default=0)]), list(cls.__bases__[max(abstract, default=0) :])
    here, below = [], []
    for base in abcs or ():
        is_here = issubclass(cls, base) and not any([issubclass(own, base) for own in cls.__bases__])
        (here if is_here else below).append(base)
    lines = [_c3_mro(base, below) for base in explicit + here + others]
    return _c3_merge([[cls]] + lines + [explicit, here, others])


def _compose_mro(cls, types):
    """The ancestors of a class, with those of `types` that it counts as deriving from."""
    own = cls.__mro__
    related = [kind for kind in types if hasattr(kind, "__mro__") and not isinstance(kind, GenericAlias) and kind not in own and issubclass(cls, kind)]
    # What another one derives from comes with that one.
    related = [kind for kind in related if not any([kind is not other and kind in other.__mro__ for other in related])]
    ordered = []
    for kind in related:
        lines = [[each for each in sub.__mro__ if each in related] for sub in kind.__subclasses__() if sub not in own and issubclass(cls, sub)]
        for line in sorted(lines, key=len, reverse=True) or [[kind]]:
            ordered += [each for each in line if each not in ordered]
    return _c3_mro(cls, ordered)


def _find_impl(cls, registry):
    """The function for the nearest ancestor that has one."""
    match = None
    for kind in _compose_mro(cls, registry.keys()):
        if match is not None:
            # Two abstract classes that do not know each other are equally near.
            rivals = kind in registry and kind not in cls.__mro__ and match not in cls.__mro__ and not issubclass(match, kind)
            if rivals:
                raise RuntimeError("Ambiguous dispatch: %s or %s" % (match, kind))
            break
        if kind in registry:
            match = kind
    return registry.get(match)


def _is_union(cls):
    from types import UnionType
    from typing import Union, get_origin

    return get_origin(cls) in (Union, UnionType)


def _classes(cls):
    """The classes that a function may be registered for by one: those of a union, or it alone; None if it is none."""
    if isinstance(cls, type) and not isinstance(cls, GenericAlias):
        return (cls,)
    if _is_union(cls) and all([isinstance(each, type) and not isinstance(each, GenericAlias) for each in cls.__args__]):
        return cls.__args__
    return None


def _annotated(func):
    """The class that the annotation of the first parameter names."""
    if not getattr(func, "__annotations__", None):
        raise TypeError("Invalid first argument to `register()`: %r. "
                        "Use either `@register(some_class)` or plain `@register` on an annotated function." % (func,))
    from typing import get_type_hints

    name, cls = next(iter(get_type_hints(func).items()))
    if _classes(cls) is None:
        what = "%r not all arguments are classes." if _is_union(cls) else "%r is not a class."
        raise TypeError("Invalid annotation for %r. " % name + what % (cls,))
    return cls


def singledispatch(func):
    """A function that chooses another one by the class of its first argument."""
    import types
    import weakref
    from abc import get_cache_token

    registry, chosen, token = {}, weakref.WeakKeyDictionary(), None

    def dispatch(cls):
        nonlocal token
        # Classes registered with abstract ones since then may change the choice.
        if token is not None and token != get_cache_token():
            chosen.clear()
            token = get_cache_token()
        try:
            return chosen[cls]
        except KeyError:
            found = registry[cls] if cls in registry else _find_impl(cls, registry)
            chosen[cls] = found
            return found

    def register(cls, func=None):
        nonlocal token
        classes = _classes(cls)
        if classes is not None and func is None:
            return lambda function: register(cls, function)
        if classes is None:
            if func is not None:
                raise TypeError("Invalid first argument to `register()`. %r is not a class or union type." % (cls,))
            func = cls
            classes = _classes(_annotated(func))
        for each in classes:
            registry[each] = func
            if token is None and hasattr(each, "__abstractmethods__"):
                token = get_cache_token()
        chosen.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError("%s requires at least 1 positional argument" % name)
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register, wrapper.dispatch, wrapper._clear_cache = register, dispatch, chosen.clear
    wrapper.registry = types.MappingProxyType(registry)
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """A method that chooses another one by the class of its first argument."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("%r is not callable or a descriptor" % (func,))
        self.dispatcher, self.func = singledispatch(func), func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            if not args:
                raise TypeError("%s requires at least 1 positional argument" % getattr(self.func, "__name__", "singledispatchmethod method"))
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        method.__isabstractmethod__, method.register = self.__isabstractmethod__, self.register
        return update_wrapper(method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])


def _make_key(args, kwds, typed):
    if not kwds and not typed and len(args) == 1 and type(args[0]) in (int, str):
        # One number or text is a key by itself, as it is for `_calls`.
        return args[0]
    key = args
    if kwds:
        key += (_initial,) + tuple([x for pair in kwds.items() for x in pair])
    if typed:
        key += tuple([type(x) for x in args]) + tuple([type(x) for x in kwds.values()])
    return key


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _remember(maxsize, 128, typed)
    if maxsize is not None and not isinstance(maxsize, int):
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _remember(function, None if maxsize is None else max(maxsize, 0), typed)


def _remember(function, maxsize, typed):
    made = update_wrapper(_lru_cache_wrapper(function, maxsize, typed), function, updated=())
    # One by one: an instance whose `__dict__` somebody asked for has no places for `_calls` to find.
    for name, value in getattr(function, "__dict__", {}).items():
        if name != "__wrapped__":
            setattr(made, name, value)
    return made


class _lru_cache_wrapper:
    """A function that remembers its answers. Calls without keywords are answered by `_calls`."""

    def __init__(self, function, maxsize, typed):
        self._hits = self._misses = 0
        # In this order: `_calls` reads them by their places.
        self._memory = function, {}, maxsize, bool(typed)

    __call__, __get__ = _calls.recall, _calls.bind

    def _slow_call(self, /, *args, **kwds):
        function, known, maxsize, typed = self._memory
        key = _make_key(args, kwds, typed)
        value = known.get(key, _initial)
        if value is not _initial:
            self._hits += 1
            if maxsize is not None:
                # The newest lies last.
                known.pop(key, None)
                known[key] = value
            return value
        self._misses += 1
        value = function(*args, **kwds)
        if maxsize != 0:
            if maxsize is not None and len(known) >= maxsize and key not in known:
                del known[next(iter(known))]
            known[key] = value
        return value

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._memory[2], len(self._memory[1]))

    def cache_clear(self):
        self._memory[1].clear()
        self._hits = self._misses = 0

    def cache_parameters(self):
        return {"maxsize": self._memory[2], "typed": self._memory[3]}

    def __reduce__(self):
        return self.__qualname__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self
