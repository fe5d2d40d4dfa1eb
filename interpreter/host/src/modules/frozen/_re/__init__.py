"""What continues the builtin module `re`: a scanner over several patterns."""

import re
from enum import IntFlag


class RegexFlag(IntFlag):
    NOFLAG = 0
    ASCII = A = re.A
    IGNORECASE = I = re.I
    UNICODE = U = re.U
    MULTILINE = M = re.M
    DOTALL = S = re.S
    VERBOSE = X = re.X


class Scanner:
    """Cuts text into tokens: what each pattern of a list matches goes through the action beside it."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._rules = [(re.compile(phrase, flags), action) for phrase, action in lexicon]

    def scan(self, string):
        result, at = [], 0
        while at < len(string):
            for pattern, action in self._rules:
                match = pattern.match(string, at)
                if match and match.end() > at:
                    break
            else:
                break
            at = match.end()
            if callable(action):
                self.match = match
                action = action(self, match.group())
            if action is not None:
                result.append(action)
        return result, string[at:]
