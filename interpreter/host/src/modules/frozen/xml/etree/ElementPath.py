"""Paths to elements: a part of XPath."""

import re

_TOKEN = re.compile(r"('[^']*'|\"[^\"]*\")|(::|//?|\.\.|\(\)|!=|[/.*:\[\]\(\)@=])|((?:\{[^}]+\})?[^/\[\]\(\)@!=\s]+)|\s+")
_cache = {}


def _tokens(path, namespaces):
    default = namespaces.get("") if namespaces else None
    attribute = False
    for match in _TOKEN.finditer(path):
        text, sign, name = match.groups()
        if name and name[0] != "{":
            if ":" in name:
                prefix, _, local = name.partition(":")
                if not namespaces or prefix not in namespaces:
                    raise SyntaxError("prefix %r not found in prefix map" % prefix)
                yield "", "{%s}%s" % (namespaces[prefix], local)
            elif default and not attribute:
                yield "", "{%s}%s" % (default, name)
            else:
                yield "", name
            attribute = False
        elif text is not None:
            yield "'", text[1:-1]
            attribute = False
        elif name:
            yield "", name
            attribute = False
        elif sign:
            yield sign, ""
            attribute = sign == "@"


def _fits(tag, wanted):
    if not isinstance(tag, str):
        return False
    if wanted == "{*}*":
        return True
    if wanted == "{}*":
        return tag[0] != "{"
    if wanted[:3] == "{*}":
        return tag == wanted[3:] or tag[0] == "{" and tag.endswith(wanted[2:])
    return wanted[-2:] == "}*" and tag.startswith(wanted[:-1])


def _matcher(wanted):
    if wanted == "*":
        return lambda tag: True
    if wanted[:3] == "{*}" or wanted[-2:] == "}*":
        return lambda tag: _fits(tag, wanted)
    return lambda tag: tag == wanted


def _child(wanted):
    fits = _matcher(wanted)

    def step(context, found):
        for element in found:
            for child in element:
                if fits(child.tag):
                    yield child

    return step


def _descendant(wanted):
    fits = _matcher(wanted)

    def step(context, found):
        for element in found:
            for inner in element.iter():
                if inner is not element and fits(inner.tag):
                    yield inner

    return step


def _itself(context, found):
    yield from found


def _parent(context, found):
    parents, seen = context.parents(), set()
    for element in found:
        above = parents.get(element)
        if above is not None and id(above) not in seen:
            seen.add(id(above))
            yield above


def _text(element):
    return "".join(element.itertext())


def _predicate(tokens):
    """What stands between brackets, as a step."""
    signs, values = [], []
    for sign, value in tokens:
        if sign == "]":
            break
        if (sign, value) == ("", ""):
            continue
        if sign == "'":
            signs.append("'")
            values.append(value)
        else:
            signs.append(sign or "-")
            values.append(value)
    else:
        raise SyntaxError("invalid path")
    shape = "".join(signs)
    if shape == "@-":
        return lambda context, found: (e for e in found if e.get(values[1]) is not None)
    if shape in ("@-='", "@-!='"):
        key, value = values[1], values[-1]
        if "!" in shape:
            return lambda context, found: (e for e in found if e.get(key) not in (None, value))
        return lambda context, found: (e for e in found if e.get(key) == value)
    if shape == "-" and not re.match(r"-?\d+$", values[0]):
        return lambda context, found: (e for e in found if e.find(values[0]) is not None)
    if shape in (".='", ".!='"):
        value = values[-1]
        if "!" in shape:
            return lambda context, found: (e for e in found if _text(e) != value)
        return lambda context, found: (e for e in found if _text(e) == value)
    if shape in ("-='", "-!='") and not re.match(r"-?\d+$", values[0]):
        tag, value = values[0], values[-1]
        if "!" in shape:
            return lambda context, found: (e for e in found if any([_text(child) != value for child in e.iterfind(tag)]))
        return lambda context, found: (e for e in found if any([_text(child) == value for child in e.iterfind(tag)]))
    if shape in ("-", "-()", "-()-"):
        return _position(shape, values)
    raise SyntaxError("invalid predicate")


def _position(shape, values):
    if shape == "-":
        index = int(values[0]) - 1
        if index < 0:
            raise SyntaxError("XPath position >= 1 expected")
    else:
        if values[0] != "last":
            raise SyntaxError("unsupported function")
        index = -1
        if shape == "-()-":
            try:
                index = int(values[2]) - 1
            except ValueError:
                raise SyntaxError("unsupported expression") from None
            if index > -2:
                raise SyntaxError("XPath offset from last() must be negative")

    def step(context, found):
        parents = context.parents()
        for element in found:
            if element in parents:
                same = list(parents[element].findall(element.tag))
                if -len(same) <= index < len(same) and same[index] is element:
                    yield element

    return step


class _Context:
    def __init__(self, root):
        self.root, self._parents = root, None

    def parents(self):
        if self._parents is None:
            self._parents = {child: element for element in self.root.iter() for child in element}
        return self._parents


def _steps(path, namespaces):
    key = path, tuple(sorted(namespaces.items(), key=lambda pair: pair[0] or "")) if namespaces else None
    if key in _cache:
        return _cache[key]
    if path[-1:] == "/":
        path += "*"
    if path[:1] == "/":
        raise SyntaxError("cannot use absolute path on element")
    tokens, steps = iter(list(_tokens(path, namespaces))), []
    token = next(tokens, None)
    if token is None:
        return ()
    while True:
        sign, value = token
        if sign == "" or sign == "*":
            steps.append(_child(value or "*"))
        elif sign == ".":
            steps.append(_itself)
        elif sign == "..":
            steps.append(_parent)
        elif sign == "[":
            steps.append(_predicate(tokens))
        elif sign == "//":
            sign, value = next(tokens, ("?", ""))
            if sign not in ("", "*"):
                raise SyntaxError("invalid descendant")
            steps.append(_descendant(value or "*"))
        else:
            raise SyntaxError("invalid path")
        token = next(tokens, None)
        if token is None:
            break
        if token[0] == "/":
            token = next(tokens, None)
            if token is None:
                raise SyntaxError("invalid path")
    if len(_cache) > 100:
        _cache.clear()
    _cache[key] = steps
    return steps


def iterfind(elem, path, namespaces=None):
    found, context = [elem], _Context(elem)
    for step in _steps(path, namespaces):
        found = step(context, found)
    return iter(found)


def find(elem, path, namespaces=None):
    return next(iterfind(elem, path, namespaces), None)


def findall(elem, path, namespaces=None):
    return list(iterfind(elem, path, namespaces))


def findtext(elem, path, default=None, namespaces=None):
    found = find(elem, path, namespaces)
    return default if found is None else found.text or ""
