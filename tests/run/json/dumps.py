# needs: bytearray(1 << 20)
import json
for value in (None, True, False, 0, -12, 2 ** 80, 1.5, -0.0, 1e100, 0.1, "text", "", [], [1, [2, [3]]], (), (1, 2), {}, {"a": {"b": []}}):
    print(json.dumps(value))
print(json.dumps('"\\/\b\f\n\r\t\x00\x1f'))
print(json.dumps({1: 1, 1.5: 2, None: 3, True: 4, "x": 5}))
print(json.dumps([1, {"a": 2}], separators=(",", ":")))
print(json.dumps({"b": [1, 2, {}], "a": [], "c": {"d": None}}, indent=2))
print(json.dumps([[1], 2], indent="--", separators=(", ", " = ")))
print(json.dumps({"b": 1, "a": 2, "c": {"z": 0, "y": 0}}, sort_keys=True))
print(json.dumps("\x7f\xe9\u20ac\U0001f600", ensure_ascii=True))
print(json.dumps([float("inf"), -float("inf"), float("nan")]))
print(json.dumps([1, {2}], default=lambda thing: sorted(thing)))
print(json.dumps({(1, 2): 3, "a": 4}, skipkeys=True))
for bad in (object(), {(1, 2): 3}, [1, {2}]):
    try:
        json.dumps(bad)
    except TypeError as error:
        print(error)
try:
    json.dumps(float("nan"), allow_nan=False)
except ValueError as error:
    print("ValueError")
class Int(int):
    pass
class Str(str):
    pass
class List(list):
    pass
print(json.dumps([Int(3), Str("s"), List([1]), {Str("k"): Int(1)}]))
deep = []
for _ in range(15000):
    deep = [deep]
try:
    json.dumps(deep)
except RuntimeError:
    print("too deep")
