//! Unit `LDS_H`, the ways of signing and hashing, alike in EF.SOD and in the chain or mixed.

use std::sync::LazyLock;

use kayle_document::active::issue::answer;
use kayle_document::issue::encode::{bits, dotted, octets, sequence, set};
use kayle_document::issue::key::digest_identifier;
use kayle_document::issue::{Algorithm, Authority, Signer, SigningKey, SodForm};
use kayle_document::policy::Policy;
use kayle_document::{Curve, Digest, Rule};
use openssl::dsa::Dsa;
use openssl::hash::{MessageDigest, hash};
use openssl::pkey::{PKey, Private};

use super::certificate::{INNER_ALGORITHM, KEY};
use super::sod::{
    ATTRIBUTES, CONTENT, DIGEST, DIGESTS, SIGNATURE_ALGORITHM, message_digest, resigned,
};
use super::surgery::{changed, content, flipped, found, replaced};
use super::{Mrtd, STATE, key};
use crate::passport::{GOOD, NOW};

/// `rsaEncryption`
const RSA: &str = "1.2.840.113549.1.1.1";
/// RSASSA-PKCS1-v1_5 with MD5.
const RSA_MD5: &str = "1.2.840.113549.1.1.4";

/// How an algorithm is named where there are several names for it.
#[derive(Clone, Copy)]
enum Spelling {
    /// As the maker does: of ECDSA by the identifier of ANSI X9.62.
    Usual,
    /// By the kind of the key, in EF.SOD.
    ByKey,
    /// Plain ECDSA of BSI TR-03111, the chain's certificates too.
    Plain(u8),
}

const fn pkcs1(digest: Digest) -> Algorithm {
    Algorithm::RsaPkcs1 { bits: 2_048, digest }
}

const fn pss(digest: Digest) -> Algorithm {
    Algorithm::RsaPss { bits: 2_048, digest }
}

const fn ecdsa(curve: Curve, digest: Digest) -> Algorithm {
    Algorithm::Ecdsa { curve, digest, explicit: true }
}

/// A key that signs so: of RSA the default chain's, for making one takes long.
fn key_of(algorithm: Algorithm, rsa: &SigningKey) -> SigningKey {
    match algorithm {
        Algorithm::Ecdsa { .. } => key(algorithm),
        _ => SigningKey::given(algorithm, rsa.openssl().clone()),
    }
}

fn chain(csca: Algorithm, signs: Algorithm) -> (Authority, Signer) {
    let own = key_of(csca, STATE.authority.key());
    let authority = Authority::new(own, ("UT", "CSCA"), GOOD).expect("an authority");
    let signer = authority.signer(key_of(signs, &STATE.signer.key), &[0x77], GOOD);
    (authority, signer.expect("a signer"))
}

/// The identifier of plain ECDSA with the digest of that number (BSI TR-03111 §5.2.1).
fn plain(digest: u8) -> Vec<u8> {
    sequence(&[&dotted(&format!("0.4.0.127.0.7.1.1.4.1.{digest}"))])
}

/// A certificate that its issuer signed so instead.
fn recertified(certificate: &[u8], identifier: &[u8], sign: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let signed = replaced(&found(certificate, &[0]), &INNER_ALGORITHM, identifier);
    sequence(&[&signed, identifier, &bits(&sign(&signed))])
}

/// A document of that chain, its data groups hashed with that digest.
fn made(csca: Algorithm, signs: Algorithm, digest: Digest, spelling: Spelling) -> Mrtd {
    let (authority, mut signer) = chain(csca, signs);
    let mut mrtd = Mrtd::genuine();
    let mut anchor = authority.certificate().to_vec();
    if let Spelling::Plain(number) = spelling {
        let sign = |bytes: &[u8]| answer(authority.key(), bytes, csca.digest());
        anchor = recertified(&anchor, &plain(number), sign);
        signer.certificate = recertified(&signer.certificate, &plain(number), sign);
    }
    mrtd.sign(&signer, SodForm { digest, ..SodForm::default() });
    mrtd.sod = match spelling {
        Spelling::Usual => mrtd.sod,
        Spelling::ByKey => {
            replaced(&mrtd.sod, &SIGNATURE_ALGORITHM, &sequence(&[&dotted(RSA), &[5, 0]]))
        }
        Spelling::Plain(number) => {
            let sod = replaced(&mrtd.sod, &SIGNATURE_ALGORITHM, &plain(number));
            resigned(&sod, |bytes| answer(&signer.key, bytes, signs.digest()))
        }
    };
    mrtd.trusted = vec![anchor];
    mrtd
}

/// Asserts that it is believed, and not with another signature, which is what EF.SOD ends in.
fn believe(id: &str, mrtd: &Mrtd) {
    assert_eq!(mrtd.judged().map(drop), Ok(()), "{id}");
    let forged = Mrtd { sod: flipped(&mrtd.sod), ..mrtd.clone() };
    assert_eq!(forged.judged().map(drop), Err(Rule::SodSignature), "{id}");
}

