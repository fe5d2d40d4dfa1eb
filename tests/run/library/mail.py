# email: messages made, written, read; addresses, dates, headers in other alphabets.
import email, email.policy
from email import encoders, utils
from email.header import Header, decode_header, make_header
from email.message import EmailMessage, Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.headerregistry import Address, Group

text = """From: "A, B" <a@b.c>
To: one@x.y, Two <two@x.y>,
 three@x.y
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= and more
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="XX"

before
--XX
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

aMOpCg==
--XX
Content-Type: application/x-thing; name="a b.bin"
Content-Transfer-Encoding: quoted-printable
Content-Disposition: attachment; filename="a b.bin"

=00=FF=
end
--XX--
after
"""
old = email.message_from_string(text)
print(type(old).__name__, old.is_multipart(), old.keys(), old["TO"], old.get_content_type(), old.get_boundary(), repr(old.preamble), repr(old.epilogue), old.defects)
for part in old.walk():
    print(part.get_content_type(), part.get_content_charset(), part.get_filename(), part.get_content_disposition(), part.get_payload(decode=True))
print(old.as_string() == text, str(make_header(decode_header(old["subject"]))))
new = email.message_from_bytes(text.encode(), policy=email.policy.default)
print(type(new).__name__, new["subject"], [(a.display_name, a.username, a.domain) for a in new["to"].addresses], new["from"].addresses[0].addr_spec)
print([part.get_content() for part in new.iter_parts()], [part.get_filename() for part in new.iter_attachments()], new.get_body().get_content_type())
made = EmailMessage()
made["Subject"], made["From"], made["To"] = "Plain", "me@here", "x@y.z"
made.set_content("one\ntwo\n")
print(made.as_string())
made.add_alternative("<p>one</p>", subtype="html")
made.set_boundary("BB")
print(made.as_string())
try:
    made["Subject"] = "again"
except ValueError as error:
    print(error)
mixed = MIMEMultipart(boundary="CC")
mixed["X-Long"] = "word " * 30
mixed.attach(MIMEText("héllo", "plain", "utf-8"))
mixed.attach(MIMEApplication(b"\0\1\2", Name="z"))
print(mixed.as_string())
message = Message()
message["Content-Type"] = "text/plain"
message.set_param("charset", "latin-1")
message.add_header("Content-Disposition", "attachment", filename="a;b.txt", size="3")
print(message.items(), message.get_params(), message.get_param("filename", header="content-disposition"))
message.replace_header("content-type", "text/x")
del message["content-disposition"]
print(message.items(), "content-type" in message, len(message), message.get("nope", 5), message.get_all("nope"))
print(utils.parseaddr("Bob (hi) <bob@x.y>"), utils.getaddresses(["a@b, C <c@d>", "Group: e@f, g@h;"]), utils.formataddr(("A.B", "a@b")), utils.formataddr(("Zoë", "z@b")), utils.quote('a"b\\'), utils.unquote('"x"'))
print(utils.parsedate("Mon, 16 Nov 2009 13:32:02 +0100"), utils.parsedate_tz("16 Nov 09 13:32 EST"), utils.formatdate(0), utils.formatdate(0, usegmt=True), utils.parsedate_to_datetime("Mon, 16 Nov 2009 13:32:02 +0100"), utils.mktime_tz(utils.parsedate_tz("Thu, 01 Jan 1970 01:00:00 +0100")), utils.parsedate("nonsense"))
print(Header("plain").encode(), Header("é", "utf-8").encode(), Header("é", "iso-8859-1").encode(), decode_header("=?iso-8859-1?q?p=F6stal?= x =?utf-8?b?w6k=?="), utils.encode_rfc2231("é", "utf-8"), utils.collapse_rfc2231_value(("utf-8", "", "%C3%A9")))
print(Address("A B", "a.b", "c"), repr(Address(addr_spec="x@y")), Group("G", (Address("", "a", "b"),)), email.policy.SMTP.linesep.encode(), email.policy.default.clone(max_line_length=20).max_line_length)
