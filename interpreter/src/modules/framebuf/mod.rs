//! `framebuf`: drawing into a buffer that a display will show.
//!
//! `format` knows how pixels lie in bytes, `shape` draws with nothing but pixels and rectangles, so a new format is a few lines
//! and a new shape none of a format's business. Everything is clipped; a buffer that shrinks meanwhile is drawn as far as it
//! goes.

mod font;
pub use font::columns;
mod format;
mod shape;

use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Buffer, Slots, Type};
use crate::object::resource::{Resource, resource_type};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use format::{Format, Frame};

table! { pub ROWS, NAMES, DOCS:
    /// FrameBuffer(buffer, width, height, format[, stride]): pixels in a buffer.
    const FrameBuffer = type_word(&FRAME_BUFFER);
    /// FrameBuffer1(buffer, width, height[, stride]): the same of the format MONO_VLSB.
    def FrameBuffer1(3..=4) = |vm, args| {
        let stride = args.get(3).unwrap_or(args.at(1));
        vm.call(type_word(&FRAME_BUFFER), &[args.at(0), args.at(1), args.at(2), Word::int(0), stride])
    };
    const MVLSB = Word::int(Format::VerticalLow as isize);
    /// 1 bit; a byte is 8 pixels below each other, the lowest bit at the top.
    const MONO_VLSB = Word::int(Format::VerticalLow as isize);
    /// 16 bits: red, green, blue of 5, 6 and 5.
    const RGB565 = Word::int(Format::Rgb565 as isize);
    /// 4 bits of grey.
    const GS4_HMSB = Word::int(Format::Grey4 as isize);
    /// 1 bit; a byte is 8 pixels side by side, the highest bit at the left.
    const MONO_HLSB = Word::int(Format::HorizontalLow as isize);
    /// 1 bit; a byte is 8 pixels side by side, the lowest bit at the left.
    const MONO_HMSB = Word::int(Format::HorizontalHigh as isize);
    /// 2 bits of grey.
    const GS2_HMSB = Word::int(Format::Grey2 as isize);
    /// 8 bits of grey.
    const GS8 = Word::int(Format::Grey8 as isize);
}

/// What frame buffers have.
pub mod methods {
    use super::{Frame, blit, number, numbers, scroll, shape, text};
    use crate::object::word::Word;