#[test]
fn one_algorithm_throughout_is_believed() {
    use Digest::{Sha224, Sha256, Sha384, Sha512};
    use Spelling::{ByKey, Plain, Usual};
    let rsa = |id, algorithm: fn(Digest) -> Algorithm, digest, spelling| {
        (id, algorithm(digest), algorithm(digest), digest, spelling)
    };
    let curves = |id, csca, curve, digest, spelling| {
        (id, ecdsa(csca, digest), ecdsa(curve, digest), digest, spelling)
    };
    let (short, middle, long) = (Curve::Brainpool256, Curve::P384, Curve::Brainpool512);
    for (id, csca, signs, digest, spelling) in [
        rsa("LDS_H_03", pss, Sha256, Usual),
        rsa("LDS_H_04", pkcs1, Sha224, Usual),
        rsa("LDS_H_05", pkcs1, Sha256, Usual),
        rsa("LDS_H_06", pkcs1, Sha384, Usual),
        rsa("LDS_H_07", pkcs1, Sha512, Usual),
        curves("LDS_H_11", short, Curve::Brainpool224, Sha224, Plain(2)),
        curves("LDS_H_12", short, short, Sha256, Plain(3)),
        curves("LDS_H_13", middle, middle, Sha384, Plain(4)),
        curves("LDS_H_14", long, long, Sha512, Plain(5)),
        curves("LDS_H_70", short, Curve::Brainpool224, Sha224, Usual),
        curves("LDS_H_71", short, short, Sha256, Usual),
        curves("LDS_H_72", middle, middle, Sha384, Usual),
        curves("LDS_H_73", long, long, Sha512, Usual),
        rsa("LDS_H_80", pkcs1, Sha224, ByKey),
        rsa("LDS_H_81", pkcs1, Sha256, ByKey),
        rsa("LDS_H_82", pkcs1, Sha384, ByKey),
        rsa("LDS_H_83", pkcs1, Sha512, ByKey),
        rsa("LDS_H_94", pss, Sha224, Usual),
        rsa("LDS_H_95", pss, Sha384, Usual),
        rsa("LDS_H_96", pss, Sha512, Usual),
    ] {
        believe(id, &made(csca, signs, digest, spelling));
    }
}

#[test]
fn sha_1_is_believed_where_the_operator_still_allows_it() {
    let sha_1 = Digest::Sha1;
    let curves = (ecdsa(Curve::Brainpool256, sha_1), ecdsa(Curve::Brainpool224, sha_1));
    let (pkcs1, pss) = (pkcs1(sha_1), pss(sha_1));
    for (id, (csca, signs), spelling) in [
        ("LDS_H_01", (pkcs1, pkcs1), Spelling::Usual),
        ("LDS_H_02", (pss, pss), Spelling::Usual),
        ("LDS_H_09", curves, Spelling::Usual),
        ("LDS_H_10", curves, Spelling::Plain(1)),
        ("LDS_H_79", (pkcs1, pkcs1), Spelling::ByKey),
    ] {
        let mut mrtd = made(csca, signs, sha_1, spelling);
        // The guideline asks it of inspection systems with the profile DPRCTD-SHA1 only.
        assert_eq!(mrtd.judged().map(drop), Err(Rule::SodAlgorithmForbidden), "{id}");
        mrtd.policy = Policy { sha1_until: Some(NOW + 1), ..Policy::default() };
        believe(id, &mrtd);
    }
}

#[test]
fn algorithms_may_differ_in_one_document() {
    use Digest::{Sha224, Sha256};
    let (pss_256, usual) = (pss(Sha256), Spelling::Usual);
    believe("LDS_H_74", &made(pss_256, pss_256, Sha224, usual));
    believe("LDS_H_77", &made(pss(Sha224), pss_256, Sha256, usual));
    believe("LDS_H_78", &made(pkcs1(Sha256), pss_256, Sha256, usual));
    // The content of EF.SOD is hashed with another digest than its signed attributes.
    let curve = ecdsa(Curve::Brainpool256, Sha224);
    for (id, csca, signs) in [("LDS_H_75", pss_256, pss_256), ("LDS_H_76", curve, pkcs1(Sha256))] {
        let (authority, signer) = chain(csca, signs);
        let mut mrtd = Mrtd::genuine();
        mrtd.sign(&signer, SodForm { digest: Sha224, ..SodForm::default() });
        mrtd.trusted = vec![authority.certificate().to_vec()];
        believe(id, &mrtd);
        let mut old = mrtd.clone();
        rehash(&mut mrtd, &signer, (Sha224, MessageDigest::sha224()));
        believe(id, &mrtd);
        // And neither of the two may be one that the policy forbids.
        rehash(&mut old, &signer, (Digest::Sha1, MessageDigest::sha1()));
        assert_eq!(old.judged().map(drop), Err(Rule::SodAlgorithmForbidden), "{id}");
    }
}

