// Command bench measures a running Dangol against the figures it promises: `make bench`, or `go run ./scripts/bench -only create,read`.
//
// It starts the built host on a data folder of its own and a free loopback port, with an SMTP sink in this process as its mail provider, and uses
// nothing but the public API. Everything runs on one machine: the load generator's and the sink's CPU seconds stand beside the host's, since they
// share its cores. The report goes to docs/benchmarks/ and to the screen.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"time"
)

// options are the sizes of a run. A report with other sizes than the defaults is marked as such and not compared with the targets.
type options struct {
	only      string
	host      string
	data      string
	out       string
	customers int
	orders    int
	seconds   int
	rounds    int
	seed      uint64
	keep      bool
}

func main() {
	o := parseFlags()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parseFlags() options {
	var o options
	flag.StringVar(&o.only, "only", "", "comma-separated cases: "+strings.Join(caseNames(), ",")+" (default: all)")
	flag.StringVar(&o.host, "host", "bin/dangol", "the built host")
	flag.StringVar(&o.data, "data", "", "folder for the data (default: a new temporary one; it must be on the disk to be measured)")
	flag.StringVar(&o.out, "out", "docs/benchmarks", "folder for the report; empty writes none")
	flag.IntVar(&o.customers, "customers", 100_000, "customers of the import, the lists, the preview and the campaign")
	flag.IntVar(&o.orders, "orders", 300_000, "orders of the preview")
	flag.IntVar(&o.seconds, "seconds", 5, "length of one round of requests")
	flag.IntVar(&o.rounds, "rounds", 3, "rounds; the median counts, a warm-up comes before")
	flag.Uint64Var(&o.seed, "seed", 1, "of the generated customers and orders")
	flag.BoolVar(&o.keep, "keep", false, "keep the data folder")
	flag.Parse()
	return o
}

func (o options) full() bool { return o.customers == 100_000 && o.orders == 300_000 }

func run(ctx context.Context, o options) error {
	chosen, err := choose(o.only)
	if err != nil {
		return err
	}
	b, err := newBench(o)
	if err != nil {
		return err
	}
	defer b.close()
	report := newReport(o, b.machine)
	for _, c := range chosen {
		start := time.Now()
		results, err := c.run(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w%s", c.name, err, b.host.lastWords())
		}
		for _, r := range results {
			report.add(c, r)
			fmt.Printf("%-10s %-64s %14s   %s\n", c.name, r.what, r.figure(), r.verdict(o.full()))
		}
		fmt.Printf("%-10s took %.0f s\n", c.name, time.Since(start).Seconds())
	}
	fmt.Print("\n", report.text())
	if o.out == "" {
		return nil
	}
	path, err := report.write(o.out)
	fmt.Println("\nwritten:", path)
	return err
}

// cores is how many the machine has; all figures stand against it.
func cores() int { return runtime.NumCPU() }
