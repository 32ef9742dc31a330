package main

import (
	"cmp"
	"debug/buildinfo"
	"debug/elf"
	"debug/gosym"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/catalogue"
)

// pack is a built function as it was found.
type pack struct {
	row             catalogue.Function
	binaryMB, zipMB float64
	built           map[string]string // the settings of its build, as the binary tells them
	libraries       []string          // shared libraries that it wants; symbols that it takes from them
	symbols         []string
	code            map[string]int // bytes of machine code, by package
}

func inspect(row catalogue.Function, binary, zipped string) (*pack, error) {
	p := &pack{row: row, built: map[string]string{}}
	var err error
	if p.binaryMB, err = sizeMB(binary); err != nil {
		return nil, err
	}
	if p.zipMB, err = sizeMB(zipped); err != nil {
		return nil, err
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, fmt.Errorf("read how %s was built: %w", binary, err)
	}
	for _, s := range info.Settings {
		p.built[s.Key] = s.Value
	}
	return p, p.look(binary)
}

// look reads the binary itself.
func (p *pack) look(binary string) error {
	raw, err := os.Open(binary)
	if err != nil {
		return err
	}
	defer raw.Close()
	f, err := elf.NewFile(raw)
	if err != nil {
		return fmt.Errorf("read %s: %w", binary, err)
	}
	if err := p.links(f); err != nil {
		return fmt.Errorf("read what %s links: %w", binary, err)
	}
	p.code, err = codeOf(f)
	return err
}

func sizeMB(path string) (float64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()) / 1e6, nil
}

// links reads what the binary takes from shared libraries. A static binary has no such list.
func (p *pack) links(f *elf.File) (err error) {
	if f.Section(".dynamic") == nil {
		return nil
	}
	if p.libraries, err = f.ImportedLibraries(); err != nil {
		return err
	}
	imported, err := f.ImportedSymbols()
	for _, s := range imported {
		p.symbols = append(p.symbols, s.Name)
	}
	return err
}

// codeOf adds up the machine code by package, from the table by which Go finds a function's name: it stays in a stripped binary.
func codeOf(f *elf.File) (map[string]int, error) {
	table, text := f.Section(".gopclntab"), f.Section(".text")
	if table == nil || text == nil {
		return nil, nil // position-independent binaries keep it elsewhere
	}
	raw, err := table.Data()
	if err != nil {
		return nil, err
	}
	symbols, err := gosym.NewTable(nil, gosym.NewLineTable(raw, text.Addr))
	if err != nil {
		return nil, fmt.Errorf("read the table of functions: %w", err)
	}
	code := map[string]int{}
	for _, fn := range symbols.Funcs {
		code[packageOf(fn.Name)] += int(fn.End - fn.Entry)
	}
	return code, nil
}

// packageOf cuts "path/to/pkg.(*Type[...]).Method" behind the package. Dots in the path's last part are escaped by the compiler.
func packageOf(function string) string {
	function, _, _ = strings.Cut(function, "[")
	slash := strings.LastIndexByte(function, '/') + 1
	name, _, _ := strings.Cut(function[slash:], ".")
	return strings.ReplaceAll(function[:slash]+name, "%2e", ".")
}

// most names the n packages with most code.
func (p *pack) most(n int) string {
	names := slices.SortedFunc(maps.Keys(p.code), func(a, b string) int { return cmp.Or(cmp.Compare(p.code[b], p.code[a]), cmp.Compare(a, b)) })
	var out []string
	for _, name := range names[:min(n, len(names))] {
		out = append(out, fmt.Sprintf("%s %.1f", short(name), float64(p.code[name])/1e6))
	}
	return strings.Join(out, ", ")
}

// short keeps of a package's path what tells it apart.
func short(name string) string {
	parts := strings.Split(name, "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}

// faults says what must not be deployed.
func (p *pack) faults(mostMB float64) (out []string) {
	fault := func(format string, args ...any) { out = append(out, p.row.Name+": "+fmt.Sprintf(format, args...)) }
	want := targetOf(p.row)
	if p.built["GOOS"] != want.os || p.built["GOARCH"] != want.arch {
		fault("built for %s/%s, but its row is deployed on %s/%s", p.built["GOOS"], p.built["GOARCH"], want.os, want.arch)
	}
	if p.row.Cgo {
		return out
	}
	if mostMB > 0 && p.zipMB >= mostMB {
		fault("its zip has %.1f MB, the limit is %.1f: see which package came in", p.zipMB, mostMB)
	}
	if p.built["CGO_ENABLED"] != "0" {
		fault("built with CGO_ENABLED=%s: its row does not declare Cgo", p.built["CGO_ENABLED"])
	}
	if len(p.libraries)+len(p.symbols) > 0 {
		fault("takes %d symbols from %v: its row does not declare Cgo", len(p.symbols), p.libraries)
	}
	return out
}
