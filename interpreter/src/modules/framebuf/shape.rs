//! Shapes: which pixels a line, an ellipse, a polygon are. The choice is MicroPython's, pixel by pixel.

use super::format::Frame;
use super::number;
use crate::object::handle::{Handle, Words};
use crate::object::list::List;
use crate::object::word::Word;
use crate::object::packed;
use crate::vm::{Outcome, Vm};

pub(super) fn rectangle(frame: &Frame, [x, y, w, h]: [isize; 4], colour: isize, filled: bool) {
    if filled {
        return frame.fill(x, y, w, h, colour);
    }
    frame.fill(x, y, w, 1, colour);
    frame.fill(x, y + h - 1, w, 1, colour);
    frame.fill(x, y, 1, h, colour);
    frame.fill(x + w - 1, y, 1, h, colour);
}

/// Bresenham's: one step along the longer way at a time. The part outside is walked too, so Ctrl-C is heeded.
pub(super) fn line(vm: &Vm, frame: &Frame, from: [isize; 2], to: [isize; 2], colour: isize) -> Outcome<()> {
    let distance = [0, 1].map(|axis| (to[axis] - from[axis]).abs());
    let step = [0, 1].map(|axis| if to[axis] > from[axis] { 1 } else { -1 });
    let long = usize::from(distance[1] > distance[0]);
    let short = 1 - long;
    let (mut at, mut error) = (from, 2 * distance[short] - distance[long]);
    for count in 0..distance[long] {
        if count & 0xfff == 0xfff {
            vm.poll()?;
        }
        frame.set(at[0], at[1], colour);
        while error >= 0 && distance[long] > 0 {
            at[short] += step[short];
            error -= 2 * distance[long];
        }
        at[long] += step[long];
        error += 2 * distance[short];
    }
    frame.set(to[0], to[1], colour);
    Ok(())
}

/// Four points, or the lines up to them, one in each of the quadrants.
fn quarter(frame: &Frame, [cx, cy]: [isize; 2], [x, y]: [isize; 2], colour: isize, filled: bool, quadrants: isize) {
    for (bit, right, up) in [(1, true, true), (2, false, true), (4, false, false), (8, true, false)] {
        if quadrants & bit == 0 {
            continue;
        }
        let line = if up { cy - y } else { cy + y };
        match filled {
            true => frame.fill(if right { cx } else { cx - x }, line, x + 1, 1, colour),
            false => frame.set(if right { cx + x } else { cx - x }, line, colour),
        }
    }
}

/// Two arcs of each quadrant: the steep one from the side, the flat one from the top, until their slopes meet.
pub(super) fn ellipse(
    vm: &Vm,
    frame: &Frame,
    centre: [isize; 2],
    radius: [isize; 2],
    colour: isize,
    filled: bool,
    quadrants: isize,
) -> Outcome<()> {
    let radius = radius.map(|radius| radius.clamp(-0x7fff, 0x7fff));
    if radius == [0, 0] {
        if quadrants & 15 != 0 {
            frame.set(centre[0], centre[1], colour);
        }
        return Ok(());
    }
    for main in [0, 1] {
        arc(vm, radius, main, &mut |point| quarter(frame, centre, point, colour, filled, quadrants))?;
    }
    Ok(())
}

/// The arc that begins at the end of axis `main` and is followed along the other axis.
fn arc(vm: &Vm, radius: [isize; 2], main: usize, point: &mut dyn FnMut([isize; 2])) -> Outcome<()> {
    let (a, b) = (i64::from(radius[main] as i32), i64::from(radius[1 - main] as i32));
    let (mut main_change, mut side_change) = (b * b * (1 - 2 * a), a * a);
    let (mut main_slope, mut side_slope) = (2 * b * b * a, 0);
    let (mut at, mut error, mut side) = (a, 0, 0);
    while main_slope >= side_slope {
        if side & 0xfff == 0xfff {
            vm.poll()?;
        }
        point(if main == 0 { [at as isize, side as isize] } else { [side as isize, at as isize] });
        side += 1;
        side_slope += 2 * a * a;
        error += side_change;
        side_change += 2 * a * a;
        if 2 * error + main_change > 0 {
            at -= 1;
            main_slope -= 2 * b * b;
            error += main_change;
            main_change += 2 * b * b;
        }
        if a == 0 && b == 0 {
            break;
        }
    }
    Ok(())
}

