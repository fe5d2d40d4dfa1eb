# needs: import dis
# not CPython: the instructions are others
# The table of instructions, as tools look into it.
import dis

print(all(dis.opname[number] == name for name, number in dis.opmap.items() if name[1:].lower() == name[1:]))
print(dis.opmap["RETURN_VALUE"] == dis.opmap["Return"], dis.opmap["Jump"] in dis.hasjrel, dis.opmap["LoadGlobal"] in dis.hasname)
code = compile("x = 1\n", "made", "exec").co_code
print([dis.opname[code[0]], dis.opname[code[-1]]])
