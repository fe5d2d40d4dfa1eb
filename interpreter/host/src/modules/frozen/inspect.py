"""What objects are, and how functions are called."""

import sys
import types
from collections import namedtuple


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


def isroutine(object):
    return isfunction(object) or ismethod(object) or isbuiltin(object)


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512


def _has_flag(obj, flag):
    while hasattr(obj, "__func__"):
        obj = obj.__func__
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
    return not isclass(object) and not isfunction(object) and (hasattr(type(object), "__set__") or isinstance(object, property))


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
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
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
    doc = getattr(object, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def getmodule(object):
    return object if ismodule(object) else sys.modules.get(getattr(object, "__module__", None))


def getmodulename(path):
    name = path.rsplit("/", 1)[-1]
    return name[:-3] if name.endswith(".py") else None


def getfile(object):
    if ismodule(object) and getattr(object, "__file__", None):
        return object.__file__
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if iscode(object):
        return object.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got %s" % type(object).__name__)


getsourcefile = getfile


def getsourcelines(object):
    with open(getfile(object)) as f:
        lines = f.readlines()
    if ismodule(object):
        return lines, 0
    if ismethod(object):
        object = object.__func__
    if isclass(object):
        starts = [n for n, line in enumerate(lines) if line.lstrip().startswith(("class %s(" % object.__name__, "class %s:" % object.__name__))]
        if not starts:
            raise OSError("could not find class definition")
        first = starts[0]
    else:
        first = object.__code__.co_firstlineno - 1
    return _block(lines[first:]), first + 1


def _block(lines):
    margin = len(lines[0]) - len(lines[0].lstrip())
    end = 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > margin):
        end += 1
    while end > 1 and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def getsource(object):
    return "".join(getsourcelines(object)[0])


def currentframe():
    return sys._getframe(1)


FrameInfo = namedtuple("FrameInfo", "frame filename lineno function code_context index")


def stack(context=1):
    frame, found = sys._getframe(1), []
    while frame is not None:
        found.append(FrameInfo(frame, frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, None, None))
        frame = frame.f_back
    return found


class _Kind:
    def __init__(self, number, name, description):
        self.value, self.name, self.description = number, name, description

    def __repr__(self):
        return "<_ParameterKind.%s: %d>" % (self.name, self.value)

    def __str__(self):
        return self.name

    def __lt__(self, other):
        return self.value < other.value

    def __int__(self):
        return self.value


class _Empty:
    pass


class Parameter:
    POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY", "positional-only")
    POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword")
    VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL", "variadic positional")
    KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY", "keyword-only")
    VAR_KEYWORD = _Kind(4, "VAR_KEYWORD", "variadic keyword")
    empty = _Empty

    def __init__(self, name, kind, *, default=_Empty, annotation=_Empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, **changes):
        values = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation, **changes}
        return Parameter(values.pop("name"), values.pop("kind"), **values)

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
        return isinstance(other, Parameter) and (self.name, self.kind.value, self.default, self.annotation) == (
            other.name, other.kind.value, other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, self.kind.value))


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

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
    empty = _Empty

    def __init__(self, parameters=None, *, return_annotation=_Empty):
        self.parameters = types.MappingProxyType({p.name: p for p in parameters or ()})
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **options):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=None):
        parameters = self.parameters.values() if parameters is None else parameters
        return Signature(parameters, return_annotation=self.return_annotation if return_annotation is None else return_annotation)

    def __eq__(self, other):
        return isinstance(other, Signature) and list(self.parameters.values()) == list(other.parameters.values()) and (
            self.return_annotation == other.return_annotation)

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
        return "<Signature %s>" % self

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments, args, kwargs = {}, list(args), dict(kwargs)
        for name, parameter in self.parameters.items():
            kind = parameter.kind.value
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


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    if not callable(obj):
        raise TypeError("%r is not a callable object" % (obj,))
    if isinstance(obj, types.MethodType):
        return _without_first(signature(obj.__func__))
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
        for name in ("__init__", "__new__"):
            method = getattr(obj, name, None)
            if isfunction(method):
                return _without_first(signature(method))
        if obj.__module__ != "builtins":
            return Signature()
    elif isfunction(getattr(type(obj), "__call__", None)):
        return _without_first(signature(type(obj).__call__))
    raise ValueError("no signature found for builtin %r" % (obj,))


def _without_first(found):
    parameters = list(found.parameters.values())
    if parameters and parameters[0].kind.value < 2:
        parameters = parameters[1:]
    return Signature(parameters, return_annotation=found.return_annotation)


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
    given = found.bind_partial(*obj.args, **obj.keywords).arguments
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
    for parameter in signature(func).parameters.values():
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
    found = dict(getattr(obj, "__annotations__", None) or {})
    if eval_str:
        space = globals if globals is not None else getattr(obj, "__globals__", {})
        found = {key: eval(value, space, locals) if isinstance(value, str) else value for key, value in found.items()}
    return found


def getattr_static(obj, attr, default=_Empty):
    """The attribute as it lies in the object or its classes: no descriptor or hook is asked."""
    own = [] if isinstance(obj, type) else [getattr(obj, "__dict__", {})]
    for space in own + [vars(cls) for cls in (obj if isinstance(obj, type) else type(obj)).__mro__]:
        if attr in space:
            return space[attr]
    if default is not _Empty:
        return default
    raise AttributeError(attr)


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"
