# xml.dom.pulldom; the encoding UTF-7.
from xml.dom import pulldom
import xml.sax, codecs, io
TEXT = '<?xml version="1.0"?><!-- first --><?pi data?><a xmlns:n="urn:n"><item n="1">text <b>bold</b></item><n:item m="2" n:k="3"/><item/> </a>'
for event, node in pulldom.parseString(TEXT):
    print(event, node.nodeName, node.nodeValue if node.nodeType != 1 else sorted(node.attributes.keys()))
stream = pulldom.parse(io.BytesIO(TEXT.encode()))
for event, node in stream:
    if event == pulldom.START_ELEMENT and node.tagName == 'item':
        stream.expandNode(node); print(node.toxml(), node.namespaceURI)
stream.clear()
tree = pulldom.SAX2DOM(); xml.sax.parseString(TEXT.replace('<?pi data?>', '').replace('text ', 'text<?in it?>').encode(), tree); print(tree.document.documentElement.tagName, [n.nodeName for n in tree.document.documentElement.childNodes])
for text in ('plain', 'a+b', 'é', 'aéb', 'é-', 'é.', '\U0001F600x', '~\\', '日本語', '\x00'):
    data = text.encode('utf-7'); print(data, data.decode('utf-7') == text, codecs.lookup('UTF7').name)
for data in (b'+', b'+-', b'+AOk', b'+AOk-', b'+AOk.', b'+A-x', b'\xff', b'+!x', b'a+AO', b'+2D3eAA-'):
    for errors in ('strict', 'replace', 'ignore'):
        try: print(data.decode('utf_7', errors).encode('unicode_escape'), end=' ')
        except UnicodeDecodeError as e: print(e, end=' ')
    print()
decoder = codecs.getincrementaldecoder('utf-7')()
print([decoder.decode(bytes([byte])) for byte in b'x+2D3eAA-y'], decoder.decode(b'', True), codecs.getreader('utf-7')(io.BytesIO(b'a+AOk-\nb')).readlines(), io.TextIOWrapper(io.BytesIO(b'+AOk-'), 'utf-7').read())
class Pairs(codecs.Codec):
    def encode(self, text, errors='strict'): return b''.join(b'%02x' % ord(c) for c in text), len(text)
    def decode(self, data, errors='strict'): return bytes.fromhex(bytes(data[:len(data) & ~1]).decode()).decode('latin-1'), len(data) & ~1
class Reader(Pairs, codecs.StreamReader): pass
class Writer(Pairs, codecs.StreamWriter): pass
codecs.register(lambda name: codecs.CodecInfo(Pairs().encode, Pairs().decode, Reader, Writer, name='pairs') if name == 'pairs' else None)
out = io.BytesIO(); codecs.getwriter('pairs')(out).write('a\nb'); print(out.getvalue(), codecs.getreader('pairs')(io.BytesIO(b'610a6')).read(), codecs.getreader('pairs')(io.BytesIO(out.getvalue())).readlines(), 'a'.encode('pairs'))
