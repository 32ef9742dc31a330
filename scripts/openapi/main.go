// Command openapi writes docs/openapi.yaml from the operations that are mounted: `go run ./scripts/openapi`. With -check it changes nothing and
// fails when the file is stale, telling the first line that differs.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/dangol/dangol/localstack/stand"
)

func main() {
	check := flag.Bool("check", false, "fail when the file is stale, and change nothing")
	file := flag.String("file", "docs/openapi.yaml", "the document")
	flag.Parse()
	if err := run(*file, *check); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run(file string, check bool) error {
	fresh, err := document()
	if err != nil {
		return err
	}
	if !check {
		return os.WriteFile(file, fresh, 0o644)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return compare(file, written, fresh)
}

// document mounts every function, on a folder that is thrown away, and returns what they say of themselves.
func document() (_ []byte, err error) {
	dir, err := os.MkdirTemp("", "dangol-openapi-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := stand.Open(stand.Options{Dir: dir})
	if err != nil {
		return nil, fmt.Errorf("mount the functions: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.API().YAML()
}

// compare fails when the written document is not the fresh one.
func compare(file string, written, fresh []byte) error {
	if bytes.Equal(written, fresh) {
		return nil
	}
	was, is := bytes.Split(written, []byte("\n")), bytes.Split(fresh, []byte("\n"))
	line := 0
	for line < min(len(was), len(is)) && bytes.Equal(was[line], is[line]) {
		line++
	}
	return fmt.Errorf("%s is stale from line %d on: run `make openapi`\n  written: %s\n  code:    %s", file, line+1, at(was, line), at(is, line))
}

func at(lines [][]byte, i int) []byte {
	if i < len(lines) {
		return lines[i]
	}
	return []byte("(the end)")
}
