"""What the parts of `xml.dom` have in common: lists of nodes, and properties by the W3C's names."""

import xml.dom
from xml.dom.minidom import NodeList

__all__ = ["NodeList", "EmptyNodeList", "StringTypes", "defproperty"]

StringTypes = (str,)


class EmptyNodeList(tuple):
    """No nodes: what a node that has no children shows as them."""

    __slots__ = ()

    def item(self, index):
        return None

    def __add__(self, other):
        return NodeList(other)

    __radd__ = __add__

    @property
    def length(self):
        return 0


def defproperty(klass, name, doc):
    """A property of `klass` that its method `_get_NAME` reads and that nobody sets."""

    def refuse(self, value):
        raise xml.dom.NoModificationAllowedErr("attempt to modify read-only attribute %r" % name)

    setattr(klass, name, property(getattr(klass, "_get_" + name), refuse, doc=doc))
