# needs: exit
# input() asks what a program has put in the place of sys.stdin, and prompts where sys.stdout leads.
import io, sys
def ask(prompt):
    try: return input(prompt)
    except EOFError as e: return str(e)
out = io.StringIO()
try:
    sys.stdin, sys.stdout = io.StringIO('first\nsecond'), out
    got = [ask('one? '), ask('two? '), ask('three? ')]
finally:
    sys.stdin, sys.stdout = sys.__stdin__, sys.__stdout__
print(got, repr(out.getvalue()))
