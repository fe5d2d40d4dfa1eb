# ntpath: paths of Windows on another system.
import ntpath, os
os.environ.update(USERPROFILE='C:\\Users\\me', USERNAME='me', name='value')
for path in ('', 'a', 'a/b\\c.txt', 'C:', 'C:\\', 'c:/x/..\\y', 'C:rel', '\\root\\x', '\\\\srv\\share\\x', '//srv/share', '\\\\?\\UNC\\srv\\share\\x', '\\\\?\\c:\\x', '..\\..\\x', '.', 'x\\.hidden.gz', 'a\\'):
    for p in (path, path.encode()):
        print(ntpath.splitdrive(p), ntpath.split(p), ntpath.splitext(p), ntpath.normpath(p), ntpath.normcase(p), ntpath.ismount(p))
for parts in (('C:\\a', 'b'), ('C:\\a', '\\b'), ('C:\\a', 'D:b'), ('C:a', 'c:b'), ('\\\\s\\h', 'x'), ('a/', 'b', ''), ('C:', 'x'), (b'a', b'b'), ('a', '//s/h/x')):
    print(ntpath.join(*parts))
for paths in (['C:\\a\\b', 'c:/A/c'], ['a\\b', 'a/b/c'], ['C:\\x', 'D:\\x'], ['C:\\x', 'x'], ['C:\\x', 'C:x'], []):
    try: print(ntpath.commonpath(paths))
    except ValueError as e: print(type(e).__name__)
for args in (('C:\\a\\b', 'C:\\a\\c\\d'), ('C:\\A', 'c:\\a'), ('C:\\a', 'D:\\'), ('', 'x')):
    try: print(ntpath.relpath(*args))
    except ValueError as e: print(e)
for text in ('%name%/$name/${name}', "'%name%'$$ %%", '%none%${none}$none', '%open', '~', '~/x', '~you\\x', '~me', 'a~'):
    print(ntpath.expanduser(ntpath.expandvars(text)), ntpath.expandvars(text.encode()))
try: ntpath.join('a', b'b')
except TypeError as e: print(e)
print(ntpath.sep, ntpath.altsep, ntpath.pathsep, ntpath.devnull, ntpath.basename('C:\\x\\y'), ntpath.dirname('C:\\x\\y'))
