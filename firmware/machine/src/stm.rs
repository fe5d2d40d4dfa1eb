//! `stm`: memory, and where the registers of the chip lie, by the manual's names (RM0090 §2.3 and each chapter's register map).
//!
//! A name is looked for in a text, which takes a third of the room that rows of a module would. A peripheral's name means its address
//! (`GPIOA`), a register's its offset (`GPIO_ODR`).

use crate::memory::{MEM8, MEM16, MEM32};
use interpreter::modules::BuiltinModule;
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// mem8[address]: a byte of memory.
    const mem8 = Word::of_static(&MEM8);
    /// mem16[address]: two bytes of memory.
    const mem16 = Word::of_static(&MEM16);
    /// mem32[address]: four bytes of memory, as registers have them.
    const mem32 = Word::of_static(&MEM32);
}

/// `stm`.
pub static STM: BuiltinModule = BuiltinModule::new(name!(stm), ROWS).with(constant);

/// A peripheral's address, `NAME=HEX`.
const PERIPHERALS: &str = "TIM2=40000000 TIM3=40000400 TIM4=40000800 TIM5=40000C00 TIM6=40001000 TIM7=40001400 TIM12=40001800 \
    TIM13=40001C00 TIM14=40002000 RTC=40002800 WWDG=40002C00 IWDG=40003000 I2S2EXT=40003400 SPI2=40003800 SPI3=40003C00 \
    I2S3EXT=40004000 USART2=40004400 USART3=40004800 UART4=40004C00 UART5=40005000 I2C1=40005400 I2C2=40005800 I2C3=40005C00 \
    CAN1=40006400 CAN2=40006800 PWR=40007000 DAC=40007400 DAC1=40007400 TIM1=40010000 TIM8=40010400 USART1=40011000 USART6=40011400 \
    ADC1=40012000 ADC2=40012100 ADC3=40012200 ADC123_COMMON=40012300 ADC=40012300 SDIO=40012C00 SPI1=40013000 SYSCFG=40013800 \
    EXTI=40013C00 TIM9=40014000 TIM10=40014400 TIM11=40014800 GPIOA=40020000 GPIOB=40020400 GPIOC=40020800 GPIOD=40020C00 \
    GPIOE=40021000 GPIOF=40021400 GPIOG=40021800 GPIOH=40021C00 GPIOI=40022000 CRC=40023000 RCC=40023800 FLASH=40023C00 \
    DMA1=40026000 DMA1_Stream0=40026010 DMA1_Stream1=40026028 DMA1_Stream2=40026040 DMA1_Stream3=40026058 DMA1_Stream4=40026070 \
    DMA1_Stream5=40026088 DMA1_Stream6=400260A0 DMA1_Stream7=400260B8 DMA2=40026400 DMA2_Stream0=40026410 DMA2_Stream1=40026428 \
    DMA2_Stream2=40026440 DMA2_Stream3=40026458 DMA2_Stream4=40026470 DMA2_Stream5=40026488 DMA2_Stream6=400264A0 \
    DMA2_Stream7=400264B8 USB_OTG_HS=40040000 USB_OTG_FS=50000000 RNG=50060800 DBGMCU=E0042000";

