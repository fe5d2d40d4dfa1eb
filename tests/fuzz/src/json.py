import json

value = json.loads(data)
again = json.loads(json.dumps(value))
# What is not a number is unequal to itself.
assert again == value or "nan" in repr(value), value
