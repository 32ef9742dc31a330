package emulators

import (
	"archive/zip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Java refuses a manifest with a line over 72 bytes and joins what continues with a space.
func TestManifestLinesAreFolded(t *testing.T) {
	for _, length := range []int{1, 71, 72, 73, 143, 144, 1000} {
		line := strings.Repeat("x", length)
		folded := fold(line)
		if got := strings.ReplaceAll(folded, "\r\n ", ""); got != line {
			t.Errorf("%d bytes: unfolded to %q", length, got)
		}
		for _, l := range strings.Split(folded, "\r\n") {
			if len(l) > 72 {
				t.Errorf("%d bytes: a line of %d", length, len(l))
			}
		}
	}
}

func TestAClassPathNamesJarsFromTheFolderAbove(t *testing.T) {
	libs := filepath.Join(t.TempDir(), "libs")
	wantError(t, os.Mkdir(libs, 0o755))
	for _, name := range []string{"b.jar", "a.jar", "native.so"} {
		wantError(t, installation{dir: libs}.write(name, ""))
	}
	got, err := classPath(libs)
	wantError(t, err)
	if want := "libs/a.jar libs/b.jar"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAJarHoldsItsManifestFirst(t *testing.T) {
	dir := t.TempDir()
	class := filepath.Join(dir, "Main.class")
	wantError(t, installation{dir: dir}.write("Main.class", "code"))
	for _, c := range []struct {
		class string
		want  []string
	}{
		{"", []string{"META-INF/MANIFEST.MF"}},
		{class, []string{"META-INF/MANIFEST.MF", "Main.class"}},
	} {
		path := filepath.Join(dir, "m.jar")
		wantError(t, writeJar(path, manifest("Main-Class: Main"), c.class))
		jar, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range jar.File {
			got = append(got, f.Name)
		}
		wantError(t, jar.Close())
		if !slices.Equal(got, c.want) {
			t.Errorf("got entries %v, want %v", got, c.want)
		}
	}
}
