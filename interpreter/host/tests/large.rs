//! What programs write that write programs: more names than sixteen bits count, functions longer than they reach, displays that
//! no stack holds.

use std::process::{Command, Stdio};

/// What a program prints that ends well.
#[track_caller]
fn printed(program: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taipan"));
    let output = command.args(["-c", program]).env_remove("MICROPYPATH").stdin(Stdio::null()).output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    assert_eq!((text(output.stderr).as_str(), output.status.code()), ("", Some(0)));
    text(output.stdout)
}

#[test]
fn a_program_has_more_names_than_sixteen_bits_count() {
    let program = "
room = {}
exec('\\n'.join(f'wall{number} = {number}' for number in range(70_000)), room)
namespace = {}
exec('''
def late_function(late_argument, *, late_keyword=2):
    late_local = [late_argument.late_attribute for late_item in range(late_keyword)]
    return late_local
late_argument = late_function
late_argument.late_attribute = 5
late_global = late_function(late_argument)
''', namespace)
print(namespace['late_global'], room['wall69999'])
import marshal
code = compile('late_sum = late_first + 1', 'late_file', 'exec')
again = marshal.loads(marshal.dumps(code))
namespace = {'late_first': 41}
exec(again, namespace)
print(namespace['late_sum'], again.co_names, again.co_filename)
";
    assert_eq!(printed(program), "[5, 5] 69999\n42 ('late_first', 'late_sum') late_file\n");
}

#[test]
fn a_function_is_longer_than_sixteen_bits_reach() {
    let program = "
lines = ['def long(count):', '    total = 0', '    for turn in range(count):', '        try:']
lines += [f'            total += len([turn, {number}])' for number in range(20_000)]
lines += ['            if turn == 1: raise ValueError(total)', '        finally:', '            total += 1', '    return total']
namespace = {}
exec('\\n'.join(lines), namespace)
long = namespace['long']
print(long(1), long.__code__.co_firstlineno)
try:
    long(3)
except ValueError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
import marshal
print(type(long)(marshal.loads(marshal.dumps(long.__code__)), globals())(1))
";
    assert_eq!(printed(program), "40001 1\n80001 20005\n40001\n");
}

#[test]
fn a_module_has_many_statements() {
    let program = "
namespace = {}
exec('\\n'.join(f'item{number} = [{number}, str({number})]' for number in range(50_000)), namespace)
print(namespace['item49999'], len(namespace) >= 50_000)
try:
    exec('\\n' * 99_999 + 'late', {})
except NameError as error:
    print(error.__traceback__.tb_next.tb_lineno)
";
    assert_eq!(printed(program), "[49999, '49999'] True\n100000\n");
}

#[test]
fn a_display_has_more_items_than_a_stack() {
    let program = "
n = 5
table = eval('{' + ', '.join(f'\"a long key with blanks {number}\": n + {number}' for number in range(100_000)) + '}')
print(len(table), table['a long key with blanks 99999'])
row = eval('[' + ', '.join(f'n + {number}' for number in range(50_000)) + ']')
print(type(row).__name__, len(row), row[-1], sum(row))
row = eval('(' + ', '.join(f'n + {number}' for number in range(50_000)) + ', *row)')
print(type(row).__name__, len(row), row[-1])
row = eval('{' + ', '.join(f'n + {number}' for number in range(50_000)) + '}')
print(type(row).__name__, len(row))
row = eval('[' + ', '.join(f'{number}.5, {number}000, \"{number} {number}\"' for number in range(30_000)) + ']')
print(len(row), row[-3:])
";
    let expected =
        "100000 100004\nlist 50000 50004 1250225000\ntuple 100000 50004\nset 50000\n90000 [29999.5, 29999000, '29999 29999']\n";
    assert_eq!(printed(program), expected);
}
