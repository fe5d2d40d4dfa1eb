# A slice is no key of a dict.
for use in (lambda: {}[:], lambda: {slice(1): 2}, lambda: hash(slice(1, 2, 3))):
    try:
        use()
    except TypeError:
        print("TypeError")
