package emulators

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

// A Tool is a program that must be on the machine.
type Tool struct {
	Name  string
	Probe []string // arguments that make it say its version, and fail when it is of no use
	Least int      // the lowest first number of its version; zero is any
	Hint  string   // what to install
}

var (
	// The probe finds a Debian with python3.11 but without python3.11-venv.
	python = Tool{Name: "python3.11", Probe: []string{"-c", "import venv, ensurepip; print(3.11)"},
		Hint: "Python 3.11 with venv: Debian 12 has it as 'python3.11 python3.11-venv', elsewhere uv or pyenv install it"}
	java  = Tool{Name: "java", Probe: []string{"-version"}, Least: 17, Hint: "Java 17 or newer: Debian has it as 'openjdk-17-jdk-headless'"}
	javac = Tool{Name: "javac", Probe: []string{"-version"}, Least: 17, Hint: "a Java compiler, 17 or newer: Debian has it as 'openjdk-17-jdk-headless'"}
	maven = Tool{Name: "mvn", Probe: []string{"--version"}, Hint: "Maven: Debian has it as 'maven'"}
	node  = Tool{Name: "node", Probe: []string{"--version"}, Least: 20, Hint: "Node 20.19 or newer: https://nodejs.org"}
)

// Need says in one line each which of the tools the machine lacks.
func Need(ctx context.Context, tools ...Tool) error {
	var lacks []error
	for _, t := range tools {
		if have := t.version(ctx); have < t.Least || have == 0 {
			lacks = append(lacks, fmt.Errorf("dangol's emulators need %s (%s here: %s)", t.Hint, t.Name, found(have)))
		}
	}
	return errors.Join(lacks...)
}

var (
	number = regexp.MustCompile(`\d+`)
	noise  = regexp.MustCompile(`(?m)^Picked up .*$|\x1b\[\d*m`) // Java names its options from the environment, Maven prints in bold
)

// version is the first number that the tool prints, or zero when it cannot be used.
func (t Tool) version(ctx context.Context) int {
	out, err := exec.CommandContext(ctx, t.Name, t.Probe...).CombinedOutput()
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(string(number.Find(noise.ReplaceAll(out, nil))))
	return n
}

func found(version int) string {
	if version == 0 {
		return "none that works"
	}
	return strconv.Itoa(version)
}
