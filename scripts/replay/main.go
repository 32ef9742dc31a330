// Command replay gives records of the change feed that were set aside to the function again: those of one table, one workspace, one stretch of time, or all.
// Without -yes it counts them only.
//
//	go run ./scripts/replay -stage prod -table crm -tenant wsp_01JD... -since 48h
//
// Records are given to the deployed function by Lambda's Invoke, rather than to the same code here: so they are worked by the build, the rights, the secrets and
// the log of the stage, and an operator needs no right on tables and queues, only lambda:InvokeFunction, lambda:ListEventSourceMappings, the bucket's objects
// and the queue of dead letters. Credentials and region come from the environment, as for the AWS CLI.
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
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs/named"
	"github.com/dangol/dangol/shared/table"
)

// usual is the function whose records are replayed unless another is named.
const usual = "changefeed"

// dead is the queue on which S3 puts the name of each object that is set aside for a function.
func dead(function string) queue.Name { return queue.Name(function + "-dead") }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], clock.System{}, os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(1)
	}
}

// order is what the flags ask for.
type order struct {
	stage, function, bucket string
	selection
	yes bool
}

func parse(args []string, now time.Time, help io.Writer) (o order, err error) {
	f := flag.NewFlagSet("replay", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&o.stage, "stage", cmp.Or(os.Getenv("DANGOL_STAGE"), "dev"), "the stage that was deployed")
	f.StringVar(&o.function, "function", usual, "whose records: "+strings.Join(functions(), " or "))
	f.StringVar(&o.bucket, "bucket", "", "the bucket of what was set aside; without it, the one that Lambda names as the function's")
	f.StringVar(&o.table, "table", "", "only records of this table: "+tables())
	f.StringVar(&o.tenant, "tenant", "", "only this workspace's records (wsp_...)")
	since := f.Duration("since", 0, "only what was set aside within this time, such as 48h; 0 is any time")
	until := f.Duration("until", 0, "only what was set aside at least so long ago, such as 1h")
	f.BoolVar(&o.yes, "yes", false, "replay; without it, count only")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("unexpected %q", f.Arg(0))
	case !slices.Contains(functions(), o.function):
		return o, fmt.Errorf("-function is %q, want %s", o.function, strings.Join(functions(), " or "))
	case o.table != "" && !slices.Contains(followed(), o.table):
		return o, fmt.Errorf("-table is %q, want one of %s", o.table, tables())
	case *since < 0 || *until < 0 || *since > 0 && *until >= *since:
		return o, fmt.Errorf("-since %v and -until %v leave no time between them", *since, *until)
	}
	o.before = now.Add(-*until)
	if *since > 0 {
		o.after = now.Add(-*since)
	}
	return o, nil
}

// functions are those that follow the change feed.
func functions() (names []string) {
	for _, row := range catalogue.Rows() {
		if len(row.Feed) > 0 {
			names = append(names, row.Name)
		}
	}
	return names
}

// followed are the tables whose change feed some function reads.
func followed() (names []string) {
	for _, row := range catalogue.Rows() {
		for _, t := range row.Feed {
			if !slices.Contains(names, string(t)) {
				names = append(names, string(t))
			}
		}
	}
	return names
}

func tables() string { return strings.Join(followed(), ", ") }

func run(ctx context.Context, args []string, c clock.Clock, out, help io.Writer) error {
	o, err := parse(args, c.Now(), help)
	if err != nil {
		return err
	}
	place, err := operator.Open(ctx, o.stage, "", "")
	if err != nil {
		return err
	}
	if o.bucket == "" {
		if o.bucket, err = place.Aside(ctx, o.function); err != nil {
			return err
		}
	}
	letters, err := named.Open(ctx, o.stage, dead(o.function))
	if err != nil {
		return err
	}
	r := &replay{aside: place.Bucket(o.bucket), letters: letters, dead: dead(o.function), clock: c, stage: o.stage,
		invoke: func(ctx context.Context, event []byte) ([]byte, error) { return place.Invoke(ctx, o.function, event) }}
	return r.run(ctx, o, out)
}

// short takes the stage out of a table's name on DynamoDB.
func short(stage, name string) string {
	if t := table.Name(strings.TrimPrefix(name, "dangol-"+stage+"-")); t.Check() == nil {
		return string(t)
	}
	return name
}
