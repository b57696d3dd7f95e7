//! Payloads encrypted to an endpoint's own key: compact JWE, RSA-OAEP-256 and A256GCM (RFC 7516).

use josekit::JoseError;
use josekit::jwe::{self, JweHeader, RSA_OAEP_256};
use josekit::jwk::Jwk;

/// The media type of an encrypted body (RFC 7515 §9.2.1).
pub const MEDIA_TYPE: &str = "application/jose";

/// `plain` for whoever holds the private half of `public_jwk`, whose name is `kid`.
pub fn encrypt(public_jwk: &str, kid: &str, plain: &[u8]) -> Result<Vec<u8>, JoseError> {
    let encrypter = RSA_OAEP_256.encrypter_from_jwk(&Jwk::from_bytes(public_jwk)?)?;
    let mut header = JweHeader::new();
    header.set_content_encryption("A256GCM");
    header.set_key_id(kid);
    header.set_content_type("json");
    Ok(jwe::serialize_compact(plain, &header, &encrypter)?.into_bytes())
}
