//! `_sqlite`: databases of SQLite, which is linked in. `sqlite3` is Python over it.
//!
//! A statement is run to its end at once, and its rows are given as a list: the library's statements borrow their connection, and nothing
//! that Python holds can borrow. What SQLite asks a program while a statement runs (functions, collations, whether it shall go on) goes
//! through a channel to the thread that waits for the statement, since SQLite's callbacks know no interpreter.

use interpreter::object::bigint;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use rusqlite::blob::Blob;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::limits::Limit;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Batch, Connection, Error, InterruptHandle, OpenFlags, backup, ffi};
use std::cmp::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

table! { pub ROWS, NAMES, DOCS:
    // What can fail gives what it came to, and None or (code, extended code, text) of an error.
    /// open(path, is_uri, seconds, statements): a database's number. So many prepared statements are kept.
    def open(4) = open;
    /// close(database): it is not needed any more.
    def close(1) = |vm, args| {
        let number = vm.index(args.at(0))? as usize;
        let database = databases().get_mut(number).and_then(Option::take);
        drop(database);
        Ok(Word::NONE)
    };
    /// prepare(database, sql): (the names of the statement's parameters, None for those without one; whether it only reads; how many
    /// columns it gives).
    def prepare(2) = |vm, args| {
        let sql = vm.expect_text(args.at(1))?;
        let answer = with(vm, args.at(0), Word::NONE, |connection| {
            let statement = connection.prepare_cached(sql)?;
            let names = (1..=statement.parameter_count()).map(|index| statement.parameter_name(index).map(str::to_owned)).collect::<Vec<_>>();
            Ok((names, statement.readonly(), statement.column_count()))
        })?;
        answered(vm, answer, |(names, is_reading, columns)| {
            let list = vm.list_of(vm.new_tuple(&[])?)?;
            for name in names {
                list.push(vm, optional(vm, name.as_deref())?)?;
            }
            vm.new_tuple(&[list.word(), Word::bool(is_reading), Word::int(columns as isize)])
        })
    };
    /// run(database, sql, values, ask): (columns as (name, declared type), rows, changes, number of the last row put in). What SQLite asks
    /// is answered by `ask(kind, number, state, values)`; None if nothing is registered.
    def run(4) = run;
    /// expanded(database, sql, values): the statement with its parameters filled in.
    def expanded(3) = |vm, args| {
        let (sql, values) = (vm.expect_text(args.at(1))?, values(vm, args.at(2))?);
        let answer = with(vm, args.at(0), Word::NONE, |connection| {
            let mut statement = connection.prepare_cached(sql)?;
            bind(&mut statement, &values)?;
            let text = statement.expanded_sql();
            statement.clear_bindings();
            Ok(text)
        })?;
        answered(vm, answer, |text| optional(vm, text.as_deref()))
    };
    /// script(database, sql, ask): runs all statements of a text.
    def script(3) = |vm, args| {
        let sql = vm.expect_text(args.at(1))?;
        let answer = with(vm, args.at(0), args.at(2), |connection| {
            let mut statements = Batch::new(connection, sql);
            while let Some(mut statement) = statements.next()? {
                let mut rows = statement.raw_query();
                while rows.next()?.is_some() {}
            }
            Ok(())
        })?;
        answered(vm, answer, |()| Ok(Word::NONE))
    };
    /// state(database): (whether a transaction is open, how many rows were changed since it was opened).
    def state(1) = |vm, args| {
        let answer = with(vm, args.at(0), Word::NONE, |connection| Ok((connection.is_autocommit(), connection.total_changes())))?;
        answered(vm, answer, |(is_free, changes)| vm.new_tuple(&[Word::bool(!is_free), Word::int(changes as isize)]))
    };
    /// interrupt(database): statements that run now end with an error.
    def interrupt(1) = |vm, args| {
        database(vm, args.at(0))?.interrupt.interrupt();
        Ok(Word::NONE)
    };
    /// function(database, name, arguments, number, kind, flags): `ask` answers calls of a function of SQL. The kind is 0 for one that is
    /// called for each row, 1 for one over many rows, 2 for one over windows, 3 for an order of texts; -1 and -2 for no function and no
    /// order of this name any more.
    def function(6) = function;
    /// watch(database, progress): after how many instructions `ask` is asked whether to go on (0: never).
    def watch(2) = watch;
    /// blob(database, name, table, column, row, is_reading): how many bytes a value in a table has.
    def blob(6) = |vm, args| blob(vm, args, |blob| Ok(blob.len()), |_, len| Ok(Word::int(len as isize)));
    /// blob_read(database, name, table, column, row, is_reading, offset, count): so many of its bytes.
    def blob_read(8) = |vm, args| {
        let (offset, count) = (vm.index(args.at(6))? as usize, vm.index(args.at(7))? as usize);
        let read = |blob: &mut Blob<'_>| {
            let mut bytes = vec![0; count];
            blob.read_at_exact(&mut bytes, offset)?;
            Ok(bytes)
        };
        blob(vm, args, read, |vm, bytes| vm.new_bytes(&bytes))
    };
    /// blob_write(database, name, table, column, row, is_reading, offset, data): puts others in their places.
    def blob_write(8) = |vm, args| {
        let (offset, data) = (vm.index(args.at(6))? as usize, vm.bytes_of(args.at(7))?);
        blob(vm, args, |blob| blob.write_at(data, offset), |_, ()| Ok(Word::NONE))
    };
    /// limit(database, which, most): how much there may be of something, until now. A negative number changes nothing.
    def limit(3) = limit;
    /// copy(from, name, to, to_name, pages, ask): copies a database, telling `ask` what is left after each step of so many pages.
    def copy(6) = copy;
    /// serialize(database, name): its file as bytes.
    def serialize(2) = |vm, args| {
        let name = vm.expect_text(args.at(1))?;
        let answer = with(vm, args.at(0), Word::NONE, |connection| Ok(connection.serialize(name)?.to_vec()))?;
        answered(vm, answer, |bytes| vm.new_bytes(&bytes))
    };
    /// deserialize(database, data, name): the database becomes that of a file's bytes.
    def deserialize(3) = |vm, args| {
        let (data, name) = (vm.bytes_of(args.at(1))?, vm.expect_text(args.at(2))?);
        let answer = with(vm, args.at(0), Word::NONE, |connection| connection.deserialize_read_exact(name, data, data.len(), false))?;
        answered(vm, answer, |()| Ok(Word::NONE))
    };
    /// version(): SQLite's.
    def version(0) = |vm, _| vm.new_str(rusqlite::version());
}

