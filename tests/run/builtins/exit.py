# needs: exit; quit
# exit() and quit() end a program as sys.exit does; a program has a text about itself, or None.
print(exit, quit, __doc__)
for end in exit, quit:
    try: end()
    except SystemExit as e: print(repr(e.code), e.args)
    try: end(3)
    except SystemExit as e: print(repr(e.code), e.args)
