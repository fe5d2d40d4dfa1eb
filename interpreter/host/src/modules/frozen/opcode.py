"""The instructions of this interpreter by name and number, as `dis` has them.

Operands and what an instruction does to the stack are its own matter, so there is no `HAVE_ARGUMENT` and no `stack_effect`.
"""

from dis import EXTENDED_ARG, cmp_op, hascompare, hasconst, hasexc, hasfree, hasjabs, hasjrel, haslocal, hasname, opmap, opname

__all__ = [
    "cmp_op", "hascompare", "hasconst", "hasexc", "hasfree", "hasjabs", "hasjrel", "haslocal", "hasname", "opmap", "opname", "EXTENDED_ARG",
]
