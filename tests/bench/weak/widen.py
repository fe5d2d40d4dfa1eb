# Short lists, all of which grow in turn.
lists = [[i, i, i, i] for i in range(60000)]
for one in lists:
    one += range(6)
for one in lists:
    one += range(30)
print(sum([len(one) for one in lists]))
