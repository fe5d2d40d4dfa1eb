# needs: import threading, tempfile
# One thread imports a module at a time, the others wait until it is whole; two that wait for each other's do not wait for ever.
import os, sys, tempfile, threading

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)


def write(name, text):
    with open(folder + "/" + name + ".py", "w") as file:
        file.write(text)


# A module is not whole before all threads that import it have come; two that import each other begin together.
write("slow", "from __main__ import come\nfor _ in range(3):\n    come.acquire()\nvalue = 7\n")
write("here", "from __main__ import both\nboth.wait()\nimport there\nvalue = 1\n")
write("there", "from __main__ import both\nboth.wait()\nimport here\nvalue = 2\n")
write("broken", "from __main__ import come\ncome.acquire()\nraise ValueError('never whole')\n")
come, both = threading.Semaphore(0), threading.Barrier(2)
found = []


def run(name):
    come.release()
    try:
        found.append((name, __import__(name).value))
    except (ValueError, AttributeError):
        found.append((name, "failed"))


def all_at_once(*names):
    threads = [threading.Thread(target=run, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sorted(found))
    found.clear()


all_at_once("slow", "slow", "slow")
all_at_once("broken", "broken")
threads = [threading.Thread(target=__import__, args=(name,)) for name in ("here", "there")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sys.modules["here"].value, sys.modules["there"].value)
for name in ("slow", "here", "there", "broken"):
    os.remove(folder + "/" + name + ".py")
