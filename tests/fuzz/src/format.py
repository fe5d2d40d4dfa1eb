text = str(data, "utf-8")
for value in (0, -7, 1 << 70, 1.5, -0.0, 1e300, float("nan"), "text", True, None):
    for use in (lambda: format(value, text), lambda: text % value, lambda: text.format(value, a=value)):
        try:
            use()
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError):
            pass
