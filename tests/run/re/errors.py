# needs: import copy, pickle
# What re.error tells.
import re, copy
for p in ("(", "a**", "(?P<1>x)", "\\", "x{3,1}", "(?<=a*)b", "[", "(?P=b)", "a\n(b", "é("):
    try: re.compile(p)
    except re.error as e: print(repr(p), e, '|', e.msg, e.pos, repr(e.pattern), e.lineno, e.colno)
try: re.compile(b"a(")
except re.error as e: print(e, e.pattern)
print(re.error.__name__, re.error.__module__, str(re.error("m")), re.error("m", "p", 1).args)
print(re.compile(b"\\w", re.L).findall(b"ab"), int(re.L), re.L == re.LOCALE)
