import re


def check(data):
    pattern, _, subject = data.partition(b"\0")
    for kind in (bytes, lambda text: str(text, "utf-8")):
        try:
            compiled = re.compile(kind(pattern))
            for search in (compiled.match, compiled.search):
                found = search(kind(subject))
                if found:
                    found.group(0), found.groups(), found.span(), found.start(), found.end()
            compiled.sub(kind(b"<\\g<0>>"), kind(subject))
            compiled.split(kind(subject))
        except (ValueError, TypeError, OverflowError, RuntimeError, MemoryError):
            pass
