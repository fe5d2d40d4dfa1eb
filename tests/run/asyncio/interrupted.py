# Ctrl-C cancels the main task of `run`, whose `finally` still has its turns.
# needs: import asyncio.runners
import asyncio
import os
import signal

# Whoever runs this may have told it to ignore Ctrl-C, as shells do with what they run in the background.
signal.signal(signal.SIGINT, signal.default_int_handler)


async def main():
    try:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGINT)
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("cancelled")
        await asyncio.sleep(0)
        print("cleaned")
        raise


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("KeyboardInterrupt")
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)


# Signals that a program wants to hear of come between two turns.
async def hears():
    loop, heard = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, lambda *args: (print("heard", *args), heard.set()), 1, 2)
    os.kill(os.getpid(), signal.SIGUSR1)
    await heard.wait()
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    for bad in (signal.SIGKILL, 9999, "x"):
        try:
            loop.add_signal_handler(bad, print)
        except (RuntimeError, ValueError, TypeError) as error:
            print(type(error).__name__, error)


asyncio.run(hears())