    table! { pub ROWS, NAMES, DOCS:
        /// fill(c): all of it.
        def fill(2) = |vm, args| {
            let [colour] = numbers(vm, args, 1)?;
            let frame = Frame::of(vm, args.at(0))?;
            frame.fill(0, 0, frame.width, frame.height, colour);
            Ok(Word::NONE)
        };
        /// fill_rect(x, y, w, h, c): a filled rectangle.
        def fill_rect(6) = |vm, args| {
            let [x, y, w, h, colour] = numbers(vm, args, 1)?;
            Frame::of(vm, args.at(0))?.fill(x, y, w, h, colour);
            Ok(Word::NONE)
        };
        /// pixel(x, y[, c]): the colour of a pixel, or sets it.
        def pixel(3..=4) = |vm, args| {
            let [x, y] = numbers(vm, args, 1)?;
            let colour = args.get(3).map(|colour| number(vm, colour)).transpose()?;
            let frame = Frame::of(vm, args.at(0))?;
            match colour {
                None => Ok(frame.get(x, y).map_or(Word::NONE, |colour| Word::int(colour as isize))),
                Some(colour) => {
                    frame.set(x, y, colour);
                    Ok(Word::NONE)
                }
            }
        };
        /// hline(x, y, w, c): a line to the right.
        def hline(5) = |vm, args| {
            let [x, y, w, colour] = numbers(vm, args, 1)?;
            Frame::of(vm, args.at(0))?.fill(x, y, w, 1, colour);
            Ok(Word::NONE)
        };
        /// vline(x, y, h, c): a line downwards.
        def vline(5) = |vm, args| {
            let [x, y, h, colour] = numbers(vm, args, 1)?;
            Frame::of(vm, args.at(0))?.fill(x, y, 1, h, colour);
            Ok(Word::NONE)
        };
        /// rect(x, y, w, h, c, f=False): a rectangle, filled if f is true.
        def rect(6..=7) = |vm, args| {
            let [x, y, w, h, colour] = numbers(vm, args, 1)?;
            let filled = vm.truth(args.get(6).unwrap_or(Word::FALSE))?;
            shape::rectangle(&Frame::of(vm, args.at(0))?, [x, y, w, h], colour, filled);
            Ok(Word::NONE)
        };
        /// line(x1, y1, x2, y2, c): a straight line.
        def line(6) = |vm, args| {
            let [x1, y1, x2, y2, colour] = numbers(vm, args, 1)?;
            shape::line(vm, &Frame::of(vm, args.at(0))?, [x1, y1], [x2, y2], colour)?;
            Ok(Word::NONE)
        };
        /// ellipse(x, y, xr, yr, c, f=False, m=15): an ellipse, filled if f is true, of the quadrants in m.
        def ellipse(6..=8) = |vm, args| {
            let [x, y, xr, yr, colour] = numbers(vm, args, 1)?;
            let filled = vm.truth(args.get(6).unwrap_or(Word::FALSE))?;
            let quadrants = args.get(7).map_or(Ok(15), |mask| number(vm, mask))?;
            shape::ellipse(vm, &Frame::of(vm, args.at(0))?, [x, y], [xr, yr], colour, filled, quadrants)?;
            Ok(Word::NONE)
        };
        /// poly(x, y, coords, c, f=False): a closed polygon, filled if f is true; coords is an array of x and y in turn.
        def poly(5..=6) = |vm, args| {
            let [x, y] = numbers(vm, args, 1)?;
            let (colour, filled) = (number(vm, args.at(4))?, vm.truth(args.get(5).unwrap_or(Word::FALSE))?);
            let points = shape::points(vm, args.at(3))?;
            shape::polygon(vm, &Frame::of(vm, args.at(0))?, [x, y], points, colour, filled)?;
            Ok(Word::NONE)
        };
        /// blit(source, x, y, key=-1, palette=None): another one, but pixels of the colour key; colours are looked up in palette.
        def blit(4..=6) = blit;
        /// scroll(xstep, ystep): moves the contents.
        def scroll(3) = scroll;
        /// text(s, x, y, c=1): text, 8 pixels a character.
        def text(4..=5) = text;
    }
}

static SLOTS: Slots = Slots { make: Some(make), buffer: Some(buffer), ..Slots::NONE };

/// `FrameBuffer`. State: the buffer, width, height, stride × 8 + format.
static FRAME_BUFFER: Type = resource_type(name!(FrameBuffer), &SLOTS, methods::ROWS);

fn resource(vm: &Vm, word: Word) -> Option<Handle<Resource>> {
    vm.resource(word, &FRAME_BUFFER)
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 4, 5)?;
    let words = args.positional();
    let state = geometry(vm, words.len(), &|index| words[index].get(), true)?;
    vm.new_resource(&FRAME_BUFFER, &state)
}

/// The state of a frame buffer that is described so.
fn geometry(vm: &Vm, count: usize, item: &dyn Fn(usize) -> Word, writable: bool) -> Outcome<[Word; 4]> {
    let (width, height) = (vm.index(item(1))?, vm.index(item(2))?);
    let number = vm.index(item(3))?;
    let stride = if count > 4 { vm.index(item(4))? } else { width };
    let size = 1..=0xffff;
    if !size.contains(&width) || !size.contains(&height) || !size.contains(&stride) || stride < width {
        return Err(vm.value_error("wrong size"));
    }
    let format = Format::from_number(number).ok_or_else(|| vm.value_error("invalid format"))?;
    let stride = format.padded(stride);
    if format.bytes(width, height, stride) > vm.buffer(item(0), writable)?.bytes.len() {
        return Err(vm.value_error("buffer too small"));
    }
    Ok([item(0), Word::int(width), Word::int(height), Word::int(stride * 8 + number)])
}

fn buffer<'v>(vm: &'v Vm, word: Word, writable: bool) -> Option<Buffer<'v>> {
    let frame = resource(vm, word)?;
    match vm.buffer(frame.state[0].get(), writable) {
        Ok(buffer) => Some(buffer),
        Err(raised) => {
            vm.take_raised(raised);
            None
        }
    }
}

