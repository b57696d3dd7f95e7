//! The hand-off link as a QR code.

use std::fmt::Write as _;

use kayle_app::view::{HandoffView, QrCode};
use qrcodegen::{QrCode as Modules, QrCodeEcc};

use crate::service::verify::Offer;

/// The quiet zone that ISO/IEC 18004 asks for, in modules.
const QUIET: i32 = 4;

/// A hand-off as the page shows it.
pub fn handoff_view(offer: Offer) -> HandoffView {
    HandoffView { qr: qr(&offer.link), link: offer.link, expires_at: offer.expires_at }
}

/// The link as unit squares.
fn qr(link: &str) -> QrCode {
    let Ok(code) = Modules::encode_text(link, QrCodeEcc::Low) else {
        return QrCode { size: 0, path: String::new() };
    };
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET)
                .expect("a String takes everything");
        }
    }
    QrCode { size: u32::try_from(code.size() + 2 * QUIET).unwrap_or(0), path }
}
