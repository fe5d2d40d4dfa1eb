# itertools: each is a type, is lazy, says what is wrong with its arguments, and is copied where it stands.
import copy, itertools, operator, pickle
from itertools import *

types = [count, cycle, repeat, accumulate, chain, compress, dropwhile, filterfalse, groupby, islice, pairwise, starmap,
         takewhile, zip_longest, product, permutations, combinations, combinations_with_replacement]
print([isinstance(it, type) for it in types].count(True) == len(types), cycle, chain.__module__, count.__name__)
print(type(count()) is count, type(chain([1])) is chain, type(tee([])[0]).__name__, isinstance(cycle("ab"), cycle))
print(repr(cycle("a")).split(" at ")[0], repr(tee([])[0]).split(" at ")[0])
print([iter(it) is it for it in (count(), cycle([]), chain(), islice([], 1), tee([])[0], product(), groupby([]))])


def shown(iterator, most=12):
    return list(islice(iterator, most))


def wrong(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except (TypeError, ValueError, OverflowError) as e:
        return "%s: %s" % (type(e).__name__, e)


print("count and repeat")
print(count(), count(3), count(3, 2), count(2.5), count(1, 1.0), count(-1, -1), count(step=3), count(start=7))
print(shown(count(10, -3), 4), shown(count(1 << 62, 1 << 61), 4), shown(count(0.5, 0.25), 3), shown(count(1j), 2), shown(count(True), 2))
print(repeat("x"), repeat("x", 3), repeat(object=1, times=2), repeat(1, -5), list(repeat(None, 3)), list(repeat(1, 0)))
r = repeat(5, 4)
next(r)
print(operator.length_hint(r), r, operator.length_hint(repeat(1, 1 << 61)), operator.length_hint(repeat(1)))
print(wrong(count, "a"), wrong(count, 1, None), wrong(count, 1, 2, 3), wrong(count, other=1))
print(wrong(repeat), wrong(repeat, 1, 2, 3), wrong(repeat, 1, "a"), wrong(repeat, 1, 2.0))

print("one iterator")
print(shown(cycle("abc"), 7), shown(cycle([])), shown(accumulate([1, 2, 3, 4])), shown(accumulate([3, 1, 2], max)))
print(shown(accumulate([1, 2], initial=10)), shown(accumulate([], initial=1)), shown(accumulate([], initial=None)), shown(accumulate("ab", func=operator.add)))
print(shown(dropwhile(str.islower, "abCdE")), shown(takewhile(str.islower, "abCdE")), shown(filterfalse(None, [0, 1, "", 2])), shown(filterfalse(str.isdigit, "1a2b")))
print(shown(starmap(pow, [(2, 3), [3, 2], iter((5, 2))])), shown(pairwise("abcd")), shown(pairwise("a")), shown(pairwise("")))
for arguments in [(3,), (0,), (None,), (2, 5), (2, None), (None, 4), (0, 9, 3), (1, None, 4), (3, 2), (None, None, None), (5, 5, 2)]:
    print(arguments, "".join(islice("abcdefghij", *arguments)), end="; ")
print()
for arguments in [(), ("a",), ("a", -1), ("a", "b"), ("a", 1, -2), ("a", 1, 2, 0), ("a", 1, 2, -1), ("a", 1, 2, 3, 4), (5, 1)]:
    print(wrong(islice, *arguments))
print(wrong(islice, "a", stop=1))
# It reads as far as it must, and no further.
source = iter(range(10))
print(list(islice(source, 1, 6, 3)), next(source), list(islice(source, 1)), next(source))
stopped = takewhile(lambda x: x < 2, iter([1, 5, 1, 1]))
print(list(stopped), list(stopped))

for function in (cycle, pairwise):
    print(wrong(function), wrong(function, 1), wrong(function, [], []), wrong(function, iterable=[]))
for function in (dropwhile, takewhile, filterfalse, starmap):
    print(wrong(function), wrong(function, None), wrong(function, None, 3), wrong(function, None, [], []), wrong(function, predicate=1))
print(wrong(accumulate), wrong(accumulate, 1), wrong(accumulate, [], None, 3), wrong(accumulate, [], other=3), wrong(accumulate, [], iterable=3))
print(wrong(list, starmap(pow, [3])), wrong(list, accumulate([1, "a"])))

print("several")
print(shown(chain("ab", [1], {})), shown(chain()), shown(chain.from_iterable(["ab", "", [1]])), shown(chain.from_iterable(repeat("ab")), 5))
print(shown(compress("abcdef", [1, 0, 1, 0, 1])), shown(compress(data="ab", selectors=count())), shown(zip_longest("abc", [1], (), fillvalue="-")), shown(zip_longest()), shown(zip_longest("ab")))
print(wrong(list, chain([1], 2)), wrong(chain, a=1), wrong(chain.from_iterable, 3))
print(wrong(compress), wrong(compress, []), wrong(compress, [], [], []), wrong(compress, [], 3), wrong(zip_longest, [], other=1), wrong(zip_longest, 1))

print("groups")
print([(k, list(g)) for k, g in groupby("aabbbca")], [(k, list(g)) for k, g in groupby([1, 3, 2, 5], key=lambda x: x % 2)], list(groupby([])))
groups = groupby("aab")
key, first = next(groups)
print(key, next(first), type(first).__name__)
key, second = next(groups)
print(key, list(first), list(second), wrong(next, groups, "end"))
print(wrong(groupby), wrong(groupby, 3), wrong(groupby, [], None, 3), wrong(groupby, [], by=1))

print("choices")
print(shown(product("ab", [1, 2])), shown(product()), shown(product("ab", [])), shown(product([0, 1], repeat=2)), shown(product("ab", repeat=0)))
print(shown(permutations("abc", 2)), shown(permutations("abc"), 3), shown(permutations("ab", 3)), shown(permutations("ab", 0)), shown(permutations("ab", None)))
print(shown(combinations("abcd", 3)), shown(combinations("ab", 3)), shown(combinations([], 0)), shown(combinations(iterable="abc", r=1)))
print(shown(combinations_with_replacement("abc", 2)), shown(combinations_with_replacement("", 1)), shown(combinations_with_replacement("", 0)))
print(len(list(permutations(range(6)))), len(list(combinations(range(9), 4))), sum(1 for _ in product(range(3), repeat=5)), list(permutations(range(4)))[::7])
print(wrong(product, 1), wrong(product, [], repeat=-1), wrong(product, [], other=1), wrong(permutations, [], "a"), wrong(permutations, [], -1), wrong(permutations))
print(wrong(combinations, []), wrong(combinations, [], -1), wrong(combinations, 1, 1), wrong(combinations, [], None), wrong(combinations_with_replacement, [], -1), wrong(combinations_with_replacement))

print("tee")
a, b, c = tee("abcd", 3)
print(next(a), next(a), next(b), list(a), list(c), list(b))
d, = tee(iter("xyz"), 1)
next(d)
e = copy.copy(d)
print(list(d), list(e), tee([], 0), wrong(tee, [], -1), wrong(tee), wrong(tee, 3), wrong(tee, [], "a"))
f, g = tee(tee("pq")[0])
print(list(f), list(g), type(f)("rs").__next__())


def asks():
    yield next(asking)


asking, _ = tee(asks())
try:
    next(asking)
except (RuntimeError, ValueError) as e:
    print("asked already")

print("derived")


class Steps(count):
    def __init__(self, start, name):
        self.name = name

    def __new__(cls, start, name):
        return super().__new__(cls, start, 10)


s = Steps(3, "steps")
print(next(s), next(s), s.name, isinstance(s, count), iter(s) is s, type(s).__name__, shown(s, 2))


class Pairs(chain):
    pass


p = Pairs("ab", "c")
p.note = 1
print(list(p), type(Pairs.from_iterable(["a"])).__name__, list(Pairs.from_iterable(["ab", "c"])))

print("copies")


def is_digit(text):
    return text.isdigit()


made = {
    "count": count(3, 2), "count of floats": count(1.5), "repeat": repeat("a"), "repeat thrice": repeat("a", 3), "cycle": cycle("abc"),
    "accumulate": accumulate([1, 2, 3, 4]), "initial": accumulate([1, 2], initial=5), "chain": chain("ab", "cd"),
    "compress": compress("abcd", [1, 1, 0, 1]), "dropwhile": dropwhile(is_digit, "12ab3"), "takewhile": takewhile(is_digit, "12ab"),
    "filterfalse": filterfalse(None, [0, 1, 0, 0]), "islice": islice([1, 2, 3, 4, 5, 6], 1, None, 2), "islice to": islice([1, 2, 3], 2),
    "starmap": starmap(pow, [(2, 3), (3, 2)]), "zip_longest": zip_longest("abc", [1]),
    "product": product("ab", [1, 2]), "permutations": permutations("abc", 2), "combinations": combinations("abcd", 2),
    "replacing": combinations_with_replacement("abc", 2), "groupby": groupby([1, 1, 2]),
}
for name, it in made.items():
    fresh = copy.deepcopy(it)
    next(it)
    key = lambda items: [item[0] for item in items] if name == "groupby" else items
    left = [key(shown(x)) for x in (copy.deepcopy(it), pickle.loads(pickle.dumps(it)), it)]
    print(name, key(shown(fresh)), left[0], left[1] == left[0] == left[2])
