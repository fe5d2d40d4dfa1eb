# A dict whose keys differ in their last characters.
def run(count):
    table = {}
    for i in range(count):
        table["k" + str(i)] = i
    total = 0
    for i in range(count):
        total += table["k" + str(i)]
    missing = 0
    for i in range(count):
        missing += ("key" + str(i)) not in table
    return len(table), total, missing

print(run(200000))
