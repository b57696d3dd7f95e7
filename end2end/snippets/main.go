// One JSON object on stdin, one on stdout.
package main

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"time"

	"../webhooks"
)

type input struct {
	Secret     string            `json:"secret"`
	Headers    map[string]string `json:"headers"`
	Body       []byte            `json:"body"` // base64
	PrivateKey *string           `json:"private_key"`
	Now        *int64            `json:"now"`
}

type output struct {
	Kayle    bool            `json:"kayle"`
	Standard bool            `json:"standard"`
	Event    json.RawMessage `json:"event"`
}

func event(in input) json.RawMessage {
	text := in.Body
	if in.PrivateKey != nil {
		block, _ := pem.Decode([]byte(*in.PrivateKey))
		if block == nil {
			return nil
		}
		parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		key, ok := parsed.(*rsa.PrivateKey)
		if err != nil || !ok {
			return nil
		}
		if text, err = webhooks.Decrypt(key, in.Body); err != nil {
			return nil
		}
	}
	if !json.Valid(text) {
		return nil
	}
	return text
}

func main() {
	var in input
	var out output
	if json.NewDecoder(os.Stdin).Decode(&in) == nil {
		header := http.Header{}
		for name, value := range in.Headers {
			header.Set(name, value)
		}
		now := time.Now()
		at := now
		if in.Now != nil {
			at = time.Unix(*in.Now, 0)
		}
		out.Kayle = webhooks.VerifyKayle(in.Secret, header, in.Body, at) == nil
		// The clock alone counts here, as in the other languages' packages.
		out.Standard = webhooks.VerifyStandard(in.Secret, header, in.Body, now) == nil
		out.Event = event(in)
	}
	json.NewEncoder(os.Stdout).Encode(out)
}
