package iamproxy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// signature is what a request says of its signer, in the Authorization header or, presigned, in its query (AWS Signature Version 4).
type signature struct {
	keyID, region, service string
	headers                map[string]bool // signed ones, in lower case
	value                  string          // hexadecimal
	at                     time.Time
	presigned              bool
	lives                  time.Duration // of a presigned one
}

const (
	algorithm = "AWS4-HMAC-SHA256"
	compact   = "20060102T150405Z"
	unsigned  = "UNSIGNED-PAYLOAD"
	hashName  = "X-Amz-Content-Sha256"
)

// signing are the members of a presigned query that the signer puts there itself.
var signing = []string{"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Security-Token", "X-Amz-Signature"}

func readSignature(r *http.Request) (signature, error) {
	query := r.URL.Query()
	if query.Has("X-Amz-Signature") {
		seconds, err := strconv.Atoi(query.Get("X-Amz-Expires"))
		if err != nil {
			return signature{}, fmt.Errorf("presigned link without its life: %w", err)
		}
		s, err := newSignature(query.Get("X-Amz-Credential"), query.Get("X-Amz-SignedHeaders"), query.Get("X-Amz-Signature"), query.Get("X-Amz-Date"))
		s.presigned, s.lives = true, time.Duration(seconds)*time.Second
		return s, err
	}
	kind, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if kind != algorithm {
		return signature{}, errors.New("the request carries no signature of version 4")
	}
	fields := map[string]string{}
	for _, f := range strings.Split(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(f), "=")
		fields[name] = value
	}
	return newSignature(fields["Credential"], fields["SignedHeaders"], fields["Signature"], r.Header.Get("X-Amz-Date"))
}

func newSignature(credential, headers, value, at string) (signature, error) {
	scope := strings.Split(credential, "/")
	if len(scope) != 5 {
		return signature{}, fmt.Errorf("credential %q: want key, day, region, service, aws4_request", credential)
	}
	moment, err := time.Parse(compact, at)
	if err != nil {
		return signature{}, fmt.Errorf("time of signature: %w", err)
	}
	s := signature{keyID: scope[0], region: scope[2], service: scope[3], value: value, at: moment, headers: map[string]bool{}}
	for _, h := range strings.Split(headers, ";") {
		s.headers[h] = true
	}
	return s, nil
}

// check signs the request again with the secret and compares: a known key id alone is no session, and a link that was changed is no link.
func (s signature) check(r *http.Request, secret aws.Credentials, now time.Time) error {
	if s.presigned && now.After(s.at.Add(s.lives)) {
		return errors.New("the presigned link has expired")
	}
	again, hash, err := s.unsigned(r)
	if err != nil {
		return err
	}
	value, err := s.again(again, secret, hash)
	if err != nil {
		return err
	}
	if !hmac.Equal([]byte(value), []byte(s.value)) {
		return errors.New("the signature does not match the request")
	}
	return nil
}

// unsigned is the request as it was before it was signed, and the hash of its body.
func (s signature) unsigned(r *http.Request) (*http.Request, string, error) {
	u := *r.URL
	u.Host = r.Host
	out := &http.Request{Method: r.Method, URL: &u, Host: r.Host, Header: http.Header{}}
	for name, values := range r.Header {
		if s.headers[strings.ToLower(name)] {
			out.Header[name] = values
		}
	}
	if s.headers["content-length"] {
		out.ContentLength = r.ContentLength
	}
	if s.presigned {
		u.RawQuery = without(r.URL.Query(), signing...)
		return out, unsigned, nil
	}
	hash, err := payloadHash(r)
	return out, hash, err
}

func (s signature) again(r *http.Request, secret aws.Credentials, hash string) (string, error) {
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = s.service == "s3" })
	if !s.presigned {
		err := signer.SignHTTP(r.Context(), secret, r, hash, s.service, s.region, s.at)
		_, value, _ := strings.Cut(r.Header.Get("Authorization"), "Signature=")
		return value, err
	}
	link, _, err := signer.PresignHTTP(r.Context(), secret, r, hash, s.service, s.region, s.at)
	if err != nil {
		return "", err
	}
	u, err := url.Parse(link)
	if err != nil {
		return "", err
	}
	return u.Query().Get("X-Amz-Signature"), nil
}

// payloadHash is the hash of the body that was signed: S3 says it in a header, so that bodies need not be read; all others leave it to be computed.
func payloadHash(r *http.Request) (string, error) {
	if said := r.Header.Get(hashName); said != "" {
		return said, nil
	}
	b, err := whole(r)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

func without(q url.Values, names ...string) string {
	for _, n := range names {
		q.Del(n)
	}
	return q.Encode()
}
