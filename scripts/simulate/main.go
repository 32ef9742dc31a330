// Command simulate runs the launch of a large campaign beside small tenants, in several variants, and prints a table: `go run ./scripts/simulate`.
// The same seed gives the same figures. docs/scale.md says what they mean.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/dangol/dangol/scripts/simulate/engine"
	"github.com/dangol/dangol/scripts/simulate/launch"
)

// variant is a scenario with what it changes.
type variant struct {
	name   string
	change func(*launch.Params)
}

// eased is the scenario with the two changes that docs/scale.md asks for first: a throttled hop goes on at once, and planners have fewer writers.
func eased(change func(*launch.Params)) func(*launch.Params) {
	return func(p *launch.Params) {
		p.Again, p.Writers = time.Second, 4
		change(p)
	}
}

func paced(change func(*launch.Params)) func(*launch.Params) {
	return eased(func(p *launch.Params) {
		p.Paced = true
		change(p)
	})
}

func nothing(*launch.Params) {}

var variants = []variant{
	{"small tenants alone", func(p *launch.Params) { p.Big = 0 }},
	{"as it is", nothing},
	{"as it is, if checks of one item do not conflict", func(p *launch.Params) { p.Hold = 0 }},
	{"a throttled hop goes on after 1 s", func(p *launch.Params) { p.Again = time.Second }},
	{"E: that, and 4 writers in a planner", eased(nothing)},
	{"E, queue without groups", eased(func(p *launch.Params) { p.Policy = engine.FIFO })},
	{"E, groups served in turn", eased(func(p *launch.Params) { p.Policy = engine.Turn })},
	{"E, SES 200/s", eased(func(p *launch.Params) { p.SESRate = 200 })},
	{"E, a new table of four partitions", eased(func(p *launch.Params) { p.Partitions = 4 })},
	{"P: E, and workers wait for SES's rate", paced(nothing)},
	{"P, queue without groups", paced(func(p *launch.Params) { p.Policy = engine.FIFO })},
	{"P, SES 200/s", paced(func(p *launch.Params) { p.SESRate = 200 })},
	{"P, 60 workers, SES 5,000/s", paced(func(p *launch.Params) { p.SendLimit, p.SESRate = 60, 5000 })},
}

func main() {
	p := launch.Defaults()
	flag.Uint64Var(&p.Seed, "seed", p.Seed, "of all randomness")
	flag.IntVar(&p.Big, "big", p.Big, "messages of the large campaign")
	flag.IntVar(&p.Small, "small", p.Small, "small tenants")
	flag.Float64Var(&p.SESRate, "ses", p.SESRate, "messages a second that SES takes")
	only := flag.Int("only", -1, "run this variant alone")
	depth := flag.Bool("depth", false, "show how many chunks wait, every quarter of an hour")
	flag.Parse()
	run(os.Stdout, p, *only, *depth)
}

func run(out io.Writer, p launch.Params, only int, depth bool) {
	fmt.Fprintf(out, "seed %d, %d messages beside %d tenants with %d to %d each, launched within %v; SES %g/s\n\n", p.Seed, p.Big, p.Small, p.SmallMin, p.SmallMax, p.Window, p.SESRate)
	fmt.Fprintln(out, heading)
	for i, v := range variants {
		if only >= 0 && i != only {
			continue
		}
		q := p
		v.change(&q)
		r := launch.Run(q)
		fmt.Fprintln(out, row(v.name, r))
		if depth {
			fmt.Fprintln(out, depths(r))
		}
	}
}

// depths lists how many chunks waited, every quarter of an hour.
func depths(r *launch.Result) string {
	const quarter = 15
	var at []string
	for i := 0; i < len(r.Depth); i += quarter {
		at = append(at, fmt.Sprint(r.Depth[i]))
	}
	return "chunks waiting, every 15 min: " + strings.Join(at, " ")
}

const heading = "| variant | large: planned | ended | small: p50 | p99 | whole campaign p99 | accepted | failed | uncertain | SES refuses | writes throttled | in conflict | given up | chunks waiting, most | functions, most | feed's lag |\n" +
	"|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"

func row(name string, r *launch.Result) string {
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %d | %d | %d | %.1f %% | %.2f %% | %.1f %% | %d | %d | %d | %s |", name, span(r.BigPlanned), span(r.BigEnded), span(r.Small(0.5)),
		span(r.Small(0.99)), span(r.SmallWhole(0.99)), r.Accepted, r.Failed, r.Uncertain, 100*launch.Share(r.Refused, r.Calls), 100*launch.Share(r.Throttled, r.Tries),
		100*launch.Share(r.Conflicts, r.Tries), r.GaveUp, r.MostDepth(), r.PeakAll, span(r.FeedLag))
}

// span shows a time to about three digits.
func span(d time.Duration) string {
	switch {
	case d == 0:
		return "-"
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%.1f min", d.Minutes())
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}
