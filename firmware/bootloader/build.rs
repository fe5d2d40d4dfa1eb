//! Tells the linker where this chip has its memory: 16 kB of flash for the loader, or 32 kB with signatures; and whose signatures count.

use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let is_signed = std::env::var_os("CARGO_FEATURE_SIGNED").is_some();
    let memory = folder.join("memory").join(if is_signed { "signed" } else { "plain" });
    println!("cargo:rustc-link-search={}", memory.display());
    println!("cargo:rustc-link-search={}", folder.display());
    println!("cargo:rustc-link-arg-bins=-Tlink.x");
    println!("cargo:rerun-if-changed={}", memory.join("memory.x").display());
    println!("cargo:rerun-if-changed=device.x");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=TAIPAN_KEY");
    if is_signed && std::env::var_os("CARGO_FEATURE_CHIP").is_some() {
        let text = std::env::var("TAIPAN_KEY").expect("TAIPAN_KEY is the public key, 64 hexadecimal digits");
        let digits = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("digits are ASCII"));
        let key: Vec<u8> = digits.map(|pair| u8::from_str_radix(pair, 16).expect("TAIPAN_KEY has hexadecimal digits")).collect();
        assert_eq!(key.len(), 32, "TAIPAN_KEY has 64 digits");
        let path = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("key");
        std::fs::write(path, key).expect("cargo's folder can be written");
    }
}
