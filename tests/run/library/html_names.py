# Names of characters in HTML, all of them.
# needs: import html.entities
import html, html.entities
print(len(html.entities.html5), len(html.entities.name2codepoint), html.entities.html5["fjlig;"] == "fj", "amp" in html.entities.html5)
print(html.unescape("&CounterClockwiseContourIntegral; &NotEqualTilde; &ampersand &notit; &hearts;&nosuch;"))
