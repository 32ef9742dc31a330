package emulators

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// writeJar makes a jar that holds one class, as main class and as agent, and the way to every jar of a folder beside it.
func writeJar(path, class, libs string) error {
	found, err := filepath.Glob(filepath.Join(libs, "*.jar"))
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("no jars in %s", libs)
	}
	code, err := os.ReadFile(class)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(class), ".class")
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := zip.NewWriter(file)
	if err := addFile(out, "META-INF/MANIFEST.MF", manifest(name, classPath(found))); err != nil {
		return err
	}
	if err := addFile(out, filepath.Base(class), code); err != nil {
		return err
	}
	return out.Close()
}

func addFile(out *zip.Writer, name string, content []byte) error {
	w, err := out.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// classPath names jars by their folder and name, as seen from the folder above.
func classPath(found []string) string {
	var names []string
	for _, f := range found {
		names = append(names, filepath.Base(filepath.Dir(f))+"/"+filepath.Base(f))
	}
	return strings.Join(names, " ")
}

func manifest(class, classPath string) []byte {
	var b strings.Builder
	for _, attribute := range []string{"Manifest-Version: 1.0", "Main-Class: " + class, "Premain-Class: " + class, "Class-Path: " + classPath} {
		b.WriteString(fold(attribute) + "\r\n")
	}
	return []byte(b.String() + "\r\n")
}

// fold breaks a line of a manifest at 72 bytes; what goes on begins with a space (JAR File Specification, "Notes on Manifest and Signature Files").
func fold(line string) string {
	if len(line) <= 72 {
		return line
	}
	return line[:72] + "\r\n" + fold(" "+line[72:])
}
