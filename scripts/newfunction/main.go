// Command newfunction writes the first files of a function whose row already stands in shared/catalogue: `go run ./scripts/newfunction NAME`.
//
// The row comes first, because it is the decision: what starts the function, how long it may take, what it may touch. The folder follows from it.
// The Lambda's main.go is taken over from a function of the same kind, so that there is one shape of it and not two.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/dangol/dangol/shared/catalogue"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "use: newfunction NAME, a row of shared/catalogue")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "newfunction:", err)
		os.Exit(1)
	}
}

func run(name string) error {
	row, ok := rowOf(name)
	if !ok {
		return fmt.Errorf("%s has no row: add one to shared/catalogue/catalogue.go first, with its trigger, timeout, memory and rights", name)
	}
	made, err := write("functions", row)
	if err != nil {
		return err
	}
	fmt.Println(strings.Join(made, "\n"))
	fmt.Printf("\nNext: mount it in localstack/mounts/mounts.go:\n\t%q: %s,\n", row.Name, mounted(row))
	return nil
}

func rowOf(name string) (catalogue.Function, bool) {
	for _, r := range catalogue.Rows() {
		if r.Name == name {
			return r, true
		}
	}
	return catalogue.Function{}, false
}

// write makes the folder of the row below root; an existing one is left alone.
func write(root string, row catalogue.Function) (made []string, err error) {
	dir := filepath.Join(root, row.Name)
	if _, err := os.Stat(dir); err == nil {
		return nil, fmt.Errorf("%s is there already", dir)
	}
	texts, err := files(root, row)
	if err != nil {
		return nil, err
	}
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, []byte(text), fs.FileMode(0o644)); err != nil {
			return nil, err
		}
		made = append(made, path)
	}
	return made, nil
}

// mounted is the function as the host names it.
func mounted(row catalogue.Function) string {
	made := fmt.Sprintf("%s.New(in(%q))", row.Name, row.Name)
	switch {
	case len(row.Paths) > 0:
		return made
	case len(row.Schedules) > 0:
		return made + ".Tick"
	}
	return made + ".Handle"
}
