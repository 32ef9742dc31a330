package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// goModules lists the modules that the packages are linked with, this one apart.
func goModules(packages ...string) (parts []part, err error) {
	args := []string{"list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}"}
	cmd := exec.Command("go", append(args, packages...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		path, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		version, dir, _ := strings.Cut(rest, "\t")
		if path == "" || seen[path] {
			continue
		}
		seen[path] = true
		parts = append(parts, part{path, version, licenceOf(dir)})
	}
	return parts, nil
}

// licenceOf recognises the licence in a module's folder; "" when it cannot.
func licenceOf(dir string) string {
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "COPYING*", "License*"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern)) // the patterns are well-formed
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				continue
			}
			if l := recognise(string(text)); l != "" {
				return l
			}
		}
	}
	return ""
}

// marks are phrases that only one licence has; the first that fits decides.
var marks = []struct{ phrase, licence string }{
	{"GNU AFFERO GENERAL PUBLIC LICENSE", "AGPL"},
	{"GNU LESSER GENERAL PUBLIC LICENSE", "LGPL"},
	{"GNU GENERAL PUBLIC LICENSE", "GPL"},
	{"Mozilla Public License", "MPL-2.0"},
	{"Apache License", "Apache-2.0"},
	{"Neither the name of", "BSD-3-Clause"},
	{"may be used to endorse or promote", "BSD-3-Clause"},
	{"Redistribution and use in source and binary forms", "BSD-2-Clause"},
	{"Permission is hereby granted, free of charge", "MIT"},
	{"Permission to use, copy, modify, and", "ISC"},
	{"free and unencumbered software released into the public domain", "Unlicense"},
}

func recognise(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, m := range marks {
		if strings.Contains(text, m.phrase) {
			return m.licence
		}
	}
	return ""
}
