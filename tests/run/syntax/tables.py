# needs: import copy, pickle
# Long displays of constants, and more code than two bytes can count.
space = {}
exec("x = [" + ",".join("'%d'" % i for i in range(30000)) + "]\ny = {" + ",".join("%d: (%d, 'n')" % (i, i) for i in range(30000)) + "}\nz = {" + ",".join("%d" % i for i in range(30000)) + "}", space)
print(len(space["x"]), space["y"][29999], len(space["z"]))
def fresh():
    return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 1: 10}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 1}
a, b = fresh(), fresh()
a[0].append(1); a[1][99] = 1; a[2].add(99)
print(len(a[0]), len(b[0]), a[1][1], len(b[1]), len(b[2]))
