# not CPython: it reads the file that an entity names, where that is asked for
# An entity that lies in another file is passed over, or an error where somebody asked for what is in it.
import io
import xml.sax
from xml.sax.handler import ContentHandler, feature_external_ges

TEXT = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///elsewhere.xml">]><a>one &e; two</a>'


class Collected(ContentHandler):
    def __init__(self):
        super().__init__()
        self.text = ""

    def characters(self, content):
        self.text += content


for wanted in False, True:
    reader, collected = xml.sax.make_parser(), Collected()
    reader.setFeature(feature_external_ges, wanted)
    reader.setContentHandler(collected)
    try:
        reader.parse(io.BytesIO(TEXT))
    except xml.sax.SAXNotSupportedException as error:
        print(error)
    print(reader.getFeature(feature_external_ges), collected.text)
