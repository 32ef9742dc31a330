package identity_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/identity"
)

func TestKeysAreMadeOnceAndKeptFromOthers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	made, err := identity.LoadOrMakeKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "secrets.json")
	if err := os.Chmod(file, 0o644); err != nil { // as a careless copy would leave it
		t.Fatal(err)
	}
	again, err := identity.LoadOrMakeKeys(dir)
	if err != nil || !reflect.DeepEqual(made, again) {
		t.Errorf("the second start has other keys: %v", err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, %v; want 0600", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("got %v, want the one file", left)
	}
}

func TestDamagedKeysAreNotReplacedByNewOnes(t *testing.T) {
	for name, content := range map[string]string{"cut off": `{"Cursor":"AAAA`, "empty": "", "too short": `{"Cursor":"AAAA"}`} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "secrets.json")
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := identity.LoadOrMakeKeys(dir); err == nil || !strings.Contains(err.Error(), "secrets.json") {
				t.Errorf("got %v", err)
			}
			if now, _ := os.ReadFile(file); string(now) != content {
				t.Errorf("the file was changed to %q", now)
			}
		})
	}
}
