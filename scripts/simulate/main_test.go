package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/scripts/simulate/launch"
)

func TestEveryVariantHasARow(t *testing.T) {
	p := launch.Defaults()
	p.Big, p.Small, p.Window = 3000, 3, time.Second
	var out strings.Builder
	run(&out, p, -1, false)
	for _, v := range variants {
		if strings.Count(out.String(), "| "+v.name+" |") != 1 {
			t.Errorf("%q has not one row", v.name)
		}
	}
	columns := strings.Count(strings.Split(heading, "\n")[0], "|")
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "|") && strings.Count(line, "|") != columns {
			t.Errorf("want %d bars: %s", columns, line)
		}
	}
}

func TestSpans(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "-", 1500 * time.Millisecond: "1.5 s", 90 * time.Minute: "90.0 min", 3 * time.Hour: "3.0 h"} {
		if got := span(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestDepthEveryQuarter(t *testing.T) {
	r := &launch.Result{Depth: make([]int, 31)}
	r.Depth[15], r.Depth[30] = 7, 2
	if got, want := depths(r), "chunks waiting, every 15 min: 0 7 2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
