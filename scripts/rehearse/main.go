// Command rehearse restores every table of a stage to an earlier second under new names, compares the copies with the live tables, says how long it took, and
// deletes the copies. The live tables are read and nothing else. Without -yes it says only what it would do.
//
//	go run ./scripts/rehearse -stage prod -yes
//
// Where a place cannot restore, as DynamoDB Local and LocalStack cannot, it says so by name and fills the copies by a scan, so that the rest is rehearsed: then the
// minutes say nothing about AWS. Credentials and region come from the environment, as for the AWS CLI.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], clock.System{}, os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "rehearse:", err)
		os.Exit(1)
	}
}

// order is what the flags ask for.
type order struct {
	stage            string
	ago              time.Duration
	sample           int
	drift, units     float64
	yes, keep, clean bool
}

const (
	// earliest is how far behind the present a table can be restored to for sure. Source: AWS, DynamoDB developer guide, "Point-in-time recovery": the latest
	// restorable time is typically five minutes before the current one.
	earliest = 5 * time.Minute
	// oldest is how long the stage's tables can be restored. Source: as above.
	oldest = 35 * 24 * time.Hour
)

func parse(args []string, help io.Writer) (o order, err error) {
	f := flag.NewFlagSet("rehearse", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&o.stage, "stage", cmp.Or(os.Getenv("DANGOL_STAGE"), "dev"), "the stage that was deployed")
	f.DurationVar(&o.ago, "ago", 2*earliest, "restore to the second so long ago")
	f.IntVar(&o.sample, "sample", 200, "items of each copy that are compared with the live ones, attribute by attribute")
	f.Float64Var(&o.drift, "drift", 5, "percent by which copy and live table may differ for what was written since")
	f.Float64Var(&o.units, "rcu", 500, "read units a second, in all; 0 is as fast as it goes")
	f.BoolVar(&o.yes, "yes", false, "restore, compare, delete the copies; without it, say what would be done")
	f.BoolVar(&o.keep, "keep", false, "with -yes: leave the copies, to look into them")
	f.BoolVar(&o.clean, "clean", false, "delete the copies that an earlier run left, and do no more")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("unexpected %q", f.Arg(0))
	case o.ago < earliest || o.ago > oldest:
		return o, fmt.Errorf("-ago is %v, want %v to %v", o.ago, earliest, oldest)
	case o.sample < 1 || o.drift < 0 || o.units < 0:
		return o, errors.New("-sample is 1 or more, -drift and -rcu are 0 or more")
	case o.clean && (o.yes || o.keep):
		return o, errors.New("-clean goes alone")
	}
	return o, nil
}

func run(ctx context.Context, args []string, c clock.Clock, out, help io.Writer) error {
	o, err := parse(args, help)
	if err != nil {
		return err
	}
	place, err := operator.Open(ctx, o.stage, "", "")
	if err != nil {
		return err
	}
	r := &rehearsal{order: o, place: place, tables: place.Tables(o.units), clock: c, every: askEvery, out: out,
		at: c.Now().Add(-o.ago).Truncate(time.Second)}
	switch {
	case o.clean:
		return r.drop(ctx)
	case o.yes:
		return r.run(ctx)
	}
	return r.plan(ctx)
}
