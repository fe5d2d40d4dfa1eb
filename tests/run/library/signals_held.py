# Signals that are held back, waited for and real-time ones.
# needs: from signal import pthread_sigmask
import os
import signal

me = os.getpid()
print(signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1]), signal.SIGRTMIN, signal.SIGRTMAX, len(signal.valid_signals()))
signal.signal(signal.SIGUSR1, lambda number, frame: print("came", number))
os.kill(me, signal.SIGUSR1)
print(signal.sigpending(), signal.sigwait([signal.SIGUSR1]), signal.sigpending(), signal.sigtimedwait([signal.SIGUSR1], 0))
os.kill(me, signal.SIGUSR1)
about = signal.sigwaitinfo({signal.SIGUSR1})
print(about.si_signo, about.si_pid == me, about.si_errno)
os.kill(me, signal.SIGUSR1)
print("before")
print(signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1]))
print("after")
signal.signal(signal.SIGRTMIN + 1, lambda number, frame: print("came", number))
os.kill(me, signal.SIGRTMIN + 1)
signal.raise_signal(signal.SIGRTMIN + 1)
print(repr(signal.Sigmasks.SIG_SETMASK), signal.pthread_sigmask(signal.SIG_SETMASK, []))
for wrong in 0, 65:
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, [wrong])
    except ValueError:
        print("out of range")
try:
    signal.sigtimedwait([], -1)
except ValueError as error:
    print(error)
