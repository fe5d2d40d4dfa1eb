# A chain with a group in it is told with all that the group holds.
# needs: import traceback, io; ExceptionGroup
import io, sys, traceback
def group():
    raise ExceptionGroup("two", [ValueError("a"), ExceptionGroup("inner", [TypeError("b")])])
try:
    try:
        group()
    except Exception as error:
        raise RuntimeError("behind it") from error
except Exception as error:
    whole = "".join(traceback.format_exception(error))
    print("| ValueError: a" in whole, "| TypeError: b" in whole)
    if hasattr(sys, "print_exception"):
        shown = io.StringIO()
        sys.print_exception(error, shown)
        print(shown.getvalue() == whole)
    else:
        print(True)
