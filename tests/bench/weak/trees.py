# Source read into trees.
import ast

source = "".join("def f%d(a, b=%d, *c):\n    x = [a + b * %d, f(c, k=b[1:2]), 'text', None]\n    if not x and a < b:\n        return {a: x}\n" % (i, i, i) for i in range(300))
for turn in range(2):
    tree = ast.parse(source)
print(len(tree.body), sum(isinstance(node, ast.Name) for node in ast.walk(tree)))
