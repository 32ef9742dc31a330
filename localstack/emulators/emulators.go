// Package emulators starts programs that answer like AWS, for developers and CI, from package registries and without containers. It installs pinned
// versions into a cache folder, starts them on free ports, waits until they answer, runs a command that finds their addresses in its
// environment, and stops them. What each is good for, and not good for, stands in docs/emulators.md. It needs Linux or macOS.
package emulators

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// An Emulator is a program that answers like AWS.
type Emulator struct {
	Name     string
	Variable string // tells the command its URL
	WholeAWS bool   // trusted for all that the engines' suites call: its URL is also AWS_ENDPOINT_URL
	Needs    []Tool // to run; what an installation needs stands with the part
	Parts    []Part
	Launch   func(Place) Launch
	Ready    Probe
}

// A Place is where one started emulator lives.
type Place struct {
	Cache   string // folder of the installed parts
	Scratch string // its own folder, removed when it has stopped
	Port    int    // of 127.0.0.1
}

// URL is where the emulator answers.
func (p Place) URL() string { return fmt.Sprintf("http://127.0.0.1:%d", p.Port) }

// Of is the folder of an installed part.
func (p Place) Of(part Part) string { return filepath.Join(p.Cache, part.Folder()) }

// A Launch is how to start an emulator.
type Launch struct {
	Args []string // the program and its arguments
	Env  []string // beside the environment without its AWS variables
	Dir  string   // to run in
}

// Choose finds emulators by their names, parted by commas. The order is All's, whatever the order of names.
func Choose(names string) ([]Emulator, error) {
	wanted := strings.Split(names, ",")
	for i, name := range wanted {
		wanted[i] = strings.TrimSpace(name)
		if !slices.Contains(allNames(), wanted[i]) {
			return nil, fmt.Errorf("no emulator %q; there are %s", wanted[i], strings.Join(allNames(), ", "))
		}
	}
	return slices.DeleteFunc(All(), func(e Emulator) bool { return !slices.Contains(wanted, e.Name) }), nil
}

func allNames() (names []string) {
	for _, e := range All() {
		names = append(names, e.Name)
	}
	return names
}
