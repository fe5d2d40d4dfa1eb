# Printing many short lines.
def run(count):
    for i in range(count):
        print(i, "is", i * 2)

run(100000)
