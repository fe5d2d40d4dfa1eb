# Primes below a limit: stores by slice step and by index.
def primes(limit):
    alive = bytearray(b"\x01" * limit)
    count = 0
    for number in range(2, limit):
        if alive[number]:
            count += 1
            for multiple in range(number * number, limit, number):
                alive[multiple] = 0
    return count

print(primes(400000))
