# Older functions that take addresses apart, hosts in brackets, ranges whose ends are floats.
# needs: import urllib.parse, warnings, random
import random
import urllib.parse
import warnings

warnings.simplefilter("ignore")
for name, values in {
    "splittype": ["type:rest", ":rest", "rest"],
    "splithost": ["//a:80/p?q", "//127.0.0.1#@h", "///file", "/p"],
    "splituser": ["u:p@h", "@h", "h", "u@e:p@h"],
    "splitpasswd": ["u:a:b", "u", ":p"],
    "splitport": ["p:88", "p:", "p:cheese", "[::1]:88", "[::1]"],
    "splitnport": ["p:88", "p:", "p", "p:cheese"],
    "splitquery": ["a?b?c", "a"],
    "splittag": ["a#b#c", "a"],
    "splitattr": ["/p;a=1;b=2", "/p;", "/p"],
    "splitvalue": ["a=b=c", "a=", "a"],
    "to_bytes": ["http://a"],
}.items():
    print(name, [getattr(urllib.parse, name)(value) for value in values])
print(urllib.parse.splitnport("p", 55))
for netloc in ("[192.0.2.1]", "[v123r.IP]", "[v12ae]", "[v.IP]", "[v1.a]", "[::1]", "[important.com:8000]"):
    try:
        print(urllib.parse.urlsplit("s://user@%s/path" % netloc).hostname)
    except ValueError:
        print("ValueError")

print(0 <= random.randrange(10.0) < 10, random.randrange(3.0, 4), random.randint(2, 2))
for wrong in (lambda: random.randrange(1.5), lambda: random.randrange(1, 2.5), lambda: random.choices([1], [float("inf")])):
    try:
        wrong()
    except ValueError as error:
        print(error)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    urllib.parse.splituser("a")
    random.randrange(5.0)
print([str(warning.message) for warning in seen])
