"""What objects are, and how functions are called."""

import os
import sys
import types
from collections import namedtuple
from keyword import iskeyword

from _sources import BlockFinder, EndOfBlock, FrameInfo, Traceback, findsource, getabsfile, getblock, getcomments, getfile, getframeinfo
from _sources import getinnerframes, getouterframes, getsource, getsourcefile, getsourcelines


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def ismethod(object):
    return isinstance(object, types.MethodType) and isfunction(object.__func__)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType) or isinstance(object, types.MethodType) and not isfunction(object.__func__)


def ismethodwrapper(object):
    """Whether it is a special method of a builtin object, bound to it."""
    return isinstance(object, type([].append)) and object.__name__[:2] == "__" and not isfunction(getattr(object, "__func__", None))


def isroutine(object):
    return isfunction(object) or ismethod(object) or isbuiltin(object)


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE) or getattr(getattr(obj, "__func__", obj), "_is_coroutine_mark", None) is _mark


_mark = object()


def markcoroutinefunction(func):
    """Says of a function that what it gives is a coroutine."""
    if hasattr(func, "__func__"):
        func = func.__func__
    func._is_coroutine_mark = _mark
    return func


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_NOFREE, TPFLAGS_IS_ABSTRACT = 64, 1 << 20
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512


def _has_flag(obj, flag):
    from functools import partial

    while hasattr(obj, "__func__") or isinstance(obj, partial):
        obj = obj.func if isinstance(obj, partial) else obj.__func__
    return isfunction(obj) and bool(obj.__code__.co_flags & flag)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isawaitable(object):
    return iscoroutine(object) or hasattr(type(object), "__await__")


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isframe(object):
    return isinstance(object, types.FrameType)


def iscode(object):
    return isinstance(object, types.CodeType)


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, "__abstractmethods__", None))


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__set__") or hasattr(type(object), "__delete__") or isinstance(object, property)


def ismethoddescriptor(obj):
    return not isclass(obj) and not ismethod(obj) and not isfunction(obj) and hasattr(type(obj), "__get__") and not isdatadescriptor(obj)


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def getmro(cls):
    return cls.__mro__


