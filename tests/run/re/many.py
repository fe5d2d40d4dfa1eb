# Patterns that nobody wrote: what is tried, what is passed over and what is given back are the same wherever a match begins.
# needs: import re; re.compile("(?=a)(?>a)")
import re

state = 7


def below(count):
    global state
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (state >> 12) % count


ATOMS = "a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d", "é", "[à-ï]", "\\W", "^", "$", "\\b", "x?", "(?:a|b)", "\\s", "[^\\w]", "B", "\n"
TIMES = "*", "+", "?", "{2}", "{1,2}", "{0,3}", "*?", "+?", "??", "{1,3}?", "*+", "?+"


def pattern(depth):
    parts = []
    for _ in range(1 + below(3)):
        kind = below(12)
        if depth and kind < 3:
            part = ("(", "(?:", "(?>", "(?=", "(?!", "(?<!a)(")[below(6)] + pattern(depth - 1) + ")"
            if part.startswith(("(?=", "(?!")):
                parts.append(part)
                continue
        else:
            part = ATOMS[below(len(ATOMS))]
        if part not in ("^", "$", "\\b") and part[-1] != "?" and below(3) == 0:
            part = "(?:" + part + ")" if len(part) > 1 and part[0] != "[" and below(2) else part
            part += TIMES[below(len(TIMES))]
        parts.append(part)
    text = "".join(parts)
    return text + "|" + pattern(depth - 1) if depth and below(4) == 0 else text


SUBJECTS = "", "a", "aab", "abcabcabc", "xaabbb1 c", "éab\nàb a", "ba ab\n", "cccc1aaaab", "AbBa éÉ", "aaaaaaaaaaaaaaaa"
mixed = 0
for number in range(2000):
    text = pattern(2)
    flags = (0, 0, re.I, re.M, re.S, re.A)[below(6)]
    subject = SUBJECTS[below(len(SUBJECTS))]
    try:
        made = re.compile(text, flags)
    except re.error:
        continue
    match = made.search(subject)
    found = [match and match.regs, made.findall(subject), made.sub("<>", subject)]
    whole = made.fullmatch(subject)
    found.append(whole and whole.regs)
    if text.isascii() and subject.isascii():
        raw = re.compile(text.encode(), flags).search(subject.encode())
        found.append(raw and raw.regs)
    for character in repr(found):
        mixed = (mixed * 31 + ord(character)) % 1000003
    if number % 100 == 0:
        print(number, mixed, ascii(text), ascii(subject), found[0])
print(mixed)
