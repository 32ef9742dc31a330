package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestArgumentsThatCannotBeMeant(t *testing.T) {
	for _, c := range []struct {
		name  string
		args  []string
		fails string // what the error names; empty where the flag package has printed it
	}{
		{"an unknown emulator", []string{"-use", "moto", "--", "true"}, `no emulator "moto"; there are localstack, dynamodb, ministack`},
		{"an unknown flag", []string{"-uses", "localstack"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, err := with(t.Context(), c.args)
			if code != 2 {
				t.Errorf("got code %d, want 2", code)
			}
			if c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)) {
				t.Errorf("got error %v, want %q in it", err, c.fails)
			}
		})
	}
}

func TestTheCacheFolderIsAbsolute(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct{ named, want string }{{"", ".cache/emulators"}, {"here", "here"}} {
		t.Setenv("DANGOL_EMULATORS", c.named)
		got, err := cacheFolder()
		if want, _ := filepath.Abs(c.want); got != want || err != nil {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
}
