# Lists and bytearrays that grow in place, by operator and by method.
def run(count):
    numbers, data, more = [], bytearray(), []
    for i in range(count):
        numbers += (i,)
        data += b"ab"
        more.append(i)
        more.extend((i, i))
    return len(numbers), len(data), len(more), sum(more)

print(run(1000000))
