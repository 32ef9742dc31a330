package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

// crashDir tells a run of the test binary that it is the child: it writes to this directory until it is killed.
const crashDir = "DANGOL_CRASH_DIR"

const (
	crashRounds  = 6 // ten times as many with DANGOL_LONG
	crashWriters = 8
	crashItems   = 4 // in each transaction
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		writeUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// writeUntilKilled prints the name of each transaction that was acknowledged.
func writeUntilKilled(dir string) {
	s, err := kv.Open(dir, kv.Options{MemTableBytes: 256 << 10}) // small, so that flushes and compactions are killed too
	if err != nil {
		panic(err)
	}
	e, err := embedded.New(s, embedded.Options{})
	if err != nil {
		panic(err)
	}
	var next atomic.Int64
	var done sync.WaitGroup
	for range crashWriters {
		done.Go(func() {
			for {
				name := fmt.Sprintf("%d-%d", os.Getpid(), next.Add(1))
				if err := e.Write(context.Background(), crashOps(name)...); err != nil {
					panic(err)
				}
				if _, err := os.Stdout.WriteString(name + "\n"); err != nil { // one system call, so that lines do not mix
					panic(err)
				}
			}
		})
	}
	done.Wait()
}

// crashOps writes an item in several partitions and both indexes, and counts the transaction.
func crashOps(name string) []table.Op {
	ops := []table.Op{{Table: table.Ops, Kind: table.OpAdd, Item: table.Item{Key: table.Key{PK: "total", SK: "n"}, Counters: map[string]int64{"n": 1}}}}
	for i := range crashItems {
		it := table.Item{Key: table.Key{PK: fmt.Sprint("part ", i), SK: name}, Head: document, Body: document, Expires: 1}
		it.Index = [2]table.Key{{PK: fmt.Sprint("list ", i), SK: name}, {PK: fmt.Sprint("owner ", i), SK: name}}
		ops = append(ops, table.Op{Table: table.CRM, If: table.IfAbsent, Item: it})
	}
	return ops
}

func TestAKilledProcessLosesNothingThatItAcknowledged(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, seed))
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	rounds := crashRounds
	if os.Getenv("DANGOL_LONG") != "" {
		rounds *= 10
	}
	for range rounds {
		for _, name := range runAndKill(t, dir, time.Duration(random.IntN(300))*time.Millisecond) {
			acknowledged[name] = true
		}
		checkSurvivors(t, dir, acknowledged)
	}
	if len(acknowledged) == 0 {
		t.Error("no child acknowledged anything")
	}
	t.Logf("%d transactions acknowledged in %d rounds", len(acknowledged), rounds)
}

// runAndKill runs a child and kills it so long after its first acknowledged transaction. It returns those that it acknowledged.
func runAndKill(t *testing.T, dir string, after time.Duration) (acknowledged []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	var kill *time.Timer
	for {
		line, err := lines.ReadString('\n')
		if err != nil { // the end of the pipe, perhaps in the middle of a line
			break
		}
		acknowledged = append(acknowledged, strings.TrimSpace(line))
		if kill == nil {
			kill = time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
	}
	_, _ = io.Copy(io.Discard, lines)
	if err := child.Wait(); err == nil || child.ProcessState.ExitCode() >= 0 {
		t.Fatalf("the child ended by itself: %v", child.ProcessState)
	}
	return acknowledged
}

// checkSurvivors opens what a killed process left and holds it against what was acknowledged.
func checkSurvivors(t *testing.T, dir string, acknowledged map[string]bool) {
	t.Helper()
	d := &disk{t: t, dir: dir}
	d.open()
	defer d.close()
	written := partitionSKs(t, d, table.Query{Table: table.CRM, PK: "part 0"})
	for name := range acknowledged {
		if !written[name] {
			t.Errorf("transaction %s was acknowledged and is lost", name)
		}
	}
	for i := range crashItems {
		for index, pk := range []string{"part", "list", "owner"} {
			part := partitionSKs(t, d, table.Query{Table: table.CRM, Index: index, PK: fmt.Sprint(pk, " ", i)})
			if !sameKeys(part, written) {
				t.Errorf("%s %d holds %d transactions, part 0 holds %d", pk, i, len(part), len(written))
			}
		}
	}
	total, err := d.Get(t.Context(), table.Ops, table.Key{PK: "total", SK: "n"})
	if err != nil || total.Counters["n"] != int64(len(written)) {
		t.Errorf("the counter shows %v, %v, want %d", total, err, len(written))
	}
	checkFeed(t, d, written)
}

// checkFeed expects one record for each item of each transaction.
func checkFeed(t *testing.T, d *disk, written map[string]bool) {
	t.Helper()
	got := map[string]int{}
	want := len(written) * (crashItems + 1)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	n := 0
	err := d.Run(ctx, fmt.Sprintf("check %d", want), func(_ context.Context, batch []feed.Record) (int, error) {
		for _, r := range batch {
			got[r.Key().SK]++
		}
		if n += len(batch); n >= want {
			cancel()
		}
		return len(batch), nil
	})
	if err != nil || n != want || got["n"] != len(written) {
		t.Errorf("the feed has %d records, %d of the counter, %v, want %d and %d", n, got["n"], err, want, len(written))
	}
	for name := range written {
		if got[name] != crashItems {
			t.Errorf("the feed has %d records of transaction %s, want %d", got[name], name, crashItems)
		}
	}
}

func partitionSKs(t *testing.T, d *disk, q table.Query) map[string]bool {
	t.Helper()
	sks := map[string]bool{}
	for {
		p, err := d.Query(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range p.Items {
			sks[it.SK] = true
		}
		if q.After = p.Next; p.Next == nil {
			return sks
		}
	}
}

func sameKeys(a, b map[string]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return len(a) == len(b)
}