impl<'v> Frame<'v> {
    /// The pixels of a frame buffer.
    fn of(vm: &'v Vm, word: Word) -> Outcome<Frame<'v>> {
        let frame = resource(vm, word).ok_or_else(|| vm.type_error("a FrameBuffer is needed"))?;
        Frame::new(vm, core::array::from_fn(|index| frame.state[index].get()), true)
    }

    fn new(vm: &'v Vm, state: [Word; 4], writable: bool) -> Outcome<Frame<'v>> {
        let [buffer, width, height, layout] = state;
        let layout = layout.int_value();
        Ok(Frame {
            bytes: vm.buffer(buffer, writable)?.bytes,
            width: width.int_value(),
            height: height.int_value(),
            stride: layout / 8,
            format: Format::from_number(layout % 8).expect("checked when made"),
        })
    }

    /// The pixels of a frame buffer, or of what a tuple or list describes as one.
    fn source(vm: &'v Vm, word: Word) -> Outcome<Frame<'v>> {
        if let Some(frame) = resource(vm, word) {
            return Frame::new(vm, core::array::from_fn(|index| frame.state[index].get()), false);
        }
        let items = vm.tuple_of(word)?;
        if !(4..=5).contains(&items.len()) {
            return Err(vm.value_error("a tuple of 4 or 5 is needed"));
        }
        let state = geometry(vm, items.len(), &|index| items.at(index).unwrap_or(Word::NONE), false)?;
        Frame::new(vm, state, false)
    }
}

/// A coordinate or colour: wild ones are cut to what can be computed with.
fn number(vm: &Vm, word: Word) -> Outcome<isize> {
    Ok(vm.index(word)?.clamp(-(1 << 28), (1 << 28) - 1))
}

fn numbers<const N: usize>(vm: &Vm, args: Args, first: usize) -> Outcome<[isize; N]> {
    let mut numbers = [0; N];
    for (index, place) in numbers.iter_mut().enumerate() {
        *place = number(vm, args.at(first + index))?;
    }
    Ok(numbers)
}

fn blit(vm: &Vm, args: Args) -> Outcome {
    let [left, top] = numbers(vm, args, 2)?;
    let key = args.get(4).map_or(Ok(-1), |key| number(vm, key))?;
    let palette = match args.get(5).filter(|word| *word != Word::NONE) {
        Some(palette) => Some(Frame::source(vm, palette)?),
        None => None,
    };
    let source = Frame::source(vm, args.at(1))?;
    let target = Frame::of(vm, args.at(0))?;
    for y in 0.max(-top)..source.height.min(target.height - top) {
        for x in 0.max(-left)..source.width.min(target.width - left) {
            let Some(mut colour) = source.get(x, y) else { continue };
            if let Some(palette) = &palette {
                colour = palette.get(colour as isize, 0).unwrap_or(0);
            }
            if colour as isize != key {
                target.set(left + x, top + y, colour as isize);
            }
        }
    }
    Ok(Word::NONE)
}

fn scroll(vm: &Vm, args: Args) -> Outcome {
    let [right, down] = numbers(vm, args, 1)?;
    let frame = Frame::of(vm, args.at(0))?;
    let (width, height) = (frame.width - right.abs(), frame.height - down.abs());
    // The side that is moved towards comes first, so nothing is overwritten before it was moved.
    for step in 0..height.max(0) {
        let y = if down > 0 { frame.height - 1 - step } else { step };
        for step in 0..width.max(0) {
            let x = if right > 0 { frame.width - 1 - step } else { step };
            if let Some(colour) = frame.get(x - right, y - down) {
                frame.set(x, y, colour as isize);
            }
        }
    }
    Ok(Word::NONE)
}

fn text(vm: &Vm, args: Args) -> Outcome {
    let text = vm.expect_text(args.at(1))?;
    let [left, top] = numbers(vm, args, 2)?;
    let colour = args.get(4).map_or(Ok(1), |colour| number(vm, colour))?;
    let frame = Frame::of(vm, args.at(0))?;
    let mut x = left;
    for character in text.chars() {
        if x >= frame.width {
            break;
        }
        for column in font::columns(character as u32) {
            (0..8).filter(|bit| column >> bit & 1 != 0).for_each(|bit| frame.set(x, top + bit, colour));
            x += 1;
        }
    }
    Ok(Word::NONE)
}
