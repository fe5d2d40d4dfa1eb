# A method of a builtin type is called with what is no object of that type: an error, or an answer, and nothing breaks.
class Meta(type):
    pass


def told(function, *args):
    try:
        return function(*args)
    except (TypeError, AttributeError) as error:
        return type(error).__name__


print(told(type.__call__, 5), told(Meta.__call__, "a"), told(type.__call__, Meta("Made", (), {})).__class__.__name__)
print(told(getattr(Exception, "add_note", int.__add__), 5, "note"))
for name in ("__set__", "__delete__"):
    print(told(getattr(property, name, int.__add__), 5, None, *[None][: name == "__set__"]))


# Each method of each type, with receivers that are none of its own.
def generator():
    yield


types = [type, int, float, str, bytes, list, tuple, dict, set, bool, range, Exception, Meta, property, staticmethod, super, object]
types += [map, filter, enumerate, type(generator), type(generator()), type([].append), type(iter([])), type({}.items()), type(print)]
receivers = 5, [], None, generator
count = 0
for each in types:
    for name in dir(each):
        method = getattr(each, name, None)
        if not callable(method) or isinstance(method, type):
            continue
        for receiver in receivers:
            for args in ((), ("a", None)):
                try:
                    method(receiver, *args)
                except Exception:
                    count += 1
print(count > 100)
