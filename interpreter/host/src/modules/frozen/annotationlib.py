"""Annotations, as what they evaluate to, with names that are not there yet, or as text.

A function's annotations are one function that makes them all; a class or a module has one for each name. What is not there yet is stood in for
by calling such a function anew, with globals and cells of its own that have an answer for every name it uses.
"""

import builtins
import types
from enum import IntEnum
from itertools import filterfalse
from keyword import iskeyword
from typing import ForwardRef

__all__ = [
    "Format", "ForwardRef", "call_annotate_function", "call_evaluate_function", "get_annotate_from_class_namespace", "get_annotations",
    "annotations_to_string", "type_repr",
]


class Format(IntEnum):
    """How annotations are wanted."""

    VALUE = 1
    VALUE_WITH_FAKE_GLOBALS = 2
    FORWARDREF = 3
    STRING = 4


class _Said:
    """What stands for a name in an annotation: what is done with it is written down, not done."""

    def __init__(self, text, binds=9):
        self._text, self._binds = text, binds

    def __getattr__(self, name):
        if name[:2] == name[-2:] == "__":
            raise AttributeError(name)
        return _Said("%s.%s" % (_within(self, 9), name))

    def __getitem__(self, item):
        items = item if isinstance(item, tuple) and item else (item,)
        return _Said("%s[%s]" % (_within(self, 9), ", ".join([_within(one, 0) for one in items])))

    def __call__(self, *args, **keywords):
        given = [_within(one, 0) for one in args] + ["%s=%s" % (name, _within(one, 0)) for name, one in keywords.items()]
        return _Said("%s(%s)" % (_within(self, 9), ", ".join(given)))

    def __iter__(self):
        yield _Said("*" + _within(self, 9))

    __hash__ = object.__hash__


def _within(value, binds):
    """The text of an operand, in brackets if it binds less than where it stands."""
    if not isinstance(value, _Said):
        if isinstance(value, (list, tuple, set)) and any([isinstance(one, _Said) for one in value]):
            inner = ", ".join([_within(one, 0) for one in value])
            return {list: "[%s]", set: "{%s}"}.get(type(value), "(%s,)" if len(value) == 1 else "(%s)") % inner
        return type_repr(value) if isinstance(value, (type, types.FunctionType)) else "..." if value is ... else repr(value)
    return "(%s)" % value._text if value._binds < binds else value._text


def _operators():
    rows = (
        (1, "lt < gt > le <= ge >= eq == ne !="), (2, "or |"), (3, "xor ^"), (4, "and &"), (5, "lshift << rshift >>"), (6, "add + sub -"),
        (7, "mul * matmul @ truediv / floordiv // mod %"), (9, "pow **"),
    )  # fmt: skip
    for binds, names in rows:
        words = names.split()
        for name, sign in zip(words[::2], words[1::2]):

            def forward(self, other, sign=sign, binds=binds):
                return _Said("%s %s %s" % (_within(self, binds), sign, _within(other, binds + 1)), binds)

            def backward(self, other, sign=sign, binds=binds):
                return _Said("%s %s %s" % (_within(other, binds), sign, _within(self, binds + 1)), binds)

            setattr(_Said, "__%s__" % name, forward)
            if binds > 1:
                setattr(_Said, "__r%s__" % name, backward)
    for name, sign in (("invert", "~"), ("neg", "-"), ("pos", "+")):
        setattr(_Said, "__%s__" % name, lambda self, sign=sign: _Said(sign + _within(self, 8), 8))


_operators()


def type_repr(value):
    """What is written for a value in an annotation: the name of a type or a function, and what `repr` says of the others."""
    if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)) and not isinstance(value, types.GenericAlias):
        return value.__qualname__ if value.__module__ == "builtins" else "%s.%s" % (value.__module__, value.__qualname__)
    return "..." if value is ... else repr(value)


def annotations_to_string(annotations):
    return {name: value if isinstance(value, str) else type_repr(value) for name, value in annotations.items()}


def _cell(value):
    return (lambda: value).__closure__[0]


def _called(function, format, owner):
    """What a function of annotations makes if names that are not there, or all, are stood in for."""
    code = function.__code__
    known = dict(function.__globals__)
    if isinstance(owner, type):
        known.update(vars(owner))
    stand_in = _Said if format == Format.STRING else ForwardRef
    # Among them are the names of the parameters, and "return".
    for name in filterfalse(iskeyword, code.co_names):
        if format == Format.STRING or not (name in known or hasattr(builtins, name)):
            known[name] = stand_in(name)
    cells = []
    for name, cell in zip(code.co_freevars, function.__closure__ or ()):
        try:
            is_there = cell.cell_contents is cell.cell_contents
        except ValueError:
            is_there = False
        cells.append(cell if is_there and format != Format.STRING else _cell(stand_in(name)))
    made = types.FunctionType(code, known, function.__name__, function.__defaults__, tuple(cells) or None)
    return made()


def _text(value):
    return value if isinstance(value, str) else _within(value, 0)


def call_annotate_function(annotate, format, *, owner=None):
    """What a function of annotations makes, or the functions of a class or a module by name, in a format."""
    format = Format(format)
    if format == Format.VALUE_WITH_FAKE_GLOBALS:
        raise ValueError("The VALUE_WITH_FAKE_GLOBALS format is for internal use only")
    if isinstance(annotate, dict):
        return {name: call_annotate_function(one, format, owner=owner) for name, one in annotate.items()}
    if format == Format.VALUE or not isinstance(annotate, types.FunctionType):
        return annotate(format) if getattr(annotate, "__code__", None) and annotate.__code__.co_argcount else annotate()
    if annotate.__code__.co_argcount:
        # A program's own: it says itself what it can do.
        try:
            return annotate(format)
        except NotImplementedError:
            made = annotate(Format.VALUE)
            return annotations_to_string(made) if format == Format.STRING else made
    made = _called(annotate, format, owner)
    if format == Format.STRING:
        return {name: _text(value) for name, value in made.items()} if isinstance(made, dict) else _text(made)
    return made


def call_evaluate_function(evaluate, format, *, owner=None):
    return call_annotate_function(evaluate, format, owner=owner)


def get_annotate_from_class_namespace(namespace):
    """What makes the annotations of a class whose body made this namespace, for `call_annotate_function`; None if it has none."""
    return namespace.get("__annotate__")


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    """A new dict of the annotations of a function, a class or a module."""
    format = Format(format)
    if eval_str and format != Format.VALUE:
        raise ValueError("eval_str=True is only supported with format=Format.VALUE")
    if format == Format.VALUE:
        import inspect

        return inspect.get_annotations(obj, globals=globals, locals=locals, eval_str=eval_str)
    if format == Format.VALUE_WITH_FAKE_GLOBALS:
        raise ValueError("The VALUE_WITH_FAKE_GLOBALS format is for internal use only")
    annotate = getattr(obj, "__annotate__", None)
    if annotate is not None:
        return call_annotate_function(annotate, format, owner=obj)
    found = getattr(obj, "__annotations__", None)
    if found is None:
        if isinstance(obj, (type, types.ModuleType)) or callable(obj):
            return {}
        raise TypeError("%r does not have annotations" % (obj,))
    return annotations_to_string(found) if format == Format.STRING else dict(found)
