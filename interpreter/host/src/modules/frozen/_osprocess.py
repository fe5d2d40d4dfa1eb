"""What `os` has of processes: copies of this one, programs in its place, and what the system says of both."""

import _lineage
import _system
import os
import sys
from _os_numbers import *
from collections import namedtuple
from collections.abc import MutableMapping

EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE, EX_SOFTWARE, EX_OSERR = range(64, 72)
EX_OSFILE, EX_CANTCREAT, EX_IOERR, EX_TEMPFAIL, EX_PROTOCOL, EX_NOPERM, EX_CONFIG = range(72, 79)
P_WAIT, P_NOWAIT, P_NOWAITO = 0, 1, 1
NGROUPS_MAX = 65536
sysconf_names = {
    "SC_ARG_MAX": 0, "SC_CHILD_MAX": 1, "SC_CLK_TCK": 2, "SC_NGROUPS_MAX": 3, "SC_OPEN_MAX": 4, "SC_PAGESIZE": 30, "SC_PAGE_SIZE": 30,
    "SC_IOV_MAX": 60, "SC_NPROCESSORS_CONF": 83, "SC_NPROCESSORS_ONLN": 84, "SC_PHYS_PAGES": 85, "SC_AVPHYS_PAGES": 86, "SC_HOST_NAME_MAX": 180,
    "SC_LINE_MAX": 43, "SC_LOGIN_NAME_MAX": 71, "SC_TTY_NAME_MAX": 72, "SC_VERSION": 29,
}
times_result = namedtuple("times_result", "user system children_user children_system elapsed")
times_result.__module__ = "posix"
waitid_result = namedtuple("waitid_result", "si_pid si_uid si_signo si_status si_code")

_before, _parent, _child = [], [], []


def register_at_fork(*, before=None, after_in_parent=None, after_in_child=None):
    """Functions around each `fork`: before it, those that came last first; behind it in either process."""
    if before is after_in_parent is after_in_child is None:
        raise TypeError("At least one argument is required.")
    for function, functions in ((before, _before), (after_in_parent, _parent), (after_in_child, _child)):
        if function is not None:
            if not callable(function):
                raise TypeError("argument must be callable, not %s" % type(function).__name__)
            functions.append(function)


def _each(functions):
    for function in functions:
        try:
            function()
        except Exception as error:
            sys.print_exception(error, sys.stderr)


def fork():
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "flush"):
            stream.flush()
    _each(reversed(_before))
    pid = _lineage.fork()
    if pid == 0 and "threading" in sys.modules:
        _be_alone(sys.modules["threading"])
    _each(_child if pid == 0 else _parent)
    return pid


def _be_alone(threading):
    """The copy has this thread and no other, so it is the main one."""
    this = threading.current_thread()
    for ident, thread in list(threading._threads.items()):
        if thread is not this:
            thread._ended.set()
            del threading._threads[ident]
    threading._main_thread = this


def pidfd_open(pid, flags=0):
    """A descriptor of a process: it can be read from when that has ended."""
    number = _lineage.pidfd(pid)
    if flags & os.O_NONBLOCK:
        os.set_blocking(number, False)
    return number


PIDFD_NONBLOCK = os.O_NONBLOCK


def waitpid(pid, options):
    return _lineage.wait(pid, options)[:2]


def wait():
    return waitpid(-1, 0)


def wait4(pid, options):
    import resource

    pid, status, used = _lineage.wait(pid, options)
    return pid, status, resource.struct_rusage(*used)


def wait3(options):
    return wait4(-1, options)


def WIFEXITED(status):
    return status & 127 == 0


def WEXITSTATUS(status):
    return status >> 8 & 255


def WIFSIGNALED(status):
    return 0 < status & 127 < 127


def WTERMSIG(status):
    return status & 127


def WIFSTOPPED(status):
    return status & 255 == 127


WSTOPSIG = WEXITSTATUS


def WIFCONTINUED(status):
    return status == 0xFFFF


def WCOREDUMP(status):
    return bool(status & 128)


def execve(path, argv, env):
    argv = list(argv)
    if not argv:
        raise ValueError("execve() arg 2 must not be empty")
    if not argv[0]:
        raise ValueError("execve() arg 2 first element cannot be empty")
    texts = [os.fspath(one) for one in argv]
    pairs = [(os.fsdecode(name), os.fsdecode(value)) for name, value in env.items()]
    for text in [os.fsdecode(path), *map(os.fsdecode, texts), *[text for pair in pairs for text in pair]]:
        if "\0" in text:
            raise ValueError("embedded null byte")
    if any(["=" in name for name, _ in pairs]):
        raise ValueError("illegal environment variable name")
    _lineage.execute(os.fspath(path), texts, [name + "=" + value for name, value in pairs])


def execv(path, argv):
    execve(path, argv, os.environ)


