"""The loop, and which one a thread has. There is one loop: a policy chooses nothing."""

from asyncio import AbstractEventLoop, Handle, get_event_loop, get_running_loop, new_event_loop, set_event_loop

TimerHandle = Handle


class AbstractServer:
    def close(self):
        raise NotImplementedError

    async def wait_closed(self):
        raise NotImplementedError


class AbstractEventLoopPolicy:
    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    def get_event_loop(self):
        return get_event_loop()

    def set_event_loop(self, loop):
        set_event_loop(loop)

    def new_event_loop(self):
        return new_event_loop()


DefaultEventLoopPolicy = BaseDefaultEventLoopPolicy
_policy = None


def get_event_loop_policy():
    global _policy
    if _policy is None:
        _policy = DefaultEventLoopPolicy()
    return _policy


def set_event_loop_policy(policy):
    global _policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError("policy must be an instance of AbstractEventLoopPolicy or None, not %r" % type(policy).__name__)
    _policy = policy


def _get_running_loop():
    try:
        return get_running_loop()
    except RuntimeError:
        return None
