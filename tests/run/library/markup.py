# Text that is marked up, read piece by piece.
import _markupbase
from html.parser import HTMLParser


class Events(HTMLParser):
    def __init__(self, **options):
        self.seen = []
        super().__init__(**options)

    def handle_starttag(self, tag, attrs):
        self.seen.append(("start", tag, attrs, self.getpos()))

    def handle_endtag(self, tag):
        self.seen.append(("end", tag))

    def handle_data(self, data):
        if self.seen and self.seen[-1][0] == "data":
            data = self.seen.pop()[1] + data
        self.seen.append(("data", data))

    def handle_comment(self, data):
        self.seen.append(("comment", data))

    def handle_decl(self, decl):
        self.seen.append(("decl", decl))

    def unknown_decl(self, data):
        self.seen.append(("unknown", data))

    def handle_pi(self, data):
        self.seen.append(("pi", data))

    def handle_charref(self, name):
        self.seen.append(("char", name))

    def handle_entityref(self, name):
        self.seen.append(("entity", name))


def events(text, step=0, **options):
    parser = Events(**options)
    for at in range(0, len(text), step or len(text)):
        parser.feed(text[at : at + (step or len(text))])
    parser.close()
    return parser.seen


text = """<!DOCTYPE html><html lang=en>
<p class="a>b" title='x&amp;y' hidden>one &lt; two<br/><a href=/x/>link</a>
<!-- note --><![CDATA[raw]]><?php echo ?><script>if (a < b) "</b>" </script></p>"""
for event in events(text):
    print(event)
print([event for event in events(text, 1)] == events(text))
print(events("a &amp; b &#65; c &unknown d", convert_charrefs=False))
print(events("a < b <1> </> <b"), events("<a foo='>'"))


class Declarations(_markupbase.ParserBase):
    def __init__(self, text):
        self.reset()
        self.rawdata = text

    def handle_decl(self, data):
        print("declared", repr(data))

    def handle_comment(self, data):
        print("comment", repr(data))

    def unknown_decl(self, data):
        print("unknown", repr(data))


for text in ("<!DOCTYPE a SYSTEM 'x>y' [<!ENTITY b 'c'>]>", "<!-- c --> ", "<![CDATA[d]]>", "<![if IE]>", "<!DOCTYPE a", "<!>"):
    print(Declarations(text).parse_declaration(0))
place = Declarations("ab\ncd")
print(place.updatepos(0, 4), place.getpos())