def execvpe(file, args, env):
    file = os.fspath(file)
    if os.path.dirname(file):
        execve(file, args, env)
    failure = None
    for folder in os.get_exec_path(env):
        try:
            execve(os.path.join(folder, os.fsdecode(file)), args, env)
        except (FileNotFoundError, NotADirectoryError) as error:
            failure = failure or error
        except OSError as error:
            failure = error
    raise failure or FileNotFoundError(2, "No such file or directory", file)


def execvp(file, args):
    execvpe(file, args, os.environ)


def execl(file, *args):
    execv(file, args)


def execle(file, *args):
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    execvp(file, args)


def execlpe(file, *args):
    execvpe(file, args[:-1], args[-1])


def _spawned(mode, function, *words):
    if len(words) > 1:
        _check_words(words[1])
    pid = fork()
    if pid == 0:
        try:
            function(*words)
        finally:
            os._exit(127)
    return pid if mode == P_NOWAIT else os.waitstatus_to_exitcode(waitpid(pid, 0)[1])


def _check_words(args):
    if not isinstance(args, (tuple, list)):
        raise TypeError("argv must be a tuple or a list")
    if not args or not args[0]:
        raise ValueError("argv first element cannot be empty")


def spawnv(mode, file, args):
    return _spawned(mode, execv, file, args)


def spawnve(mode, file, args, env):
    return _spawned(mode, execve, file, args, env)


def spawnvp(mode, file, args):
    return _spawned(mode, execvp, file, args)


def spawnvpe(mode, file, args, env):
    return _spawned(mode, execvpe, file, args, env)


def spawnl(mode, file, *args):
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    return spawnvpe(mode, file, args[:-1], args[-1])


def posix_spawn(path, argv, env, *, setsid=False, **options):
    def begin():
        if setsid:
            _lineage.setsid()
        execve(path, argv, os.environ if env is None else env)

    return _spawned(P_NOWAIT, begin)


def posix_spawnp(path, argv, env, *, setsid=False, **options):
    def begin():
        if setsid:
            _lineage.setsid()
        execvpe(path, argv, os.environ if env is None else env)

    return _spawned(P_NOWAIT, begin)


def setsid():
    _lineage.setsid()


getsid, setpgid, setuid, setgid, getgroups = _lineage.getsid, _lineage.setpgid, _lineage.set_user, _lineage.set_group, _lineage.groups
nice, getpriority, setpriority, getloadavg, pread, pwrite = (
    _lineage.nice, _lineage.priority, _lineage.set_priority, _lineage.load, _lineage.pread, _lineage.pwrite,
)
openpty, ttyname = _lineage.terminals, _lineage.terminal_name


def setpgrp():
    _lineage.setpgid(0, 0)


setgroups, setresuid, setresgid = _system.set_groups, _system.set_users, _system.set_real_groups


def setreuid(ruid, euid, /):
    # The saved one follows where the real one is set, as the system's own call has it.
    _system.set_users(ruid, euid, euid if ruid != -1 else -1)


def setregid(rgid, egid, /):
    _system.set_real_groups(rgid, egid, egid if rgid != -1 else -1)


def seteuid(euid, /):
    _system.set_users(-1, euid, -1)


def setegid(egid, /):
    _system.set_real_groups(-1, egid, -1)


def getresuid():
    return _system.users()[:3]


def getresgid():
    return _system.users()[3:]


def getgrouplist(user, group, /):
    import grp

    found = [group]
    return found + [each.gr_gid for each in grp.getgrall() if user in each.gr_mem and each.gr_gid != group]


def initgroups(username, gid, /):
    setgroups(getgrouplist(username, gid))


def sched_getaffinity(pid, /):
    return set(_system.processors(pid))


def sched_setaffinity(pid, mask, /):
    _system.use_processors(pid, list(mask))


class sched_param(namedtuple("sched_param", "sched_priority")):
    __module__, __slots__ = "posix", ()


def sched_getscheduler(pid, /):
    return _system.policy(pid)[0]


def sched_getparam(pid, /):
    return sched_param(_system.policy(pid)[1])


def sched_setscheduler(pid, policy, param, /):
    _system.set_policy(pid, policy, param.sched_priority)


def sched_setparam(pid, param, /):
    _system.set_policy(pid, sched_getscheduler(pid), param.sched_priority)


def sched_rr_get_interval(pid, /):
    with open("/proc/sys/kernel/sched_rr_timeslice_ms") as file:
        return int(file.read()) / 1000


def memfd_create(name, flags=MFD_CLOEXEC):
    return _system.memory_file(name, flags)


def eventfd(initval, flags=EFD_CLOEXEC):
    return _system.counter(initval, flags)


def eventfd_read(fd):
    return int.from_bytes(os.read(fd, 8), sys.byteorder)


def eventfd_write(fd, value):
    os.write(fd, value.to_bytes(8, sys.byteorder))


def mknod(path, mode=0o600, device=0, *, dir_fd=None):
    _system.make_node(os.fspath(path), mode if mode & 0o170000 else mode | 0o100000, device)


def fchown(fd, uid, gid):
    _system.own(fd, uid, gid)


def _of_file(path):
    # What is said of a descriptor is said of what it leads to.
    return "/proc/self/fd/%d" % path if isinstance(path, int) else os.fspath(path)


