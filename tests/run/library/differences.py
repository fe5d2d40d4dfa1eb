# difflib.
import difflib
a = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n'.splitlines(True); b = 'one\n2\nthree\nfour\nfive\nsix\nseven\neight!\nnine\nten\n'.splitlines(True)
print(''.join(difflib.unified_diff(a, b, 'a', 'b', n=1))); print(''.join(difflib.context_diff(a, b, 'a', 'b', '2020', '2021'))); print(''.join(difflib.ndiff(a, b)))
s = difflib.SequenceMatcher(None, 'qabxcd', 'abycdf'); print(s.get_opcodes(), s.ratio(), s.quick_ratio(), s.real_quick_ratio(), s.get_matching_blocks(), s.find_longest_match(0, 6, 0, 6))
print(difflib.get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy']), list(difflib.restore(difflib.ndiff(a, b), 2)) == b, list(difflib.unified_diff(a, a)))
print(difflib.SequenceMatcher(lambda x: x == ' ', ' abcd', 'abcd abcd').find_longest_match(0, 5, 0, 9), ''.join(difflib.ndiff(['private Thread currentThread;\n'], ['private volatile Thread currentThread;\n'])))
