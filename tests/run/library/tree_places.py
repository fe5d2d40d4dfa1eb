# How tightly operators bind, and where each node of an expression begins and ends.
# needs: import ast

import ast

for source in (
    "a", "1", "a + b * c", "(a + b) * c - d", "a - b - c", "a << b + c & d | e ^ f", "a ** -b ** c * d", "-a ** b", "not a == b", "a @ b // c % d / e",
    "x if a or b and not c else y", "f(a, b + 1, *c, k=d, **e)", "a[b:c, d]", "a < b <= c is not d not in e", "(yield)", "(a)", "((a, b), )",
    "lambda a, b=1: a + b", "{a: 1, **b}", "{a, b | c}", "[a for a in b if a if b | c]", "(a := 1, b)", "é + 'é' * ö", "a.b.c(d)[e]", "1_000 .real", "await_ + lambda_",
    "f'{a + b * c!r:>{width}} {d}'", "a , b , 1", "print(x, end='')", "a if b else c, d", "not a, not b",
):
    try:
        print(source, "=", ast.dump(ast.parse(source, mode="eval").body, include_attributes=True))
    except SyntaxError as e:
        print(source, "!", e.msg)
for source in ("a = b = 1, c\n", "if a: b\nelif c | d: e\nelse:\n  f\n", "for a, b in c, d: pass\n", "a += b + c\n", "a: b = c\n", "assert a, b\n", "return_ = not a\n", "with a as b, c: d\n"):
    print(ast.dump(ast.parse(source), include_attributes=True))