def getxattr(path, attribute, *, follow_symlinks=True):
    return _system.attribute(_of_file(path), os.fspath(attribute), follow_symlinks)


def setxattr(path, attribute, value, flags=0, *, follow_symlinks=True):
    _system.set_attribute(_of_file(path), os.fspath(attribute), value, flags, follow_symlinks)


def removexattr(path, attribute, *, follow_symlinks=True):
    _system.remove_attribute(_of_file(path), os.fspath(attribute), follow_symlinks)


def listxattr(path=None, *, follow_symlinks=True):
    names = _system.attributes("." if path is None else _of_file(path), follow_symlinks)
    return [os.fsdecode(name) for name in names.split(b"\0") if name]


def login_tty(fd):
    """A new session whose terminal is this one, for all three streams."""
    _lineage.setsid()
    _lineage.be_terminal(fd)
    for number in range(3):
        os.dup2(fd, number)
    if fd > 2:
        os.close(fd)


def forkpty():
    master, slave = openpty()
    pid = fork()
    if pid == 0:
        os.close(master)
        login_tty(slave)
        return 0, -1
    os.close(slave)
    return pid, master


def ctermid():
    return "/dev/tty"


def sysconf(name):
    if isinstance(name, str):
        if name not in sysconf_names:
            raise ValueError("unrecognized configuration name")
        name = sysconf_names[name]
    return _lineage.setting(name)


def times():
    import time

    mine, children = _lineage.usage(0), _lineage.usage(-1)
    return times_result(mine[0], mine[1], children[0], children[1], time.monotonic())


def getrandom(size, flags=0):
    return os.urandom(size)


def device_encoding(fd):
    return "UTF-8" if os.isatty(fd) else None


def major(device):
    return device >> 8 & 0xFFF | device >> 32 & ~0xFFF


def minor(device):
    return device & 0xFF | device >> 12 & ~0xFF


def makedev(major, minor):
    return minor & 0xFF | (major & 0xFFF) << 8 | (minor & ~0xFF) << 12 | (major & ~0xFFF) << 32


def readv(fd, buffers):
    count = 0
    for buffer in buffers:
        data = os.read(fd, len(buffer))
        buffer[: len(data)] = data
        count += len(data)
        if len(data) < len(buffer):
            break
    return count


def writev(fd, buffers):
    return os.write(fd, b"".join([bytes(buffer) for buffer in buffers]))


def sendfile(out_fd, in_fd, offset, count):
    data = os.read(in_fd, count) if offset is None else pread(in_fd, count, offset)
    return os.write(out_fd, data) if data else 0


def copy_file_range(src, dst, count, offset_src=None, offset_dst=None):
    data = os.read(src, count) if offset_src is None else pread(src, count, offset_src)
    return os.write(dst, data) if offset_dst is None else pwrite(dst, data, offset_dst)


def posix_fallocate(fd, offset, len):
    if os.fstat(fd).st_size < offset + len:
        os.ftruncate(fd, offset + len)


def posix_fadvise(fd, offset, len, advice):
    pass


def lockf(fd, cmd, len):
    import fcntl

    how = {F_ULOCK: fcntl.LOCK_UN, F_LOCK: fcntl.LOCK_EX, F_TLOCK: fcntl.LOCK_EX | fcntl.LOCK_NB, F_TEST: fcntl.LOCK_EX | fcntl.LOCK_NB}[cmd]
    fcntl.lockf(fd, how, len, 0, 1)
    if cmd == F_TEST:
        fcntl.lockf(fd, fcntl.LOCK_UN, len, 0, 1)


def sched_yield():
    import time

    time.sleep(0)


def sched_get_priority_min(policy):
    return int(policy in (SCHED_FIFO, SCHED_RR))


def sched_get_priority_max(policy):
    return 99 * sched_get_priority_min(policy)


def pipe2(flags):
    ends = os.pipe()
    for end in ends:
        if not flags & os.O_CLOEXEC:
            os.set_inheritable(end, True)
        if flags & os.O_NONBLOCK:
            os.set_blocking(end, False)
    return ends


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """As `walk`, with a descriptor of each folder."""
    for folder, folders, files in os.walk(top, topdown, onerror, follow_symlinks):
        fd = os.open(folder, os.O_RDONLY)
        try:
            yield folder, folders, files, fd
        finally:
            os.close(fd)


class _BytesEnviron(MutableMapping):
    """The environment as bytes."""

    def __getitem__(self, key):
        return os.fsencode(os.environ[os.fsdecode(key)])

    def __setitem__(self, key, value):
        os.environ[os.fsdecode(key)] = os.fsdecode(value)

    def __delitem__(self, key):
        del os.environ[os.fsdecode(key)]

    def __iter__(self):
        return iter([os.fsencode(key) for key in os.environ])

    def __len__(self):
        return len(os.environ)

    def copy(self):
        return dict(self)


environb = _BytesEnviron()


def getenvb(key, default=None):
    return environb.get(key, default)
