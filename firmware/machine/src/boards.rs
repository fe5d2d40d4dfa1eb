//! Boards as data: which pins of the chip there are, what the board calls them, and what else they can do.
//!
//! The functions are the datasheet's (STM32F405, DS8626, table 9), each with the number by which the chip knows it.

/// A pin of a chip on a board.
pub struct PinRow {
    /// Its name in the datasheet: the port's letter and a number.
    pub chip: &'static str,
    /// What the board calls it: names with a blank between them.
    pub names: &'static str,
    /// Functions of peripherals: `NUMBER NAME`, with a blank between all.
    pub functions: &'static str,
}

impl PinRow {
    /// The port, 0 for A.
    pub fn port(&self) -> u8 {
        self.chip.as_bytes()[0] - b'A'
    }

    /// The number in its port, 0 to 15.
    pub fn number(&self) -> u8 {
        self.chip.as_bytes()[1..].iter().fold(0, |number, digit| number * 10 + (digit - b'0'))
    }

    /// The board's name, or the chip's where the board has none.
    pub fn name(&self) -> &'static str {
        self.names.split(' ').next().filter(|name| !name.is_empty()).unwrap_or(self.chip)
    }

    /// Whether the board or the chip calls it so.
    pub fn is_called(&self, name: &str) -> bool {
        self.chip == name || self.names.split(' ').any(|other| other == name && !name.is_empty())
    }

    /// The functions, by number and name.
    pub fn functions(&self) -> impl Iterator<Item = (u8, &'static str)> {
        let mut words = self.functions.split(' ').filter(|word| !word.is_empty());
        core::iter::from_fn(move || Some((words.next()?.parse().ok()?, words.next()?)))
    }
}

macro_rules! board {
    ($($chip:literal $names:literal $functions:literal;)*) => {
        &[$(PinRow { chip: $chip, names: $names, functions: $functions }),*]
    };
}

