// Command openapi writes docs/openapi.yaml from the operations that are mounted, and the pages of the reference from both it and the codes of problems:
// `go run ./scripts/openapi`. With -check it changes nothing and fails when a file is stale, telling the first line that differs.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/dangol/dangol/functions/docs"
	"github.com/dangol/dangol/localstack/stand"
	"github.com/dangol/dangol/scripts/openapi/reference"
)

func main() {
	check := flag.Bool("check", false, "fail when a file is stale, and change nothing")
	root := flag.String("root", ".", "the folder that holds docs and functions")
	flag.Parse()
	if err := run(*root, *check); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run(root string, check bool) error {
	fresh, err := files()
	if err != nil {
		return err
	}
	deal := write
	if check {
		deal = compareFile
	}
	for _, name := range slices.Sorted(maps.Keys(fresh)) {
		if err := deal(filepath.Join(root, name), fresh[name]); err != nil {
			return err
		}
	}
	return nil
}

// files are the document and the pages that are made of it, by their paths in the project.
func files() (map[string][]byte, error) {
	openAPI, err := document()
	if err != nil {
		return nil, err
	}
	pages, err := reference.Render(openAPI, docs.Base)
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{"docs/openapi.yaml": openAPI}
	for name, page := range pages {
		out["functions/docs/"+name+".html"] = page
	}
	return out, nil
}

func write(file string, fresh []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, fresh, 0o644)
}

func compareFile(file string, fresh []byte) error {
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
