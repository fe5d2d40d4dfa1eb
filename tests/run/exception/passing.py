# Where an exception passed: once for each function, not at the end of a finally, again where it is raised anew by name.
# short of memory: a place that finds no room is not noted.
def lines(exception):
    found, traceback = [], exception.__traceback__
    while traceback:
        found.append(traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def fails():
    raise ValueError("so")


def through_finally():
    try:
        fails()
    finally:
        pass


def through_with():
    class Manager:
        def __enter__(self):
            pass

        def __exit__(self, *reason):
            return False

    with Manager():
        fails()


def raised_anew():
    try:
        fails()
    except ValueError as e:
        raise e


def raised_on():
    try:
        fails()
    except ValueError:
        raise


for function in (fails, through_finally, through_with, raised_anew, raised_on):
    try:
        function()
    except ValueError as e:
        print(function.__name__, lines(e))