def unwrap(func, *, stop=None):
    first, seen = func, {id(func)}
    while not isinstance(func, type) and hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= sys.getrecursionlimit():
            raise ValueError("wrapper loop when unwrapping %r" % (first,))
        seen.add(id(func))
    return func


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min([len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()], default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    """The documentation of an object, or else of what it overrides."""
    try:
        doc = object.__doc__
        if doc is None:
            doc = _inherited_doc(object)
    except (AttributeError, TypeError):
        return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(object):
    if isclass(object):
        return next((base.__doc__ for base in object.__mro__ if base.__doc__ is not None and base.__mro__[-1] is not base), None)
    if ismethod(object):
        owner = object.__self__ if isclass(object.__self__) else type(object.__self__)
    elif isfunction(object) and "." in object.__qualname__:
        owner = sys.modules.get(object.__module__)
        for name in object.__qualname__.split(".")[:-1]:
            owner = getattr(owner, name, None)
    else:
        return None
    for base in getattr(owner, "__mro__", ()):
        doc = getattr(getattr(base, object.__name__, None), "__doc__", None)
        if doc is not None:
            return doc
    return None


def getmodule(object, _filename=None):
    """The module that an object was defined in, or None."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        file = os.path.abspath(getfile(object))
    except TypeError:
        return None
    for module in list(sys.modules.values()):
        own = getattr(module, "__file__", None)
        if ismodule(module) and own and os.path.abspath(own) == file:
            return module
    return None


def getmodulename(path):
    name = path.rsplit("/", 1)[-1]
    return name[:-3] if name.endswith(".py") else None


def currentframe():
    return sys._getframe(1)


def stack(context=1):
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """The frames between here and where the exception being handled was raised."""
    error = sys.exc_info()[1]
    return getinnerframes(error.__traceback__ if error is not None else None, context)


class _Kind(int):
    """A kind of parameter; kinds have an order, and are numbers."""

    def __new__(cls, number, name, description):
        self = super().__new__(cls, number)
        self.value, self.name, self.description = number, name, description
        return self

    def __repr__(self):
        return "<_ParameterKind.%s: %d>" % (self.name, self.value)

    def __str__(self):
        return self.name


class _Empty:
    __qualname__ = "_empty"


_Empty.__name__ = "_empty"


class _Kept:
    """Stands for what is not replaced."""


class Parameter:
    __slots__ = ("_name", "_kind", "_default", "_annotation")
    POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY", "positional-only")
    POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword")
    VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL", "variadic positional")
    KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY", "keyword-only")
    VAR_KEYWORD = _Kind(4, "VAR_KEYWORD", "variadic keyword")
    empty = _Empty

    def __init__(self, name, kind, *, default=_Empty, annotation=_Empty):
        if type(kind) is int and 0 <= kind <= 4:
            kind = (self.POSITIONAL_ONLY, self.POSITIONAL_OR_KEYWORD, self.VAR_POSITIONAL, self.KEYWORD_ONLY, self.VAR_KEYWORD)[kind]
        elif not isinstance(kind, _Kind):
            raise ValueError("value %r is not a valid Parameter.kind" % (kind,))
        if default is not _Empty and kind in (self.VAR_POSITIONAL, self.VAR_KEYWORD):
            raise ValueError("%s parameters cannot have default values" % kind.description)
        if name is _Empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError("name must be a str, not a %s" % type(name).__name__)
        if name[:1] == "." and name[1:].isdigit():
            # What a comprehension is given.
            if kind is not self.POSITIONAL_OR_KEYWORD:
                raise ValueError("implicit arguments must be passed as positional or keyword arguments, not %s" % kind.description)
            kind, name = self.POSITIONAL_ONLY, "implicit" + name[1:]
        if iskeyword(name) and kind is not self.POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError("%r is not a valid parameter name" % name)
        self._name, self._kind, self._default, self._annotation = name, kind, default, annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def __reduce__(self):
        return _parameter, (type(self), self._name, int(self._kind), self._default, self._annotation)

    def replace(self, **changes):
        values = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation, **changes}
        return type(self)(values.pop("name"), values.pop("kind"), **values)

    def __str__(self):
        text = {2: "*", 4: "**"}.get(self.kind.value, "") + self.name
        if self.annotation is not _Empty:
            text += ": " + formatannotation(self.annotation)
        if self.default is not _Empty:
            text += (" = %r" if self.annotation is not _Empty else "=%r") % (self.default,)
        return text

    def __repr__(self):
        return '<Parameter "%s">' % self

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        own, its = [(p.name, p.kind.value, p.default, p.annotation) for p in (self, other)]
        return own == its

    def __hash__(self):
        return hash((self.name, self.kind.value, self.annotation, self.default))


def _parameter(cls, name, kind, default, annotation):
    return cls(name, kind, default=default, annotation=annotation)


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        import re

        # Of a dotted name this is no more than its beginning.
        return re.sub(r"[\w\.]+", lambda name: name.group().removeprefix("typing."), repr(annotation))
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class BoundArguments:
    def __init__(self, signature, arguments):
        self._signature, self.arguments = signature, arguments

    signature = property(lambda self: self._signature)
    __hash__ = None

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self._signature == other._signature and self.arguments == other.arguments

    @property
    def args(self):
        args = []
        for parameter in self.signature.parameters.values():
            if parameter.kind.value > 2 or parameter.name not in self.arguments:
                break
            value = self.arguments[parameter.name]
            if parameter.kind is Parameter.VAR_POSITIONAL:
                args.extend(value)
            else:
                args.append(value)
        return tuple(args)

    @property
    def kwargs(self):
        kwargs, skipped = {}, False
        for parameter in self.signature.parameters.values():
            if parameter.name not in self.arguments:
                skipped = True
            elif parameter.kind is Parameter.VAR_KEYWORD:
                kwargs.update(self.arguments[parameter.name])
            elif parameter.kind is Parameter.KEYWORD_ONLY or skipped and parameter.kind.value == 1:
                kwargs[parameter.name] = self.arguments[parameter.name]
        return kwargs

    def apply_defaults(self):
        arguments = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif parameter.default is not _Empty:
                arguments[name] = parameter.default
            elif parameter.kind is Parameter.VAR_POSITIONAL:
                arguments[name] = ()
            elif parameter.kind is Parameter.VAR_KEYWORD:
                arguments[name] = {}
        self.arguments = arguments

    def __repr__(self):
        return "<BoundArguments (%s)>" % ", ".join(["%s=%r" % pair for pair in self.arguments.items()])


class Signature:
    __slots__ = ("_parameters", "_return_annotation")
    empty = _Empty

    def __init__(self, parameters=None, *, return_annotation=_Empty, __validate_parameters__=True):
        found, highest, with_default = {}, Parameter.POSITIONAL_ONLY, False
        for parameter in parameters or ():
            kind, name = parameter.kind, parameter.name
            if not __validate_parameters__:
                found[name] = parameter
                continue
            if kind < highest:
                raise ValueError("wrong parameter order: %s parameter before %s parameter" % (highest.description, kind.description))
            highest = kind
            if kind.value < 2:
                if parameter.default is not _Empty:
                    with_default = True
                elif with_default:
                    raise ValueError("non-default argument follows default argument")
            if name in found:
                raise ValueError("duplicate parameter name: %r" % name)
            found[name] = parameter
        self._parameters, self._return_annotation = types.MappingProxyType(found), return_annotation

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def __reduce__(self):
        return _signature, (type(self), tuple(self._parameters.values()), self._return_annotation)

    @classmethod
    def from_callable(cls, obj, **options):
        found = signature(obj, **options)
        return found if cls is Signature else cls(found.parameters.values(), return_annotation=found.return_annotation)

    def replace(self, *, parameters=_Kept, return_annotation=_Kept):
        parameters = self.parameters.values() if parameters is _Kept else parameters
        return type(self)(parameters, return_annotation=self.return_annotation if return_annotation is _Kept else return_annotation)

    def _compared(self):
        """What two signatures that are equal have alike: the order of keywords does not count."""
        every = self.parameters.values()
        return tuple([p for p in every if p.kind.value != 3]), {p.name: p for p in every if p.kind.value == 3}, self.return_annotation

    def __eq__(self, other):
        return self._compared() == other._compared() if isinstance(other, Signature) else NotImplemented

    def __hash__(self):
        positional, keywords, annotation = self._compared()
        return hash((positional, frozenset(keywords.values()), annotation))

    def __str__(self):
        parts, positional_only, star = [], False, False
        for parameter in self.parameters.values():
            kind = parameter.kind.value
            if positional_only and kind > 0:
                parts.append("/")
            positional_only = kind == 0
            star = star or kind == 2
            if kind == 3 and not star:
                parts.append("*")
                star = True
            parts.append(str(parameter))
        if positional_only:
            parts.append("/")
        text = "(%s)" % ", ".join(parts)
        return text if self.return_annotation is _Empty else text + " -> " + formatannotation(self.return_annotation)

    def __repr__(self):
        return "<%s %s>" % (type(self).__name__, self)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments, args, kwargs = {}, list(args), dict(kwargs)
        for name, parameter in self.parameters.items():
            kind = parameter.kind.value
            if kind == 0 and not args and name in kwargs:
                raise TypeError("%r parameter is positional only, but was passed as a keyword" % name)
            if kind == 3 and args:
                raise TypeError("too many positional arguments")
            if kind == 2:
                if args:
                    arguments[name] = tuple(args)
                args = []
            elif kind == 4:
                if kwargs:
                    arguments[name] = kwargs
                kwargs = {}
            elif kind < 2 and args:
                if name in kwargs and kind == 1:
                    raise TypeError("multiple values for argument %r" % name)
                arguments[name] = args.pop(0)
            elif name in kwargs and kind > 0:
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _Empty and not partial:
                raise TypeError("missing a required argument: %r" % name)
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError("got an unexpected keyword argument %r" % next(iter(kwargs)))
        return BoundArguments(self, arguments)


def _signature(cls, parameters, annotation):
    return cls(parameters, return_annotation=annotation)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=None):
    if not callable(obj):
        raise TypeError("%r is not a callable object" % (obj,))
    if eval_str or annotation_format is not None:
        # In another form than they have been evaluated to: 1 is `annotationlib.Format.VALUE`.
        from annotationlib import get_annotations as told

        found = signature(obj, follow_wrapped=follow_wrapped)
        hints = told(
            unwrap(getattr(obj, "__func__", obj)), globals=globals, locals=locals, eval_str=eval_str, format=annotation_format or 1
        )
        parameters = [each.replace(annotation=hints.get(name, each.annotation)) for name, each in found.parameters.items()]
        return found.replace(parameters=parameters, return_annotation=hints.get("return", found.return_annotation))
    if isinstance(obj, types.MethodType):
        return _without_first(signature(obj.__func__, follow_wrapped=follow_wrapped))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__"))
    own = getattr(obj, "__signature__", None)
    if own is not None:
        return own
    if isfunction(obj):
        return _of_function(obj)
    from functools import partial

    if isinstance(obj, partial):
        return _of_partial(obj)
    if isclass(obj):
        call = _in_classes(type(obj), "__call__")
        if isfunction(call):
            return _without_first(signature(call))
        maker = _maker(obj)
        if maker is not None:
            return _without_first(signature(maker))
        if issubclass(obj, tuple) and hasattr(obj, "_field_defaults"):
            defaults = obj._field_defaults
            return Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=defaults.get(name, _Empty)) for name in obj._fields])
        if obj.__module__ != "builtins":
            return Signature()
    elif not isbuiltin(obj):
        call = getattr(type(obj), "__call__", None)
        if isfunction(call):
            return _without_first(signature(call))
        if isinstance(call, (types.MethodType, Signature)) or hasattr(type(call), "__call__") and isfunction(type(call).__call__):
            if call is not obj:
                return signature(call)
    if getattr(obj, "__name__", None) in ("__init__", "__new__", "__call__"):
        # What builtin types begin with takes anything.
        of = Parameter
        return Signature([of("self", of.POSITIONAL_ONLY), of("args", of.VAR_POSITIONAL), of("kwargs", of.VAR_KEYWORD)])
    found = _of_text(obj, getattr(obj, "__text_signature__", None))
    if found is None:
        raise ValueError("no signature found for builtin %r" % (obj,))
    return found


# Not public, but known to programs that make command lines of functions.
_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL = Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD, Parameter.VAR_POSITIONAL
_KEYWORD_ONLY, _VAR_KEYWORD, _ParameterKind, _empty = Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD, _Kind, _Empty


def _signature_from_callable(obj, *, follow_wrapper_chains=True, skip_bound_arg=True, globals=None, locals=None, eval_str=False, sigcls=None):
    if ismethod(obj) and not skip_bound_arg:
        obj = obj.__func__
    return signature(obj, follow_wrapped=follow_wrapper_chains, globals=globals, locals=locals, eval_str=eval_str)


def _maker(cls):
    """The function of a program that makes instances of a class: of the first class that has one, where `__new__` comes before `__init__`."""
    for each in _order_of_class(cls):
        for name in ("__new__", "__init__"):
            if name in _space_of_class(each) or name == "__new__" and hasattr(each, "_field_defaults"):
                made = getattr(each, name)
                return made if isfunction(made) else None
    return None


def _without_first(found):
    parameters = list(found.parameters.values())
    if parameters and parameters[0].kind.value < 2:
        parameters = parameters[1:]
    return Signature(parameters, return_annotation=found.return_annotation)


# The signature that a builtin's text says; None if it says none, or has a default that is no literal.
def _of_text(obj, text):
    if text is None:
        return None
    import ast

    bound = hasattr(obj, "__self__") or text.startswith("($module")
    try:
        tree = ast.parse("def f%s: pass" % text.replace("$", "")).body[0].args
        defaults = [ast.literal_eval(default) for default in tree.defaults]
        kwdefaults = [_Empty if default is None else ast.literal_eval(default) for default in tree.kw_defaults]
    except (SyntaxError, ValueError):
        return None
    of, parameters = Parameter, []
    named = [(arg.arg, of.POSITIONAL_ONLY) for arg in tree.posonlyargs] + [(arg.arg, of.POSITIONAL_OR_KEYWORD) for arg in tree.args]
    defaults = [_Empty] * (len(named) - len(defaults)) + defaults
    parameters += [of(name, kind, default=default) for (name, kind), default in zip(named, defaults)]
    if tree.vararg is not None:
        parameters.append(of(tree.vararg.arg, of.VAR_POSITIONAL))
    parameters += [of(arg.arg, of.KEYWORD_ONLY, default=default) for arg, default in zip(tree.kwonlyargs, kwdefaults)]
    if tree.kwarg is not None:
        parameters.append(of(tree.kwarg.arg, of.VAR_KEYWORD))
    return Signature(parameters[1:] if bound else parameters)


def _of_function(function):
    code = function.__code__
    names = code.co_varnames
    positional, keyword_only = code.co_argcount, code.co_kwonlyargcount
    defaults, kwdefaults = function.__defaults__ or (), function.__kwdefaults__ or {}
    try:
        annotations = function.__annotations__
    except NameError:
        # They name what is not there, as for a type checker alone.
        annotations = {}
    parameters = []

    def add(name, kind, default=_Empty):
        parameters.append(Parameter(name, kind, default=default, annotation=annotations.get(name, _Empty)))

    for number, name in enumerate(names[:positional]):
        kind = Parameter.POSITIONAL_ONLY if number < code.co_posonlyargcount else Parameter.POSITIONAL_OR_KEYWORD
        at = number - (positional - len(defaults))
        add(name, kind, defaults[at] if at >= 0 else _Empty)
    after = positional + keyword_only
    if code.co_flags & CO_VARARGS:
        add(names[after], Parameter.VAR_POSITIONAL)
        after += 1
    for name in names[positional : positional + keyword_only]:
        add(name, Parameter.KEYWORD_ONLY, kwdefaults.get(name, _Empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[after], Parameter.VAR_KEYWORD)
    return Signature(parameters, return_annotation=annotations.get("return", _Empty))


def _of_partial(obj):
    found = signature(obj.func)
    try:
        given = found.bind_partial(*obj.args, **obj.keywords).arguments
    except TypeError as error:
        raise ValueError("partial object %r has incorrect arguments" % (obj,)) from error
    parameters, keyword = [], False
    for name, parameter in found.parameters.items():
        if name in obj.keywords:
            keyword = True
            parameter = parameter.replace(kind=Parameter.KEYWORD_ONLY, default=obj.keywords[name])
        elif name in given and parameter.kind.value < 2:
            continue
        elif keyword and parameter.kind.value == 1:
            parameter = parameter.replace(kind=Parameter.KEYWORD_ONLY)
        parameters.append(parameter)
    return Signature(parameters, return_annotation=found.return_annotation)


FullArgSpec = namedtuple("FullArgSpec", "args varargs varkw defaults kwonlyargs kwonlydefaults annotations")


def getfullargspec(func):
    args, varargs, varkw, defaults, kwonly, kwdefaults = [], None, None, [], [], {}
    # What it is called with first belongs to it; what it is wrapped around does not.
    if ismethod(func):
        func = func.__func__
    elif not isfunction(func) and isfunction(_in_classes(type(func), "__call__")):
        func = _in_classes(type(func), "__call__")
    elif isclass(func) and _maker(func) is not None:
        func = _maker(func)
    try:
        parameters = signature(func, follow_wrapped=False).parameters
    except Exception as error:
        raise TypeError("unsupported callable") from error
    for parameter in parameters.values():
        kind = parameter.kind.value
        if kind < 2:
            args.append(parameter.name)
            if parameter.default is not _Empty:
                defaults.append(parameter.default)
        elif kind == 2:
            varargs = parameter.name
        elif kind == 3:
            kwonly.append(parameter.name)
            if parameter.default is not _Empty:
                kwdefaults[parameter.name] = parameter.default
        else:
            varkw = parameter.name
    found = dict(getattr(func, "__annotations__", {}))
    if "return" in found:
        found = {"return": found.pop("return"), **found}
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, found)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a function, a class (its own alone) or a module; those that are texts evaluated where they were written, if asked."""
    if not (isclass(obj) or ismodule(obj) or callable(obj)):
        raise TypeError("%r is not a module, class, or callable." % (obj,))
    found = obj.__dict__.get("__annotations__") if isclass(obj) else getattr(obj, "__annotations__", None)
    if found is not None and not isinstance(found, dict):
        raise ValueError("%r.__annotations__ is neither a dict nor None" % (obj,))
    found = dict(found or {})
    if found and eval_str:
        own = _spaces(obj)
        globals, locals = own[0] if globals is None else globals, own[1] if locals is None else locals
        found = {key: eval(value, globals, locals) if isinstance(value, str) else value for key, value in found.items()}
    return found


def _spaces(obj):
    """The globals and the locals that the annotations of an object were written with."""
    from functools import partial

    if ismodule(obj):
        return obj.__dict__, None
    if isclass(obj):
        return getattr(sys.modules.get(obj.__module__), "__dict__", {}), dict(vars(obj))
    while hasattr(obj, "__wrapped__") or isinstance(obj, partial):
        obj = obj.func if isinstance(obj, partial) else obj.__wrapped__
    return getattr(obj, "__globals__", {}), None


ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
Attribute = namedtuple("Attribute", "name kind defining_class object")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")


Arguments = namedtuple("Arguments", "args varargs varkw")


def getargs(co):
    names, count, more = co.co_varnames, co.co_argcount, co.co_kwonlyargcount
    after, varargs, varkw = count + more, None, None
    if co.co_flags & CO_VARARGS:
        varargs, after = names[after], after + 1
    if co.co_flags & CO_VARKEYWORDS:
        varkw = names[after]
    return Arguments(list(names[: count + more]), varargs, varkw)


def getargvalues(frame):
    """The arguments of a frame: their names, and the values of its locals."""
    code = frame.f_code
    names, count = list(code.co_varnames), code.co_argcount + code.co_kwonlyargcount
    extra = names[count:]
    varargs = extra.pop(0) if code.co_flags & CO_VARARGS else None
    varkw = extra.pop(0) if code.co_flags & CO_VARKEYWORDS else None
    return ArgInfo(names[: code.co_argcount], varargs, varkw, frame.f_locals)


def formatargvalues(
    args, varargs, varkw, locals, formatarg=str, formatvarargs=lambda name: "*" + name, formatvarkw=lambda name: "**" + name,
    formatvalue=lambda value: "=" + repr(value),
):
    parts = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        parts.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        parts.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return "(" + ", ".join(parts) + ")"


def getcallargs(func, /, *positional, **named):
    """What each parameter of a function would be in a call."""
    if ismethod(func):
        positional = (func.__self__,) + positional
        func = func.__func__
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)


