# What a child of `subprocess` is before it is another program: its session, rights of files, descriptors, user's own call.
# needs: import subprocess
# short of memory: a child that could not be made says so
import os
import subprocess


def said(*words, **more):
    return subprocess.run(words, stdout=subprocess.PIPE, **more).stdout.decode().split()


shell = "/bin/sh", "-c"
print(said(*shell, "umask", umask=0o27), said(*shell, "echo $A", preexec_fn=lambda: os.environ.update(A="set")))
mine = str(os.getsid(0))
print(said(*shell, "ps -o sid= -p $$ 2>/dev/null || cut -d' ' -f6 /proc/$$/stat", start_new_session=True) != [mine])
reader, writer = os.pipe()
os.set_inheritable(writer, True)
there = "test -e /proc/self/fd/%d && echo open || echo closed" % writer
print(said(*shell, there), said(*shell, there, close_fds=False), said(*shell, there, pass_fds=[writer]))
print(os.get_inheritable(writer), os.get_inheritable(reader))
print(subprocess.run([*shell, "echo out; echo err >&2"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True).stdout)


def fail():
    raise ValueError("no")


for how in dict(preexec_fn=fail), dict(args=["/nowhere"], umask=0), dict(cwd="/nowhere", umask=0), dict(env={"a=b": "c"}), dict(args=["a\0b"]):
    try:
        subprocess.Popen(**{"args": ["true"], **how})
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(type(error).__name__, getattr(error, "filename", None))
for words in ["a b", "c"], ["", 'say "x"'], ["a\\\\b", "d e\\"], ['\\"']:
    print(subprocess.list2cmdline(words))
try:
    subprocess.check_output("true", check=False)
except ValueError as error:
    print(error)
