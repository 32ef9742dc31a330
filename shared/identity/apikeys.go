package identity

import (
	"fmt"
	"hash/crc32"
	"io"
	"math/big"
	"strings"

	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/env"
)

// APIKeys makes API keys and finds their hashes. A key is dgl_live_ or dgl_test_, 43 characters of randomness and 6 of a checksum, so that a typing
// error or a made-up key is refused without a look at the table, and so that scanners of leaked secrets recognise it.
type APIKeys struct {
	pepper []byte
	rand   io.Reader
}

// NewAPIKeys returns the maker of an installation.
func NewAPIKeys(e *env.Env) APIKeys { return APIKeys{pepper: e.Settings.Keys.Pepper, rand: e.Rand} }

const (
	keyPrefix   = "dgl_"
	randomChars = 43 // 256 bit in base 62
	checkChars  = 6  // 32 bit in base 62
	hintChars   = 4  // of the randomness, shown to the owner
)

// Make returns a new secret, the beginning of it that may be shown, and its hash.
func (a APIKeys) Make(mode apikey.Mode) (secret, hint string, hash []byte, err error) {
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(a.rand, raw); err != nil {
		return "", "", nil, fmt.Errorf("make an API key: %w", err)
	}
	begin := keyPrefix + string(mode) + "_"
	body := begin + base62(new(big.Int).SetBytes(raw), randomChars)
	secret = body + checksum(body)
	return secret, secret[:len(begin)+hintChars], a.hash(secret), nil
}

// Read returns the mode and the hash of something that looks like an API key; false for anything else.
func (a APIKeys) Read(secret string) (mode apikey.Mode, hash []byte, ok bool) {
	rest, ok := strings.CutPrefix(secret, keyPrefix)
	name, random, cut := strings.Cut(rest, "_")
	mode = apikey.Mode(name)
	if !ok || !cut || mode != apikey.Live && mode != apikey.Test || len(random) != randomChars+checkChars {
		return "", nil, false
	}
	body := secret[:len(secret)-checkChars]
	if checksum(body) != secret[len(body):] {
		return "", nil, false
	}
	return mode, a.hash(secret), true
}

func (a APIKeys) hash(secret string) []byte { return mac(a.pepper, "api key", []byte(secret)) }

func checksum(s string) string {
	return base62(new(big.Int).SetUint64(uint64(crc32.ChecksumIEEE([]byte(s)))), checkChars)
}

func base62(n *big.Int, width int) string {
	s := n.Text(62)
	return strings.Repeat("0", width-len(s)) + s
}
