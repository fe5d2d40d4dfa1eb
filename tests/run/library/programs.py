# subprocess: output, input, errors, time.
import subprocess, sys
from subprocess import run, PIPE, STDOUT, DEVNULL, Popen
print(run(['echo', 'hi there'], capture_output=True, text=True))
print(run('echo out; echo err >&2; exit 3', shell=True, stdout=PIPE, stderr=STDOUT))
print(run(['cat'], input=b'x' * 200000, capture_output=True).stdout == b'x' * 200000)
for test in (lambda: run(['false'], check=True), lambda: run(['no-such-program-here']), lambda: run(['sleep', '5'], timeout=0.05), lambda: subprocess.check_output(['sh', '-c', 'echo a; exit 2'])):
    try: test()
    except Exception as e: print(type(e).__name__, getattr(e, 'returncode', None), getattr(e, 'output', None))
print(subprocess.check_output(['sh', '-c', 'echo $X'], env={'X': 'from here'}), subprocess.getstatusoutput('echo a; exit 1'), subprocess.call(['true']))
with Popen(['sh', '-c', 'while read line; do echo "<$line>"; done'], stdin=PIPE, stdout=PIPE, text=True) as p:
    p.stdin.write('one\ntwo\n'); p.stdin.close()
    for line in p.stdout: print(repr(line))
print(p.returncode, p.poll())
p = Popen(['sleep', '10']); p.terminate(); print(p.wait())
with open('/dev/null', 'w') as f: print(run(['echo', 'nowhere'], stdout=f).returncode, run(['echo', 'x'], stdout=DEVNULL).stdout)
print(run(['pwd'], cwd='/', capture_output=True, text=True).stdout)
