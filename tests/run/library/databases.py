# Databases, by the database API: statements, rows, types, transactions, functions of the program, dumps and copies.
# needs: import sqlite3
import datetime
import sqlite3

c = sqlite3.connect(":memory:")
cur = c.cursor()
print(cur.execute("create table t(id integer primary key autoincrement, name text, d date, x real, b blob)") is cur, cur.description, cur.rowcount)
cur.execute("insert into t(name,x,b) values(?,?,?)", ("Ann", 1.5, b"\x00\x01"))
print(cur.lastrowid, cur.rowcount, c.in_transaction, c.total_changes)
c.commit(); print(c.in_transaction)
cur.executemany("insert into t(name,x) values(:name,:x)", [{"name": "Bob", "x": None}, {"name": "Cid", "x": 3}])
print(cur.rowcount, cur.lastrowid)
print(cur.execute("select * from t order by id").fetchall(), cur.description)
c.row_factory = sqlite3.Row
r = c.execute("select id, name as N from t").fetchone()
print(r.keys(), r["n"], r[0], r[-1], len(r), tuple(r), list(r), dict(r), r == c.execute("select id, name as N from t").fetchone(), isinstance(r, tuple))
c.row_factory = None
for f in [lambda: c.execute("select * from nope"), lambda: c.execute("selec"), lambda: c.execute("insert into t(id) values (1)"), lambda: c.execute("select ?", ()), lambda: c.execute("select ?", (object(),)), lambda: c.execute("select :a", {"b": 1}), lambda: c.execute("select ?", (2**70,)), lambda: cur.execute(1), lambda: c.execute("select ?", 5), lambda: c.executemany("select 1", [()])]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e, getattr(e, "sqlite_errorname", None), getattr(e, "sqlite_errorcode", None))
c.rollback()
print(c.execute("select count(*) from t").fetchone())
with c:
    c.execute("insert into t(name) values('Dan')")
try:
    with c:
        c.execute("insert into t(name) values('Eve')")
        raise KeyError("x")
except KeyError: pass
print([row for row in c.execute("select name from t")])
c.create_function("double", 1, lambda x: x * 2)
class Sum:
    def __init__(self): self.n = 0
    def step(self, x): self.n += x or 0
    def finalize(self): return self.n
c.create_aggregate("mysum", 1, Sum)
c.create_collation("rev", lambda a, b: (a < b) - (a > b))
print(c.execute("select double(4), double('ab'), mysum(id) from t").fetchall(), c.execute("select name from t order by name collate rev").fetchall())
c.create_function("bad", 0, lambda: 1/0)
try: c.execute("select bad()").fetchall()
except sqlite3.OperationalError as e: print(e)
for line in c.iterdump(): print(line)
d = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)
d.execute("create table e(d date, ts timestamp)")
d.execute("insert into e values(?, ?)", (datetime.date(2024, 2, 3), datetime.datetime(2024, 2, 3, 4, 5, 6, 7000)))
print(d.execute("select d, ts, ts as \"t [timestamp]\" from e").fetchall(), d.execute("select ts as \"t [timestamp]\" from e").description[0][0])
class P:
    def __init__(self, x): self.x = x
    def __conform__(self, proto): return "P%d" % self.x if proto is sqlite3.PrepareProtocol else None
print(d.execute("select ?", (P(4),)).fetchone())
d.commit(); steps = []
c.backup(d, pages=1, progress=lambda *a: steps.append(a))
print(len(steps) > 0, d.execute("select count(*) from t").fetchone())
d.executescript("create table a(x); insert into a values(1); insert into a values(2);")
print(d.execute("select sum(x) from a").fetchone(), d.execute("insert into a values(9) returning x").fetchall())
d.text_factory = bytes
print(d.execute("select 'é'").fetchone())
d.close()
try: d.execute("select 1")
except sqlite3.ProgrammingError as e: print(e)
print(sqlite3.complete_statement("select 1;"), sqlite3.complete_statement("select '1;"), sqlite3.complete_statement("create trigger a begin select 1;"))
print(c.isolation_level, sqlite3.apilevel, sqlite3.paramstyle, sqlite3.threadsafety, c.execute("pragma user_version").fetchone())
e = sqlite3.connect(":memory:", isolation_level=None)
e.execute("create table a(x unique)"); e.execute("insert into a values(1)"); print(e.in_transaction)
try: e.execute("insert into a values(1)")
except sqlite3.IntegrityError as x: print(x, x.sqlite_errorname)
print(e.execute("with recursive n(i) as (select 1 union all select i+1 from n where i<5) select i from n").fetchmany(3))
print(next(c.execute("select 1")), c.execute("select 1 where 0").fetchone())


class Span:
    def __init__(self):
        self.items = []

    def step(self, item):
        self.items.append(item)

    def inverse(self, item):
        self.items.remove(item)

    def value(self):
        return sum(self.items)

    finalize = value


c.create_window_function("span", 1, Span)
over = "select id, span(id) over (order by id rows between 1 preceding and 1 following) from t"
print(c.execute(over).fetchall())
c.execute("update t set b = zeroblob(10)")
with c.blobopen("t", "b", 1) as blob:
    blob.write(b"abc")
    blob[9] = 0x21
    blob.seek(1)
    print(len(blob), blob.read(2), blob.tell(), blob[-1], blob[0:4])
data = c.serialize()
f = sqlite3.connect(":memory:")
f.deserialize(data)
print(type(data), f.execute("select count(*) from t").fetchone(), f.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED))
calls = []
f.set_trace_callback(calls.append)
f.execute("delete from t where id = ?", (1,))
f.set_trace_callback(None)
f.rollback()
print(calls)
f.set_progress_handler(lambda: 1, 1)
try:
    f.execute("select * from t").fetchall()
except sqlite3.OperationalError as error:
    print(error)
