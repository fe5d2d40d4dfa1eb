# Raising and catching, with cleanup on the way.
class Refused(Exception):
    pass

def attempt(i):
    try:
        if i % 3 == 0:
            raise Refused(i)
        return i
    finally:
        done.append(0)
        done.pop()

done = []

def run(rounds):
    refused = 0
    for i in range(rounds):
        try:
            attempt(i)
        except Refused as error:
            refused += error.args[0] & 1
    return refused

print(run(150000))
