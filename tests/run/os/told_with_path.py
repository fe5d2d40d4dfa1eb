# needs: import os, tempfile; os.symlink; breakpoint
# What the system refuses is told in its words, with the paths it was about.
import os, tempfile
os.chdir(tempfile.mkdtemp())
os.mkdir('dir')
open('file', 'w').close()
for action in (
    lambda: open('none'), lambda: open('dir', 'w'), lambda: os.mkdir('dir'), lambda: os.remove('none'), lambda: os.rmdir('none'),
    lambda: os.rename('none', 'other'), lambda: os.listdir('none'), lambda: os.listdir('file'), lambda: os.chdir('none'),
    lambda: os.stat('none'), lambda: os.lstat('none'), lambda: os.symlink('x', 'file'), lambda: os.link('none', 'two'),
    lambda: os.chmod('none', 0o600), lambda: os.readlink('none'), lambda: os.truncate('none', 1),
    lambda: os.open('none', os.O_RDONLY), lambda: os.path.getsize('none'), lambda: list(os.scandir('none')),
):
    try:
        action()
    except OSError as e:
        print(type(e).__name__, e, e.errno, e.strerror, e.filename, e.filename2)
# The kin of OSError takes paths behind the text.
for e in FileNotFoundError(2, 'text', 'path'), OSError(17, 'text', 'one', None, 'two'), PermissionError(13, 'text'):
    print(type(e).__name__, e, repr(e), e.args, e.filename, e.filename2)
# Where there is no path, the words alone.
for action in (lambda: os.kill(99999999, 0), lambda: os.close(9999), lambda: os.waitpid(-1, 0), lambda: os.read(9999, 1)):
    try:
        action()
    except OSError as e:
        print(type(e).__name__, e, e.args, e.filename)
