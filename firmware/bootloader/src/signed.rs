//! Images that bear their maker's signature (Ed25519, RFC 8032).

use dfu::label::{SIGNATURE, Seal};
use ed25519_compact::{PublicKey, Signature};

/// Whose images are taken.
pub struct Signed(pub [u8; 32]);

impl Seal for Signed {
    const NEEDED: bool = true;

    fn is_right(&self, signature: &[u8; SIGNATURE], image: &mut dyn FnMut(&mut dyn FnMut(&[u8]))) -> bool {
        let Ok(mut check) = PublicKey::new(self.0).verify_incremental(&Signature::new(*signature)) else { return false };
        image(&mut |piece| check.absorb(piece));
        check.verify().is_ok()
    }
}
