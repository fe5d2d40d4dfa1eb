"""Colours in one system as those of another; all numbers are from 0 to 1."""

__all__ = ["hls_to_rgb", "hsv_to_rgb", "rgb_to_hls", "rgb_to_hsv", "rgb_to_yiq", "yiq_to_rgb"]


def rgb_to_yiq(r, g, b):
    y = 0.30 * r + 0.59 * g + 0.11 * b
    return y, 0.74 * (r - y) - 0.27 * (b - y), 0.48 * (r - y) + 0.41 * (b - y)


def yiq_to_rgb(y, i, q):
    r = y + 0.9468822170900693 * i + 0.6235565819861433 * q
    g = y - 0.27478764629897834 * i - 0.6356910791873801 * q
    b = y - 1.1085450346420322 * i + 1.7090069284064666 * q
    return tuple([min(max(part, 0.0), 1.0) for part in (r, g, b)])


def _hue(r, g, b, top, span):
    rc, gc, bc = (top - r) / span, (top - g) / span, (top - b) / span
    if r == top:
        hue = bc - gc
    elif g == top:
        hue = 2.0 + rc - bc
    else:
        hue = 4.0 + gc - rc
    return hue / 6.0 % 1.0


def rgb_to_hls(r, g, b):
    top, bottom = max(r, g, b), min(r, g, b)
    light = (bottom + top) / 2.0
    if bottom == top:
        return 0.0, light, 0.0
    span = top - bottom
    saturation = span / (top + bottom) if light <= 0.5 else span / (2.0 - top - bottom)
    return _hue(r, g, b, top, span), light, saturation


def hls_to_rgb(h, l, s):
    if s == 0.0:
        return l, l, l
    high = l * (1.0 + s) if l <= 0.5 else l + s - l * s
    low = 2.0 * l - high

    def part(hue):
        hue %= 1.0
        if hue < 1 / 6:
            return low + (high - low) * hue * 6.0
        if hue < 0.5:
            return high
        return low + (high - low) * (2 / 3 - hue) * 6.0 if hue < 2 / 3 else low

    return part(h + 1 / 3), part(h), part(h - 1 / 3)


def rgb_to_hsv(r, g, b):
    top, bottom = max(r, g, b), min(r, g, b)
    if bottom == top:
        return 0.0, 0.0, top
    return _hue(r, g, b, top, top - bottom), (top - bottom) / top, top


def hsv_to_rgb(h, s, v):
    if s == 0.0:
        return v, v, v
    sector = int(h * 6.0)
    rest = h * 6.0 - sector
    p, q, t = v * (1.0 - s), v * (1.0 - s * rest), v * (1.0 - s * (1.0 - rest))
    return ((v, t, p), (q, v, p), (p, v, t), (p, q, v), (t, p, v), (v, p, q))[sector % 6]
