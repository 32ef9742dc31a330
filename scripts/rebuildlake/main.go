// Command rebuildlake has the lakes of a stage on AWS written anew from the table: after files were lost or damaged, and when a column is new that older parts
// have no values of. It counts only, unless it is told to act. Stopping it stops no rebuild.
//
//	go run ./scripts/rebuildlake -stage prod -tenant wsp_01JD...          # how the lake stands
//	go run ./scripts/rebuildlake -stage prod -tenant wsp_01JD... -yes     # rebuild it, and wait
//	go run ./scripts/rebuildlake -stage prod -all -yes                    # those of all workspaces that have objects
//
// Credentials and region come from the environment, as for the AWS CLI. On one machine (`make run`) there is no SQS to ask.
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

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue/sqs/named"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "rebuildlake:", err)
		os.Exit(1)
	}
}

// order is what the flags ask for.
type order struct {
	stage, bucket, tenant string
	all, yes              bool
	wait                  time.Duration
}

// usualWait is more than a rebuild may take with all its deliveries: five, of a function's five minutes and the queue's pause each.
const usualWait = time.Hour

func parse(args []string, help io.Writer) (o order, err error) {
	f := flag.NewFlagSet("rebuildlake", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&o.stage, "stage", cmp.Or(os.Getenv("DANGOL_STAGE"), "dev"), "the stage that was deployed")
	f.StringVar(&o.bucket, "bucket", "", "the bucket of objects; read from the stage if not given")
	f.StringVar(&o.tenant, "tenant", "", "the workspace (wsp_...)")
	f.BoolVar(&o.all, "all", false, "all workspaces that have objects")
	f.BoolVar(&o.yes, "yes", false, "ask for the rebuilds; without it, only show how the lakes stand")
	f.DurationVar(&o.wait, "wait", usualWait, "how long to wait for them")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("unexpected %q", f.Arg(0))
	case o.all == (o.tenant != ""):
		return o, errors.New("name one workspace with -tenant, or -all")
	case o.tenant != "" && !id.Valid(id.Workspace, o.tenant):
		return o, fmt.Errorf("-tenant is %q, want the id of a workspace (wsp_...)", o.tenant)
	}
	return o, nil
}

func run(ctx context.Context, args []string, out, help io.Writer) error {
	o, err := parse(args, help)
	if err != nil {
		return err
	}
	place, err := operator.Open(ctx, o.stage, "", "")
	if err != nil {
		return err
	}
	if o.bucket == "" {
		if o.bucket, err = place.Setting(ctx, "lakework", "DANGOL_BUCKET"); err != nil {
			return err
		}
	}
	q, err := named.Open(ctx, o.stage, catalogue.Lakes)
	if err != nil {
		return err
	}
	var objects blob.Blob = place.Bucket(o.bucket)
	return (&rebuilds{objects: objects, queue: q, clock: clock.System{}, out: out}).do(ctx, o)
}
