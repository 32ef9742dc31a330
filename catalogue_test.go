package dangol_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
)

// What the clouds allow.
const (
	gatewayMost = 29 * time.Second // an HTTP API answers for a function that takes longer
	lambdaMost  = 15 * time.Minute
)

func TestEveryRowHasOneTriggerAndLimits(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range catalogue.Rows() {
		if seen[row.Name] {
			t.Errorf("%s stands twice: a name is a folder, a Lambda and a metric", row.Name)
		}
		seen[row.Name] = true
		triggers := 0
		for _, is := range []bool{len(row.Paths) > 0, row.Queue != "", len(row.Feed) > 0, len(row.Schedules) > 0, row.Guard} {
			if is {
				triggers++
			}
		}
		if triggers != 1 {
			t.Errorf("%s has %d triggers, want exactly one", row.Name, triggers)
		}
		most := lambdaMost
		if len(row.Paths) > 0 {
			most = gatewayMost
		}
		if row.Timeout <= 0 || row.Timeout > most {
			t.Errorf("%s: timeout %s, want more than 0 and at most %s", row.Name, row.Timeout, most)
		}
		if row.MemoryMB < 128 || row.MemoryMB > 10240 {
			t.Errorf("%s: %d MB is no size of a Lambda", row.Name, row.MemoryMB)
		}
	}
}

// A kind without a schedule is never looked for; one with two is looked for twice.
func TestEveryKindOfDueWorkHasOneSchedule(t *testing.T) {
	var kinds []due.Kind
	for _, row := range catalogue.Rows() {
		for _, s := range row.Schedules {
			kinds = append(kinds, s.Kind)
			if s.Every < time.Minute || s.Every%time.Minute != 0 {
				t.Errorf("%s: EventBridge counts whole minutes, not %s", s.Kind, s.Every)
			}
			if s.Zone != "" && time.Hour%s.Every != 0 {
				t.Errorf("%s: %s is no part of an hour, from which a schedule with a zone counts", s.Kind, s.Every)
			}
			if _, err := s.Next(time.Now()); err != nil {
				t.Errorf("%s: %v", s.Kind, err)
			}
		}
	}
	want := due.Kinds()
	slices.Sort(kinds)
	slices.Sort(want)
	if !slices.Equal(kinds, want) {
		t.Errorf("got schedules of %q, want one of each of %q", kinds, want)
	}
}

// A gateway's route has one guard: with none, or with two to choose from, a path that is not public would be open or the template ambiguous.
func TestThereIsOneGuard(t *testing.T) {
	var guards []string
	for _, row := range catalogue.Rows() {
		if row.Guard {
			guards = append(guards, row.Name)
		}
	}
	if len(guards) != 1 {
		t.Errorf("got guards %v, want exactly one", guards)
	}
}

// Every function that is not public verifies its caller for itself, by the identity table.
func TestEveryFunctionBehindTheGuardCanVerifyForItself(t *testing.T) {
	for _, row := range catalogue.Rows() {
		if len(row.Paths) > 0 && !row.Public && row.Tables[table.Identity]&catalogue.Read == 0 {
			t.Errorf("%s may not read identity: whoever passed the gateway would pass everything", row.Name)
		}
	}
}

// A queue without a worker fills up in silence; one with two would be drained by the wrong one half of the time.
func TestEveryQueueHasOneWorkerAndASender(t *testing.T) {
	workers, senders := map[queue.Name]int{}, map[queue.Name]int{}
	for _, row := range catalogue.Rows() {
		if row.Queue != "" {
			workers[row.Queue]++
			if row.Batch < 1 || row.Batch > 10 || row.Concurrency < 2 {
				t.Errorf("%s: batch %d and concurrency %d; SQS sources take 1-10 and at least 2", row.Name, row.Batch, row.Concurrency)
			}
		}
		for _, q := range row.Sends {
			senders[q]++
		}
	}
	for _, q := range catalogue.Queues() {
		if workers[q] != 1 || senders[q] == 0 {
			t.Errorf("queue %s: %d workers and %d senders, want one worker and some sender", q, workers[q], senders[q])
		}
		delete(workers, q)
		delete(senders, q)
	}
	if len(workers)+len(senders) > 0 {
		t.Errorf("rows name queues that catalogue.Queues does not list: %v %v", workers, senders)
	}
}

// The gateway and the host choose a function by the longest prefix that ends at a segment border: one function's prefix below another's would
// take part of its paths away without a word in either. An exact route says so itself; of two that lead the same request, one would never be asked.
func TestPathPrefixesAreApart(t *testing.T) {
	owner := map[catalogue.Path]string{}
	for _, row := range catalogue.Rows() {
		for _, p := range row.Routes() {
			if !strings.HasPrefix(p.Path, "/") || strings.HasSuffix(p.Path, "/") {
				t.Errorf("%s: path %q must start with a slash and end at a segment border without one", row.Name, p.Path)
			}
			if !p.Exact() && strings.Contains(p.Path, "{") {
				t.Errorf("%s: %q is a prefix, in which nothing stands for another: give it a method", row.Name, p.Path)
			}
			for q, other := range owner {
				if p.Exact() == q.Exact() && (p.Leads(q.Method, q.Path) || q.Leads(p.Method, p.Path)) {
					t.Errorf("%s of %s and %s of %s overlap", p, row.Name, q, other)
				}
			}
			owner[p] = row.Name
		}
	}
}
