# not CPython: template strings came with CPython 3.14.
# t-strings: a Template of the strings and the values between them.
from string.templatelib import Interpolation, Template

x, width = 3, 5
t = t"a{x + 1!r:>{width}}b{x=}{x = !s}{x=:>4}"
print(t.strings, t.values)
for each in t.interpolations:
    print(each.value, each.expression, each.conversion, each.format_spec)
print(list(t"{x}{x}, {'}'}!"), list(t""), list(t"" t"c{1}"))
print(t'{ x   }'.interpolations[0].expression, rt"\n{x}".strings, type(t).__name__)
print(t"a{x}" + t"b", t"{{{x}}}".strings)
print(Template("a", "b", Interpolation(1, "one"), "c").strings)
match t"{x}":
    case Template(interpolations=[Interpolation(value, expression)]):
        print(value, expression)


def render(template):
    text = ""
    for part in template:
        text += part if isinstance(part, str) else "<%s>" % format(part.value, part.format_spec)
    return text


print(render(t"total {10:>4} of {t'{x}'.values[0]}"))
for wrong in ('t"{}"', 't"{x"', 't"}"', 't"{x!z}"', 't"a" "b"', 't"a" f"b"', 'tb"a"', 'ft"a"'):
    try:
        eval(wrong)
    except SyntaxError:
        print("SyntaxError")
from string.templatelib import convert

for wrong in (
    lambda: Interpolation(1, 2),
    lambda: Interpolation(1, "x", None, 3),
    lambda: Interpolation(1, "x", "q"),
    lambda: convert(1, "q"),
):
    try:
        wrong()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    t"a" + 1
except TypeError as e:
    print(type(e).__name__)
print(convert("é", "a"), convert(1, "r"), convert(x, None))
print(t"{t'{x}'}".values[0].values, t"{x:{width}.{width}}".interpolations[0].format_spec, tr"\d{x}".strings)
