//! What lets a person use boards on Linux: the rules for udev, made of what is known of boards.
//!
//! The package installs them; the window and the command line offer them where a device may not be opened, so they stand here once.

use std::fmt::Write;

use crate::discover::KNOWN;

/// Where the rules belong. `uaccess` is handed out by systemd's rule 73, so the number must be smaller.
pub const RULES_PATH: &str = "/etc/udev/rules.d/70-taipan.rules";

const HEAD: &str = "\
# Whoever sits at this computer may use the boards that are plugged into it. Written by Taipan.

# Devices that wait for firmware: USB's own class for it tells them (DFU 1.1, 4.2.3), and ST's loader by its numbers.
ACTION!=\"remove\", SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ENV{ID_USB_INTERFACES}==\"*:fe0102:*\", TAG+=\"uaccess\"
ACTION!=\"remove\", SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"0483\", ATTR{idProduct}==\"df11\", TAG+=\"uaccess\"

# Serial ports of boards; no modem is looked for behind them.
";

/// The rules, as the text of their file.
pub fn rules() -> String {
    let mut text = HEAD.to_owned();
    for (vendor, product, _, name) in KNOWN {
        let product = product.map(|product| format!(" ATTRS{{idProduct}}==\"{product:04x}\",")).unwrap_or_default();
        let port =
            format!("ACTION!=\"remove\", SUBSYSTEM==\"tty\", SUBSYSTEMS==\"usb\", ATTRS{{idVendor}}==\"{vendor:04x}\",{product}");
        writeln!(text, "# {name}\n{port} ENV{{ID_MM_DEVICE_IGNORE}}=\"1\", TAG+=\"uaccess\"").expect("a text takes anything");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One pair of a rule: `KEY{attribute}OPERATOR"value"` (udev(7), "Rules").
    fn is_pair(pair: &str) -> bool {
        let Some((left, value)) = pair.split_once('"') else { return false };
        let operator = left.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || "_{}".contains(it));
        ["==", "!=", "=", "+="].contains(&operator) && value.ends_with('"') && !value[..value.len() - 1].contains('"')
    }

    #[test]
    fn every_rule_is_pairs_and_gives_access() {
        for rule in rules().lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(rule.split(", ").all(is_pair), "{rule}");
            assert!(rule.ends_with("TAG+=\"uaccess\""), "{rule}");
        }
    }

    #[test]
    fn every_known_board_has_a_rule() {
        let rules = rules();
        for (vendor, ..) in KNOWN {
            assert!(rules.contains(&format!("ATTRS{{idVendor}}==\"{vendor:04x}\"")), "{vendor:04x}");
        }
        assert!(rules.contains("ATTR{idProduct}==\"df11\""));
    }
}
