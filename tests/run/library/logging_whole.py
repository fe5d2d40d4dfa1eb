# Handlers are flushed when a program ends and known until nobody holds them; who called; configurations in places.
# needs: import logging.config
import collections
import io
import logging
import logging.config
import logging.handlers
import os
import tempfile

stream = io.StringIO()
target = logging.StreamHandler(stream)
memory = logging.handlers.MemoryHandler(10, target=target)
log = logging.getLogger("whole")
log.propagate = False
log.addHandler(memory)
log.warning("kept")
print([reference() for reference in logging._handlerList][-2:] == [target, memory], repr(stream.getvalue()))
logging.shutdown([logging.weakref.ref(memory)])
print(repr(stream.getvalue()))


class Own(logging.Logger):
    def findCaller(self, stack_info=False, stacklevel=1):
        return "path", 7, "stack" if stack_info else "none", None


def inner(logger, **more):
    logger.warning("said", **more)


logging.setLoggerClass(Own)
own = logging.getLogger("own")
logging.setLoggerClass(logging.Logger)
own.propagate = False
stream = io.StringIO()
own.addHandler(handler := logging.StreamHandler(stream))
handler.setFormatter(logging.Formatter("%(funcName)s %(lineno)d %(message)s"))
inner(own)
inner(own, stack_info=True)
print(stream.getvalue().splitlines())
inner(log, stack_info=True)
shown = memory.buffer[-1].stack_info.splitlines()
print(shown[0], shown[-1].strip(), memory.buffer[-1].funcName)
for wrong in lambda: logging.setLoggerClass(int), lambda: logging.getLogger(1):
    try:
        wrong()
    except TypeError as error:
        print(error)


Pair = collections.namedtuple("Pair", "a b")


class Paired(logging.StreamHandler):
    def __init__(self, pair):
        super().__init__(io.StringIO())
        self.pair = pair


places = {
    "version": 1,
    "elsewhere": {"one": {"()": Paired, "pair": Pair(1, 2)}},
    "handlers": "cfg://elsewhere",
    "loggers": {"placed": {"handlers": ["one"]}},
}
logging.config.dictConfig(places)
print(logging.getLogger("placed").handlers[0].pair)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "empty")
    for text in "", "no section":
        with open(path, "w") as file:
            file.write(text)
        try:
            logging.config.fileConfig(path)
        except RuntimeError as error:
            print(str(error).replace(path, "PATH").split(":")[0])
listener = logging.config.listen(0)
print(listener.ready.is_set(), logging.config.stopListening())
