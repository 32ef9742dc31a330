package emulators

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
)

// writeJar makes a jar of a manifest and, where class is the path of one, a class.
func writeJar(path, manifest, class string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := zip.NewWriter(file)
	if err := addFile(out, "META-INF/MANIFEST.MF", []byte(manifest)); err != nil {
		return err
	}
	if class != "" {
		code, err := os.ReadFile(class)
		if err != nil {
			return err
		}
		if err := addFile(out, filepath.Base(class), code); err != nil {
			return err
		}
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

// classPath names the jars of a folder as seen from the folder above.
func classPath(libs string) (string, error) {
	found, err := filepath.Glob(filepath.Join(libs, "*.jar"))
	for i, f := range found {
		found[i] = filepath.Base(libs) + "/" + filepath.Base(f)
	}
	return strings.Join(found, " "), err
}

// manifest writes attributes such as "Main-Class: Main".
func manifest(attributes ...string) string {
	var b strings.Builder
	for _, a := range append([]string{"Manifest-Version: 1.0"}, attributes...) {
		b.WriteString(fold(a) + "\r\n")
	}
	return b.String() + "\r\n"
}

// fold breaks a line of a manifest at 72 bytes; what goes on begins with a space (JAR File Specification, "Notes on Manifest and Signature Files").
func fold(line string) string {
	if len(line) <= 72 {
		return line
	}
	return line[:72] + "\r\n" + fold(" "+line[72:])
}
