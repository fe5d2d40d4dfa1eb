# needs: import xml.etree.ElementTree
# Trees of documents that are plain in part: whatever is odd between plain tags is read as ever.
import xml.etree.ElementTree as E


def shown(e):
    return [e.tag, e.attrib, e.text, e.tail, [shown(c) for c in e]]


for text in (
    "<r><a>one</a>two<b x='1' y=\"2\"/>three</r>",
    "<r>\n <a>&lt;&#65;&#x42;&amp;</a>&gt;<!-- c -->tail<?pi x?>more<![CDATA[<raw>]]></r>",
    "<r a='&quot;&apos;'><a a=' b\tc '>\r\nlines\r</a><b></b ></r >",
    "<r xmlns='u:v'><a k='1'>x<b xmlns='w'><c/></b></a><d/></r>",
    "<r xmlns:p='u'><p:a p:k='1'/><a>grüße, привет</a><ключ ö='ä'>&#x1F600;</ключ></r>",
    "<!DOCTYPE r [<!ENTITY e 'said'>]><r><a>&e; it</a><a>&e;</a></r>",
    "<r>" + "<a><b>deep</b></a>" * 3 + "</r>",
):
    print(shown(E.fromstring(text)))
    print(shown(E.fromstring(text.encode())))
for wrong in ("<r><a></b></r>", "<r><a x='1' x='2'/></r>", "<r><a>]]></a></r>", "<r><a>&none;</a></r>", "<r><a x=1/></r>", "<r><a/>", "<r><a>\x01</a></r>",
              "<r><a x='<'/></r>", "<r><a/></r><r/>", "<r><p:a/></r>"):
    try:
        print(E.fromstring(wrong))
    except E.ParseError as e:
        print(e.code, e.position)
# In pieces, with a tag cut anywhere, and a long text.
text = "<r><a k='v'>one</a> and <b>two</b></r>"
for cut in range(1, len(text)):
    p = E.XMLParser()
    p.feed(text[:cut])
    p.feed(text[cut:])
    assert shown(p.close()) == shown(E.fromstring(text)), cut
long = "<r>" + "<item n='é'>text</item>\n" * 6000 + "</r>"
tree = E.fromstring(long)
print(len(tree), {shown(e)[1]["n"] for e in tree}, tree[5999].tail, tree[3].text)


class Own(E.TreeBuilder):
    def start(self, tag, attrs):
        print("start", tag)
        return super().start(tag, attrs)


E.fromstring("<r><a/></r>", E.XMLParser(target=Own()))
pull = E.XMLPullParser(["start", "end"])
pull.feed("<r><a>1</a></r>")
print([(event, e.tag) for event, e in pull.read_events()])
