package emulators

import (
	"os"
	"path/filepath"
	"testing"
)

func TestNeed(t *testing.T) {
	for _, c := range []struct {
		name string
		tool Tool
		says string // of the tool, as a shell script; empty is no tool
		want string // in the error; empty is none
	}{
		{name: "Java 17 will do", tool: java, says: `echo 'openjdk version "17.0.15" 2025-04-15' >&2`},
		{name: "Java with options from the environment", tool: java, says: `echo 'Picked up JAVA_TOOL_OPTIONS: -Xmx8m'; echo 'openjdk version "21" 2023-09-19'`},
		{name: "Java 11 is too old", tool: java, says: `echo 'openjdk version "11.0.2"'`, want: "need Java 17 or newer: Debian has it as 'openjdk-17-jdk-headless' (java here: 11)"},
		{name: "Maven in bold", tool: maven, says: `printf '\033[1mApache Maven 3.8.7\033[m\n'`},
		{name: "no Maven", tool: maven, want: "need Maven: Debian has it as 'maven' (mvn here: none that works)"},
		{name: "Python without venv", tool: python, says: "echo no module named ensurepip; exit 1", want: "python3.11-venv"},
		{name: "Node", tool: node, says: "echo v20.19.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.says != "" {
				if err := os.WriteFile(filepath.Join(dir, c.tool.Name), []byte("#!/bin/sh\n"+c.says+"\n"), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", dir)
			err := Need(t.Context(), c.tool)
			if c.want == "" {
				wantError(t, err)
			} else {
				wantError(t, err, c.want)
			}
		})
	}
}

func TestNeedNamesAllThatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	wantError(t, Need(t.Context(), python, java, maven), "Python 3.11", "Java 17", "Maven")
}
