"""What a name that was begun at a prompt may be."""

import builtins
import inspect
import keyword
import re

__all__ = ["Completer"]


class Completer:
    def __init__(self, namespace=None):
        if namespace and not isinstance(namespace, dict):
            raise TypeError("namespace must be a dictionary")
        self.use_main_ns = namespace is None
        if namespace is not None:
            self.namespace = namespace

    def complete(self, text, state):
        """The possibility of this number, from 0; `None` if there are no more."""
        if self.use_main_ns:
            import __main__

            self.namespace = __main__.__dict__
        if not text.strip():
            return "\t" if state == 0 else None
        if state == 0:
            self.matches = self.attr_matches(text) if "." in text else self.global_matches(text)
        return self.matches[state] if state < len(self.matches) else None

    def _callable_postfix(self, val, word):
        if not callable(val):
            return word
        word += "("
        try:
            if not inspect.signature(val).parameters:
                word += ")"
        except (ValueError, TypeError):
            pass
        return word

    def global_matches(self, text):
        matches, seen = [], {"__builtins__"}
        for word in keyword.kwlist + keyword.softkwlist:
            if word.startswith(text):
                seen.add(word)
                if word in ("finally", "try"):
                    word += ":"
                elif word not in ("False", "None", "True", "break", "continue", "pass", "else", "_"):
                    word += " "
                matches.append(word)
        for space in (self.namespace, builtins.__dict__):
            for word, val in space.items():
                if word.startswith(text) and word not in seen:
                    seen.add(word)
                    matches.append(self._callable_postfix(val, word))
        return matches

    def attr_matches(self, text):
        found = re.match(r"(\w+(\.\w+)*)\.(\w*)", text)
        if not found:
            return []
        expression, start = found.group(1, 3)
        try:
            thing = eval(expression, self.namespace)
        except Exception:
            return []
        words = set(dir(thing)) - {"__builtins__"}
        if hasattr(thing, "__class__"):
            words.add("__class__")
            words.update(get_class_members(thing.__class__))
        matches = []
        # Names with underscores only when there are no others, or when they were begun.
        hidden = {"": ("_",), "_": ("__",)}.get(start, ())
        for skipped in (hidden, ()):
            for word in sorted(words):
                if word.startswith(start) and not (skipped and word.startswith(skipped)):
                    full = "%s.%s" % (expression, word)
                    if isinstance(getattr(type(thing), word, None), property):
                        matches.append(full)
                        continue
                    value = getattr(thing, word, None)
                    matches.append(full if value is None else self._callable_postfix(value, full))
            if matches:
                break
        return matches


def get_class_members(klass):
    names = dir(klass)
    for base in getattr(klass, "__bases__", ()):
        names += get_class_members(base)
    return names
