# needs: from time import process_time
# Clocks of the system: processors do not work for who sleeps; what nobody sets runs on; whole nanoseconds and seconds agree.
import time

worked, worked_here, ran = time.process_time(), time.thread_time(), time.monotonic()
time.sleep(0.3)
print(time.process_time() - worked < 0.2, time.thread_time() - worked_here < 0.2, time.monotonic() - ran >= 0.3)
for name in ("monotonic", "perf_counter", "process_time", "thread_time"):
    seconds, nanoseconds = getattr(time, name)(), getattr(time, name + "_ns")()
    print(name, type(seconds), type(nanoseconds), 0 <= nanoseconds / 1e9 - seconds < 60)
for clock in (time.CLOCK_REALTIME, time.CLOCK_MONOTONIC, time.CLOCK_PROCESS_CPUTIME_ID):
    print(time.clock_gettime_ns(clock) > 0, time.clock_gettime(clock) > 0, 0 < time.clock_getres(clock) < 1)
print(abs(time.clock_gettime(time.CLOCK_REALTIME) - time.time()) < 60)
for clock in (99, 1000):
    try:
        time.clock_gettime(clock)
    except OSError as error:
        print(error.errno)
