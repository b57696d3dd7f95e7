// Package webhooks verifies and decrypts deliveries of Kayle verify.
package webhooks

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const tolerance = 5 * 60 // seconds

var (
	errSignature  = errors.New("webhook: no valid, recent signature")
	errEncryption = errors.New("webhook: the body does not decrypt")
)

// VerifyKayle returns nil if X-Kayle-Signature was made with secret over body, at most five minutes from now.
// The secret is the whole of it, "whsec_…"; the body is the bytes exactly as received.
func VerifyKayle(secret string, header http.Header, body []byte, now time.Time) error {
	parts := strings.Split(header.Get("X-Kayle-Signature"), ",")
	at := strings.TrimPrefix(parts[0], "t=")
	if at == parts[0] {
		return errSignature
	}
	expected := "v1=" + hex.EncodeToString(sign([]byte(secret), at+".", body))
	return check(expected, parts[1:], at, now)
}

// VerifyStandard returns nil if the Standard Webhooks headers are genuine and recent; parameters as for VerifyKayle.
func VerifyStandard(secret string, header http.Header, body []byte, now time.Time) error {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) == 0 {
		return errors.New("webhook: the secret is malformed")
	}
	id, at := header.Get("Webhook-Id"), header.Get("Webhook-Timestamp")
	expected := "v1," + base64.StdEncoding.EncodeToString(sign(key, id+"."+at+".", body))
	return check(expected, strings.Split(header.Get("Webhook-Signature"), " "), at, now)
}

func sign(key []byte, prefix string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(prefix))
	mac.Write(body)
	return mac.Sum(nil)
}

func check(expected string, offered []string, at string, now time.Time) error {
	seconds, err := strconv.ParseUint(at, 10, 40)
	if age := now.Unix() - int64(seconds); err != nil || age > tolerance || age < -tolerance {
		return errSignature
	}
	for _, one := range offered { // there is one for each live secret
		if hmac.Equal([]byte(one), []byte(expected)) {
			return nil
		}
	}
	return errSignature
}

// Decrypt returns the JSON of a verified body sent as application/jose: a compact JWE (RFC 7516).
func Decrypt(key *rsa.PrivateKey, body []byte) ([]byte, error) {
	parts := strings.Split(string(body), ".")
	if len(parts) != 5 {
		return nil, errEncryption
	}
	var raw [5][]byte // header, encrypted key, nonce, ciphertext, tag
	for i, part := range parts {
		var err error
		if raw[i], err = base64.RawURLEncoding.DecodeString(part); err != nil {
			return nil, errEncryption
		}
	}
	var header struct{ Alg, Enc string }
	if json.Unmarshal(raw[0], &header) != nil || header.Alg != "RSA-OAEP-256" || header.Enc != "A256GCM" {
		return nil, errEncryption
	}
	cek, err := rsa.DecryptOAEP(sha256.New(), rand.Reader, key, raw[1], nil)
	if err != nil || len(cek) != 32 || len(raw[2]) != 12 || len(raw[4]) != 16 {
		return nil, errEncryption
	}
	block, err := aes.NewCipher(cek)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return gcm.Open(nil, raw[2], append(raw[3], raw[4]...), []byte(parts[0]))
}
