# needs: exec("global a; a = 1", d := {}, {}); d["a"]
# A program with two dicts: what a `global` of it names lies in the first one.


def run(text):
    first, second = {}, {}
    exec(text, first, second)
    first.pop("__builtins__", None)
    print(sorted(first), sorted(second))


run("global x\nx = 1\ny = 2\nprint(x, y)")
run("def f():\n    global inside\n    inside = 3\nf()\ninside += 1\nother = 1")
run("class A:\n    global told\n    told = 1\n    own = 2")
run("global k\nfor k in range(3): pass\nglobal json\nimport json\nglobal f\ndef f(): pass\ndel k")
run("if 1:\n    def f():\n        y = 1\n        def g():\n            global y\n            return y\n        return g\n    y = 9\n    result = f()()")
