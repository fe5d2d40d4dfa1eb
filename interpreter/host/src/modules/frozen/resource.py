"""What this process may take, and what it took."""

import _lineage
from collections import namedtuple

error = OSError
RLIM_INFINITY = -1
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS = range(10)
RLIMIT_OFILE = RLIMIT_NOFILE
RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME = range(11, 16)
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1

struct_rusage = namedtuple(
    "struct_rusage", "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock ru_msgsnd ru_msgrcv "
    "ru_nsignals ru_nvcsw ru_nivcsw"
)


def getrusage(who):
    if who not in (RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD):
        raise ValueError("invalid who parameter")
    return struct_rusage(*_lineage.usage(who))


def _checked(resource):
    if not 0 <= resource <= RLIMIT_RTTIME:
        raise ValueError("invalid resource specified")
    return resource


def getrlimit(resource):
    return _lineage.limit(_checked(resource))


def setrlimit(resource, limits):
    limits = tuple(limits)
    if len(limits) != 2:
        raise ValueError("expected a tuple of 2 integers")
    try:
        _lineage.set_limit(_checked(resource), *limits)
    except PermissionError:
        raise ValueError("not allowed to raise maximum limit") from None
    except OSError as error:
        if error.errno == 22:
            raise ValueError("current limit exceeds maximum limit") from None
        raise


def prlimit(pid, resource, limits=None):
    import os

    if pid not in (0, os.getpid()):
        raise PermissionError(1, "Operation not permitted")
    before = getrlimit(resource)
    if limits is not None:
        setrlimit(resource, limits)
    return before


def getpagesize():
    return _lineage.setting(30)
