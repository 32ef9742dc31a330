package runtimetwin_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/runtimetwin"
	"github.com/dangol/dangol/shared/testkit/runtimetwin/internal/folder"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// bootstrap builds the binary that every test runs, once.
var bootstrap = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "runtimetwin")
	if err != nil {
		return "", err
	}
	built := filepath.Join(dir, "bootstrap")
	out, err := exec.Command("go", "build", "-tags", "lambda.norpc", "-o", built, "./testdata/bootstrap").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return built, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if built, err := bootstrap(); err == nil {
		os.RemoveAll(filepath.Dir(built))
	}
	os.Exit(code)
}

// function is a bootstrap over a folder of the test.
type function struct {
	testing.TB
	*runtimetwin.Function
	folder string
}

func run(t testing.TB, name string, timeout time.Duration) *function {
	t.Helper()
	built, err := bootstrap()
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir()
	f := &function{TB: t, folder: path, Function: &runtimetwin.Function{
		Name: name, Bootstrap: built, Timeout: timeout, MemoryMB: 256, Environment: []string{"DANGOL_TEST_DATA=" + path},
	}}
	t.Cleanup(f.Stop)
	return f
}

// open ends the process, if there is one, and shows the folder to look.
func (f *function) open(look func(*folder.Folder)) {
	f.Helper()
	f.Stop()
	o, err := folder.Open(f.folder)
	if err != nil {
		f.Fatal(err)
	}
	look(o)
	if err := o.Close(); err != nil {
		f.Fatal(err)
	}
}

// owner settles a person in the folder.
func (f *function) owner() (who *testenv.Owner) {
	f.Helper()
	f.open(func(o *folder.Folder) {
		p := &testenv.Place{Env: o.Env, Time: clock.NewManual(time.Now())}
		who = p.Owner(f.TB, "mina@shop.kr")
	})
	return who
}

func (f *function) sends(event []byte) string {
	f.Helper()
	answer, err := f.Invoke(f.Context(), event)
	if err != nil {
		f.Fatalf("%v", err)
	}
	return strings.TrimSpace(string(answer))
}

// golden reads an event of shared/awslambda's testdata, with old and new texts in turn.
func golden(t testing.TB, name string, change ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "awslambda", "testdata", name+".event.json"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(change); i += 2 {
		if !bytes.Contains(b, []byte(change[i])) {
			t.Fatalf("%s.event.json has no %s", name, change[i])
		}
	}
	return []byte(strings.NewReplacer(change...).Replace(string(b)))
}

func quoted(t testing.TB, v any) string {
	t.Helper()
	inner, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	outer, err := json.Marshal(string(inner))
	if err != nil {
		t.Fatal(err)
	}
	return string(outer)
}

// products leads the golden request to a function without DuckDB.
var products = []string{"/v1/customers", "/v1/products"}

func TestAnHTTPFunctionAnswersTheGateway(t *testing.T) {
	f := run(t, "products", 10*time.Second)
	who := f.owner()
	for _, c := range []struct {
		name   string
		change []string
		want   string
	}{
		{"without a token", nil, `{"statusCode":401,`},
		{"with one", []string{"Bearer dgl_test_x", "Bearer " + who.Token, "limit=2&filter=name%20eq%20%22a%2Bb%22&sort=-createdAt&tag=a&tag=b&empty=", "limit=2"}, `{"statusCode":200,`},
		{"an unknown parameter", []string{"Bearer dgl_test_x", "Bearer " + who.Token}, `{"statusCode":400,`},
	} {
		if got := f.sends(golden(t, "get", append(c.change, products...)...)); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %s, want %s...", c.name, got, c.want)
		}
	}
	if f.Starts() != 1 {
		t.Errorf("%d processes for one function that was never late", f.Starts())
	}
	if _, err := f.Invoke(t.Context(), bytes.Repeat([]byte("x"), runtimetwin.MaxEvent+1)); !errors.Is(err, runtimetwin.ErrEventTooLarge) {
		t.Errorf("an event over 6 MB: got %v", err)
	}
}

func TestAWorkerWorksItsQueue(t *testing.T) {
	f := run(t, "scorework", 10*time.Second)
	tenant := f.owner().Workspace.ID
	var j *job.Job
	var body string
	f.open(func(o *folder.Folder) {
		s := o.DB.Tenant(tenant).As("owner")
		tx := s.Begin()
		j = tx.StartJob(job.ScoreRebuild, "", 0, nil)
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		body = quoted(t, json.RawMessage(testenv.Hop(t, s, j.ID).Body))
	})
	got := f.sends(golden(t, "sqs", `"{\"job\":\"job_1\"}"`, body))
	if want := `{"batchItemFailures":[{"itemIdentifier":"2e1424d4-f796-459a-8184-9c92662be6da"}]}`; got != want {
		t.Errorf("got %s, want %s: the second message is of no job", got, want)
	}
	f.open(func(o *folder.Folder) {
		if j, err := o.DB.Tenant(tenant).Job(t.Context(), j.ID); err != nil || j.Status != job.Succeeded {
			t.Errorf("got %+v, %v", j, err)
		}
	})
}