/// The pyboard v1.x.
pub static PYBOARD: &[PinRow] = board! {
    "A0" "X1" "1 TIM2_CH1 2 TIM5_CH1 3 TIM8_ETR 7 USART2_CTS 8 UART4_TX";
    "A1" "X2" "1 TIM2_CH2 2 TIM5_CH2 7 USART2_RTS 8 UART4_RX";
    "A2" "X3" "1 TIM2_CH3 2 TIM5_CH3 3 TIM9_CH1 7 USART2_TX";
    "A3" "X4" "1 TIM2_CH4 2 TIM5_CH4 3 TIM9_CH2 7 USART2_RX";
    "A4" "X5" "5 SPI1_NSS 6 SPI3_NSS 7 USART2_CK";
    "A5" "X6" "1 TIM2_CH1 3 TIM8_CH1N 5 SPI1_SCK";
    "A6" "X7" "1 TIM1_BKIN 2 TIM3_CH1 3 TIM8_BKIN 5 SPI1_MISO 9 TIM13_CH1";
    "A7" "X8" "1 TIM1_CH1N 2 TIM3_CH2 3 TIM8_CH1N 5 SPI1_MOSI 9 TIM14_CH1";
    "A8" "SD" "0 MCO1 1 TIM1_CH1 4 I2C3_SCL 7 USART1_CK";
    "A9" "USB_VBUS" "1 TIM1_CH2 7 USART1_TX";
    "A10" "USB_ID" "1 TIM1_CH3 7 USART1_RX 10 OTG_FS_ID";
    "A11" "USB_DM" "1 TIM1_CH4 7 USART1_CTS 9 CAN1_RX 10 OTG_FS_DM";
    "A12" "USB_DP" "1 TIM1_ETR 7 USART1_RTS 9 CAN1_TX 10 OTG_FS_DP";
    "A13" "LED_RED" "";
    "A14" "LED_GREEN" "";
    "A15" "LED_YELLOW" "1 TIM2_CH1 5 SPI1_NSS 6 SPI3_NSS";
    "B0" "Y11" "1 TIM1_CH2N 2 TIM3_CH3 3 TIM8_CH2N";
    "B1" "Y12" "1 TIM1_CH3N 2 TIM3_CH4 3 TIM8_CH3N";
    "B2" "MMA_INT" "";
    "B3" "SW X17" "1 TIM2_CH2 5 SPI1_SCK 6 SPI3_SCK";
    "B4" "LED_BLUE" "2 TIM3_CH1 5 SPI1_MISO 6 SPI3_MISO";
    "B5" "MMA_AVDD" "2 TIM3_CH2 5 SPI1_MOSI 6 SPI3_MOSI 9 CAN2_RX";
    "B6" "X9" "2 TIM4_CH1 4 I2C1_SCL 7 USART1_TX 9 CAN2_TX";
    "B7" "X10" "2 TIM4_CH2 4 I2C1_SDA 7 USART1_RX";
    "B8" "Y3" "2 TIM4_CH3 3 TIM10_CH1 4 I2C1_SCL 9 CAN1_RX";
    "B9" "Y4" "2 TIM4_CH4 3 TIM11_CH1 4 I2C1_SDA 5 SPI2_NSS 9 CAN1_TX";
    "B10" "Y9" "1 TIM2_CH3 4 I2C2_SCL 5 SPI2_SCK 7 USART3_TX";
    "B11" "Y10" "1 TIM2_CH4 4 I2C2_SDA 7 USART3_RX";
    "B12" "Y5" "1 TIM1_BKIN 4 I2C2_SMBA 5 SPI2_NSS 7 USART3_CK 9 CAN2_RX";
    "B13" "Y6" "1 TIM1_CH1N 5 SPI2_SCK 7 USART3_CTS 9 CAN2_TX";
    "B14" "Y7" "1 TIM1_CH2N 3 TIM8_CH2N 5 SPI2_MISO 7 USART3_RTS 9 TIM12_CH1";
    "B15" "Y8" "1 TIM1_CH3N 3 TIM8_CH3N 5 SPI2_MOSI 9 TIM12_CH2";
    "C0" "X19" "";
    "C1" "X20" "";
    "C2" "X21" "5 SPI2_MISO";
    "C3" "X22" "5 SPI2_MOSI";
    "C4" "X11" "";
    "C5" "X12" "";
    "C6" "Y1" "2 TIM3_CH1 3 TIM8_CH1 8 USART6_TX";
    "C7" "Y2" "2 TIM3_CH2 3 TIM8_CH2 8 USART6_RX";
    "C8" "SD_D0" "2 TIM3_CH3 3 TIM8_CH3 8 USART6_CK 12 SDIO_D0";
    "C9" "SD_D1" "2 TIM3_CH4 3 TIM8_CH4 4 I2C3_SDA 12 SDIO_D1";
    "C10" "SD_D2" "6 SPI3_SCK 7 USART3_TX 8 UART4_TX 12 SDIO_D2";
    "C11" "SD_D3" "6 SPI3_MISO 7 USART3_RX 8 UART4_RX 12 SDIO_D3";
    "C12" "SD_CK" "6 SPI3_MOSI 7 USART3_CK 8 UART5_TX 12 SDIO_CK";
    "C13" "X18" "";
    "D2" "SD_CMD" "2 TIM3_ETR 8 UART5_RX 12 SDIO_CMD";
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_different_and_functions_are_well_formed() {
        for (at, row) in PYBOARD.iter().enumerate() {
            for name in row.names.split(' ').chain([row.chip]) {
                let found = PYBOARD.iter().position(|other| other.is_called(name));
                assert_eq!(found, Some(at), "{name}");
            }
            assert_eq!(row.functions().count() * 2, row.functions.split_whitespace().count(), "{}", row.chip);
            assert!(row.functions().all(|(number, _)| number < 16) && row.number() < 16);
        }
        let tx = PYBOARD.iter().find(|row| row.is_called("X9")).expect("is there");
        assert_eq!((tx.port(), tx.number(), tx.name()), (1, 6, "X9"));
        assert_eq!(tx.functions().find(|(_, name)| *name == "USART1_TX"), Some((7, "USART1_TX")));
    }
}
