package crash_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/testkit/partner"
)

// A laptop is closed, a battery dies, a container is moved: at any moment. The test kills the product with SIGKILL in the middle of imports, sends,
// rebuilds and undos, starts it again on the same folder, and holds the books against what was asked for,
// and the lake, which is fed and compacted all the while, against the table.
//
// DANGOL_CRASH_SEED repeats a run's moments; DANGOL_LONG makes it fifty kills instead of eight.
func TestNothingIsLostOrDoneTwice(t *testing.T) {
	s := begin(t)
	kills := map[string]int{"imports": 2, "sends": 3, "rebuilds": 1, "undos": 2}
	if os.Getenv("DANGOL_LONG") != "" {
		kills = map[string]int{"imports": 15, "sends": 18, "rebuilds": 7, "undos": 10}
	}
	s.through("imports", kills["imports"], 500*time.Millisecond, s.importCustomers)
	s.orders()
	s.through("sends", kills["sends"], 300*time.Millisecond, s.send)
	s.through("rebuilds", kills["rebuilds"], 120*time.Millisecond, s.rebuild)
	s.through("undos", kills["undos"], 400*time.Millisecond, s.importAndUndo)
	s.end()
	s.customers()
	s.lake()
	if s.killed != kills["imports"]+kills["sends"]+kills["rebuilds"]+kills["undos"] {
		t.Errorf("killed %d times", s.killed)
	}
}

// story is one run.
type story struct {
	*host
	shop   *partner.Client
	dice   *rand.Rand
	writer *writer
	audit  *auditor
	stop   context.CancelFunc

	killed  int
	rounds  int
	segment string
	made    map[string]bool // externalIds that are to be there at the end
}

func begin(t *testing.T) *story {
	seed := uint64(time.Now().UnixNano())
	if v := os.Getenv("DANGOL_CRASH_SEED"); v != "" {
		var err error
		if seed, err = strconv.ParseUint(v, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("DANGOL_CRASH_SEED=%d", seed)
	s := &story{host: build(t), dice: rand.New(rand.NewPCG(seed, 0)), made: map[string]bool{}}
	s.start()
	s.ready()
	owner, err := partner.New(s.base()).SignUp(t.Context(), partner.Person{Email: "owner@shop.kr"})
	s.must(err)
	var key struct{ Key string }
	s.must(owner.Post(t.Context(), "/v1/api-keys", map[string]any{"name": "crash", "scopes": []string{"customers:read", "customers:write", "imports:read", "imports:write",
		"orders:read", "scores:read", "scores:write", "segments:read", "segments:write", "templates:write", "campaigns:read", "campaigns:write", "jobs:read"}}, &key))
	s.shop = owner.With(key.Key) // a token would end within the run
	s.writer, s.audit = &writer{shop: s.shop}, &auditor{shop: s.shop}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(t.Context())
	s.writer.run(ctx)
	s.audit.run(ctx)
	t.Cleanup(s.end)
	return s
}

func (s *story) end() {
	s.stop()
	s.writer.wg.Wait()
	s.audit.wg.Wait()
}

func (s *story) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// mostPerWork is how often one piece of work is cut off: a message of a queue that is delivered five times in vain counts as poison.
const mostPerWork = 3

// through does the work again and again until so many kills have hit it. Each comes at a random moment within span of the host's start or of the
// last; some before the host can even answer.
func (s *story) through(name string, kills int, span time.Duration, work func(context.Context) error) {
	s.Helper()
	for left := kills; left > 0; {
		s.rounds++
		ctx, cancel := context.WithTimeout(s.Context(), 2*time.Minute)
		done := make(chan error, 1)
		go func() { done <- work(ctx) }()
		var err error
		finished := false
		for hit := 0; hit < mostPerWork && left > 0 && !finished; hit++ {
			select {
			case err = <-done:
				finished = true
			case <-time.After(time.Duration(s.dice.Int64N(int64(span)))):
				s.crash()
				left--
			}
		}
		if !finished {
			err = <-done
		}
		cancel()
		if err != nil {
			s.Fatalf("%s, round %d, after %d kills: %v", name, s.rounds, s.killed, err)
		}
	}
}

func (s *story) crash() {
	s.Helper()
	s.kill()
	s.killed++
	s.start()
	if s.dice.IntN(4) > 0 {
		s.ready()
	}
}

// customers counts everyone at the end: the imported ones as the files say, the written ones as they were acknowledged.
func (s *story) customers() {
	byExternalID, byName := map[string]int{}, map[string]int{}
	s.must(partner.Each(s.Context(), s.shop, "/v1/customers", func(c struct{ ExternalID, Name string }) error {
		if c.ExternalID != "" {
			byExternalID[c.ExternalID]++
		} else {
			byName[c.Name]++
		}
		return nil
	}))
	for id := range s.made {
		if byExternalID[id] != 1 {
			s.Errorf("%s: got %d customers, want 1", id, byExternalID[id])
		}
	}
	if len(byExternalID) != len(s.made) {
		s.Errorf("got %d imported customers, want %d", len(byExternalID), len(s.made))
	}
	acknowledged := 0
	for _, told := range []map[string]bool{s.writer.once, s.writer.plain} {
		for name, ok := range told {
			if got := byName[name]; got > 1 || ok && got != 1 {
				s.Errorf("%s: got %d customers, acknowledged %v", name, got, ok)
			}
			if ok {
				acknowledged++
			}
		}
	}
	if acknowledged < 20 || s.audit.looks < 10 || len(s.audit.faults) > 0 {
		s.Errorf("got %d acknowledged writes, %d looks at reports, faults: %v", acknowledged, s.audit.looks, s.audit.faults)
	}
	s.Logf("%d kills, %d pieces of work, %d imported customers, %d acknowledged writes, %d looks at reports", s.killed, s.rounds, len(s.made), acknowledged, s.audit.looks)
}

// file is a list of n customers of a round; reach of them have agreed to mail.
func (s *story) file(round, n, reach int) []byte {
	b := []byte("externalId,name,email,tags,consent.email.marketing\n")
	for i := range n {
		tag, yes := "", ""
		if i < reach {
			tag, yes = "reach", "yes"
		}
		b = fmt.Appendf(b, "R%03d-%05d,Customer %d,r%d.%d@mail.test,%s,%s\n", round, i, i, round, i, tag, yes)
	}
	return b
}
