# Bodies in lines of the policy's length, parameters and addresses that go onto new lines as a whole, headers given as objects.
# needs: import email.message, email.policy
from email import message_from_string, policy
from email.contentmanager import ContentManager, raw_data_manager
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.quoprimime import body_encode

for length in (78, 60):
    message = EmailMessage(policy=policy.default.clone(max_line_length=length))
    message.set_content("Ein längerer Text, der über eine Zeile hinausgeht, und noch etwas mehr, damit es reicht.\n\nEnde\n")
    print(message.as_string())
    message = EmailMessage(policy=policy.default.clone(max_line_length=length))
    message.set_content("áäéęöő" * 16 + "\n", charset="iso-8859-2")
    print(message.as_string())
    message = EmailMessage(policy=policy.default.clone(max_line_length=length))
    message.set_content(bytes(range(120)), "application", "octet-stream", filename="bár and a name.bin")
    print(message.as_string(), message["content-disposition"], message.get_filename())
    message = EmailMessage(policy=policy.default.clone(max_line_length=length))
    message["Content-Type"] = 'text/plain; charset=utf-8; name="a very long name that goes on and on.txt"'
    message["To"] = [Address("me", "foo", "example.com"), Group("bing", [Address("fiz", "z", "b.com"), Address("zif", "f", "c.com")]), Address("Jürg Müller", "bar", "example.com")]
    print(message.as_string(), message["content-type"])

print(repr(body_encode("tail \nfull line of text = x\t\n\nlast ", 10)), repr(body_encode("\xe9" * 5, 8, "\r\n")))

parsed = message_from_string(
    "Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Disposition: attachment; filename*0*=utf-8''a%20; filename*1=b.txt\n\nx", policy=policy.default
)
print(parsed["content-type"], parsed["content-type"].params, parsed["content-disposition"], parsed.get_filename())
make = policy.default.header_factory
message = EmailMessage()
message.set_content("x", charset="latin-1", headers=[make("To", "a@b.c"), make("X-A", "b")])
print(message.as_string())
for wrong in (lambda: message.set_content(EmailMessage(), subtype="external-body", cte="base64"), lambda: ContentManager().set_content(message, 5)):
    try:
        wrong()
    except (ValueError, KeyError) as error:
        print(type(error).__name__, error)


class Thing:
    pass


for key in (Thing, Thing.__module__ + ".Thing", "Thing", None):
    manager = ContentManager()
    manager.add_set_handler(key, lambda message, thing: print("set", type(thing).__name__))
    manager.set_content(EmailMessage(), Thing())
message = EmailMessage()
raw_data_manager.set_content(message, b"b\xffgus\tcon\nt\rent " + b"z" * 100, "audio", "aif", cte="quoted-printable")
print(message.as_string())
