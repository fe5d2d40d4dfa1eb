# needs: import re._parser
import warnings; warnings.simplefilter("ignore")
import re._parser as p, re._constants as c
for e in ("abc", "a|b|c", "(a)(?P<n>b)\\2(?P=n)", "[^a-z\\d_]+?", "x{2,5}y{3}z{,4}w{2,}", "(?:ab)*+", "(?>a+)b", "(?=a)(?!b)(?<=c)(?<!d)", "^a$\\b\\B\\A\\Z", ".|\\n", "(a)?(?(1)b|c)", "ab|ac|ad", "\\x41\\u0042\\101\\0", "[]a]", "[a\\]-]", "(?s-i:.)", "a{b}", "foo|bar|[xy]z", "(?#c)d"):
    t = p.parse(e); print(e, t, t.getwidth(), t.state.groups, t.state.groupdict)
try: p.parse("(")
except c.error as x: print(x)
