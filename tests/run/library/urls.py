# urllib.parse and html: addresses and text in them.
from urllib.parse import *
import html
from html.parser import HTMLParser
u = urlparse('http://user:pw@Example.com:8080/a/b;p?q=1&r=%20x#frag')
print(u); print(u.hostname, u.port, u.username, u.password, u.geturl())
print(urlsplit('//h/p?q'), urlsplit('mailto:a@b'), urlsplit('/x:y'), urlsplit(b'http://a/b').netloc, urlsplit('http://[::1]:80/').hostname)
for bad in ('http://a:99999/', 'http://a:b/'):
    try: urlsplit(bad).port
    except ValueError as e: print(e)
base = 'http://a/b/c/d;p?q'
print([urljoin(base, x) for x in ('g:h', 'g', './g', 'g/', '/g', '//g', '?y', 'g?y', '#s', ';x', '', '.', '..', '../g', '../../g', '../../../g', 'g;x=1/../y')])
print(quote('a b/é&'), quote('a b', ''), quote_plus('a b&c'), quote(b'\xff'), unquote('a%20b%C3%A9%zz'), unquote_plus('a+b'), unquote_to_bytes('%ff'), unquote('%ff'))
print(urlencode({'a': 1, 'b': 'x y', 'c': ['p', 'q']}), urlencode([('a', [1, 2])], doseq=True), parse_qs('a=1&a=2&b=&c'), parse_qsl('a=1&b=&c=%20', True), urldefrag('http://a/#b'))
print(urlunsplit(('http', 'h', 'p', 'q', '')), urlunparse(('', '', 'a', 'b', 'c', 'd')), urlparse('scheme:path?q').query, parse_qs(b'a=1'))
print(html.escape('<a href="x">\'&</a>'), html.unescape('&lt;&amp;&#233;&#xe9;&eacute;&notit;&copy&#128;&bad; &hellip;&#0;'))
class P(HTMLParser):
    def handle_starttag(self, tag, attrs): print('start', tag, attrs)
    def handle_endtag(self, tag): print('end', tag)
    def handle_data(self, data): print('data', repr(data))
    def handle_comment(self, data): print('comment', repr(data))
    def handle_decl(self, decl): print('decl', decl)
    def handle_pi(self, data): print('pi', data)
p = P()
p.feed('<!DOCTYPE html><!-- hi --><p class="a &amp; b" id=x disabled>Text &lt; <br/>more</P><script>if (a < b) "<p>";</script><?php x?>')
p.feed('<a hre'); p.feed('f="z">end</a>'); p.close()
