// Command licences writes NOTICE: everything that is built into the host, the functions and the console, with its licence. It fails when one of them
// has a licence that has not been accepted for an Apache-2.0 product, or none that it can recognise.
package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
)

// accepted are the licences that allow to be built in, with what they ask for.
var accepted = map[string]string{
	"Apache-2.0":    "keep its notices",
	"MIT":           "keep the text",
	"MIT-0":         "nothing",
	"0BSD":          "nothing",
	"BSD-2-Clause":  "keep the text",
	"BSD-3-Clause":  "keep the text, do not advertise with the authors' names",
	"ISC":           "keep the text",
	"MPL-2.0":       "publish changes to its files; we make none",
	"OFL-1.1":       "keep the text with the font",
	"CC0-1.0":       "nothing",
	"Unlicense":     "nothing",
	"BlueOak-1.0.0": "keep the text",
}

// part is something that is built in.
type part struct{ name, version, licence string }

func main() {
	if err := run("NOTICE"); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(path string) error {
	modules, err := goModules("./localstack/host", "./functions/...")
	if err != nil {
		return err
	}
	packages, err := npmPackages("web/package-lock.json")
	if err != nil {
		return err
	}
	if refused := unaccepted(append(slices.Clone(modules), packages...)); len(refused) > 0 {
		return fmt.Errorf("not accepted to be built in:\n%s", strings.Join(refused, "\n"))
	}
	taken, err := takenOver("shared/crm/phone/NOTICE")
	if err != nil {
		return err
	}
	text := "Dangol\nCopyright 2026 The Dangol authors\n\nLicensed under the Apache License, Version 2.0; see LICENSE. Written by `make licences`.\n" +
		section("Go modules built into the host and the functions", modules) + section("npm packages built into the console", packages) + taken
	return os.WriteFile(path, []byte(text), 0o644)
}

// takenOver is what packages of ours say of data and rules that they have from others.
func takenOver(notices ...string) (string, error) {
	text := "\nData and rules taken over:\n\n"
	for _, name := range notices {
		said, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		text += strings.TrimSuffix(string(said), "\n") + "\n"
	}
	return text, nil
}

func unaccepted(parts []part) (lines []string) {
	for _, p := range parts {
		if !acceptable(p.licence) {
			lines = append(lines, fmt.Sprintf("  %s %s: %s", p.name, p.version, cmp.Or(p.licence, "no licence found")))
		}
	}
	return lines
}

// acceptable reads npm's expressions: of alternatives one must be accepted, of licences that hold together all.
func acceptable(licence string) bool {
	licence = strings.Trim(licence, "()")
	if all := strings.Split(licence, " AND "); len(all) > 1 {
		return !slices.ContainsFunc(all, func(l string) bool { return !acceptable(l) })
	}
	return slices.ContainsFunc(strings.Split(licence, " OR "), func(l string) bool { return accepted[l] != "" })
}

func section(title string, parts []part) string {
	slices.SortFunc(parts, func(a, b part) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.version, b.version)) })
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s:\n\n", title)
	for _, p := range slices.Compact(parts) {
		fmt.Fprintf(&b, "  %-60s %-40s %s\n", p.name, p.version, p.licence)
	}
	return b.String()
}
