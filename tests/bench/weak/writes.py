# Many small writes to a file.
import os

path = "/tmp/taipan-bench-%d" % os.getpid()
with open(path, "w") as f:
    for i in range(60000):
        f.write("line\n")
with open(path) as f:
    print(sum([len(line) for line in f]))
os.remove(path)
