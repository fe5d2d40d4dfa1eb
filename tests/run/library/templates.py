# Templates whose placeholders a class writes in its own way, formatters, circles in JSON, and paths.
import json
import os
import pathlib
import shutil
import string
import tempfile


class Percent(string.Template):
    delimiter = "%"
    idpattern = "[a-z]+_[a-z]+"


class Braced(string.Template):
    braceidpattern = "[a-z.]+"


class Own(string.Template):
    pattern = r"(?P<escaped>@{2})|@(?P<named>[.a-z]+)|@{(?P<braced>[.a-z]+)}|(?P<invalid>@)"
    delimiter = "@"


print(Percent("%first_name $x %% %{last_name}").substitute(first_name="A", last_name="B"), Braced("${a.b} $c").substitute({"a.b": 1, "c": 2}))
print(Own("@a.b @@ @{c}").substitute({"a.b": 1, "c": 2}), string.Template("$a $$ ${b} $").safe_substitute(a=1), string.Template("$a ${b} $a").get_identifiers())
print(string.Template("x $ y").is_valid(), string.Template("$x").is_valid(), bool(string.Template.pattern.search("$a")))
try:
    string.Template("ok\nno $ here").substitute()
except ValueError as error:
    print(error)
for text in ("{1}{}", "{}{1}"):
    try:
        string.Formatter().format(text, 1, 2)
    except ValueError as error:
        print(error)

ring = [1]
ring.append(ring)
try:
    json.dumps({"a": ring})
except ValueError as error:
    print(error)

print(pathlib.PurePath("a/b").is_relative_to("a"), pathlib.PurePath("a/b").is_relative_to("/a"), pathlib.PurePath("/a").is_relative_to("/"))
with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, "source")
    os.mkdir(source)
    pathlib.Path(source, "one.txt").write_text("one")
    for kind in ("bztar", "xztar", "zip"):
        archive = shutil.make_archive(os.path.join(folder, "made"), kind, source)
        shutil.unpack_archive(archive, os.path.join(folder, kind))
        print(os.path.basename(archive), os.listdir(os.path.join(folder, kind)))
    try:
        shutil.make_archive(os.path.join(folder, "made"), "zip", os.path.join(folder, "none"))
    except FileNotFoundError:
        print("no such folder")
try:
    os.execve("/bin/true", ["true"], {"A=B": "c"})
except ValueError as error:
    print(error)
