# needs: import ctypes
import email, email.policy
from email.header import Header, decode_header, make_header
from email.message import EmailMessage, Message
from email.mime.text import MIMEText
from email.utils import getaddresses, parseaddr
from email import quoprimime
from email.charset import Charset

# Bytes of no encoding that anybody told of stay what they were, and are shown as such.
source = "Subject: déjà vu\nTo: a@b.c\nContent-Type: text/plain; charset=latin-1\nContent-Transfer-Encoding: 8bit\n\n".encode() + b"l\xe0\n"
m = email.message_from_bytes(source)
print(ascii(str(m["subject"])), m["subject"].encode(), m.get_payload(), m.as_bytes() == source, [ascii(str(v)) for v in m.values()])
print(m.as_string())
m = email.message_from_bytes(source, policy=email.policy.default)
print(ascii(m["subject"]), m["subject"].defects, m["to"].addresses)

# Long headers, at the best places.
for value in ("one; two, three four five", "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbb; cccccccccccccc ddddddddd", "x" * 40, "a  b;  c;  d" * 4):
    print(Header(value, header_name="X-Long", maxlinelen=30).encode())
print(Header("Grüße an alle, die es lesen können und wollen", "utf-8", header_name="Subject", maxlinelen=40).encode())
print(Header("Grüße", "iso-8859-1").encode(), Header("日本", "utf-8").encode(), Header("日本", "shift_jis").encode())
h = Header("plain", "us-ascii"); h.append("späß", "iso-8859-1"); h.append("more")
print(h.encode(), str(h), decode_header(h.encode()))
m = Message(); m["X"] = Header("good\nbad: header")
try: m.as_string()
except email.errors.HeaderParseError as e: print(e)
for text in ("Hello Wörld! Hello Wörld! Hello Wörld! Hello Wörld! Hello Wörld! and more words", "x" * 90, "a " * 60):
    m = EmailMessage(); m["Subject"] = text
    print(m.as_string(), m["subject"] == text)

# Addresses as people write them.
for text in ("John X. Doe <j@d.e>", "a@b@c", " merwok  wok  @x.y", "x . y @ z", "foo: a@b, c@d;", '"q" <@r:a@b>', "n (c (d)) <e@f>", "", "[]*-- =~$"):
    print(getaddresses([text]), parseaddr(text))

# What is not quite right.
m = email.message_from_string('Content-Type: multipart/mixed; boundary="AAA"\n\n--AAA\nContent-Type: multipart/mixed; boundary="AAA"\n\n--AAA\n\nx\n--AAA--\n\n')
print([type(d).__name__ for d in m.get_payload(0).defects], repr(m.epilogue), repr(m.preamble))
for payload in ("YWJj", "YWJ", "YW*Jj", "YWJjZ"):
    m = Message(); m["content-transfer-encoding"] = "base64"; m.set_payload(payload)
    print(m.get_payload(decode=True), [type(d).__name__ for d in m.defects])
m = email.message_from_string("MIME-Version: 1.0 (by hand)\nContent-Type: (c) TEXT / (d) plain; (e) a=b\nContent-Transfer-Encoding: 7bit or so\n\n", policy=email.policy.default)
print(m["mime-version"].version, m["content-type"].content_type, dict(m["content-type"].params), m["content-transfer-encoding"].cte)
m = email.message_from_string('Content-Type: text/plain; charset=us-ascii; boundary="x"\nTo: a\n\n'); m.set_boundary("Y")
print(m.items())
print([quoprimime.decode(t) for t in ("a =\nb", "a  \n", "=C3=A4", "x==y=3D")], repr(Charset("iso-8859-1").body_encode("é=")), email.policy.default, email.policy.default.message_factory.__name__)
