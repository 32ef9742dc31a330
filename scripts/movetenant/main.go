// Command movetenant moves one workspace to another stage: its items from the four tables, as they are stored, and its objects. It counts only, unless it is told
// to act, and can be stopped and run again at any time.
//
//	go run ./scripts/movetenant -tenant wsp_01JD... -from prod -to big                # what there is, and what stands in the way
//	go run ./scripts/movetenant -tenant wsp_01JD... -from prod -to big -yes           # stop its work, copy, verify
//	go run ./scripts/movetenant -tenant wsp_01JD... -from prod -to big -yes -cut      # and let it work at the new stage alone
//	go run ./scripts/movetenant -tenant wsp_01JD... -from prod -to big -reopen        # give up: it works at the old one again
//	go run ./scripts/movetenant -tenant wsp_01JD... -from prod -to big -late 25h      # after the cut: who unsubscribed by a link to the old stage
//
// Before anything is copied the workspace is suspended, its open work must have ended, and its calendar is put away: a copy is a write like any other, which the new
// stage's change feed follows, and work that is open in two places is done twice. Credentials and region come from the environment, as for the AWS CLI; the new
// stage may have a profile and a region of its own.
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
	"github.com/dangol/dangol/shared/id"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "movetenant:", err)
		os.Exit(1)
	}
}

// order is what the flags ask for.
type order struct {
	tenant                  string
	from, to                string // stages
	fromBucket, toBucket    string
	toProfile, toRegion     string
	units                   float64
	settle, late            time.Duration
	cursor                  string
	yes, cut, reopen, clear bool
}

// settleTime is until what was under way when a workspace is suspended has ended: a credential is believed for half a minute (identity.Recheck), a hop of a
// worker takes five minutes at most (catalogue).
const settleTime = 6 * time.Minute

func parse(args []string, help io.Writer) (o order, err error) {
	f := flag.NewFlagSet("movetenant", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&o.tenant, "tenant", "", "the workspace (wsp_...)")
	f.StringVar(&o.from, "from", "", "the stage where it is")
	f.StringVar(&o.to, "to", "", "the stage where it goes, deployed and with the same keys")
	f.StringVar(&o.fromBucket, "from-bucket", "", "the bucket of the old stage's objects; without it, the one that its functions use")
	f.StringVar(&o.toBucket, "to-bucket", "", "the same of the new stage")
	f.StringVar(&o.toProfile, "to-profile", "", "a profile of the AWS CLI for the new stage's account; without it, the environment's credentials")
	f.StringVar(&o.toRegion, "to-region", "", "the new stage's region; without it, the environment's or the profile's")
	f.Float64Var(&o.units, "rcu", 500, "read units a second on each side; 0 is as fast as it goes")
	f.DurationVar(&o.settle, "settle", settleTime, "how long after its suspension the workspace is taken to be still")
	f.StringVar(&o.cursor, "cursor", "", "the file that knows how far the copy came; without it, move-<tenant>.json")
	f.BoolVar(&o.yes, "yes", false, "suspend, copy and verify; without it, count only")
	f.BoolVar(&o.cut, "cut", false, "with -yes: when the copy is whole, mark the workspace as moved and open it at the new stage")
	f.BoolVar(&o.reopen, "reopen", false, "take a suspension by -yes back, before the cut")
	f.BoolVar(&o.clear, "clear", false, "delete what the new stage holds of the workspace, before the cut")
	f.DurationVar(&o.late, "late", 0, "after the cut: carry over the addresses that were suppressed at the old stage within this time, such as 25h")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	o.cursor = cmp.Or(o.cursor, "move-"+o.tenant+".json")
	if f.NArg() > 0 {
		return o, fmt.Errorf("unexpected %q", f.Arg(0))
	}
	return o, o.check()
}

func (o order) check() error {
	switch {
	case !id.Valid(id.Workspace, o.tenant):
		return fmt.Errorf("-tenant is %q, want a workspace (wsp_...)", o.tenant)
	case o.from == "" || o.to == "":
		return errors.New("name both stages with -from and -to")
	case o.from == o.to && o.toProfile == "" && o.toRegion == "":
		return fmt.Errorf("-from and -to are both %q", o.from)
	case o.cut && !o.yes:
		return errors.New("-cut goes with -yes")
	case o.things() > 1:
		return errors.New("-yes, -reopen, -clear and -late are four things: do one")
	case o.units < 0 || o.settle < 0 || o.late < 0:
		return errors.New("-rcu, -settle and -late are 0 or more")
	}
	return nil
}

// things counts what is asked for at once.
func (o order) things() (n int) {
	for _, asked := range []bool{o.yes, o.reopen, o.clear, o.late > 0} {
		if asked {
			n++
		}
	}
	return n
}

func run(ctx context.Context, args []string, out, help io.Writer) error {
	o, err := parse(args, help)
	if err != nil {
		return err
	}
	m, err := open(ctx, o, out)
	if err != nil {
		return err
	}
	switch {
	case o.reopen:
		return m.reopen(ctx)
	case o.clear:
		return m.clear(ctx)
	case o.late > 0:
		return m.late(ctx, o.late)
	case o.yes:
		return m.run(ctx, o.cut)
	}
	return m.count(ctx)
}

// open opens both sides.
func open(ctx context.Context, o order, out io.Writer) (*move, error) {
	from, err := openSide(ctx, o.from, "", "", o.fromBucket, o.units)
	if err != nil {
		return nil, err
	}
	to, err := openSide(ctx, o.to, o.toProfile, o.toRegion, o.toBucket, o.units)
	if err != nil {
		return nil, err
	}
	f := cursorFile(o.cursor)
	c, err := f.read(o)
	if err != nil {
		return nil, err
	}
	return &move{tenant: o.tenant, from: from, to: to, parts: parts(o.tenant), settle: o.settle, clock: clock.System{}, out: out, cursor: c, keep: f.write, drop: f.remove}, nil
}

func openSide(ctx context.Context, stage, profile, region, bucket string, units float64) (*side, error) {
	place, err := operator.Open(ctx, stage, profile, region)
	if err != nil {
		return nil, err
	}
	if bucket == "" {
		if bucket, err = place.Setting(ctx, "exports", "DANGOL_BUCKET"); err != nil {
			return nil, err
		}
	}
	return &side{Place: place, tables: place.Tables(units), db: place.DB(), bucket: place.Bucket(bucket)}, nil
}
