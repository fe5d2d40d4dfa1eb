import json


def check(data):
    try:
        value = json.loads(data)
    except (ValueError, RuntimeError):
        return
    again = json.loads(json.dumps(value))
    # What is not a number is unequal to itself.
    assert again == value or "nan" in repr(value), value
