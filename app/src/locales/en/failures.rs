//! What each failure means, in English.

use kayle_domain::FailureCode;

use crate::locales::FailureText;

/// The words for one failure.
pub(super) fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "The chip’s data could not be confirmed as genuine.",
            next: "Check that it is the right passport and read the chip again.",
            end: "The data on the chip could not be confirmed as issued by a state. If your \
                  passport is genuine, its country may not be supported yet.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "The chip did not prove that it is the original.",
            next: "Keep the phone still on the passport and read the chip again.",
            end: "The chip did not prove that it is the original and not a copy.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "The secure connection to the chip failed.",
            next: "Take the phone out of its case, keep it still, and read the chip again.",
            end: "The chip could not show with a secure connection that it is the original.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "The protection against copied chips did not pass.",
            next: "This cannot be tried again here.",
            end: "The protection against copied chips did not pass. For safety this cannot be \
                  tried again here.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "The chip’s data could not be read.",
            next: "Check that the document is a passport with the chip symbol, and try again.",
            end: "The data on the chip could not be read as a passport.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "We could not see clearly that a person is in front of the camera.",
            next: "Find even light, take off sunglasses or a mask, hold the phone at eye level, \
                   and try again.",
            end: "We could not see clearly that a person was in front of the camera.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Your face was not recognised as the one in the passport.",
            next: "Make sure it is your own passport. Face the camera in even light, and try \
                   again.",
            end: "The face in front of the camera was not recognised as the one in the passport.",
        },
    }
}