/// States another digest for the content, with its value, and has it signed as before.
fn rehash(mrtd: &mut Mrtd, signer: &Signer, (digest, by): (Digest, MessageDigest)) {
    let value = hash(by, &content(&found(&mrtd.sod, &CONTENT))).expect("hashed");
    let identifier = digest_identifier(digest);
    let sod = replaced(&mrtd.sod, &DIGESTS, &set(&[&identifier]));
    let sod = replaced(&sod, &DIGEST, &identifier);
    let sod = changed(&sod, &ATTRIBUTES, &|all| {
        replaced(all, &[message_digest(all), 1, 0], &octets(&value))
    });
    mrtd.sod = resigned(&sod, |bytes| signer.key.sign(bytes).expect("signed"));
}

#[test]
fn a_signer_that_does_not_come_along_is_looked_up() {
    let algorithm = pkcs1(Digest::Sha256);
    let (authority, signer) = chain(algorithm, algorithm);
    let mut mrtd = Mrtd::genuine();
    mrtd.trusted = vec![authority.certificate().to_vec(), signer.certificate.clone()];
    mrtd.sign(&signer, SodForm { with_certificate: false, ..SodForm::default() });
    believe("LDS_H_15", &mrtd);
    mrtd.trusted.pop();
    assert_eq!(mrtd.judged().map(drop), Err(Rule::SignerMissing), "LDS_H_15");
}

fn signed(key: &PKey<Private>, digest: MessageDigest, message: &[u8]) -> Vec<u8> {
    let mut signer = openssl::sign::Signer::new(digest, key).expect("a signer");
    signer.sign_oneshot_to_vec(message).expect("signed")
}

#[test]
fn md5_is_never_believed() {
    let algorithm = pkcs1(Digest::Sha256);
    let genuine = made(algorithm, algorithm, Digest::Sha256, Spelling::Usual);
    believe("the genuine document", &genuine);
    let identifier = sequence(&[&dotted(RSA_MD5), &[5, 0]]);
    let by = |key: &SigningKey| {
        let key = key.openssl().clone();
        move |bytes: &[u8]| signed(&key, MessageDigest::md5(), bytes)
    };
    let sod = replaced(&genuine.sod, &SIGNATURE_ALGORITHM, &identifier);
    let weak = Mrtd { sod: resigned(&sod, by(&STATE.signer.key)), ..genuine.clone() };
    assert_eq!(weak.judged().map(drop), Err(Rule::SodAlgorithm), "LDS_H_36");
    let (_, mut signer) = chain(algorithm, algorithm);
    let certificate = recertified(&signer.certificate, &identifier, by(STATE.authority.key()));
    signer.certificate = certificate;
    let mut weak = genuine;
    weak.sign(&signer, SodForm::default());
    assert_eq!(weak.judged().map(drop), Err(Rule::CertificateAlgorithm), "LDS_H_65");
}

static DSA: LazyLock<PKey<Private>> =
    LazyLock::new(|| PKey::from_dsa(Dsa::generate(2_048).expect("a key")).expect("a key"));

/// 9303-12 has DSA too. FIPS 186-5 has withdrawn it, and nothing here makes up for its being one
/// more thing that can be got wrong: the guideline has these documents believed, here they are not.
#[test]
fn dsa_is_not_known_here() {
    for (id, oid, digest, by) in [
        ("LDS_H_08", "1.2.840.10040.4.3", Digest::Sha1, MessageDigest::sha1()),
        ("LDS_H_97", "2.16.840.1.101.3.4.3.1", Digest::Sha224, MessageDigest::sha224()),
        ("LDS_H_98", "2.16.840.1.101.3.4.3.2", Digest::Sha256, MessageDigest::sha256()),
    ] {
        let rsa = pkcs1(digest);
        let (authority, mut signer) = chain(pkcs1(Digest::Sha256), rsa);
        let mut mrtd = Mrtd::genuine();
        mrtd.policy = Policy { sha1_until: Some(NOW + 1), ..Policy::default() };
        mrtd.trusted = vec![authority.certificate().to_vec()];
        let form = SodForm { digest, ..SodForm::default() };
        mrtd.sign(&signer, form);
        believe(id, &mrtd);
        let public = DSA.public_key_to_der().expect("a key");
        let content = replaced(&found(&signer.certificate, &[0]), &KEY, &public);
        let own = authority.key();
        let signature = bits(&own.sign(&content).expect("signed"));
        signer.certificate = sequence(&[&content, &own.identifier(), &signature]);
        mrtd.sign(&signer, form);
        let sod = replaced(&mrtd.sod, &SIGNATURE_ALGORITHM, &sequence(&[&dotted(oid)]));
        mrtd.sod = resigned(&sod, |bytes| signed(&DSA, by, bytes));
        assert_eq!(mrtd.judged().map(drop), Err(Rule::SodAlgorithm), "{id}");
    }
}
