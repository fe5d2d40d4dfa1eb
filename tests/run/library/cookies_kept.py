# http.cookiejar: dates, headers, policies, files.
import http.cookiejar as c, urllib.request, email.message, io, os, tempfile, time
for text in ('Wed, 09 Feb 1994 22:23:32 GMT', 'Wednesday, 09-Feb-94 22:23:32 GMT', '09 Feb 1994', '3/2/1994 12:00', '03-Feb-1994 00:00 +0100', '01-01-1980 41:00', 'x', '', 'Thu, 03 Feb 1994 00:00:00 PST', 'Feb 3 1994'):
    print(c.http2time(text), end=' ')
print()
for text in ('1994-02-03 14:15:29 -0100', '1994-02-03T14:15:29Z', '19940203T141529', '1994-02-03', '1994-13-03', 'x'): print(c.iso2time(text), end=' ')
print(c.time2isoz(0), c.time2netscape(0))
for header in ('foo="bar"; port="80,81"; discard, bar=baz', 'a="b\\"c"; d', 'x = y ;; z', '"quoted"'):
    words = c.split_header_words([header]); print(words, c.join_header_words(words))
print(c.parse_ns_headers(['foo=bar; expires=Wed, 09 Feb 1994 22:23:32 GMT; Path=/; Secure; other', 'v=1; version="1"', '', ';x=y', 'alone']))
for a, b in (('x.foo.com', '.foo.com'), ('foo.com', '.foo.com'), ('1.2.3.4', '.3.4'), ('a.b.c', 'c')): print(c.domain_match(a, b), c.user_domain_match(a, b), c.reach(a), c.is_HDN(a))
print(c.escape_path('/a b%2f%ab/\xe9'))
class Answer:
    def __init__(self, *headers):
        self.message = email.message.Message()
        for name, value in headers: self.message[name] = value
    def info(self): return self.message
def visit(jar, url, *headers, **words):
    request = urllib.request.Request(url, **words)
    jar.add_cookie_header(request); sent = request.get_header('Cookie')
    jar.extract_cookies(Answer(*headers), request)
    return sent
jar = c.CookieJar()
NS, NEW = 'Set-Cookie', 'Set-Cookie2'
visit(jar, 'http://www.acme.com/foo/bar', (NS, 'one=1; path=/'), (NS, 'two=2; path=/foo; secure'), (NS, 'three=3; domain=.acme.com; max-age=1000'), (NS, 'bad=1; domain=other.com'), (NS, 'gone=1; max-age=0'), (NS, 'nover'))
for url in ('http://www.acme.com/', 'https://www.acme.com/foo/x', 'http://sub.www.acme.com/foo', 'http://acme.com/foo', 'http://other.com/'): print(url, visit(jar, url))
print(sorted(map(str, jar)), len(jar), [k.name for k in jar if k.discard][0])
visit(jar, 'http://www.acme.com/', (NS, 'one=; max-age=0; path=/')); print(len(jar)); jar.clear_session_cookies(); print([k.name for k in jar])
for wrong in (lambda: jar.clear(name='x'), lambda: jar.clear(path='x'), lambda: jar.clear('none'), lambda: c.Cookie(0, 'a', 'b', None, True, 'd', 0, 0, '/', 0, 0, None, 0, None, None, {}), lambda: c.LWPCookieJar().save()):
    try: wrong()
    except (ValueError, KeyError) as e: print(type(e).__name__, e)
new = c.CookieJar(c.DefaultCookiePolicy(rfc2965=True))
visit(new, 'http://www.acme.com/acme/', (NEW, 'Customer="W E"; Version="1"; Path="/acme"; Port="80,8080"; Comment=x; Max-Age=99'), (NEW, 'p=1; version=1; discard; port'), (NS, 'old=1; version=1'))
request = urllib.request.Request('http://www.acme.com/acme/x'); new.add_cookie_header(request); print(request.get_header('Cookie'), request.get_header('Cookie2'))
for policy, url, header in (({'strict_domain': True}, 'http://a.co.uk/', 'a=1; domain=.co.uk'), ({'blocked_domains': ['.acme.com']}, 'http://www.acme.com/', 'a=1'), ({'allowed_domains': ['acme.com']}, 'http://www.acme.com/', 'a=1'),
                            ({'strict_ns_set_initial_dollar': True}, 'http://a.com/', '$a=1'), ({'strict_ns_set_path': True}, 'http://a.com/x', 'a=1; path=/y'), ({'netscape': False}, 'http://a.com/', 'a=1'), ({}, 'http://localhost/', 'a=1; domain=localhost')):
    j = c.CookieJar(c.DefaultCookiePolicy(**policy)); visit(j, url, (NS, header)); print(policy, len(j))
folder = tempfile.mkdtemp(); path = os.path.join(folder, 'jar')
for kind in (c.LWPCookieJar, c.MozillaCookieJar):
    jar = kind(path)
    visit(jar, 'http://www.acme.com/a/', (NS, 'keep="a;b"; domain=.acme.com; expires=Wed, 09 Feb 2994 22:23:32 GMT; path=/a'), (NS, 'session=1; HTTPOnly'), (NS, 'noval; max-age=100000000'))
    jar.save(ignore_discard=True); again = kind(path); again.load(ignore_discard=True); print(len(again), sorted((k.name, k.value, k.domain, k.path, k.secure) for k in again), oct(os.stat(path).st_mode & 0o777))
    with open(path) as file: print(file.readline().strip(), len(file.readlines()))
    jar.save(); again.clear(); again.revert(); print(len(again))
    with open(path, 'w') as file: file.write('nothing\n')
    try: again.revert()
    except c.LoadError as e: print(str(e).replace(folder, ''), len(again))
os.unlink(path); os.rmdir(folder)
k = c.Cookie(1, 'n', 'v', '80', True, '.A.com', True, True, '/', True, True, 5, False, 'c', 'u', {'x': '1'}); print(k, repr(k), k.is_expired(6), k.get_nonstandard_attr('x'), c.lwp_cookie_str(k))
