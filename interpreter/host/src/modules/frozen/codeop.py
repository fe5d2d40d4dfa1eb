"""Whether a line typed at a prompt is all of a statement."""

__all__ = ["CommandCompiler", "Compile", "compile_command"]

PyCF_DONT_IMPLY_DEDENT, PyCF_ALLOW_INCOMPLETE_INPUT = 0x200, 0x4000


def _compiled(source, filename, symbol, compiler):
    """The code; `None` if it goes on. What goes on is wrong as it stands, but in another place with a line more."""
    for line in source.split("\n"):
        line = line.strip()
        if line and line[0] != "#":
            break
    else:
        if symbol != "eval":
            source = "pass"
    try:
        code = compiler(source, filename, symbol)
    except SyntaxError as error:
        if _is_open(source, compiler):
            return None
        raise error
    if symbol == "single" and _begins_block(source) and not source.endswith("\n"):
        return None
    return code


def _begins_block(source):
    lines = [line for line in source.split("\n") if line.strip() and not line.strip().startswith("#")]
    return len(lines) > 1 and lines[-1][:1] in " \t" or bool(lines) and lines[0].lstrip().startswith("@")


def _is_open(source, compiler):
    """Whether brackets, quotes, a backslash or a block are still open."""
    depth, at, quote = 0, 0, None
    while at < len(source):
        c = source[at]
        if quote:
            if c == "\\":
                at += 1
            elif source.startswith(quote, at):
                at += len(quote) - 1
                quote = None
            elif c == "\n" and len(quote) == 1:
                return False
        elif c in "'\"":
            quote = c * 3 if source.startswith(c * 3, at) else c
            at += len(quote) - 1
        elif c == "#":
            end = source.find("\n", at)
            if end < 0:
                break
            at = end
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if depth < 0:
                return False
        at += 1
    if quote:
        return len(quote) == 3
    if depth > 0 or source.endswith("\\"):
        return True
    lines = [line for line in source.split("\n") if line.strip() and not line.strip().startswith("#")]
    if not lines:
        return False
    if lines[-1].rstrip().endswith(":"):
        return _compiles(compiler, source.rstrip("\n") + " pass")
    if lines[-1].lstrip().startswith("@"):
        return _compiles(compiler, source.rstrip("\n") + "\ndef f(): pass")
    first = lines[0].lstrip()
    if first.startswith("try") and not source.endswith("\n\n"):
        return _compiles(compiler, source.rstrip("\n") + "\nfinally: pass")
    return False


def _compiles(compiler, source):
    try:
        compiler(source, "<input>", "exec")
    except SyntaxError:
        return False
    return True


def compile_command(source, filename="<input>", symbol="single"):
    return _compiled(source, filename, symbol, Compile())


class Compile:
    """`compile` with flags that a program may add to."""

    def __init__(self):
        self.flags = 0

    def __call__(self, source, filename, symbol, **kwargs):
        return compile(source, filename, symbol, self.flags)


class CommandCompiler:
    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _compiled(source, filename, symbol, self.compiler)
