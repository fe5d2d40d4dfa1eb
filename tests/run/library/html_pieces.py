# Markup fed at once and in pieces, with what is beyond ASCII in it, and where each tag begins.
from html.parser import HTMLParser


class Log(HTMLParser):
    def __init__(self, **options):
        super().__init__(**options)
        self.seen, self.data = [], ""

    def note(self, *what):
        if self.data:
            self.seen.append(("data", self.data))
            self.data = ""
        self.seen.append(what)

    def handle_starttag(self, tag, attrs):
        self.note("start", tag, attrs, self.getpos(), self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        self.note("empty", tag, attrs)

    def handle_endtag(self, tag):
        self.note("end", tag, self.getpos())

    def handle_data(self, data):
        self.data += data

    def handle_comment(self, data):
        self.note("comment", data)

    def handle_decl(self, decl):
        self.note("decl", decl)

    def handle_pi(self, data):
        self.note("pi", data)

    def handle_entityref(self, name):
        self.note("entity", name)

    def handle_charref(self, name):
        self.note("character", name)


page = """<!DOCTYPE html>
<p class="größe" id=x data-a = 'b "c"' hidden>Straße &amp; &#233; caf&eacute;<br/>日本
<!-- a -- comment > --><script>if (a < b) "</p>";</script> 1 < 2 &nosuch; <a href="?a=1&amp;b=2">x</a
></P>< q<?php echo ?><input value=a/b checked>&
"""
whole = Log()
whole.feed(page)
whole.close()
for event in whole.seen:
    print(event)
print(repr(whole.data))
for size in (1, 3, 50):
    pieces = Log()
    for at in range(0, len(page), size):
        pieces.feed(page[at : at + size])
    pieces.close()
    print(size, pieces.seen == whole.seen, pieces.data == whole.data)
plain = Log(convert_charrefs=False)
plain.feed(page)
print([event for event in plain.seen if event[0] in ("entity", "character")], repr(plain.rawdata))

# A long page takes no more for each of its tags than a short one.
class Count(HTMLParser):
    tags = 0

    def handle_starttag(self, tag, attrs):
        self.tags += 1


count = Count()
count.feed("<p>é</p>" * 20000)
print(count.tags, repr(count.rawdata))
