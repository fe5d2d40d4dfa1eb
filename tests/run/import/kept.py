# Compiled modules are kept in `__pycache__` and used again while their sources are the same.
# needs: import subprocess, tempfile, py_compile

import os
import subprocess
import sys
import tempfile
import importlib.util
import py_compile

TAG = sys.implementation.cache_tag
SOURCE = '''"""What it is."""
import sys
def outer(a, b: int = 2, *c, d=4, **e):
    "A function."
    local = a
    def inner(f):
        other = local
        raise ValueError(f"wrong {other}")
    return inner
class Class:
    def method(self, x):
        return locals()
def tell():
    code = outer.__code__
    print(__doc__, outer.__doc__, outer.__annotations__, sorted(Class().method(1)), Class.method.__qualname__)
    print(code.co_varnames, code.co_firstlineno, code.co_filename == __file__, outer.__defaults__, outer.__kwdefaults__)
    try:
        outer(1)(2)
    except ValueError as error:
        at = error.__traceback__
        while at:
            names = sorted(name for name in at.tb_frame.f_locals if name != "at")
            print(at.tb_lineno, at.tb_frame.f_code.co_name, names if at.tb_frame.f_code.co_name != "<module>" else "")
            at = at.tb_next
'''


def write(path, text, age=100):
    with open(path, "w") as file:
        file.write(text)
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))


def run(text, *options, **variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment.update(variables)
    done = subprocess.run([sys.executable, *options, "-c", text], capture_output=True, text=True, env=environment)
    print(done.stdout.replace(TAG, "TAG") + done.stderr[-200:], end="")


def kept(folder="__pycache__"):
    return sorted(name.replace(TAG, "TAG") for name in os.listdir(folder)) if os.path.isdir(folder) else None


def place(name):
    return "__pycache__/%s.%s.pyc" % (name, TAG)


def main():
    print("-- the same from source and from what was kept")
    write("whole.py", SOURCE)
    for _ in range(2):
        run("import whole; whole.tell()")
        print(kept())
    print(os.listdir("."))

    print("-- what is kept is what runs")
    write("one.py", "print('one')\n")
    write("two.py", "print('two')\n")
    run("import one, two")
    with open(place("one"), "rb") as file:
        one = file.read()
    with open(place("two"), "rb") as file:
        two = file.read()
    with open(place("one"), "wb") as file:
        file.write(one[:16] + two[16:])
    run("import one, os; print(os.path.basename(one.__cached__))")
    run("import one", "-B")

    print("-- unless the source is another one")
    write("one.py", "print('uno')\n", age=99)
    run("import one")
    write("one.py", "print('three')\n", age=99)
    run("import one")
    write("one.py", "print('threee')\n", age=98)
    run("import one", "-B")
    with open(place("one"), "rb") as file:
        file.seek(16)
        print(b"threee" in file.read())

    print("-- or it is broken")
    run("import one")
    with open(place("one"), "rb") as file:
        whole = file.read()
    for broken in (b"", whole[:3], b"\0\0\0\0" + whole[4:]):
        with open(place("one"), "wb") as file:
            file.write(broken)
        run("import one")
        with open(place("one"), "rb") as file:
            print(file.read() == whole)

    print("-- nothing is kept")
    write("four.py", "print('four')\n")
    run("import four", "-B")
    run("import four", PYTHONDONTWRITEBYTECODE="1")
    run("import sys; sys.dont_write_bytecode = True; import four")
    print(os.path.exists(place("four")))
    write("wrong.py", "print(\n")
    run("try: import wrong\nexcept SyntaxError: print('no Python')")
    print(os.path.exists(place("wrong")))
    run("import sys; print(sys.dont_write_bytecode, sys.flags.dont_write_bytecode)", "-B")
    run("import sys; print(sys.dont_write_bytecode, sys.flags.dont_write_bytecode)")
    os.mkdir("closed")
    write("closed/five.py", "print('five')\n")
    write("closed/__pycache__", "no folder")
    run("import sys; sys.path.insert(0, 'closed'); import five")

    print("-- elsewhere")
    here = os.path.realpath(".")
    for where in ({"PYTHONPYCACHEPREFIX": here + "/variable"}, {}):
        run("import four, sys; print(four.__cached__ == sys.pycache_prefix + %r)" % ("%s/four.%s.pyc" % (here, TAG)), *([] if where else ["-X", "pycache_prefix=" + here + "/option"]), **where)
    run("import sys; sys.pycache_prefix = %r; import four" % (here + "/program"))
    for folder in ("variable", "option", "program"):
        print(folder, kept(folder + here))
    print(os.path.exists(place("four")))

    print("-- by hash")
    for mode in (py_compile.PycInvalidationMode.CHECKED_HASH, py_compile.PycInvalidationMode.UNCHECKED_HASH, py_compile.PycInvalidationMode.TIMESTAMP):
        write("six.py", "print('six')\n")
        made = py_compile.compile("six.py", invalidation_mode=mode)
        write("six.py", "print('SIX')\n")
        with open(made, "rb") as file:
            print(made.replace(TAG, "TAG"), file.read(8)[4:])
        run("import six", "-B")

    print("-- a loader by hand")
    run(
        "import importlib.util as util\nspec = util.spec_from_file_location('one', 'one.py')\nmodule = util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\nprint(module.__cached__ == spec.cached, spec.cached.endswith(util.cache_from_source('one.py')))"
    )


def places():
    util = importlib.util
    print("-- places")
    prefix, sys.pycache_prefix = sys.pycache_prefix, None
    try:
        for path, optimization in (("a/b.py", None), ("b.py", ""), ("/a/b.c.py", 2)):
            made = util.cache_from_source(path, optimization=optimization)
            print(made.replace(TAG, "TAG"), "" if path == "/a/b.c.py" else util.source_from_cache(made))
        for wrong in ("a/b.pyc", "__pycache__/a.pyc", "__pycache__/a.b.c.pyc"):
            try:
                print(util.source_from_cache(wrong))
            except ValueError:
                print("no place of kept code")
        try:
            util.cache_from_source("a.py", optimization="a-b")
        except ValueError as error:
            print(error)
        sys.pycache_prefix = "/p"
        made = util.cache_from_source("/a/b.py")
        print(made.replace(TAG, "TAG"), util.source_from_cache(made))
    finally:
        sys.pycache_prefix = prefix
    print(len(util.MAGIC_NUMBER), len(util.source_hash(b"x")), util.source_hash(b"x") == util.source_hash(b"x") != util.source_hash(b"y"))


before = os.getcwd()
with tempfile.TemporaryDirectory() as folder:
    prefix, sys.pycache_prefix = sys.pycache_prefix, None
    os.chdir(folder)
    try:
        main()
    finally:
        os.chdir(before)
        sys.pycache_prefix = prefix
places()
