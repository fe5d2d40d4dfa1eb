# needs: import dis
# not CPython: the bytecode is this interpreter's own
import dis
def f(a, b=2):
    c = a + b
    for x in range(3):
        if x > 1: print(x)
    return c
dis.dis(f)
print("\n".join(line for line in dis.code_info(f).split("\n") if "Filename" not in line))
print([i.opname for i in dis.get_instructions("a + 1")], [i.argval for i in dis.Bytecode(f) if i.is_jump_target or i.opname == "LoadGlobal"])
print(dis.findlabels(f.__code__), list(dis.findlinestarts(f.__code__)))
class K:
    def m(self): return self
dis.dis(K)
