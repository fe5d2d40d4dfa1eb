"""Format specifications of decimals."""

from decimal import ROUND_HALF_EVEN, Decimal, _digits, _make, _shorten


def _bad():
    return ValueError("invalid format string")


_parsed = {}


def _parse(spec):
    """What a specification says, in a dict of the caller's own."""
    known = _parsed.get(spec)
    if known is None:
        if len(_parsed) > 100:
            _parsed.clear()
        known = _parsed[spec] = _taken_apart(spec)
    return known.copy()


def _taken_apart(spec):
    out = {"fill": " ", "align": None, "sign": "-", "z": False, "alternate": False, "width": 0, "comma": False, "precision": None, "type": None}
    at = 0
    if len(spec) > 1 and spec[1] in "<>=^":
        out["fill"], out["align"], at = spec[0], spec[1], 2
    elif spec[:1] and spec[0] in "<>=^":
        out["align"], at = spec[0], 1
    if spec[at : at + 1] and spec[at] in "+- ":
        out["sign"], at = spec[at], at + 1
    if spec[at : at + 1] == "z":
        out["z"], at = True, at + 1
    if spec[at : at + 1] == "#":
        out["alternate"], at = True, at + 1
    if spec[at : at + 1] == "0":
        if out["align"] is not None:
            raise _bad()
        out["fill"], out["align"], at = "0", "=", at + 1
    start = at
    while spec[at : at + 1].isdigit():
        at += 1
    if at > start and spec[start] == "0":
        raise _bad()
    out["width"] = int(spec[start:at] or "0")
    if spec[at : at + 1] == ",":
        out["comma"], at = True, at + 1
    if spec[at : at + 1] == ".":
        start = at = at + 1
        while spec[at : at + 1].isdigit():
            at += 1
        if start == at:
            raise _bad()
        out["precision"] = int(spec[start:at])
    if spec[at : at + 1] and spec[at] in "eEfFgGn%":
        out["type"], at = spec[at], at + 1
    if at != len(spec):
        raise _bad()
    return out


def apply(number, spec, context):
    if not isinstance(spec, str):
        raise TypeError("format arg must be str")
    form = _parse(spec)
    if number._kind:
        sign = _sign(number._sign, form)
        body = number.copy_abs()._text(1, False)
        if form["type"] == "%":
            body += "%"
        if form["fill"] == "0" and form["align"] == "=":
            form["fill"] = " "
        return _align(sign, body, form)
    kind, precision = form["type"] or ("g" if context.capitals == 0 else "G"), form["precision"]
    if kind == "n":
        kind = "g"
    if form["type"] == "%":
        number = _make(number._sign, number._int, number._exp + 2)
    rounding = context.rounding
    if precision is not None:
        if kind in "eE":
            number = _to_digits(number, precision + 1, rounding)
        elif kind in "fF%":
            number = _to_exponent(number, -precision, rounding)
        elif _digits(number._int) > (precision or 1):
            number = _to_digits(number, precision or 1, rounding)
    if not number._int and number._exp > 0 and kind in "fF%":
        number = _make(number._sign, 0, 0)
    if form["z"] and number._sign and not number._int:
        number = _make(0, 0, number._exp)
    digits = str(number._int)
    left = number._exp + len(digits)
    if kind in "eE":
        place = 1 if number._int or precision is None else 1 - precision
        place = 1 if number._int else (1 - precision if precision is not None else 1)
    elif kind in "fF%":
        place = left
    else:
        place = left if number._exp <= 0 and left > -6 else 1
    if place <= 0:
        whole, part = "0", "0" * -place + digits
    elif place > len(digits):
        whole, part = digits + "0" * (place - len(digits)), ""
    else:
        whole, part = digits[:place] or "0", digits[place:]
    exponent = left - place
    tail = ""
    if exponent != 0 or kind in "eE":
        tail = ("E" if kind in "EG" else "e") + "%+d" % exponent
    if form["type"] == "%":
        tail += "%"
    sign = _sign(number._sign, form)
    rest = ("." + part if part or form["alternate"] else "") + tail
    if form["comma"]:
        least = form["width"] - len(sign) - len(rest) if form["fill"] == "0" and form["align"] == "=" else 0
        whole = _grouped(whole, least)
    return _align(sign, whole + rest, form)


def _to_digits(number, count, rounding):
    if not number._int:
        return _make(number._sign, 0, number.adjusted() - count + 1)
    exponent = number.adjusted() - count + 1
    kept, _ = _shorten(number._int, exponent - number._exp, rounding, number._sign)
    if _digits(kept) > count:
        kept, exponent = kept // 10, exponent + 1
    return _make(number._sign, kept, exponent)


def _to_exponent(number, exponent, rounding):
    kept, _ = _shorten(number._int, exponent - number._exp, rounding, number._sign)
    return _make(number._sign, kept, exponent)


def _sign(negative, form):
    return "-" if negative else form["sign"] if form["sign"] in "+ " else ""


def _grouped(digits, least):
    while True:
        groups, rest = [], digits
        while len(rest) > 3:
            groups.append(rest[-3:])
            rest = rest[:-3]
        text = ",".join([rest] + groups[::-1])
        if len(text) >= least:
            return text
        digits = "0" + digits


def _align(sign, body, form):
    padding = form["fill"] * (form["width"] - len(sign) - len(body))
    align = form["align"] or ">"
    if align == "<":
        return sign + body + padding
    if align == "=":
        return sign + padding + body
    if align == "^":
        half = len(padding) // 2
        return padding[:half] + sign + body + padding[half:]
    return padding + sign + body
