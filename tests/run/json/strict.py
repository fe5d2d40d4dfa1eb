# needs: import json; json.loads("1", strict=True)
# Control characters within strings, and numbers that JSON does not have: what a program allows, or makes of them.
import json

for options in ({}, {"strict": True}, {"strict": False}):
    try:
        print(json.loads('["a\tb"]', **options))
    except ValueError as error:
        print(error)
print(json.loads("[NaN, Infinity, -Infinity]", parse_constant=lambda name: name), json.loads("[NaN]", parse_constant=None))
decoder = json.JSONDecoder(strict=False, parse_constant=str.lower)
print(decoder.decode('["a\nb", NaN]'), decoder.raw_decode('"a\nb" rest'))
try:
    json.loads("[]", no_such=1)
except TypeError as error:
    print("TypeError")
ring = []
ring.append(ring)
try:
    json.dumps(ring)
except ValueError as error:
    print(error)
print(json.loads('{"a": "\u00fc"}'.encode("utf-16")), json.loads("[1]".encode("utf-32-le")), json.loads("[2]".encode("utf-16-be")))
print(json.decoder.scanstring('x"ab\\n" ', 2))
