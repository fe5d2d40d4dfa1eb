# not CPython: what is left out of a node has a value since 3.13
# A tree that somebody makes: what is left out is empty, missing, or read; parameters may be any nodes that can be written.
import ast

made = ast.FunctionDef(name="f", args=ast.arguments(args=[ast.Name("a"), ast.arg("b")], defaults=[ast.Constant(1)]), body=[ast.Pass()], lineno=1)
print(ast.unparse(made), made.args.kw_defaults, made.decorator_list, made.returns, type(made.args.args[0].ctx).__name__)
