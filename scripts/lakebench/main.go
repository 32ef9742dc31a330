//go:build cgo

// Command lakebench measures what a person waits for when they ask a tenant's lake: the size and worth of a segment, a page of a list with its total, a search.
// It makes the lake once (in a process of its own, so that its memory is not counted), loads it, and asks each question many times.
//
//	go run ./scripts/lakebench -customers 1000000 -orders 10000000 -dir /tmp/lake
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/duck/lakegen"
)

type options struct {
	dir      string
	size     lakegen.Size
	memory   int64
	rounds   int
	generate bool
	profile  string
	only     string
	scores   bool
}

func main() {
	var o options
	flag.StringVar(&o.dir, "dir", "", "folder of the lake and of the runner; a lake that is there is asked again")
	flag.IntVar(&o.size.Customers, "customers", 100_000, "customers")
	flag.IntVar(&o.size.Orders, "orders", 1_000_000, "orders")
	flag.Int64Var(&o.memory, "memory", 800, "what DuckDB may hold, in MB")
	flag.IntVar(&o.rounds, "rounds", 20, "how often each question is asked")
	flag.BoolVar(&o.generate, "generate", false, "only make the lake")
	flag.StringVar(&o.profile, "profile", "", "file for a CPU profile of the questions")
	flag.StringVar(&o.only, "only", "", "kinds of questions to ask, by commas; all without it")
	flag.BoolVar(&o.scores, "scores", false, "rebuild the scores of all instead of asking")
	flag.Parse()
	o.size.Seed, o.size.Until, o.size.Memory = 20261122, until, "3GB"
	if err := run(context.Background(), o); err != nil {
		log.Fatal(err)
	}
}

var until = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func run(ctx context.Context, o options) error {
	if o.dir == "" {
		return errors.New("-dir must be given")
	}
	files := filepath.Join(o.dir, fmt.Sprintf("files-%d-%d", o.size.Customers, o.size.Orders))
	if o.generate {
		_, err := lakegen.Write(ctx, files, o.size)
		return err
	}
	source, err := lakegen.Open(files)
	if errors.Is(err, fs.ErrNotExist) {
		if err = generate(ctx); err == nil {
			source, err = lakegen.Open(files)
		}
	}
	if err != nil {
		return err
	}
	subjects := completed(lakegen.Subjects())
	if o.scores {
		subjects = duck.Subjects()
	}
	r, err := duck.New(subjects, duck.Options{Dir: filepath.Join(o.dir, "runner"), Memory: o.memory << 20, Timeout: time.Minute, Anew: true})
	if err != nil {
		return err
	}
	return errors.Join(measure(ctx, r, source, o), r.Close())
}

// unmade are the columns that the questions name and made lakes leave out: they are empty.
var unmade = map[string][]duck.Column{
	"scores":    {{Name: "asOf", Type: "DATE"}},
	"events":    {{Name: "actor", Type: "VARCHAR"}},
	"customers": {{Name: "sample", Type: "BOOLEAN"}, {Name: "origin.importId", Type: "VARCHAR"}, {Name: "address.line1", Type: "VARCHAR"}, {Name: "address.postalCode", Type: "VARCHAR"}, {Name: "address.country", Type: "VARCHAR"}, {Name: "externalId", Type: "VARCHAR"}},
}

// completed adds them.
func completed(subjects []duck.Subject) []duck.Subject {
	for i := range subjects {
		s := &subjects[i]
		for _, c := range unmade[s.Name] {
			if !slices.ContainsFunc(s.Columns, func(has duck.Column) bool { return has.Name == c.Name }) {
				s.Columns = append(s.Columns, c)
			}
		}
	}
	return subjects
}

// generate runs this program again to make the lake.
func generate(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, self, append(os.Args[1:], "-generate")...)
	c.Stderr = os.Stderr
	began := time.Now()
	err = c.Run()
	fmt.Printf("made in %.1f s\n", time.Since(began).Seconds())
	return err
}

func measure(ctx context.Context, r *duck.Runner, source *lakegen.Lake, o options) error {
	changing := &changes{Lake: source}
	lake, err := r.Lake("tenant", changing)
	if err != nil {
		return err
	}
	began := time.Now()
	if err := lake.Query(ctx, duck.Statement{SQL: "SELECT 1"}, ignore); err != nil {
		return err
	}
	fmt.Printf("%d customers, %d orders, loaded in %.1f s, %d MB of database, %d MB resident (%d MB at most)\n", o.size.Customers, o.size.Orders,
		time.Since(began).Seconds(), sizeOf(filepath.Join(o.dir, "runner"))>>20, resident("VmRSS")>>10, resident("VmHWM")>>10)
	questions, err := questions(ctx, lake)
	if err != nil {
		return err
	}
	if o.only != "" {
		questions = slices.DeleteFunc(questions, func(q question) bool { return !slices.Contains(strings.Split(o.only, ","), q.kind) })
	}
	if o.profile != "" {
		f, err := os.Create(o.profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if o.scores {
		err := rescore(ctx, lake, o)
		fmt.Printf("%d MB resident at the end (%d MB at most)\n", resident("VmRSS")>>10, resident("VmHWM")>>10)
		return err
	}
	if err := ask(ctx, lake, questions, o.rounds); err != nil {
		return err
	}
	if err := changing.measure(ctx, lake); err != nil {
		return err
	}
	fmt.Printf("%d MB resident at the end (%d MB at most)\n", resident("VmRSS")>>10, resident("VmHWM")>>10)
	return nil
}

func ignore([]any) error { return nil }