func TestTheFeedStopsAtARecordThatCannotBePassedOn(t *testing.T) {
	f := run(t, "changefeed", 10*time.Second)
	event := quoted(t, store.Event{Type: store.MailRequested, Tenant: "wsp_1", Data: json.RawMessage(`{"mail":"m1"}`)})
	image := `"NewImage": {` + "\n          " + `"pk"`
	with := func(event string) string { return `"NewImage": {"event": {"S": ` + event + `}, "pk"` }
	all := golden(t, "stream", image, with(event))
	if got := f.sends(all); got != `{"batchItemFailures":[]}` {
		t.Errorf("got %s", got)
	}
	third := strings.LastIndex(string(all), event)
	spoilt := string(all[:third]) + `"{"` + string(all[third+len(event):])
	if got := f.sends([]byte(spoilt)); got != `{"batchItemFailures":[{"itemIdentifier":"140540000000000206328282"}]}` {
		t.Errorf("got %s", got)
	}
	f.open(func(o *folder.Folder) {
		m, err := o.Queue.Receive(t.Context(), catalogue.Mails, 10, time.Minute, 0)
		if err != nil || len(m) != 5 || string(m[0].Body) != `{"mail":"m1"}` {
			t.Errorf("got %d messages, want the three of the first batch and two of the second: %v %v", len(m), m, err)
		}
	})
}

func TestATickTakesWhatIsDue(t *testing.T) {
	f := run(t, "schedule", 10*time.Second)
	tenant := f.owner().Workspace.ID
	f.open(func(o *folder.Folder) {
		tx := o.DB.Tenant(tenant).As("owner").Begin()
		tx.Schedule(due.Scores, "", time.Now().Add(-time.Minute))
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	for range 2 {
		if got := f.sends(golden(t, "tick")); got != "null" {
			t.Errorf("got %s", got)
		}
	}
	f.open(func(o *folder.Folder) {
		if left, err := o.DB.DueBy(t.Context(), due.Scores, time.Now(), 10); err != nil || len(left) != 0 {
			t.Errorf("left on the calendar: %v %v", left, err)
		}
		if next, err := o.DB.DueBy(t.Context(), due.Scores, time.Now().AddDate(0, 0, 2), 10); err != nil || len(next) != 1 {
			t.Errorf("the next night: %v %v", next, err)
		}
	})
}

func TestAStartThatFailsIsToldToLambda(t *testing.T) {
	f := run(t, "products", 10*time.Second)
	if err := os.WriteFile(filepath.Join(f.folder, "db"), nil, 0o600); err != nil { // no folder where the engine wants one
		t.Fatal(err)
	}
	_, err := f.Invoke(t.Context(), golden(t, "get", products...))
	var told *runtimetwin.Failure
	if !errors.As(err, &told) || told.Type != "Dangol.StartFailed" || !strings.Contains(told.Message, "open the place of products") {
		t.Fatalf("got %v", err)
	}
	if err := os.Remove(filepath.Join(f.folder, "db")); err != nil {
		t.Fatal(err)
	}
	if got := f.sends(golden(t, "get", products...)); !strings.HasPrefix(got, `{"statusCode":401,`) {
		t.Errorf("once the reason is gone: got %s", got)
	}
}

// However an invocation ends, the next one is answered: by the same process, or by a new one when the process is gone or was ended for being late.
func TestOneInvocationsEndIsNotTheNextOnes(t *testing.T) {
	for _, c := range []struct {
		what   string
		starts int
		check  func(answer string, err error) bool
	}{
		{"fail", 1, func(_ string, err error) bool { return failed(err, "wrapError", "as asked") }},
		{"panic", 2, func(_ string, err error) bool { return failed(err, "", "as asked") }},
		{"exit", 2, func(_ string, err error) bool { return failed(err, "Runtime.ExitError", "") }},
		{"hang", 2, func(_ string, err error) bool { return errors.Is(err, runtimetwin.ErrTimedOut) }},
		{"wait", 1, func(answer string, err error) bool { return err == nil && strings.Contains(answer, "059f36b4") }},
	} {
		t.Run(c.what, func(t *testing.T) {
			f := run(t, "trouble", 1500*time.Millisecond)
			event := func(what string) []byte {
				return golden(t, "sqs", `"{\"job\":\"job_1\"}"`, quoted(t, what), `"{\"job\":\"job_2\"}"`, quoted(t, "pass"))
			}
			answer, err := f.Invoke(context.Background(), event(c.what))
			if !c.check(string(answer), err) {
				t.Errorf("got %s, %v", answer, err)
			}
			if got := f.sends(event("pass")); got != `{"batchItemFailures":[]}` || f.Starts() != c.starts {
				t.Errorf("the next: got %s from process %d, want none failed, from process %d", got, f.Starts(), c.starts)
			}
		})
	}
}

func failed(err error, kind, message string) bool {
	var f *runtimetwin.Failure
	return errors.As(err, &f) && (kind == "" || f.Type == kind) && strings.Contains(f.Message, message)
}