def getclasstree(classes, unique=False):
    """Classes in lists of lists: a list behind a class has those that derive from it."""
    children, roots = {}, []
    for cls in classes:
        for base in cls.__bases__:
            below = children.setdefault(base, [])
            if cls not in below:
                below.append(cls)
            if unique and base in classes:
                break
        if not cls.__bases__ and cls not in roots:
            roots.append(cls)
    roots += [base for base in children if base not in classes and base not in roots]

    def walk(level):
        found = []
        for cls in sorted(level, key=lambda cls: (cls.__module__, cls.__name__)):
            found.append((cls, cls.__bases__))
            if cls in children:
                found.append(walk(children[cls]))
        return found

    return walk(roots)


def getclosurevars(func):
    """The names that a function refers to outside of itself, by where they are found."""
    import builtins as native

    func = func.__func__ if ismethod(func) else func
    if not isfunction(func):
        raise TypeError("%r is not a Python function" % (func,))
    code = func.__code__
    nonlocals = {name: cell.cell_contents for name, cell in zip(code.co_freevars, func.__closure__ or ())}
    inner = func.__globals__.get("__builtins__", native.__dict__)
    inner = inner.__dict__ if ismodule(inner) else inner
    found, known, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in func.__globals__:
            found[name] = func.__globals__[name]
        elif name in inner:
            known[name] = inner[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, found, known, unbound)


