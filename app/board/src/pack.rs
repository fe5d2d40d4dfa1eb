//! Cuts a file into the chunks that an upload sends, deflated where that helps.
//!
//! All chunks are one deflate stream, so that each profits from what was sent before, but each holds exactly the bytes that
//! the board needs to inflate its part: the board keeps one chunk and one part at a time, and may be given the next chunk
//! only when it has written the last part to flash. Where the cuts lie is found by inflating here, byte by byte, as the board
//! will; a decompressor that reads no further than it must (MicroPython's and ours do) stops at the same places.

use bytes::{BufMut, Bytes, BytesMut};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// Bytes before a chunk.
pub const HEAD: usize = 5;

/// A chunk as it goes over the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Its head and its bytes.
    pub frame: Bytes,
    /// How many bytes of the file it stands for.
    pub plain: usize,
}

/// What a board takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest chunk; twice that may come out of it.
    pub largest: usize,
    /// Bits of the window that it inflates with; 0 where it cannot.
    pub bits: u8,
}

/// The chunks of a file.
pub fn chunks(data: &[u8], limits: Limits) -> Vec<Chunk> {
    if let Some(cut) = deflated(data, limits.bits).and_then(|packed| cut(&packed, data.len(), limits)) {
        return cut;
    }
    data.chunks(limits.largest.clamp(1, 0xFFFF)).map(|part| Chunk { frame: frame(part, 0), plain: part.len() }).collect()
}

/// The end of a file on the line.
pub fn end() -> Bytes {
    frame(&[], 0)
}

/// Is deflating likely to be worth it? Decided by the beginning: what does not shrink is sent as it is.
pub fn worth_deflating(data: &[u8]) -> bool {
    const SAMPLE: usize = 16 << 10;
    let sample = &data[..data.len().min(SAMPLE)];
    deflated(sample, 12).is_some_and(|packed| packed.len() < sample.len() * 9 / 10)
}

fn frame(bytes: &[u8], plain: usize) -> Bytes {
    let [n, m] = [bytes.len(), plain].map(|length| (length as u16).to_le_bytes());
    let mut frame = BytesMut::with_capacity(bytes.len() + HEAD);
    frame.put_slice(&[n[0], n[1], m[0], m[1], n[0] ^ n[1] ^ m[0] ^ m[1] ^ 0xA5]);
    frame.put_slice(bytes);
    frame.freeze()
}

fn deflated(data: &[u8], bits: u8) -> Option<Vec<u8>> {
    if bits == 0 || data.is_empty() {
        return None;
    }
    let mut packed = Vec::with_capacity(data.len() + data.len() / 1000 + 64);
    let mut compress = Compress::new_with_window_bits(Compression::best(), false, bits);
    let status = compress.compress_vec(data, &mut packed, FlushCompress::Finish).ok()?;
    (status == Status::StreamEnd).then_some(packed)
}

/// Cuts a stream so that each chunk and each part is small enough; `None` if that cannot be done.
fn cut(packed: &[u8], length: usize, limits: Limits) -> Option<Vec<Chunk>> {
    let mut inflate = Decompress::new_with_window_bits(false, limits.bits);
    let mut part = vec![0; 2 * limits.largest];
    let (mut chunks, mut begin, mut at, mut done) = (Vec::new(), 0, 0, 0);
    while done < length {
        // A copy that filled the last part goes on without input.
        let (mut plain, _) = step(&mut inflate, &[], &mut part)?;
        let mut came = plain;
        while plain < part.len() && done + plain < length {
            // Room for the longest symbol, so that no cut is in the middle of one.
            if came > 0 && at - begin + LONGEST > limits.largest {
                break;
            }
            let taken;
            (came, taken) = step(&mut inflate, packed.get(at..at + 1)?, &mut part[plain..])?;
            (at, plain) = (at + taken, plain + came);
        }
        if came == 0 || at == begin || at - begin > limits.largest {
            return None;
        }
        chunks.push(Chunk { frame: frame(&packed[begin..at], plain), plain });
        (begin, done) = (at, done + plain);
    }
    Some(chunks)
}

/// No head of a block and no symbol is longer, in bytes.
const LONGEST: usize = 400;

/// Inflates with at most one byte more; how much came out, and how much was taken.
fn step(inflate: &mut Decompress, input: &[u8], output: &mut [u8]) -> Option<(usize, usize)> {
    let (taken, came) = (inflate.total_in(), inflate.total_out());
    inflate.decompress(input, output, FlushDecompress::None).ok()?;
    Some(((inflate.total_out() - came) as usize, (inflate.total_in() - taken) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a board would write, given each chunk by itself.
    fn unpack(chunks: &[Chunk], bits: u8) -> Vec<u8> {
        let mut inflate = Decompress::new_with_window_bits(false, bits);
        let mut file = Vec::new();
        for Chunk { frame, plain } in chunks {
            let n = usize::from(u16::from_le_bytes([frame[0], frame[1]]));
            let m = usize::from(u16::from_le_bytes([frame[2], frame[3]]));
            assert_eq!((frame.len(), frame[..HEAD].iter().fold(0xA5, |check, byte| check ^ byte)), (n + HEAD, 0));
            if m == 0 {
                file.extend_from_slice(&frame[HEAD..]);
                continue;
            }
            assert_eq!(m, *plain);
            let mut part = vec![0; m];
            let (mut came, mut at) = step(&mut inflate, &[], &mut part).expect("the stream is sound");
            while came < m {
                let byte = &frame[HEAD + at..HEAD + at + 1]; // the chunk holds enough
                let (out, taken) = step(&mut inflate, byte, &mut part[came..]).expect("the stream is sound");
                (at, came) = (at + taken, came + out);
            }
            assert_eq!(at, n, "and not more");
            file.extend_from_slice(&part);
        }
        file
    }

    fn text(length: usize) -> Vec<u8> {
        (0..)
            .flat_map(|number: u32| format!("def f{number}(x):\n    return x * {}\n", number * 7919 % 1000).into_bytes())
            .take(length)
            .collect()
    }

    #[test]
    fn chunks_are_inflated_one_by_one() {
        for (largest, bits) in [(2048, 13), (2048, 11), (1024, 9), (512, 12)] {
            for data in [text(100_000), vec![7; 50_000], text(1), text(4096), text(4097)] {
                let chunks = chunks(&data, Limits { largest, bits });
                assert!(chunks.iter().all(|chunk| chunk.frame.len() <= largest + HEAD && chunk.plain <= 2 * largest));
                assert!(unpack(&chunks, bits) == data, "{largest} {bits} {}", data.len());
            }
        }
    }

    #[test]
    fn what_does_not_shrink_is_sent_as_it_is() {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let noise: Vec<u8> = (0..5000).map(|_| next()).collect();
        assert!(!worth_deflating(&noise) && worth_deflating(&text(5000)) && !worth_deflating(b""));
        let chunks = chunks(&noise, Limits { largest: 2048, bits: 0 });
        assert_eq!(chunks.iter().map(|chunk| chunk.plain).collect::<Vec<_>>(), [2048, 2048, 904]);
        assert!(unpack(&chunks, 13) == noise);
        assert_eq!(&end()[..], [0, 0, 0, 0, 0xA5]);
    }
}
