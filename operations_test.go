package dangol_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// operatorsCommands are the commands that docs/operations.md explains, with their sections.
var operatorsCommands = map[string]string{
	"redrive": "## Redrive\n", "replay": "## Replay\n", "movetenant": "## Move a tenant\n", "rehearse": "## Rehearse a restore\n",
}

var (
	// flagInCode is a flag where flag.FlagSet declares it: f.StringVar(&o.stage, "stage", ... or f.Duration("since", ...
	flagInCode = regexp.MustCompile(`\bf\.(?:[A-Z][a-z0-9]*)(?:Var\(&[a-z.A-Z]+, |\()"([a-z-]+)"`)
	flagInPage = regexp.MustCompile("`-([a-z-]+)`")
)

// Who has to act at night finds every flag of a command on the page, and none that the command does not have.
func TestOperatorsCommandsAreOnThePageWithTheirFlags(t *testing.T) {
	page, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, heading := range operatorsCommands {
		t.Run(name, func(t *testing.T) {
			_, section, found := strings.Cut(string(page), heading)
			section, _, _ = strings.Cut(section, "\n## ")
			if !found || !strings.Contains(section, "go run ./scripts/"+name+" ") {
				t.Fatalf("no section %q that runs the command", heading)
			}
			if got, want := documented(section), declared(t, name); !slices.Equal(got, want) {
				t.Errorf("the page has the flags %v\nthe command       %v", got, want)
			}
		})
	}
}

// documented are the flags in the first cells of a section's table.
func documented(section string) (flags []string) {
	for line := range strings.Lines(section) {
		if cell, ok := strings.CutPrefix(line, "| `-"); ok {
			first, _, _ := strings.Cut("`-"+cell, " | ")
			for _, m := range flagInPage.FindAllStringSubmatch(first, -1) {
				flags = append(flags, m[1])
			}
		}
	}
	slices.Sort(flags)
	return flags
}

func declared(t *testing.T, command string) (flags []string) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("scripts", command, "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range flagInCode.FindAllStringSubmatch(string(source), -1) {
		flags = append(flags, m[1])
	}
	slices.Sort(flags)
	return flags
}
