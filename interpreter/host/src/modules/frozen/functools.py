"""Functions that make functions."""

from types import GenericAlias

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

    def __call__(self, /, *args, **keywords):
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
        self.func, self.args, self.keywords = func, tuple(args), dict(keywords or {})


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

            method._partialmethod = self
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

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

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


def _ordering(root, name):
    # What follows from `root` when it is true or false: `x < y` says `x <= y`; that `not x < y` says so only of equal ones.
    def method(self, other):
        answer = getattr(self, root)(other)
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

    method.__name__ = name
    return method


def total_ordering(cls):
    roots = [name for name in _ORDERS if _defines(cls, name)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = "__lt__" if "__lt__" in roots else roots[0]
    for name in _ORDERS:
        if name not in roots:
            setattr(cls, name, _ordering(root, name))
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
        cache[self.attrname] = value
        return value


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        # Abstract classes that have the class registered, the most derived of them.
        found = None
        for base in registry:
            if issubclass(cls, base) and (found is None or issubclass(base, found)):
                found = base
        return registry[found]

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type) or hasattr(cls, "__args__"):
                return lambda function: register(cls, function)
            func = cls
            annotations = func.__annotations__
            if not annotations:
                raise TypeError(
                    "Invalid first argument to `register()`: %r. "
                    "Use either `@register(some_class)` or plain `@register` on an annotated function." % (cls,)
                )
            cls = next(iter(annotations.values()))
        for each in getattr(cls, "__args__", (cls,)):
            registry[each] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError("%s requires at least 1 positional argument" % func.__name__)
        return dispatch(type(args[0]))(*args, **kw)

    update_wrapper(wrapper, func)
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            function = self.dispatcher.dispatch(type(args[0]))
            if isinstance(function, (classmethod, staticmethod)):
                return function.__get__(obj, cls)(*args, **kwargs)
            return function(*args, **kwargs) if obj is None else function(obj, *args, **kwargs)

        return method


def _make_key(args, kwds, typed):
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
    from collections import namedtuple

    known = {}
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        key = _make_key(args, kwds, typed)
        if key in known:
            hits += 1
            value = known[key]
            if maxsize is not None:
                # The newest lies last.
                del known[key]
                known[key] = value
            return value
        misses += 1
        value = function(*args, **kwds)
        if maxsize != 0:
            if maxsize is not None and len(known) >= maxsize and key not in known:
                del known[next(iter(known))]
            known[key] = value
        return value

    def cache_info():
        return _CacheInfo(hits, misses, maxsize, len(known))

    def cache_clear():
        nonlocal hits, misses
        known.clear()
        hits = misses = 0

    _CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])
    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)
