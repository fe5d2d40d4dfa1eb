"""The classes of `ast` under the name of CPython's builtin module."""

from ast import *
from ast import AST, PyCF_ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST, PyCF_TYPE_COMMENTS
