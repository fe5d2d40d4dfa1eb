//! Programs through the whole machine: text in, text out.

use crate::testing::run;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(run(source), expected);
}

#[test]
fn arithmetic_and_loops() {
    check("s = 0\nfor i in range(10):\n    s += i * i\nprint(s)\nwhile s > 3:\n    s //= 2\nprint(s)\n", "285\n2\n");
}

#[test]
#[ignore = "runs the file named by TAIPAN_SCRIPT"]
fn script() {
    let path = std::env::var("TAIPAN_SCRIPT").expect("a path");
    std::print!("{}", run(&std::fs::read_to_string(path).expect("a file")));
}

#[test]
fn what_memory_holds_is_shown_block_by_block() {
    let printed = run("import micropython\nmicropython.mem_info(1)\nmicropython.qstr_info(1)\nmuch = 1\n");
    let lines: std::vec::Vec<_> = printed.lines().collect();
    assert!(lines[0].starts_with("mem: total=") && lines[0].contains(", current=") && lines[0].contains(", peak="), "{printed}");
    assert!(lines[1].starts_with("stack: ") && lines[1].contains(" out of "), "{printed}");
    assert!(lines[4].starts_with("GC memory layout; from "), "{printed}");
    let blocks: std::string::String = lines.iter().filter_map(|line| line.split_once(": ")?.1.get(..64)).collect();
    assert!(blocks.contains("h==") && blocks.ends_with('.') && blocks.bytes().all(|block| b"h=.".contains(&block)), "{printed}");
    assert!(lines.iter().any(|line| line.ends_with(" lines all free)")), "{printed}");
    assert!(printed.contains(", n_total_bytes=") && printed.ends_with("Q(much)\n"), "{printed}");
}

/// Small programs that use every part of the machine, and what they print.
const PROGRAMS: &[(&str, &str)] = &[
    (
        "def f(a, b=2, *c, d=4, **e):\n    return a, b, c, d, e\nprint(f(1), f(1, 5, 6, d=7, z=8))\n",
        "(1, 2, (), 4, {}) (1, 5, (6,), 7, {'z': 8})\n",
    ),
    (
        "class A:\n    def __init__(self, v):\n        self.v = v\n        self.w = v\n        self.u = v\n    def m(self):\n        return self.v\n\
      class B(A):\n    def m(self):\n        return super().m() + 1\nprint([B(i).m() for i in range(5)])\n",
        "[1, 2, 3, 4, 5]\n",
    ),
    (
        "def g(n):\n    try:\n        for i in range(n):\n            yield i\n    finally:\n        print('f')\nfor x in g(2):\n    print(x)\n",
        "0\n1\nf\n",
    ),
    (
        "def t(n):\n    try:\n        if n:\n            raise ValueError(n)\n        return 'r'\n    except ValueError as e:\n        return e.args\n    finally:\n        print('f')\n\
      print(t(0), t(3))\n",
        "f\nf\nr (3,)\n",
    ),
    (
        "def outer():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n    return inc\ni = outer()\ni()\nprint(i())\n",
        "2\n",
    ),
    (
        "d = {}\nfor i in range(40):\n    d[str(i)] = [i] * 3\nprint(len(d), d['7'], sorted(d)[:3])\n",
        "40 [7, 7, 7] ['0', '1', '10']\n",
    ),
    (
        "class M:\n    def __enter__(self):\n        return 5\n    def __exit__(self, t, *a):\n        return t is ZeroDivisionError\nwith M() as m:\n    print(m)\n    1 / 0\nprint('on')\n",
        "5\non\n",
    ),
];

#[test]
fn programs() {
    for (source, expected) in PROGRAMS {
        check(source, expected);
    }
}

#[test]
fn a_deep_recursion_is_an_error_that_can_be_caught() {
    check(
        "def f(n):\n    return f(n + 1)\ntry:\n    f(0)\nexcept RuntimeError as e:\n    print(e)\n",
        "maximum recursion depth exceeded\n",
    );
    check(
        "class A:\n    def __add__(self, o):\n        return self + o\ntry:\n    A() + 1\nexcept RuntimeError as e:\n    print(e)\n",
        "maximum recursion depth exceeded\n",
    );
}

/// The Nth allocation fails, for every N: the program prints what it should, or ends in a `MemoryError`; the heap is sound.
#[cfg(feature = "faults")]
#[test]
fn every_allocation_may_fail() {
    for (source, expected) in PROGRAMS {
        for nth in 1..400 {
            let vm = crate::testing::vm(256 * 1024);
            let (printed, hit) = vm.enter(|vm| {
                vm.heap.faults.fail_at(nth);
                let printed = crate::testing::run_in(vm, source);
                let hit = !vm.heap.faults.is_pending();
                vm.heap.faults.fail_at(0);
                vm.collect();
                vm.heap.verify(true);
                (printed, hit)
            });
            assert!(printed == *expected || printed.contains("MemoryError"), "{nth}: {source}\n{printed}");
            if !hit {
                break;
            }
        }
    }
}

/// A collection before every allocation: whatever is not rooted is lost at once.
#[cfg(feature = "faults")]
#[test]
fn a_collection_may_happen_anywhere() {
    for (source, expected) in PROGRAMS {
        let vm = crate::testing::vm(64 * 1024);
        let printed = vm.enter(|vm| {
            vm.heap.faults.collect_always(true);
            crate::testing::run_in(vm, source)
        });
        assert_eq!(printed, *expected);
    }
}
