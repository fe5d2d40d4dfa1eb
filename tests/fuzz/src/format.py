VALUES = 0, -7, 1 << 70, 1.5, -0.0, 1e300, float("nan"), "text", True, None, 2 - 3j, ["a", 1], {"a": 1}


# The first byte says which value, the others how it is shown.
def check(data):
    value = VALUES[data[0] % len(VALUES)] if data else None
    try:
        text = str(data[1:], "utf-8")
    except UnicodeError:
        return
    for use in (lambda: format(value, text), lambda: text % value, lambda: text.format(value, a=value)):
        try:
            use()
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError):
            pass
