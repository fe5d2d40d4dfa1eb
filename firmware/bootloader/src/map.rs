//! The flash of an STM32F405 behind the loader: files, which may be read, and images, which may be written. Of the loader itself nothing.

use core::ops::Range;
use dfu::layout::Sector;
use stm32f4::flash;

/// Where images lie.
pub const IMAGES: Range<u32> = flash::address(5)..flash::address(10);

/// The sectors behind a loader.
pub struct Map {
    /// The number of the first one.
    pub first: u8,
    /// All of them as DfuSe writes them down.
    pub text: &'static str,
}

/// Behind the loader of 16 kB.
pub const PLAIN: Map = Map { first: 1, text: "@Internal Flash  /0x08004000/03*016Ka,01*064Ka,05*128Kg,02*128Ka" };
/// Behind the one of 32 kB, which looks at signatures.
pub const SIGNED: Map = Map { first: 2, text: "@Internal Flash  /0x08008000/02*016Ka,01*064Ka,05*128Kg,02*128Ka" };

impl Map {
    /// The sectors, by number from 0.
    pub fn sector(&self, number: usize) -> Option<Sector> {
        let number = u8::try_from(number).ok()?.checked_add(self.first).filter(|number| *number < flash::COUNT)?;
        let (address, size) = (flash::address(number), flash::size(number));
        let is_for_images = IMAGES.contains(&address);
        Some(Sector { address, size, readable: true, erasable: is_for_images, writable: is_for_images })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use dfu::layout::Layout;
    use std::vec::Vec;

    #[test]
    fn the_text_says_what_the_map_knows() {
        for map in [PLAIN, SIGNED] {
            let said: Vec<_> = Layout::parse(map.text).expect("a layout").sectors().collect();
            let known: Vec<_> = (0..).map_while(|number| map.sector(number)).collect();
            assert_eq!(said, known);
        }
    }
}
