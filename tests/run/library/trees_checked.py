# needs: import ctypes
# Trees that no source has are refused when they are compiled.
import ast
from ast import *
def tell(body, mode="exec"):
    tree = fix_missing_locations(Module(body, []) if mode == "exec" else Expression(body))
    try: compile(tree, "<tree>", mode); print("compiled")
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
x, stored = Name("x", Load()), Name("x", Store())
tell([Expr(stored)]); tell(stored, "eval"); tell([Assign([x], Constant(1))]); tell([Assign([Constant(1)], Constant(1))])
tell([Assign([Tuple([stored, Starred(stored, Store())], Store())], x)]); tell([Assign([Tuple([x], Store())], x)]); tell([Delete([x])])
tell([If(x, [], [])]); tell([Import([])]); tell([With([], [Pass()])]); tell([For(stored, x, [Pass()], [])]); tell([Raise(None, x)])
tell([Try([Pass()], [], [], [])]); tell([Try([Pass()], [], [Pass()], [Pass()])]); tell([ImportFrom(None, [alias("x")], -1)])
tell(BoolOp(And(), [x]), "eval"); tell(Compare(x, [In()], []), "eval"); tell(Dict([x], []), "eval"); tell(Dict([None], [x]), "eval")
tell(ListComp(x, []), "eval"); tell(List([None], Load()), "eval"); tell(Constant([1]), "eval"); tell(Constant((1, frozenset([2]))), "eval")
tell(Name("True", Load()), "eval"); tell(Name(42, Load()), "eval"); tell([alias(None)][:0] or [Import([alias(None)])])
tell(Lambda(arguments([], [], None, [], [], None, [x]), x), "eval")
for pattern in (MatchValue(x), MatchSingleton(3), MatchOr([MatchAs()]), MatchAs(None, "_"), MatchStar("y"), MatchSequence([MatchStar("y")]), MatchMapping([Constant(1)], [])):
    tell([Match(x, [match_case(pattern, None, [Pass()])])])
place = Constant(1, lineno=3, col_offset=5, end_lineno=2, end_col_offset=9)
tell(place, "eval")
