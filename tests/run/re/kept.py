# Patterns given as text again and again: the same text with other flags, or as bytes, is another pattern.
# needs: import re; re.compile("(?=a)")
import re

print(re.compile("a+") is re.compile("a+"), re.compile("a+", re.I) is re.compile("a+"), re.compile(b"a+").pattern)
for _ in range(3):
    print(re.findall("a.", "ab Ab a\n"), re.findall("a.", "ab Ab a\n", re.I), re.findall("a.", "ab a\n", re.S), re.findall(b"a.", b"ab Ab"))
made = re.compile("[x-z]")
re.purge()
print(re.compile("[x-z]") is made, made.sub("_", "wxyz"))


class Text(str):
    pass


print(re.match(Text("b(.)"), "bc").groups(), re.match(Text("b(.)"), "bc").re.pattern == "b(.)")
for number in range(600):
    assert re.match("x%d$" % number, "x%d" % number) and not re.match("x%d$" % number, "x%d0" % number)
for wrong in "(", "(":
    try:
        re.compile(wrong)
    except re.error as error:
        print(error)