/// The numbers of an array of coordinates, as a list; an odd one at the end is left out.
pub(super) fn points(vm: &Vm, word: Word) -> Outcome<Handle<List>> {
    let count = {
        let buffer = vm.buffer(word, false)?;
        buffer.bytes.len() / usize::from(buffer.item_size.max(1))
    };
    let list = vm.new_list_with_capacity(count)?;
    for index in 0..count & !1 {
        let buffer = vm.buffer(word, false)?;
        let size = usize::from(buffer.item_size.max(1));
        let Some(bytes) = buffer.bytes.get(index * size..(index + 1) * size) else { break };
        let value = number(vm, packed::load(vm, buffer.type_code, bytes)?)?;
        list.push(vm, Word::int(value))?;
    }
    Ok(list)
}

pub(super) fn polygon(vm: &Vm, frame: &Frame, origin: [isize; 2], points: Handle<List>, colour: isize, filled: bool) -> Outcome<()> {
    let count = points.len() / 2;
    let corner = |index: usize| [0, 1].map(|axis| points.at(2 * index + axis).map_or(0, Word::int_value));
    if count == 0 {
        return Ok(());
    }
    let moved = |point: [isize; 2]| [origin[0] + point[0], origin[1] + point[1]];
    if !filled {
        let mut last = corner(0);
        for index in (0..count).rev() {
            let next = corner(index);
            line(vm, frame, moved(last), moved(next), colour)?;
            last = next;
        }
        return Ok(());
    }
    let lines = (0..count).map(|index| corner(index)[1]);
    // Lines above and below show nothing.
    let first = lines.clone().min().unwrap_or(0).max(-origin[1]);
    let end = lines.max().unwrap_or(0).min(frame.height - origin[1]);
    let crossings = Words::EMPTY;
    vm.resize_words(&crossings, count)?;
    for row in first..=end {
        let mut found = 0;
        let mut last = corner(0);
        for index in (0..count).rev() {
            let next = corner(index);
            if let Some(x) = crossing(last, next, row) {
                crossings.set(found, Word::int(x));
                found += 1;
            } else if row == last[1].max(next[1]) {
                // Where two edges meet at the bottom neither crosses the line: the corner itself.
                match last[1].cmp(&next[1]) {
                    core::cmp::Ordering::Less => frame.set(moved(next)[0], moved(next)[1], colour),
                    core::cmp::Ordering::Greater => frame.set(moved(last)[0], moved(last)[1], colour),
                    core::cmp::Ordering::Equal => line(vm, frame, moved(last), moved(next), colour)?,
                }
            }
            last = next;
        }
        sort(&crossings, found);
        for pair in 0..found / 2 {
            let (left, right) = (crossings.get(2 * pair).int_value(), crossings.get(2 * pair + 1).int_value());
            frame.fill(origin[0] + left, origin[1] + row, right - left + 1, 1, colour);
        }
    }
    vm.resize_words(&crossings, 0)
}

/// Where an edge crosses a line, rounded; an edge does not count its lower end.
fn crossing(a: [isize; 2], b: [isize; 2], row: isize) -> Option<isize> {
    if a[1] == b[1] || (a[1] > row) == (b[1] > row) {
        return None;
    }
    let (dx, dy) = ((b[0] - a[0]) as i64, (b[1] - a[1]) as i64);
    Some(((32 * a[0] as i64 + 32 * dx * (row - a[1]) as i64 / dy + 16) / 32) as isize)
}

/// By insertion: there are few.
fn sort(words: &Words, count: usize) {
    for end in 1..count {
        let word = words.get(end);
        let mut place = end;
        while place > 0 && words.get(place - 1).int_value() > word.int_value() {
            words.set(place, words.get(place - 1));
            place -= 1;
        }
        words.set(place, word);
    }
}