/// What a column has, or a parameter.
#[derive(Clone, Debug)]
enum Value {
    Null,
    Int(i64),
    Real(f64),
    /// UTF-8, unless somebody wrote something else into the database.
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Value {
        match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(value) => Value::Int(value),
            ValueRef::Real(value) => Value::Real(value),
            ValueRef::Text(bytes) => Value::Text(bytes.to_vec()),
            ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Real(value) => ValueRef::Real(*value),
            Value::Text(bytes) => ValueRef::Text(bytes),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// What SQLite asks the program.
#[derive(Clone, Copy)]
#[repr(isize)]
enum Kind {
    Call = 0,
    Begin = 1,
    Step = 2,
    Finish = 3,
    Compare = 4,
    Progress = 5,
    Left = 6,
    Value = 7,
    Undo = 8,
}

struct Question {
    kind: Kind,
    number: i64,
    state: i64,
    values: Vec<Value>,
    answer: Sender<Option<Value>>,
}

/// Leads from callbacks to the thread that waits for the statement, if one does.
#[derive(Clone, Default)]
struct Line(Arc<Mutex<Option<Sender<Question>>>>);

impl Line {
    fn is_open(&self) -> bool {
        lock(&self.0).is_some()
    }

    /// `None`: the program raised.
    fn ask(&self, kind: Kind, number: i64, state: i64, values: Vec<Value>) -> Option<Value> {
        let (answer, answers) = channel();
        let line = lock(&self.0).clone()?;
        line.send(Question { kind, number, state, values, answer }).ok()?;
        answers.recv().ok()?
    }

    fn call(&self, kind: Kind, number: i64, state: i64, values: Vec<Value>) -> rusqlite::Result<Value> {
        self.ask(kind, number, state, values)
            .ok_or_else(|| Error::UserFunctionError("user-defined function raised exception".into()))
    }
}

struct Database {
    connection: Mutex<Connection>,
    line: Line,
    interrupt: InterruptHandle,
}

static DATABASES: Mutex<Vec<Option<Arc<Database>>>> = Mutex::new(Vec::new());

fn databases() -> MutexGuard<'static, Vec<Option<Arc<Database>>>> {
    lock(&DATABASES)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing is left half done behind these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn database(vm: &Vm, number: Word) -> Outcome<Arc<Database>> {
    let number = vm.index(number)? as usize;
    let found = databases().get(number).and_then(Option::clone);
    found.ok_or_else(|| vm.value_error("no such database"))
}

type Answer<T> = Result<T, Error>;

/// Does something with a connection, answering what SQLite asks meanwhile.
fn with<T: Send>(vm: &Vm, number: Word, ask: Word, body: impl FnOnce(&mut Connection) -> Answer<T> + Send) -> Outcome<Answer<T>> {
    let database = database(vm, number)?;
    // Whoever has it runs a callback of this thread's or of one that waits for its turn.
    let Ok(mut connection) = database.connection.try_lock() else {
        return Ok(Err(failure(ffi::SQLITE_MISUSE, "Recursive use of cursors not allowed.")));
    };
    if ask == Word::NONE {
        return Ok(body(&mut connection));
    }
    let (questions, asked) = channel();
    *lock(&database.line.0) = Some(questions);
    let line = database.line.clone();
    let connection: &mut Connection = &mut connection;
    std::thread::scope(|scope| {
        let running = scope.spawn(move || {
            let answer = body(connection);
            // Nobody is asked any more, which ends the loop below.
            lock(&line.0).take();
            answer
        });
        answer_all(vm, ask, &asked);
        Ok(running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn answer_all(vm: &Vm, ask: Word, asked: &Receiver<Question>) {
    for question in asked {
        // What a program raises here ends the statement with an error of SQLite's, as in CPython.
        let value = answer_one(vm, ask, &question).map_err(|raised| vm.take_raised(raised)).ok();
        // A statement that has ended meanwhile needs no answer.
        drop(question.answer.send(value));
    }
}

fn answer_one(vm: &Vm, ask: Word, question: &Question) -> Outcome<Value> {
    let values = vm.list_of(vm.new_tuple(&[])?)?;
    for value in &question.values {
        values.push(vm, word(vm, value)?)?;
    }
    let (number, state) = (vm.new_int(question.number)?, vm.new_int(question.state)?);
    let answer = vm.call(ask, &[Word::int(question.kind as isize), number, state, values.word()])?;
    value(vm, answer)
}

fn failure(code: i32, text: &str) -> Error {
    Error::SqliteFailure(ffi::Error::new(code), Some(text.to_owned()))
}

/// What a call came to, in two parts.
fn answered<T>(vm: &Vm, answer: Answer<T>, show: impl FnOnce(T) -> Outcome) -> Outcome {
    match answer {
        Ok(answer) => {
            let answer = show(answer)?;
            vm.new_tuple(&[answer, Word::NONE])
        }
        Err(error) => {
            let (code, text) = match error {
                Error::SqliteFailure(error, Some(text)) => (error.extended_code, text),
                Error::SqliteFailure(error, None) => (error.extended_code, ffi::code_to_str(error.extended_code).to_owned()),
                Error::SqlInputError { error, msg, .. } => (error.extended_code, msg),
                Error::MultipleStatement => (ffi::SQLITE_MISUSE, "You can only execute one statement at a time.".to_owned()),
                Error::NulError(_) => (ffi::SQLITE_MISUSE, "the query contains a null character".to_owned()),
                other => (ffi::SQLITE_ERROR, other.to_string()),
            };
            let text = vm.new_str(&text)?;
            let failure = vm.new_tuple(&[Word::int(code as isize & 0xff), Word::int(code as isize), text])?;
            vm.new_tuple(&[Word::NONE, failure])
        }
    }
}

fn optional(vm: &Vm, text: Option<&str>) -> Outcome {
    text.map_or(Ok(Word::NONE), |text| vm.new_str(text))
}

/// A value as Python has it: text that is not UTF-8 is a tuple of its bytes.
fn word(vm: &Vm, value: &Value) -> Outcome {
    match value {
        Value::Null => Ok(Word::NONE),
        Value::Int(value) => vm.new_int(*value),
        Value::Real(value) => vm.new_float(*value),
        Value::Text(bytes) => match str::from_utf8(bytes) {
            Ok(text) => vm.new_str(text),
            Err(_) => {
                let bytes = vm.new_bytes(bytes)?;
                vm.new_tuple(&[bytes])
            }
        },
        Value::Blob(bytes) => vm.new_bytes(bytes),
    }
}

/// What Python hands over is None, an int, a float, a str or bytes-like: `sqlite3` has seen to it.
fn value(vm: &Vm, word: Word) -> Outcome<Value> {
    use interpreter::object::{float::FLOAT, str::STR};
    if word == Word::NONE {
        return Ok(Value::Null);
    }
    if vm.is_instance(word, &STR) {
        return Ok(Value::Text(vm.expect_text(word)?.as_bytes().to_vec()));
    }
    if vm.is_instance(word, &FLOAT) {
        return Ok(Value::Real(vm.float_value(word)?));
    }
    if let Some(value) = bigint::wide(word) {
        return Ok(Value::Int(value));
    }
    let bytes = vm.buffer(word, false)?.bytes;
    Ok(Value::Blob(bytes.iter().map(std::cell::Cell::get).collect()))
}

fn values(vm: &Vm, list: Word) -> Outcome<Vec<Value>> {
    let mut values = Vec::new();
    vm.for_each(list, &mut |item| {
        values.push(value(vm, item)?);
        Ok(())
    })?;
    Ok(values)
}

fn open(vm: &Vm, args: Args) -> Outcome {
    let path = vm.expect_text(args.at(0))?;
    let uri = if vm.truth(args.at(1))? { OpenFlags::SQLITE_OPEN_URI } else { OpenFlags::empty() };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX | uri;
    let seconds = Duration::try_from_secs_f64(vm.float_value(args.at(2))?).unwrap_or_default();
    let kept = vm.index(args.at(3))?.max(0) as usize;
    let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(seconds)?;
        connection.set_prepared_statement_cache_capacity(kept);
        Ok(connection)
    });
    answered(vm, opened, |connection| {
        let interrupt = connection.get_interrupt_handle();
        let database = Arc::new(Database { connection: Mutex::new(connection), line: Line::default(), interrupt });
        let mut databases = databases();
        let free = databases.iter().position(Option::is_none).unwrap_or(databases.len());
        if free == databases.len() {
            databases.push(None);
        }
        databases[free] = Some(database);
        Ok(Word::int(free as isize))
    })
}

fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value]) -> Answer<()> {
    values.iter().enumerate().try_for_each(|(index, value)| statement.raw_bind_parameter(index + 1, value))
}

/// What a statement gave.
struct Given {
    columns: Vec<(String, Option<String>)>,
    rows: Vec<Vec<Value>>,
    changes: u64,
    last: i64,
}

fn run(vm: &Vm, args: Args) -> Outcome {
    let (sql, values) = (vm.expect_text(args.at(1))?, values(vm, args.at(2))?);
    let answer = with(vm, args.at(0), args.at(3), |connection| {
        let before = connection.total_changes();
        let mut statement = connection.prepare_cached(sql)?;
        bind(&mut statement, &values)?;
        let columns: Vec<(String, Option<String>)> =
            statement.columns().iter().map(|column| (column.name().to_owned(), column.decl_type().map(str::to_owned))).collect();
        let mut rows = Vec::new();
        let mut given = statement.raw_query();
        while let Some(row) = given.next()? {
            rows.push((0..columns.len()).map(|index| Ok(row.get_ref(index)?.into())).collect::<Answer<Vec<Value>>>()?);
        }
        drop(given);
        drop(statement);
        Ok(Given { columns, rows, changes: connection.total_changes() - before, last: connection.last_insert_rowid() })
    })?;
    answered(vm, answer, |given| {
        let columns = vm.list_of(vm.new_tuple(&[])?)?;
        for (name, declared) in &given.columns {
            let (name, declared) = (vm.new_str(name)?, optional(vm, declared.as_deref())?);
            columns.push(vm, vm.new_tuple(&[name, declared])?)?;
        }
        let rows = vm.list_of(vm.new_tuple(&[])?)?;
        for given in &given.rows {
            let row = vm.list_of(vm.new_tuple(&[])?)?;
            for value in given {
                row.push(vm, word(vm, value)?)?;
            }
            rows.push(vm, vm.tuple_of(row.word())?.word())?;
        }
        let last = vm.new_int(given.last)?;
        vm.new_tuple(&[columns.word(), rows.word(), Word::int(given.changes as isize), last])
    })
}

/// A function over many rows, whose objects the program keeps by number.
struct Many {
    line: Line,
    number: i64,
}

fn arguments(context: &Context<'_>) -> Vec<Value> {
    (0..context.len()).map(|index| context.get_raw(index).into()).collect()
}

impl Aggregate<i64, Value> for Many {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<i64> {
        match self.line.call(Kind::Begin, self.number, 0, Vec::new())? {
            Value::Int(state) => Ok(state),
            _ => Err(Error::UserFunctionError("user-defined aggregate's '__init__' method raised error".into())),
        }
    }

    fn step(&self, context: &mut Context<'_>, state: &mut i64) -> rusqlite::Result<()> {
        self.line.call(Kind::Step, self.number, *state, arguments(context)).map(drop)
    }

    fn finalize(&self, _: &mut Context<'_>, state: Option<i64>) -> rusqlite::Result<Value> {
        match state {
            Some(state) => self.line.call(Kind::Finish, self.number, state, Vec::new()),
            None => Ok(Value::Null),
        }
    }
}

impl WindowAggregate<i64, Value> for Many {
    fn value(&self, state: Option<&mut i64>) -> rusqlite::Result<Value> {
        state.map_or(Ok(Value::Null), |state| self.line.call(Kind::Value, self.number, *state, Vec::new()))
    }

    fn inverse(&self, context: &mut Context<'_>, state: &mut i64) -> rusqlite::Result<()> {
        self.line.call(Kind::Undo, self.number, *state, arguments(context)).map(drop)
    }
}

fn function(vm: &Vm, args: Args) -> Outcome {
    let line = database(vm, args.at(0))?.line.clone();
    let name = vm.expect_text(args.at(1))?;
    let count = vm.index(args.at(2))? as i32;
    let number = vm.index(args.at(3))? as i64;
    let kind = vm.index(args.at(4))?;
    let flags = FunctionFlags::from_bits_truncate(vm.index(args.at(5))? as i32) | FunctionFlags::SQLITE_UTF8;
    let answer = with(vm, args.at(0), Word::NONE, |connection| match kind {
        0 => connection.create_scalar_function(name, count, flags, move |context: &Context<'_>| {
            line.call(Kind::Call, number, 0, arguments(context))
        }),
        1 => connection.create_aggregate_function(name, count, flags, Many { line, number }),
        2 => connection.create_window_function(name, count, flags, Many { line, number }),
        3 => connection.create_collation(name, move |one: &str, other: &str| {
            let texts = vec![Value::Text(one.as_bytes().to_vec()), Value::Text(other.as_bytes().to_vec())];
            match line.ask(Kind::Compare, number, 0, texts) {
                Some(Value::Int(order)) => order.cmp(&0),
                _ => Ordering::Equal,
            }
        }),
        -1 => connection.remove_function(name, count),
        _ => connection.remove_collation(name),
    })?;
    answered(vm, answer, |()| Ok(Word::NONE))
}

fn watch(vm: &Vm, args: Args) -> Outcome {
    let line = database(vm, args.at(0))?.line.clone();
    let instructions = vm.index(args.at(1))? as i32;
    let answer = with(vm, args.at(0), Word::NONE, |connection| {
        let progress = move || line.is_open() && !matches!(line.ask(Kind::Progress, 0, 0, Vec::new()), Some(Value::Int(0)));
        connection.progress_handler(instructions, (instructions > 0).then_some(progress));
        Ok(())
    })?;
    answered(vm, answer, |()| Ok(Word::NONE))
}

/// SQLite's limits, each at its number.
const LIMITS: [Limit; 12] = [
    Limit::SQLITE_LIMIT_LENGTH,
    Limit::SQLITE_LIMIT_SQL_LENGTH,
    Limit::SQLITE_LIMIT_COLUMN,
    Limit::SQLITE_LIMIT_EXPR_DEPTH,
    Limit::SQLITE_LIMIT_COMPOUND_SELECT,
    Limit::SQLITE_LIMIT_VDBE_OP,
    Limit::SQLITE_LIMIT_FUNCTION_ARG,
    Limit::SQLITE_LIMIT_ATTACHED,
    Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH,
    Limit::SQLITE_LIMIT_VARIABLE_NUMBER,
    Limit::SQLITE_LIMIT_TRIGGER_DEPTH,
    Limit::SQLITE_LIMIT_WORKER_THREADS,
];

fn limit(vm: &Vm, args: Args) -> Outcome {
    let which = usize::try_from(vm.index(args.at(1))?).ok().and_then(|which| LIMITS.get(which).copied());
    let Some(which) = which else { return Err(vm.value_error("no such limit")) };
    let most = vm.index(args.at(2))? as i32;
    let answer = with(vm, args.at(0), Word::NONE, |connection| match most {
        ..0 => connection.limit(which),
        _ => connection.set_limit(which, most),
    })?;
    answered(vm, answer, |limit| Ok(Word::int(limit as isize)))
}

fn blob<T: Send>(
    vm: &Vm,
    args: Args,
    body: impl FnOnce(&mut Blob<'_>) -> Answer<T> + Send,
    show: impl FnOnce(&Vm, T) -> Outcome,
) -> Outcome {
    let (name, table, column) = (vm.expect_text(args.at(1))?, vm.expect_text(args.at(2))?, vm.expect_text(args.at(3))?);
    let (row, is_reading) = (vm.index(args.at(4))? as i64, vm.truth(args.at(5))?);
    let answer =
        with(vm, args.at(0), Word::NONE, |connection| body(&mut connection.blob_open(name, table, column, row, is_reading)?))?;
    answered(vm, answer, |answer| show(vm, answer))
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    let (name, to_name) = (vm.expect_text(args.at(1))?, vm.expect_text(args.at(3))?);
    let to = database(vm, args.at(2))?;
    let line = database(vm, args.at(0))?.line.clone();
    let pages = vm.index(args.at(4))? as i32;
    let is_telling = args.at(5) != Word::NONE;
    let answer = with(vm, args.at(0), args.at(5), |connection| {
        let Ok(mut to) = to.connection.try_lock() else {
            return Err(failure(ffi::SQLITE_MISUSE, "target cannot be the same connection instance"));
        };
        let copying = backup::Backup::new_with_names(connection, name, &mut to, to_name)?;
        loop {
            let step = copying.step(pages)?;
            let progress = copying.progress();
            if is_telling {
                let code = match step {
                    backup::StepResult::Done => ffi::SQLITE_DONE,
                    backup::StepResult::More => ffi::SQLITE_OK,
                    _ => ffi::SQLITE_BUSY,
                };
                let told =
                    vec![Value::Int(code.into()), Value::Int(progress.remaining.into()), Value::Int(progress.pagecount.into())];
                if line.ask(Kind::Left, 0, 0, told).is_none() {
                    return Err(failure(ffi::SQLITE_ABORT, "the backup's progress raised"));
                }
            }
            match step {
                backup::StepResult::Done => return Ok(()),
                backup::StepResult::More => {}
                _ => return Err(failure(ffi::SQLITE_BUSY, "database is locked")),
            }
        }
    })?;
    answered(vm, answer, |()| Ok(Word::NONE))
}
