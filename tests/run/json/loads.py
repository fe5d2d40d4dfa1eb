# needs: bytearray(1 << 20)
import json
for text in ("null", "true", "false", "0", "-0", "12", "-3", "1.5", "1e3", "-2.5E-2", "123456789012345678901234567890", '""', '"a"', "[]", "{}",
             ' [ 1 , [ ] , { "a" : { } } ] ', '{"a": 1, "b": [true, null], "a": 2}', '"\\u0041\\n\\"\\\\\\/\\b\\f\\r\\t"', '"\\ud83d\\ude00 \\u20ac"',
             "NaN", "Infinity", "-Infinity", "0.1", "1e400", "-1e-400", "5e-324"):
    print(repr(json.loads(text)))
print(json.loads(b'{"x": "\xc3\xa9"}'), json.loads(bytearray(b" [1] ")))
for text in ("", " ", "nul", "]", "[1 2]", "[1,]", '{"a"}', '{"a":}', '{"a":1,}', "{1:2}", '{"a":1 "b"}', '"abc', '"a\\', '"\\x"', '"\\u12g4"', "01", "1.", "+1",
             "1 2", "[\n1,\n x]", '["\xe9", x]', "-", "1e", "--1", "'a'"):
    try:
        print(json.loads(text))
    except ValueError as error:
        print(repr(text), error)
print(json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d.items())))
print(json.loads('{"a": {"b": 1}, "a": 2}', object_pairs_hook=lambda pairs: pairs))
print(json.loads("[1, 2.5]", parse_int=str, parse_float=lambda text: "float " + text))
print(json.JSONDecodeError.__mro__[-4:] == ValueError.__mro__[-4:])
for depth in ("[" * 100000, '{"a":' * 100000):
    try:
        json.loads(depth)
    except RuntimeError:
        print("too deep")
