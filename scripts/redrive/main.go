// Command redrive gives dead letters of a queue on AWS a new life: those of one workspace, of a time window, or all. A dry run counts them only.
//
//	go run ./scripts/redrive -queue sends -tenant wsp_01JD... -since 2h -dry-run
//
// Credentials and region come from the environment, as for the AWS CLI. On one machine (`make run`) there is no SQS: its letters are in the host's store.
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
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs"
	"github.com/dangol/dangol/shared/queue/sqs/named"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], time.Now(), os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "redrive:", err)
		os.Exit(1)
	}
}

// order is what the flags ask for.
type order struct {
	stage, queue string
	sqs.Selection
}

func parse(args []string, now time.Time, help io.Writer) (o order, err error) {
	f := flag.NewFlagSet("redrive", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&o.stage, "stage", cmp.Or(os.Getenv("DANGOL_STAGE"), "dev"), "the stage that was deployed")
	f.StringVar(&o.queue, "queue", "", "the queue whose dead letters to move: "+names())
	f.StringVar(&o.Group, "tenant", "", "only this workspace's (wsp_...)")
	since := f.Duration("since", 0, "only messages first sent within this time, such as 2h; 0 is any time")
	f.BoolVar(&o.DryRun, "dry-run", false, "count, and move nothing")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("unexpected %q", f.Arg(0))
	case !slices.Contains(catalogue.Queues(), queue.Name(o.queue)):
		return o, fmt.Errorf("-queue is %q, want one of %s", o.queue, names())
	case *since < 0:
		return o, fmt.Errorf("-since is %v, want a time of 0 or more", *since)
	case *since > 0:
		o.Since = now.Add(-*since)
	}
	return o, nil
}

func names() string {
	var out []string
	for _, q := range catalogue.Queues() {
		out = append(out, string(q))
	}
	return strings.Join(out, ", ")
}

func run(ctx context.Context, args []string, now time.Time, out, help io.Writer) error {
	o, err := parse(args, now, help)
	if err != nil {
		return err
	}
	q, err := named.Open(ctx, o.stage, queue.Name(o.queue))
	if err != nil {
		return err
	}
	r, err := q.RedriveSelected(ctx, queue.Name(o.queue), o.Selection)
	show(out, o, r) // also what was moved before an error
	return err
}

// show prints a line for each workspace and one for all.
func show(out io.Writer, o order, r sqs.Report) {
	verb := "moved"
	if o.DryRun {
		verb = "would move"
	}
	for _, group := range r.Groups() {
		fmt.Fprintf(out, "%8d  %s\n", r.Moved[group], cmp.Or(group, "(no workspace)"))
	}
	fmt.Fprintf(out, "%s: %s %d, left %d of other workspaces or times\n", o.queue, verb, r.Total(), r.Left)
}
