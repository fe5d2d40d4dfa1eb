"""XInclude for trees: elements that name a document are replaced by it."""

import copy
from urllib.parse import urljoin

from . import ElementTree

XINCLUDE = "{http://www.w3.org/2001/XInclude}"
XINCLUDE_INCLUDE, XINCLUDE_FALLBACK = XINCLUDE + "include", XINCLUDE + "fallback"
DEFAULT_MAX_INCLUSION_DEPTH = 6


class FatalIncludeError(SyntaxError):
    """What is to be included cannot be."""


class LimitedRecursiveIncludeError(FatalIncludeError):
    """Documents include each other too deeply."""


def default_loader(href, parse, encoding=None):
    """A document as an element, or as text."""
    if parse == "xml":
        with open(href, "rb") as file:
            return ElementTree.parse(file).getroot()
    with open(href, "r", encoding=encoding or "UTF-8") as file:
        return file.read()


def include(elem, loader=None, base_url=None, max_depth=DEFAULT_MAX_INCLUSION_DEPTH):
    """Replaces what asks for it below an element; at most so many documents deep, `None` for any."""
    if max_depth is not None and max_depth < 0:
        raise ValueError("expected non-negative depth or None for 'max_depth', got %r" % max_depth)
    root = elem.getroot() if hasattr(elem, "getroot") else elem
    _include(root, loader or default_loader, base_url, max_depth, frozenset())


def _include(elem, loader, base_url, depth, parents):
    at = 0
    while at < len(elem):
        child = elem[at]
        if child.tag == XINCLUDE_INCLUDE:
            href = child.get("href")
            href = urljoin(base_url, href) if base_url else href
            kind = child.get("parse", "xml")
            if kind == "text":
                _put_text(elem, at, child, _loaded(loader, href, kind, child.get("encoding")))
                continue
            if kind != "xml":
                raise FatalIncludeError("unknown parse type in xi:include tag (%r)" % kind)
            elem[at] = _document(child, loader, href, depth, parents)
        elif child.tag == XINCLUDE_FALLBACK:
            raise FatalIncludeError("xi:fallback tag must be child of xi:include (%r)" % child.tag)
        else:
            _include(child, loader, base_url, depth, parents)
        at += 1


def _loaded(loader, href, kind, *encoding):
    found = loader(href, kind, *encoding)
    if found is None:
        raise FatalIncludeError("cannot load %r as %r" % (href, kind))
    return found


def _document(child, loader, href, depth, parents):
    if href in parents:
        raise FatalIncludeError("recursive include of %s" % href)
    if depth == 0:
        raise LimitedRecursiveIncludeError("maximum xinclude depth reached when including file %s" % href)
    node = copy.copy(_loaded(loader, href, "xml"))
    _include(node, loader, href, None if depth is None else depth - 1, parents | {href})
    node.tail = (node.tail or "") + child.tail if child.tail else node.tail
    return node


def _put_text(elem, at, child, text):
    """Puts text where an element was: behind the one before it, or first in its parent."""
    text += child.tail or ""
    if at:
        elem[at - 1].tail = (elem[at - 1].tail or "") + text
    else:
        elem.text = (elem.text or "") + text
    del elem[at]
