"""Context managers, and functions that make them."""

from collections import deque
from functools import wraps
from types import GenericAlias, MethodType
import abc
import sys

__all__ = [
    "AbstractAsyncContextManager", "AbstractContextManager", "AsyncExitStack", "ContextDecorator", "ExitStack", "aclosing", "asynccontextmanager",
    "chdir", "closing", "contextmanager", "nullcontext", "redirect_stderr", "redirect_stdout", "suppress",
]


class AbstractContextManager(abc.ABC):
    __class_getitem__ = classmethod(GenericAlias)

    def __enter__(self):
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        return _has_methods(other, "__enter__", "__exit__") if cls is AbstractContextManager else NotImplemented


class AbstractAsyncContextManager(abc.ABC):
    __class_getitem__ = classmethod(GenericAlias)

    async def __aenter__(self):
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        return _has_methods(other, "__aenter__", "__aexit__") if cls is AbstractAsyncContextManager else NotImplemented


def _has_methods(cls, *names):
    for name in names:
        found = [vars(base)[name] for base in cls.__mro__ if name in vars(base)]
        if not found or found[0] is None:
            return NotImplemented
    return True


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


class _GeneratorContextManager(_Made, AbstractContextManager, ContextDecorator):
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
                value.__traceback__ = traceback
                return False
            raise
        self.gen.close()
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_Made, AbstractAsyncContextManager, AsyncContextDecorator):
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
                value.__traceback__ = traceback
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


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
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


class suppress(AbstractContextManager):
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


class _Redirect(AbstractContextManager):
    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_Redirect):
    _stream = "stdout"


class redirect_stderr(_Redirect):
    _stream = "stderr"


class redirect_stdin(_Redirect):
    _stream = "stdin"


class chdir(AbstractContextManager):
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
        self._exit_callbacks = deque()

    def pop_all(self):
        new = type(self)()
        new._exit_callbacks, self._exit_callbacks = self._exit_callbacks, deque()
        return new

    def enter_context(self, cm):
        cls = type(cm)
        enter, exit = _looked_up(cls, "__enter__", "__exit__", "context manager")
        result = enter(cm)
        self._exit_callbacks.append((False, MethodType(exit, cm)))
        return result

    def push(self, exit):
        method = getattr(type(exit), "__exit__", None)
        self._exit_callbacks.append((False, exit if method is None else MethodType(method, exit)))
        return exit

    def callback(self, callback, /, *args, **kwds):
        def called(*exc):
            callback(*args, **kwds)

        called.__wrapped__ = callback
        self._exit_callbacks.append((False, called))
        return callback

    # Leaves what was entered, as a generator of (exit, arguments, is_async) that is sent the results.
    def _unwind(self, exc, outer):
        pending, received = exc, exc is not None
        while self._exit_callbacks:
            is_async, exit = self._exit_callbacks.pop()
            details = (None, None, None) if pending is None else (type(pending), pending, pending.__traceback__)
            outcome, value = yield exit, details, is_async
            if outcome:
                if value is not pending:
                    _chain(value, pending, outer)
                pending = value
            elif value and pending is not None:
                pending = None
        if pending is not None and pending is not exc:
            context = pending.__context__
            try:
                raise pending
            except BaseException:
                pending.__context__ = context
                raise
        return received and pending is None


def _chain(new, old, outer):
    """Puts what was pending at the end of what a callback has raised, as if the callbacks were nested `with` statements: the chain of
    both ends with `outer`, which was being handled before."""
    while True:
        context = new.__context__
        if context is None or context is old:
            return
        if context is outer:
            break
        new = context
    new.__context__ = old


def _looked_up(cls, enter, exit, what):
    if not hasattr(cls, enter) or not hasattr(cls, exit):
        raise TypeError("'%s.%s' object does not support the %s protocol" % (cls.__module__, cls.__qualname__, what))
    return getattr(cls, enter), getattr(cls, exit)


class ExitStack(_Stack, AbstractContextManager):
    def __enter__(self):
        return self

    def __exit__(self, typ, value, traceback):
        steps = self._unwind(value, sys.exc_info()[1])
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


class AsyncExitStack(_Stack, AbstractAsyncContextManager):
    async def enter_async_context(self, cm):
        cls = type(cm)
        enter, exit = _looked_up(cls, "__aenter__", "__aexit__", "asynchronous context manager")
        result = await enter(cm)
        self._exit_callbacks.append((True, MethodType(exit, cm)))
        return result

    def push_async_exit(self, exit):
        method = getattr(type(exit), "__aexit__", None)
        self._exit_callbacks.append((True, exit if method is None else MethodType(method, exit)))
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        async def call(*exc):
            await callback(*args, **kwds)

        call.__wrapped__ = callback
        self._exit_callbacks.append((True, call))
        return callback

    async def __aenter__(self):
        return self

    async def __aexit__(self, typ, value, traceback):
        steps = self._unwind(value, sys.exc_info()[1])
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
