"""Groups of exceptions, and what `except*` asks of them."""


class BaseExceptionGroup(BaseException):
    __module__ = "builtins"

    def __new__(cls, message, exceptions):
        if not isinstance(message, str):
            raise TypeError("argument 1 must be str, not %s" % type(message).__name__)
        if not hasattr(exceptions, "__getitem__"):
            raise TypeError("second argument (exceptions) must be a sequence")
        exceptions = tuple(exceptions)
        if not exceptions:
            raise ValueError("second argument (exceptions) must be a non-empty sequence")
        for number, each in enumerate(exceptions):
            if not isinstance(each, BaseException):
                raise ValueError("Item %d of second argument (exceptions) is not an exception" % number)
        if all([isinstance(each, Exception) for each in exceptions]):
            if cls is BaseExceptionGroup:
                cls = ExceptionGroup
        elif issubclass(cls, Exception):
            raise TypeError("Cannot nest BaseExceptions in " + ("an ExceptionGroup" if cls is ExceptionGroup else repr(cls.__name__)))
        self = super().__new__(cls, message, exceptions)
        self.message, self.exceptions = message, exceptions
        return self

    def __init__(self, *args):
        # A class derived from this may be made of more.
        super().__init__(*args)

    def __str__(self):
        count = len(self.exceptions)
        return "%s (%d sub-exception%s)" % (self.message, count, "" if count == 1 else "s")

    def __repr__(self):
        return "%s(%r, %r)" % (type(self).__name__, self.message, list(self.exceptions))

    def __class_getitem__(cls, item):
        return type(list[int])(cls, item)

    def derive(self, exceptions):
        return BaseExceptionGroup(self.message, exceptions)

    def split(self, condition):
        matches = _condition(condition)
        if matches(self):
            return self, None
        yes, no = [], []
        for each in self.exceptions:
            if isinstance(each, BaseExceptionGroup):
                first, second = each.split(matches)
                if first is not None:
                    yes.append(first)
                if second is not None:
                    no.append(second)
            elif matches(each):
                yes.append(each)
            else:
                no.append(each)
        return _part(self, yes), _part(self, no)

    def subgroup(self, condition):
        return self.split(condition)[0]


class ExceptionGroup(BaseExceptionGroup, Exception):
    __module__ = "builtins"


def _condition(condition):
    if isinstance(condition, (type, tuple)):
        return lambda each: isinstance(each, condition)
    if not callable(condition):
        raise TypeError("expected a function, exception type or tuple of exception types")
    return condition


def _part(group, exceptions):
    """The group that has these exceptions of `group`, or None."""
    if not exceptions:
        return None
    part = group.derive(exceptions)
    if not isinstance(part, BaseExceptionGroup):
        raise TypeError("derive must return an instance of BaseExceptionGroup")
    part.__traceback__ = group.__traceback__
    part.__context__, part.__cause__ = group.__context__, group.__cause__
    notes = getattr(group, "__notes__", None)
    if hasattr(notes, "__getitem__"):
        part.__notes__ = list(notes)
    return part


class Star:
    """The clauses of a `try` with `except*` at work on one exception."""

    def __init__(self, exception):
        self.whole = self.rest = exception
        self.matched = []
        self.kept = []
        self.raised = []

    def match(self, types):
        """The part that a clause handles, or None; what is left is for the next one."""
        for each in types if isinstance(types, tuple) else (types,):
            if not (isinstance(each, type) and issubclass(each, BaseException)):
                raise TypeError("catching classes that do not inherit from BaseException is not allowed")
            if issubclass(each, BaseExceptionGroup):
                raise TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
        if self.rest is None:
            return None
        if isinstance(self.rest, BaseExceptionGroup):
            found, self.rest = self.rest.split(types)
        elif isinstance(self.rest, types):
            found, self.rest = BaseExceptionGroup("", [self.rest]), None
        else:
            found = None
        if found is not None:
            self.matched.append(found)
        return found

    def __iadd__(self, exception):
        """Notes what a clause has raised."""
        again = any([exception is each for each in self.matched])
        (self.kept if again else self.raised).append(exception)
        return self

    def end(self):
        """What is raised behind all clauses, or None."""
        if not isinstance(self.whole, BaseExceptionGroup):
            for each in (*self.raised, *self.kept, self.rest):
                if each is not None:
                    return each
            return None
        if self.rest is not None and not self.kept:
            self.kept, self.rest = [self.rest], None
        rest = self.rest if not self.kept else self.together()
        if not self.raised:
            return rest
        if len(self.raised) == 1 and rest is None:
            return self.raised[0]
        return BaseExceptionGroup("", self.raised + ([] if rest is None else [rest]))

    def together(self):
        """The part of the whole whose leaves were raised again or never handled."""
        if len(self.kept) == 1 and self.rest is None:
            return self.kept[0]
        leaves = []
        groups = self.kept + ([] if self.rest is None else [self.rest])
        while groups:
            for each in groups.pop().exceptions:
                (groups if isinstance(each, BaseExceptionGroup) else leaves).append(each)
        return self.whole.split(lambda each: any([each is leaf for leaf in leaves]))[0]
