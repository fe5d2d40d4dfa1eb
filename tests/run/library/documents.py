# needs: import xml.dom
from xml.dom import minidom, Node
import xml.dom, io
d = minidom.parseString('''<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE r SYSTEM "x.dtd">
<r a="1" b="&lt;&quot;"><!-- c --><x:y xmlns:x="urn:q" x:z="2">t&amp;<![CDATA[<c>]]></x:y><?pi data?>
  <e/><e>tail</e></r>''')
print(d.toxml()); print(d.toprettyxml(indent="  ")); print(d.toxml("utf-8"))
r = d.documentElement
print(r.tagName, r.getAttribute("a"), r.getAttribute("zz") == "", r.hasAttribute("b"), len(r.childNodes), r.firstChild, [c.nodeType for c in r.childNodes])
y = r.getElementsByTagNameNS("urn:q", "y")[0]; print(y.namespaceURI, y.localName, y.prefix, y.getAttributeNS("urn:q", "z"), y.attributes.items(), list(y.attributes.keysNS()))
print(len(d.getElementsByTagName("e")), d.getElementsByTagName("e")[1].firstChild.data, len(d.getElementsByTagName("*")), d.getElementsByTagName("e").length, d.getElementsByTagName("e").item(5))
n = d.createElement("n"); n.setAttribute("k", "v<"); n.appendChild(d.createTextNode("a\"b")); r.insertBefore(n, r.childNodes[1]); print(r.childNodes[1].toxml(), n.previousSibling, n.nextSibling.tagName)
r.replaceChild(d.createElement("m"), n); r.removeChild(r.childNodes[0]); print(r.toxml())
c = r.cloneNode(True); print(c.toxml() == r.toxml(), c.parentNode, c.ownerDocument is d)
try: r.removeChild(n)
except xml.dom.NotFoundErr as e: print("NotFoundErr", e.code)
try: d.appendChild(d.createElement("second"))
except xml.dom.HierarchyRequestErr as e: print(e)
im = minidom.getDOMImplementation(); doc = im.createDocument(None, "root", None); doc.documentElement.appendChild(doc.createComment("hi")); print(doc.toprettyxml(newl="", indent=""))
t = doc.createTextNode("hello"); doc.documentElement.appendChild(t); u = t.splitText(2); print(t.data, u.data, len(doc.documentElement.childNodes), t.wholeText); doc.documentElement.normalize(); print(doc.documentElement.toxml())
f = doc.createDocumentFragment(); f.appendChild(doc.createElement("p")); f.appendChild(doc.createElement("q")); doc.documentElement.appendChild(f); print(doc.documentElement.toxml(), f.childNodes)
doc.documentElement.removeAttribute("x") if doc.documentElement.hasAttribute("x") else None
a = doc.createAttribute("w"); a.value = "1"; doc.documentElement.setAttributeNode(a); print(doc.documentElement.attributes["w"].value, doc.documentElement.attributes.length, a.ownerElement.tagName)
w = io.StringIO(); doc.writexml(w, addindent=" ", newl="\n", encoding="utf-8"); print(w.getvalue())
print(d.doctype.name, d.doctype.systemId, d.encoding, Node.TEXT_NODE, t.nodeName, d.nodeName)
t.insertData(1, "XX"); t.deleteData(0, 1); print(t.data, t.substringData(0, 2), t.length)
with minidom.parse(io.BytesIO(b"<a>\n</a>")) as q: print(q.documentElement.firstChild.nodeValue == "\n", q.toxml())
import xml.sax, xml.sax.handler, xml.sax.saxutils as su
class H(xml.sax.ContentHandler):
    def startDocument(self): print("start")
    def startElement(self, n, a): print("<", n, dict(a), a.getNames(), a.get("zz"))
    def endElement(self, n): print(">", n)
    def characters(self, c): print(repr(c))
    def processingInstruction(self, t, dd): print("pi", t, dd)
    def endDocument(self): print("end")
xml.sax.parseString(b"<r a='1'>x<b/>y&amp;z<?p q?></r>", H())
class N(xml.sax.ContentHandler):
    def startElementNS(self, n, q, a): print(n, q, a.items(), a.getQNames())
    def startPrefixMapping(self, p, u): print("map", p, u)
p = xml.sax.make_parser(); p.setFeature(xml.sax.handler.feature_namespaces, 1); p.setContentHandler(N()); p.parse(io.StringIO("<a xmlns='u' xmlns:b='v' b:c='1' d='2'/>"))
try: xml.sax.parseString("<a><b></a>", H())
except xml.sax.SAXParseException as e: print(e, e.getLineNumber(), e.getColumnNumber())
o = io.StringIO(); g = su.XMLGenerator(o, "utf-8"); g.startDocument(); g.startElement("a", {"x": "<1>"}); g.characters("a & b"); g.endElement("a"); g.endDocument(); print(o.getvalue())
print(su.escape("<&>"), su.quoteattr('a"b'), su.quoteattr("a'b\""), su.unescape("&lt;&amp;"))
import codecs
for make in (lambda b: b, lambda b: io.TextIOWrapper(b, "utf-8"), lambda b: codecs.getwriter("utf-8")(b)):
    b = io.BytesIO(); g = su.XMLGenerator(make(b), "utf-8"); g.startDocument(); g.startElement("a", {}); g.characters("é"); g.endElement("a"); g.endDocument(); print(b.getvalue())
