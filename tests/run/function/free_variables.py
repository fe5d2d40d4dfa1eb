# What is said of a captured variable that has no value: of one's own, and of one of the function around.
# needs: exec("def f():\n def g(): return x\n g()\n x = 1\ntry: f()\nexcept NameError as e: assert 'free' in str(e)")


def said(error):
    # Code that was saved does not know the name.
    return [part for part in ("free variable", "local variable", "enclosing scope") if part in str(error)]


def outer():
    def inner():
        return late

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, said(error))
    late = 1
    print(inner())
    del late
    try:
        inner()
    except NameError as error:
        print(type(error).__name__, said(error))
    try:
        late
    except NameError as error:
        print(type(error).__name__, said(error))


outer()


def deletes():
    kept = 1

    def inner():
        nonlocal kept
        del kept
        del kept

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, said(error))


deletes()
