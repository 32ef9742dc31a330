package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A page that is there before its scripts is a blank page.
func TestThePageIsPutLast(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"index.html", "mark.svg", "assets/index-1.js", "assets/a.css"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := files(dir)
	if want := []string{"assets/a.css", "assets/index-1.js", "mark.svg", "index.html"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestFilesAreServedAsWhatTheyAre(t *testing.T) {
	for name, want := range map[string][2]string{
		"index.html":        {"text/html; charset=utf-8", "no-cache"},
		"mark.svg":          {"image/svg+xml", "no-cache"},
		"assets/index-1.js": {"text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"assets/f.woff2":    {"font/woff2", "public, max-age=31536000, immutable"},
		"assets/unknown":    {"application/octet-stream", "public, max-age=31536000, immutable"},
	} {
		if got := [2]string{typeOf(name), keep(name)}; got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}
