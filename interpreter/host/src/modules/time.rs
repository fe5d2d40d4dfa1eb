//! `time` on a computer: the clocks of the system (clock_gettime(2)). Dates know the time zone, so what they show is Python's
//! (`frozen/_time`).

use super::overridden;
use interpreter::modules::core_rows;
use interpreter::object::handle::Args;
use interpreter::object::name::Name;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};
use nix::sys::time::TimeSpec;
use nix::time::{ClockId, clock_getres, clock_gettime};

table! { pub ROWS, NAMES, DOCS:
    /// clock_gettime(clock): what a clock shows, in seconds.
    def clock_gettime(1) = |vm, args| seconds(vm, read(vm, asked(vm, args)?));
    /// clock_gettime_ns(clock): what a clock shows, in nanoseconds.
    def clock_gettime_ns(1) = |vm, args| nanoseconds(vm, read(vm, asked(vm, args)?));
    /// clock_getres(clock): how fine a clock is, in seconds.
    def clock_getres(1) = |vm, args| seconds(vm, clock_getres(asked(vm, args)?).map_err(|errno| crate::errors::told(vm, errno)));
    /// monotonic(): seconds of a clock that nobody sets.
    def monotonic(0) = |vm, _| seconds(vm, read(vm, ClockId::CLOCK_MONOTONIC));
    /// monotonic_ns(): as monotonic, in nanoseconds.
    def monotonic_ns(0) = |vm, _| nanoseconds(vm, read(vm, ClockId::CLOCK_MONOTONIC));
    /// perf_counter(): seconds of the finest clock.
    def perf_counter(0) = |vm, _| seconds(vm, read(vm, ClockId::CLOCK_MONOTONIC));
    /// perf_counter_ns(): as perf_counter, in nanoseconds.
    def perf_counter_ns(0) = |vm, _| nanoseconds(vm, read(vm, ClockId::CLOCK_MONOTONIC));
    /// process_time(): seconds for which processors have worked for this program.
    def process_time(0) = |vm, _| seconds(vm, read(vm, ClockId::CLOCK_PROCESS_CPUTIME_ID));
    /// process_time_ns(): as process_time, in nanoseconds.
    def process_time_ns(0) = |vm, _| nanoseconds(vm, read(vm, ClockId::CLOCK_PROCESS_CPUTIME_ID));
    /// thread_time(): seconds for which a processor has worked for this thread.
    def thread_time(0) = |vm, _| seconds(vm, read(vm, ClockId::CLOCK_THREAD_CPUTIME_ID));
    /// thread_time_ns(): as thread_time, in nanoseconds.
    def thread_time_ns(0) = |vm, _| nanoseconds(vm, read(vm, ClockId::CLOCK_THREAD_CPUTIME_ID));
}

fn asked(vm: &Vm, args: Args) -> Outcome<ClockId> {
    let number = vm.index(args.at(0))?;
    number.try_into().map(ClockId::from_raw).map_err(|_| vm.os_error(Errno::EINVAL.0))
}

fn read(vm: &Vm, clock: ClockId) -> Outcome<TimeSpec> {
    clock_gettime(clock).map_err(|errno| crate::errors::told(vm, errno))
}

fn seconds(vm: &Vm, time: Outcome<TimeSpec>) -> Outcome {
    let time = time?;
    vm.new_float(time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9)
}

fn nanoseconds(vm: &Vm, time: Outcome<TimeSpec>) -> Outcome {
    let time = time?;
    vm.new_int(time.tv_sec().saturating_mul(1_000_000_000).saturating_add(time.tv_nsec()))
}

/// What Python has instead of the native rows.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    overridden(vm, name!(time), core_rows(name!(time)), name, &["localtime", "gmtime", "mktime"])
}
