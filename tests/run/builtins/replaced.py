# A builtin that a program replaces, again and again, is at once the new one everywhere.
import builtins

old = len


def count(items):
    return len(items)


def more(by):
    def longer(items):
        return old(items) + by

    return longer


print(count("a"), count("ab"))
for by in (10, 20, 30):
    builtins.len = more(by)
    print(count("a"), count("ab"))
builtins.len = old
junk = [str(number) * 3 for number in range(200)]
print(count("a"), count("ab"), count(junk))
