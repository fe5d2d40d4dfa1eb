# needs: import threading, tempfile
# One thread imports a module at a time, the others wait until it is whole; two that wait for each other's do not wait for ever.
import os, sys, tempfile, threading

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)


def write(name, text):
    with open(folder + "/" + name + ".py", "w") as file:
        file.write(text)


write("slow", "import time\ntime.sleep(0.05)\nvalue = 7\n")
write("here", "import time\ntime.sleep(0.02)\nimport there\nvalue = 1\n")
write("there", "import time\ntime.sleep(0.02)\nimport here\nvalue = 2\n")
write("broken", "import time\ntime.sleep(0.02)\nraise ValueError('never whole')\n")
found = []


def run(name):
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
