# pdb and bdb at commands that come from a text. Only parameters: of other locals a frame does not tell yet.
import bdb, io, os, pdb, tempfile
source = '''
def f(x):
    x = x + 1
    for w in range(2):
        x += w
    return x
z = f(3)
z = z + 1
'''
path = os.path.join(tempfile.mkdtemp(), 'program.py')
with open(path, 'w') as file: file.write(source)
def debug(commands):
    out = io.StringIO()
    bdb.Breakpoint.clearBreakpoints()
    pdb.Pdb(stdin=io.StringIO(commands), stdout=out, readrc=False).run(compile(source, path, 'exec'), {'__name__': 'x'})
    print(out.getvalue().replace(os.path.dirname(path), ''))
debug('n\ns\ns\ns\np x\nn\np x\nn\na\nr\nc\n')
debug('b f\nc\np x\nl\nwhatis x\nb\ntbreak 7\nc\nx = 5\nq\n')
debug('b 5, x == 4\nc\npp [x, 2]\ndisable 1\nenable 1\nignore 1 2\ncondition 1\ncl 1\ndisplay x\nn\nn\nc\n')
debug('until 8\np z\nalias d p %1 + 1\nd z\nb 1\nb nothing\ncl 7\nq\n')
os.unlink(path)
# In the midst of a program.
import sys
def inner(y):
    y += 1
    return y
def outer(x):
    breakpoint()
    y = x
    return inner(y)
sys.stdin, sys.stdout = io.StringIO('p x\nunt 32\ns\np y\nr\nc\n'), io.StringIO()
result = outer(4)
said, sys.stdout = sys.stdout.getvalue(), sys.__stdout__
# CPython stops at the line behind.
print(result, *[line.split('/')[-1] for line in said.splitlines()[2:]], sep='\n')
sys.breakpointhook = lambda *args, **kws: (args, kws)
print(breakpoint(1, a=2))
os.environ['PYTHONBREAKPOINT'] = '0'
print(sys.__breakpointhook__())
