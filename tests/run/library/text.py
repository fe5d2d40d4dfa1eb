# Encodings, base64, hmac, bisect, textwrap, fnmatch, and what continues weakref, sys and random.
import weakref, gc, sys, random, codecs, string, bisect, base64, hmac, hashlib, textwrap, fnmatch
print('é€'.encode('cp1252'), b'\x80'.decode('cp1252'), 'aé'.encode('utf-16-le'), 'a'.encode('utf-16'), b'\xff\xfea\0'.decode('utf-16'), '\U0001f600'.encode('utf-16-be'), 'é'.encode('ascii', 'xmlcharrefreplace'), 'é'.encode('ascii', 'backslashreplace'), b'\xffa'.decode('utf-8', 'backslashreplace'), 'x'.encode('utf-32-be'))
try: 'a'.encode('nope')
except LookupError as e: print(e)
try: '☃'.encode('cp1252')
except UnicodeEncodeError as e: print(e)
print(codecs.encode('é', 'latin-1'), codecs.lookup('utf8').name)
class A: pass
a = A(); d = weakref.WeakValueDictionary(); d['k'] = a; print(d['k'] is a, len(d), list(d))
k = weakref.WeakKeyDictionary(); k[a] = 5; print(k[a], a in k, len(k))
s = weakref.WeakSet([a]); print(a in s, len(s))
print(sys.getrecursionlimit(), sys.intern('a'), sys.float_info.max, sys.getdefaultencoding(), sys._getframe().f_lineno)
def who(): return sys._getframe(1).f_code.co_name
def caller(): return who()
print(caller())
print(bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2, 3], 2), bisect.bisect([{'a': 1}, {'a': 5}], 3, key=lambda x: x['a']))
l = [1, 3]; bisect.insort(l, 2); print(l)
print(base64.b64encode(b'hello?>'), base64.urlsafe_b64encode(b'\xff\xfe'), base64.b64decode('aGVsbG8='), base64.b32encode(b'hi'), base64.b32decode(b'NBUQ===='), base64.b16encode(b'\x01\xff'), base64.b85encode(b'hello world'), base64.b85decode(base64.b85encode(b'abc')), base64.a85encode(b'hello\0\0\0\0'), base64.encodebytes(b'x' * 60))
try: base64.b64decode('abc')
except Exception as e: print(type(e).__name__, e)
print(hmac.new(b'key', b'msg', hashlib.sha256).hexdigest(), hmac.compare_digest('a', 'a'), hmac.new(b'k' * 100, b'm', 'sha256').hexdigest(), hmac.digest(b'k', b'm', 'sha1').hex())
print(textwrap.wrap('The quick brown fox jumped over the lazy dog. A well-known long-hyphenated-word.', 20))
print(textwrap.fill('aaaa bbbb cccc', 9, initial_indent='* ', subsequent_indent='  '), textwrap.shorten('Hello  world and all!', 12), repr(textwrap.dedent('\n   a\n     b\n   \n   c\n')), repr(textwrap.indent('a\n\nb\n', '> ')))
print(textwrap.wrap('abcdefghijklmnop qr', 5), textwrap.wrap('a  b   c', 3), textwrap.wrap('', 5))
print(fnmatch.fnmatch('foo.py', '*.py'), fnmatch.fnmatch('a.b', '?.[a-c]'), fnmatch.filter(['a1', 'b2', 'ax'], 'a[!x]'), fnmatch.fnmatch('a\nb', 'a*b'), fnmatch.translate('*.py') == r'(?s:.*\.py)\Z')
random.seed(3); x = list(range(10)); random.shuffle(x); print(sorted(x) == list(range(10)), len(random.sample(range(100), 5)), len(random.choices('abc', k=4)), random.choices('ab', [0, 1], k=3))
print(hasattr(sys, '__file__'), hasattr(sys, 'nothing_of_that_name'))

# A look behind that is wider than what was read so far costs nothing.
import re

print(re.search(r"(?<=((.{32}){32}){32})", "x" * 40000).span(), re.match(r"(a)(b)?", "ac").regs)
