"""Context managers, and functions that make them."""

from functools import wraps
from types import GenericAlias
import abc


class AbstractContextManager(abc.ABC):
    __class_getitem__ = classmethod(GenericAlias)

    def __enter__(self):
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None


class AbstractAsyncContextManager(abc.ABC):
    __class_getitem__ = classmethod(GenericAlias)

    async def __aenter__(self):
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class AsyncContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return inner


class _Made:
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        self.__doc__ = getattr(func, "__doc__", None)

    def _recreate_cm(self):
        return type(self)(self.func, self.args, self.kwds)


# Whether what came out of the generator is what was thrown in: a StopIteration comes out wrapped.
def _is_own(raised, thrown, stop):
    return raised is thrown or isinstance(thrown, stop) and raised.__cause__ is thrown


class _GeneratorContextManager(_Made, ContextDecorator):
    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            for _ in self.gen:
                self.gen.close()
                raise RuntimeError("generator didn't stop")
            return False
        if value is None:
            value = typ()
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            return exc is not value
        except BaseException as exc:
            if _is_own(exc, value, StopIteration):
                return False
            raise
        self.gen.close()
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_Made, AsyncContextDecorator):
    async def __aenter__(self):
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await anext(self.gen)
            except StopAsyncIteration:
                return False
            await self.gen.aclose()
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as exc:
            return exc is not value
        except BaseException as exc:
            if _is_own(exc, value, (StopIteration, StopAsyncIteration)):
                return False
            raise
        await self.gen.aclose()
        raise RuntimeError("generator didn't stop after athrow()")


def contextmanager(func):
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper


def asynccontextmanager(func):
    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing:
    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo):
        pass


class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return False
        if issubclass(exctype, self._exceptions):
            return True
        if issubclass(exctype, BaseExceptionGroup):
            _, rest = excinst.split(self._exceptions)
            if rest is None:
                return True
            raise rest
        return False


class _Redirect:
    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        import sys

        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        import sys

        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_Redirect):
    _stream = "stdout"


class redirect_stderr(_Redirect):
    _stream = "stderr"


class redirect_stdin(_Redirect):
    _stream = "stdin"


class chdir:
    def __init__(self, path):
        self.path = path
        self._old_cwd = []

    def __enter__(self):
        import os

        self._old_cwd.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *excinfo):
        import os

        os.chdir(self._old_cwd.pop())


# What both stacks do: keep `(is_async, exit)` pairs, the last to enter is the first to leave.
class _Stack:
    def __init__(self):
        self._exits = []

    def pop_all(self):
        new = type(self)()
        new._exits, self._exits = self._exits, []
        return new

    def enter_context(self, cm):
        cls = type(cm)
        if not hasattr(cls, "__enter__") or not hasattr(cls, "__exit__"):
            raise TypeError("'%s' object does not support the context manager protocol" % cls.__name__)
        result = cm.__enter__()
        self._exits.append((False, cm.__exit__))
        return result

    def push(self, exit):
        self._exits.append((False, exit.__exit__ if hasattr(type(exit), "__exit__") else exit))
        return exit

    def callback(self, callback, /, *args, **kwds):
        self._exits.append((False, lambda *exc: callback(*args, **kwds) and None))
        return callback

    # Leaves what was entered, as a generator of (exit, arguments, is_async) that is sent the results.
    def _unwind(self, exc):
        pending, received = exc, exc is not None
        suppressed = False
        while self._exits:
            is_async, exit = self._exits.pop()
            details = (None, None, None) if pending is None else (type(pending), pending, pending.__traceback__)
            outcome, value = yield exit, details, is_async
            if outcome:
                if value.__context__ is None and value is not pending:
                    value.__context__ = pending
                pending = value
                suppressed = False
            elif value and pending is not None:
                suppressed, pending = True, None
        if pending is not None and pending is not exc:
            raise pending
        return received and pending is None


class ExitStack(_Stack):
    def __enter__(self):
        return self

    def __exit__(self, typ, value, traceback):
        steps = self._unwind(value)
        answer = None
        while True:
            try:
                exit, details, _ = steps.send(answer)
            except StopIteration as stop:
                return stop.value
            try:
                answer = False, exit(*details)
            except BaseException as exc:
                answer = True, exc

    def close(self):
        self.__exit__(None, None, None)


class AsyncExitStack(_Stack):
    async def enter_async_context(self, cm):
        result = await cm.__aenter__()
        self._exits.append((True, cm.__aexit__))
        return result

    def push_async_exit(self, exit):
        self._exits.append((True, exit.__aexit__ if hasattr(type(exit), "__aexit__") else exit))
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        async def call(*exc):
            await callback(*args, **kwds)

        self._exits.append((True, call))
        return callback

    async def __aenter__(self):
        return self

    async def __aexit__(self, typ, value, traceback):
        steps = self._unwind(value)
        answer = None
        while True:
            try:
                exit, details, is_async = steps.send(answer)
            except StopIteration as stop:
                return stop.value
            try:
                answer = False, await exit(*details) if is_async else exit(*details)
            except BaseException as exc:
                answer = True, exc

    async def aclose(self):
        await self.__aexit__(None, None, None)
