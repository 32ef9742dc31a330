package identity

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dangol/dangol/shared/env"
)

const keysFile = "secrets.json"

// LoadOrMakeKeys reads the secrets of an installation from dir, or makes them when the file is absent. The file is readable by its owner alone;
// one that others could read is closed to them. Losing it logs everyone out and breaks the links in mails that were sent.
func LoadOrMakeKeys(dir string) (env.Keys, error) {
	path := filepath.Join(dir, keysFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKeys(dir, path)
	}
	if err != nil {
		return env.Keys{}, fmt.Errorf("read the secrets: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return env.Keys{}, fmt.Errorf("close the secrets to others: %w", err)
	}
	k, err := ParseKeys(raw)
	if err != nil {
		return env.Keys{}, fmt.Errorf("%s is damaged; put the copy of a backup in its place: %w", keysFile, err)
	}
	return k, nil
}

// ParseKeys reads the secrets of an installation from their JSON and refuses any that are not whole.
func ParseKeys(raw []byte) (env.Keys, error) {
	var k env.Keys
	if err := json.Unmarshal(raw, &k); err != nil {
		return env.Keys{}, err
	}
	return k, check(k)
}

// NewKeys returns fresh secrets.
func NewKeys() (env.Keys, error) {
	signing, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return env.Keys{}, fmt.Errorf("make the signing key: %w", err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(signing)
	if err != nil {
		return env.Keys{}, fmt.Errorf("encode the signing key: %w", err)
	}
	return env.Keys{Cursor: random32(), Links: random32(), Blob: random32(), Pepper: random32(), Signing: pkcs8}, nil
}

func makeKeys(dir, path string) (env.Keys, error) {
	k, err := NewKeys()
	if err != nil {
		return env.Keys{}, err
	}
	raw, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return env.Keys{}, fmt.Errorf("encode the secrets: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return env.Keys{}, fmt.Errorf("make the secrets: %w", err)
	}
	return k, writeOnce(path, raw)
}

// writeOnce writes the whole file or none: a crash between must not leave half a secret, nor a second start other ones.
func writeOnce(path string, raw []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), keysFile+".*") // mode 0600
	if err != nil {
		return fmt.Errorf("make the secrets: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(raw, '\n'))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), path) // fails when another start was first
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("make the secrets: %w", err)
	}
	return nil
}

// syncDir makes a new name in the folder survive the loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func check(k env.Keys) error {
	for name, key := range map[string][]byte{"Cursor": k.Cursor, "Links": k.Links, "Blob": k.Blob, "Pepper": k.Pepper} {
		if len(key) != secretBytes {
			return fmt.Errorf("%s: %s has %d bytes, want %d", keysFile, name, len(key), secretBytes)
		}
	}
	_, err := NewTokens(k.Signing, "", nil)
	return err
}

func random32() []byte {
	b := make([]byte, secretBytes)
	rand.Read(b) // never fails
	return b
}
