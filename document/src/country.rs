//! Which country signs the documents of which issuer: the machine readable zone prints three letters
//! (9303-3 §5), a certificate two (9303-12 §7.1.1).

use iso3166::Country;

/// A certificate's country: two capital letters.
pub type Code = [u8; 2];

/// Issuers whose signers are not those of ISO 3166-1: the codes of 9303-3 §5 that are not in it,
/// and territories whose documents another state may sign too.
const SPECIAL: [(&str, &[&Code]); 27] = [
    ("D", &[b"DE"]),
    ("EUE", &[b"EU"]),
    ("UNO", &[b"UN", b"ZZ"]),
    ("UNA", &[b"UN", b"ZZ"]),
    ("UNK", &[b"UN", b"ZZ"]),
    ("RKS", &[b"KS", b"XK"]),
    ("XKX", &[b"KS", b"XK"]),
    ("UTO", &[b"UT"]),
    ("GBD", &[b"GB"]),
    ("GBN", &[b"GB"]),
    ("GBO", &[b"GB"]),
    ("GBP", &[b"GB"]),
    ("GBS", &[b"GB"]),
    ("CHN", &[b"CN", b"HK", b"MO"]),
    ("HKG", &[b"HK", b"CN"]),
    ("MAC", &[b"MO", b"CN"]),
    ("AIA", &[b"AI", b"GB"]),
    ("BMU", &[b"BM", b"GB"]),
    ("CYM", &[b"KY", b"GB"]),
    ("GGY", &[b"GG", b"GB"]),
    ("GIB", &[b"GI", b"GB"]),
    ("IMN", &[b"IM", b"GB"]),
    ("JEY", &[b"JE", b"GB"]),
    ("MSR", &[b"MS", b"GB"]),
    ("SHN", &[b"SH", b"GB"]),
    ("TCA", &[b"TC", b"GB"]),
    ("VGB", &[b"VG", b"GB"]),
];

/// Whether a signer of that country may sign documents of that issuer (fillers taken off).
pub(crate) fn may_sign(signer: Option<Code>, issuer: &str) -> bool {
    signer.is_some_and(|signer| signers(issuer).contains(&signer))
}

/// The country that signs an issuer's documents first of all; `None` for what is no issuer.
pub fn signer(issuer: &str) -> Option<Code> {
    signers(issuer).first().copied()
}

/// Every country that signs documents: of ISO 3166-1, and of the other codes in use.
pub fn all() -> Vec<Code> {
    let special = SPECIAL.iter().flat_map(|(_, signers)| signers.iter().map(|code| **code));
    let organizations = ORGANIZATIONS.iter().filter_map(|issuer| signer(issuer));
    let states = iso3166::LIST.iter().filter_map(|country| code(country.alpha2.as_bytes()));
    let mut all: Vec<Code> = states.chain(special).chain(organizations).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Organizations that issue documents under a code of three letters that begins with X.
const ORGANIZATIONS: [&str; 11] =
    ["XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XOM", "XDC"];

fn signers(issuer: &str) -> Vec<Code> {
    if let Some((_, signers)) = SPECIAL.iter().find(|(special, _)| *special == issuer) {
        return signers.iter().map(|code| **code).collect();
    }
    // Organizations take the first two letters of their three.
    let organization = ORGANIZATIONS.contains(&issuer).then(|| code(&issuer.as_bytes()[..2]));
    let state = || Country::from_alpha3(issuer).map(|country| code(country.alpha2.as_bytes()));
    organization.or_else(state).flatten().into_iter().collect()
}

fn code(letters: &[u8]) -> Option<Code> {
    letters.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_has_its_own_signers_and_no_others() {
        for (issuer, signers, stranger) in [
            ("FRA", &[b"FR"][..], b"DE"),
            ("D", &[b"DE"], b"FR"),
            ("DEU", &[b"DE"], b"DK"),
            ("UTO", &[b"UT"], b"US"),
            ("GBD", &[b"GB"], b"BM"),
            ("BMU", &[b"BM", b"GB"], b"US"),
            ("CHN", &[b"CN", b"HK", b"MO"], b"TW"),
            ("HKG", &[b"HK", b"CN"], b"MO"),
            ("RKS", &[b"KS", b"XK"], b"RS"),
            ("UNO", &[b"UN", b"ZZ"], b"US"),
            ("EUE", &[b"EU"], b"EE"),
            ("XOM", &[b"XO"], b"IT"),
        ] {
            assert!(signers.iter().all(|code| may_sign(Some(**code), issuer)), "{issuer}");
            assert!(!may_sign(Some(*stranger), issuer), "{issuer}");
            assert!(!may_sign(None, issuer), "{issuer}");
            assert_eq!(signer(issuer), Some(*signers[0]), "{issuer}");
        }
    }

    #[test]
    fn what_is_no_issuer_has_no_signers() {
        for issuer in ["", "DE", "X", "XXA", "QQQ", "fra", "FR<", "FRAN"] {
            assert_eq!(signer(issuer), None, "{issuer}");
        }
    }

    #[test]
    fn all_signers_are_those_of_all_issuers() {
        let all = all();
        assert!(all.len() > 250, "{}", all.len());
        for code in [b"DE", b"UT", b"EU", b"UN", b"KS", b"XO"] {
            assert!(all.contains(code), "{code:?}");
        }
    }
}