/// The registers of a kind of peripheral: its name, then each register's `NAME=HEX`.
const REGISTERS: &[(&str, &str)] = &[
    (
        "ADC",
        "SR=0 CR1=4 CR2=8 SMPR1=C SMPR2=10 JOFR1=14 JOFR2=18 JOFR3=1C JOFR4=20 HTR=24 LTR=28 SQR1=2C SQR2=30 SQR3=34 JSQR=38 JDR1=3C JDR2=40 JDR3=44 JDR4=48 DR=4C",
    ),
    ("CAN", "MCR=0 MSR=4 TSR=8 RF0R=C RF1R=10 IER=14 ESR=18 BTR=1C FMR=200 FM1R=204 FS1R=20C FFA1R=214 FA1R=21C"),
    ("CRC", "DR=0 IDR=4 CR=8"),
    (
        "DAC",
        "CR=0 SWTRIGR=4 DHR12R1=8 DHR12L1=C DHR8R1=10 DHR12R2=14 DHR12L2=18 DHR8R2=1C DHR12RD=20 DHR12LD=24 DHR8RD=28 DOR1=2C DOR2=30 SR=34",
    ),
    ("DBGMCU", "IDCODE=0 CR=4 APB1FZ=8 APB2FZ=C"),
    ("DMA", "LISR=0 HISR=4 LIFCR=8 HIFCR=C"),
    ("EXTI", "IMR=0 EMR=4 RTSR=8 FTSR=C SWIER=10 PR=14"),
    ("FLASH", "ACR=0 KEYR=4 OPTKEYR=8 SR=C CR=10 OPTCR=14"),
    ("GPIO", "MODER=0 OTYPER=4 OSPEEDR=8 PUPDR=C IDR=10 ODR=14 BSRR=18 BSRRL=18 BSRRH=1A LCKR=1C AFR0=20 AFR1=24"),
    ("I2C", "CR1=0 CR2=4 OAR1=8 OAR2=C DR=10 SR1=14 SR2=18 CCR=1C TRISE=20"),
    ("IWDG", "KR=0 PR=4 RLR=8 SR=C"),
    ("PWR", "CR=0 CSR=4"),
    (
        "RCC",
        "CR=0 PLLCFGR=4 CFGR=8 CIR=C AHB1RSTR=10 AHB2RSTR=14 AHB3RSTR=18 APB1RSTR=20 APB2RSTR=24 AHB1ENR=30 AHB2ENR=34 AHB3ENR=38 APB1ENR=40 APB2ENR=44 AHB1LPENR=50 AHB2LPENR=54 AHB3LPENR=58 APB1LPENR=60 APB2LPENR=64 BDCR=70 CSR=74 SSCGR=80 PLLI2SCFGR=84",
    ),
    ("RNG", "CR=0 SR=4 DR=8"),
    (
        "RTC",
        "TR=0 DR=4 CR=8 ISR=C PRER=10 WUTR=14 CALIBR=18 ALRMAR=1C ALRMBR=20 WPR=24 SSR=28 SHIFTR=2C TSTR=30 TSDR=34 TSSSR=38 CALR=3C TAFCR=40 ALRMASSR=44 ALRMBSSR=48 BKP0R=50 BKP1R=54 BKP2R=58 BKP3R=5C BKP4R=60 BKP5R=64 BKP6R=68 BKP7R=6C BKP8R=70 BKP9R=74 BKP10R=78 BKP11R=7C BKP12R=80 BKP13R=84 BKP14R=88 BKP15R=8C BKP16R=90 BKP17R=94 BKP18R=98 BKP19R=9C",
    ),
    (
        "SDIO",
        "POWER=0 CLKCR=4 ARG=8 CMD=C RESPCMD=10 RESP1=14 RESP2=18 RESP3=1C RESP4=20 DTIMER=24 DLEN=28 DCTRL=2C DCOUNT=30 STA=34 ICR=38 MASK=3C FIFOCNT=48 FIFO=80",
    ),
    ("SPI", "CR1=0 CR2=4 SR=8 DR=C CRCPR=10 RXCRCR=14 TXCRCR=18 I2SCFGR=1C I2SPR=20"),
    ("SYSCFG", "MEMRMP=0 PMC=4 EXTICR0=8 EXTICR1=C EXTICR2=10 EXTICR3=14 CMPCR=20"),
    (
        "TIM",
        "CR1=0 CR2=4 SMCR=8 DIER=C SR=10 EGR=14 CCMR1=18 CCMR2=1C CCER=20 CNT=24 PSC=28 ARR=2C RCR=30 CCR1=34 CCR2=38 CCR3=3C CCR4=40 BDTR=44 DCR=48 DMAR=4C OR=50",
    ),
    ("USART", "SR=0 DR=4 BRR=8 CR1=C CR2=10 CR3=14 GTPR=18"),
    ("WWDG", "CR=0 CFR=4 SR=8"),
];

/// The number of a name in a text of `NAME=HEX`.
fn find(text: &str, name: &str) -> Option<i64> {
    let (_, digits) = text.split(' ').filter_map(|entry| entry.split_once('=')).find(|(entry, _)| *entry == name)?;
    i64::from_str_radix(digits, 16).ok()
}

/// What a name means.
pub fn number(name: &str) -> Option<i64> {
    let register = || {
        let (kind, register) = name.split_once('_')?;
        let (_, registers) = REGISTERS.iter().find(|(it, _)| *it == kind)?;
        find(registers, register)
    };
    find(PERIPHERALS, name).or_else(register)
}

fn constant(vm: &Vm, name: Name) -> Outcome {
    match number(vm.name_text(name)) {
        Some(number) => vm.new_int(number),
        None => Ok(Word::UNSET),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_what_the_manual_says() {
        assert_eq!((number("GPIOA"), number("GPIO_ODR"), number("TIM14")), (Some(0x4002_0000), Some(0x14), Some(0x4000_2000)));
        assert_eq!(
            (number("RCC_APB1ENR"), number("USART_BRR"), number("DMA1_Stream7")),
            (Some(0x40), Some(8), Some(0x4002_60B8))
        );
        assert_eq!((number("GPIO"), number("GPIO_"), number("TIM_X"), number("=")), (None, None, None, None));
        let texts = REGISTERS.iter().map(|(_, registers)| *registers).chain([PERIPHERALS]);
        for entry in texts.flat_map(|text| text.split(' ')) {
            let (name, digits) = entry.split_once('=').expect("a name and a number");
            assert!(!name.is_empty() && u32::from_str_radix(digits, 16).is_ok(), "{entry}");
        }
    }
}