def _prints_plainly(cls):
    """Whether the `__str__` of a builtin type is the one of `object`, which asks for the `repr`."""
    return cls.__module__ == "builtins" and cls is not object and not issubclass(cls, (str, bytes, bytearray, BaseException))


def classify_class_attrs(cls):
    """Each attribute of a class: what kind it is, and which class defines it."""
    mro, found = getmro(cls), []
    for name in sorted(set(dir(cls)) | {name for base in mro for name in vars(base)}):
        home = next((base for base in mro if name in vars(base) and not (name == "__str__" and _prints_plainly(base))), None)
        if home is None:
            continue
        value = vars(home)[name]
        if isinstance(value, (staticmethod, type(dict.__dict__.get("maketrans")))):
            kind = "static method"
        elif isinstance(value, classmethod):
            kind = "class method"
        elif isinstance(value, property):
            kind = "property"
        elif name == "__new__":
            kind = "static method"
        elif isroutine(value):
            kind = "method"
        else:
            kind = "data"
        found.append(Attribute(name, kind, home, value))
    return found


def getmembers_static(object, predicate=None):
    """As `getmembers`, without running what the attributes would."""
    found = []
    for name in dir(object):
        try:
            value = getattr_static(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def isgetsetdescriptor(object):
    """Whether it is an attribute that native code computes."""
    return type(object).__name__ == "getset_descriptor"


def ismemberdescriptor(object):
    """Whether it is a slot of a class's instances."""
    return isinstance(object, types.MemberDescriptorType)


# What lies in a class, asked of `type` itself: a metaclass may say otherwise.
_space_of_class, _order_of_class = type.__dict__["__dict__"].__get__, type.mro


def _in_classes(cls, attr):
    """What a class or the first of its bases that has it has; `_Empty` if none does."""
    for each in _order_of_class(cls):
        space = _space_of_class(each)
        if attr in space:
            return space[attr]
    return _Empty


def _own_space(obj):
    """The attributes of an object itself, unless its class makes something else of `__dict__`."""
    shown = _in_classes(type(obj), "__dict__")
    if isfunction(getattr(shown, "fget", None)):
        return {}
    try:
        return object.__getattribute__(obj, "__dict__")
    except AttributeError:
        return {}


def getattr_static(obj, attr, default=_Empty):
    """The attribute as it lies in the object or its classes: no descriptor or hook is asked."""
    is_class = issubclass(type(obj), type)
    found = _in_classes(obj if is_class else type(obj), attr)
    if is_class and found is _Empty:
        found = _in_classes(type(obj), attr)
    elif not is_class:
        space = _own_space(obj)
        has_say = found is not _Empty and _in_classes(type(found), "__get__") is not _Empty and (
            _in_classes(type(found), "__set__") is not _Empty or _in_classes(type(found), "__delete__") is not _Empty
        )
        if not has_say and dict.__contains__(space, attr):
            return dict.__getitem__(space, attr)
    if found is not _Empty:
        return found
    if default is not _Empty:
        return default
    raise AttributeError(attr)


AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, AGEN_CLOSED = "AGEN_CREATED", "AGEN_RUNNING", "AGEN_SUSPENDED", "AGEN_CLOSED"
GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state(frame, running, states):
    if running:
        return states[1]
    if frame is None:
        return states[3]
    return states[0] if frame.f_lasti == -1 else states[2]


def getgeneratorstate(generator):
    """Whether it has begun, runs, waits or has ended."""
    return _state(generator.gi_frame, generator.gi_running, (GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED))


def getcoroutinestate(coroutine):
    return _state(coroutine.cr_frame, coroutine.cr_running, (CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED))


def getasyncgenstate(agen):
    return _state(agen.ag_frame, agen.ag_running, (AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, AGEN_CLOSED))


def getasyncgenlocals(agen):
    if not isasyncgen(agen):
        raise TypeError("%r is not a Python async generator" % (agen,))
    return {} if agen.ag_frame is None else agen.ag_frame.f_locals


def getgeneratorlocals(generator):
    if not isgenerator(generator):
        raise TypeError("%r is not a Python generator" % (generator,))
    return {} if generator.gi_frame is None else generator.gi_frame.f_locals


def getcoroutinelocals(coroutine):
    return {} if coroutine.cr_frame is None else coroutine.cr_frame.f_locals


__all__ = [name for name in globals() if name[:1] != "_" and name not in ("os", "sys", "types", "namedtuple", "iskeyword")]


def _main():
    """`python -m inspect`: the source of a module or of what is in it."""
    import argparse
    import importlib

    parser = argparse.ArgumentParser(prog="inspect.py")
    parser.add_argument("object", help="The object to be analysed. It supports the 'module:qualname' syntax")
    parser.add_argument("-d", "--details", action="store_true", help="Display info about the module rather than its source code")
    given = parser.parse_args()
    name, has_parts, parts = given.object.partition(":")
    try:
        found = module = importlib.import_module(name)
    except Exception as error:
        print("Failed to import %s (%s: %s)" % (name, type(error).__name__, error), file=sys.stderr)
        sys.exit(2)
    for part in parts.split(".") if has_parts else ():
        found = getattr(found, part)
    try:
        source = getsource(found)
    except (OSError, TypeError):
        print("Can't get info for builtin modules.", file=sys.stderr)
        sys.exit(1)
    if not given.details:
        print(source)
        return
    print("Target:", given.object)
    print("Origin:", getsourcefile(module))
    print("Cached:", getattr(module, "__cached__", None))
    if found is module:
        print("Loader:", repr(getattr(module, "__loader__", None)))
        if hasattr(module, "__path__"):
            print("Submodule search path:", module.__path__)
    else:
        print("Line:", findsource(found)[1])
    print("\n")


if __name__ == "__main__":
    _main()
