# needs: import ssl, xml.etree.ElementTree
# Whose name a certificate must bear is a context's to say; a session between buffers is made before anything is checked.
import ssl
import xml.etree.ElementTree as ElementTree

memory = ssl.MemoryBIO()
session = ssl.create_default_context().wrap_bio(memory, memory)
print(type(session).__name__)
try:
    session.do_handshake()
except (ValueError, ssl.SSLError):
    print("nobody to shake hands with")

context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname = True
print(context.check_hostname, context.verify_mode == ssl.CERT_REQUIRED)
try:
    context.verify_mode = ssl.CERT_NONE
except ValueError as error:
    print(error)
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
print(context.check_hostname, context.verify_mode == ssl.CERT_NONE)

# Programs put their own in the place of what writes elements.
before = ElementTree._serialize_xml


def serialize(write, elem, qnames, namespaces, **kwargs):
    if elem.tag == "raw":
        write(elem.text)
    else:
        before(write, elem, qnames, namespaces, **kwargs)


ElementTree._serialize_xml = serialize
try:
    root = ElementTree.fromstring("<a><b/><raw>x</raw></a>")
    print(ElementTree.tostring(root, encoding="unicode"))
finally:
    ElementTree._serialize_xml = before
