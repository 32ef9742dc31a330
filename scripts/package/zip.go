package main

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"io"
	"os"
	"time"
)

// zipTime is the oldest time that a zip can tell: the same for every build.
var zipTime = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// writeZip writes a zip with the binary alone, executable, as Lambda takes it.
func writeZip(path, binary string) error {
	in, err := os.Open(binary)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(zipOne(out, in), out.Close())
}

func zipOne(out io.Writer, in io.Reader) error {
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	h := &zip.FileHeader{Name: "bootstrap", Method: zip.Deflate, Modified: zipTime}
	h.SetMode(0o755)
	w, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, in); err != nil {
		return err
	}
	return z.Close()
}
