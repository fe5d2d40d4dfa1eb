# needs: exit
# input() asks what a program has put in the place of sys.stdin, and prompts where sys.stdout leads.
import io, sys
sys.stdin, sys.stdout = io.StringIO('first\nsecond'), io.StringIO()
got = [input('one? '), input('two? ')]
try: input('three? ')
except EOFError as e: got.append(str(e))
said = sys.stdout.getvalue()
sys.stdin, sys.stdout = sys.__stdin__, sys.__stdout__
print(got, repr(said))
