"""`python -m asyncio`: a prompt at which `await` may stand."""

import ast
import asyncio
import code
import sys
import types


class Console(code.InteractiveConsole):
    def __init__(self, names, loop):
        super().__init__(names)
        self.compile.compiler.flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self.loop = loop

    def runcode(self, code):
        try:
            made = types.FunctionType(code, self.locals)()
            if asyncio.iscoroutine(made):
                self.loop.run_until_complete(made)
        except SystemExit:
            raise
        except BaseException:
            self.showtraceback()


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
names = {"asyncio": asyncio, "__name__": "__main__", "__builtins__": __builtins__}
banner = 'asyncio REPL %s on %s\nUse "await" directly instead of "asyncio.run()".\n%simport asyncio' % (sys.version, sys.platform, getattr(sys, "ps1", ">>> "))
Console(names, loop).interact(banner, "exiting asyncio REPL...")
