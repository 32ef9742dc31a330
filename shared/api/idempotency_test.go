package api_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/table"
)

const body = `{"title":"once"}`

// same fails unless b is a replay of a.
func same(t *testing.T, a, b answer) {
	t.Helper()
	if b.status != a.status || b.raw != a.raw || b.header.Get("Location") != a.header.Get("Location") || b.header.Get("ETag") != a.header.Get("ETag") ||
		b.header.Get("Content-Type") != a.header.Get("Content-Type") {
		t.Errorf("replayed %d %q %v\nfirst %d %q %v", b.status, b.raw, b.header, a.status, a.raw, a.header)
	}
	if a.header.Get("Idempotent-Replayed") != "" || b.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("Idempotent-Replayed: first %q, then %q", a.header.Get("Idempotent-Replayed"), b.header.Get("Idempotent-Replayed"))
	}
}

func TestRepeatedPostIsDoneOnce(t *testing.T) {
	w := newWorld(t)
	first := w.call("POST", "/v1/notes", body, key("k1")).want(t, 201, "")
	same(t, first, w.call("POST", "/v1/notes", body, key("k1")).want(t, 201, ""))
	if w.count(seoul) != 1 || w.runs.get() != 1 {
		t.Errorf("%d notes, %d runs", w.count(seoul), w.runs.get())
	}
	w.call("POST", "/v1/notes", body, key("k2")).want(t, 201, "")
	w.call("POST", "/v1/notes", body).want(t, 201, "")
	if w.count(seoul) != 3 {
		t.Errorf("%d notes after another key and none, want 3", w.count(seoul))
	}
}

func TestKeyIsForOneRequest(t *testing.T) {
	w := newWorld(t)
	w.call("POST", "/v1/notes", body, key("k")).want(t, 201, "")
	w.call("POST", "/v1/notes", `{"title":"other"}`, key("k")).want(t, 422, "idempotency_key_reused")
	w.call("POST", "/v1/notes/key", body, key("k")).want(t, 422, "idempotency_key_reused")
	if w.count(seoul) != 1 {
		t.Errorf("%d notes", w.count(seoul))
	}
}

func TestKeyBelongsToItsCredential(t *testing.T) {
	w := newWorld(t)
	for _, who := range []with{as(seoul, "usr_a", "*"), as(seoul, "usr_b", "*"), as(busan, "usr_a", "*")} {
		if a := w.call("POST", "/v1/notes", body, key("k"), who).want(t, 201, ""); a.header.Get("Idempotent-Replayed") != "" {
			t.Error("another caller's reply was replayed")
		}
	}
	if w.count(seoul) != 2 || w.count(busan) != 1 {
		t.Errorf("notes: %d and %d", w.count(seoul), w.count(busan))
	}
}

func TestKeyIsKeptADay(t *testing.T) {
	w := newWorld(t)
	first := w.call("POST", "/v1/notes", body, key("k")).want(t, 201, "")
	w.clock.Advance(24*time.Hour - time.Second)
	same(t, first, w.call("POST", "/v1/notes", body, key("k")))
	w.clock.Advance(time.Second)
	if a := w.call("POST", "/v1/notes", `{"title":"new"}`, key("k")).want(t, 201, ""); a.header.Get("Idempotent-Replayed") != "" || w.count(seoul) != 2 {
		t.Errorf("after a day: %v, %d notes", a.header, w.count(seoul))
	}
}

func TestKeyForm(t *testing.T) {
	w := newWorld(t)
	w.call("POST", "/v1/notes", body, key(strings.Repeat("x", 255))).want(t, 201, "")
	for _, k := range []string{strings.Repeat("x", 256), "열쇠", "a\tb"} {
		a := w.call("POST", "/v1/notes", body, key(k)).want(t, 400, "idempotency_key_invalid")
		if got := a.faults(); len(got) != 1 || got[0] != "Idempotency-Key idempotency_key_invalid" {
			t.Errorf("%q: %q", k, got)
		}
	}
}

func TestRefusedRequestFreesItsKey(t *testing.T) {
	w := newWorld(t)
	w.call("POST", "/v1/notes", `{}`, key("k")).want(t, 422, "validation_failed")
	w.call("POST", "/v1/notes", body, key("k")).want(t, 201, "")
	for _, how := range []string{"candidates", "internal", "panic", "unencodable", "throttled"} {
		w.call("POST", "/v1/notes/fail", `{"how":"`+how+`"}`, key(how))
		before := w.runs.get()
		w.call("POST", "/v1/notes/fail", `{"how":"`+how+`"}`, key(how))
		if w.runs.get() != before+1 {
			t.Errorf("%s: the second request was not carried out", how)
		}
	}
}

func TestErrorAfterCommitIsToldOnceAndTheEffectAfterwards(t *testing.T) {
	w := newWorld(t)
	w.call("POST", "/v1/notes/fail", `{"how":"after commit"}`, key("k")).want(t, 500, "internal")
	a := w.call("POST", "/v1/notes/fail", `{"how":"after commit"}`, key("k")).want(t, 200, "")
	if a.text("id") != "after" || a.header.Get("Idempotent-Replayed") != "true" || w.count(seoul) != 1 {
		t.Errorf("got %s", a.raw)
	}
}

func TestLostAnswerOfTheCommit(t *testing.T) {
	w := newWorld(t)
	crash := errors.New("power cut")
	for name, cut := range map[string]func(func([]table.Op) error){"before": w.tables.Faults.CrashBeforeWrite, "after": w.tables.Faults.CrashAfterWrite} {
		t.Run(name, func(t *testing.T) {
			notes := w.count(seoul)
			cut(func(ops []table.Op) error {
				if len(ops) == 2 { // the effect and its reply
					return crash
				}
				return nil
			})
			w.call("POST", "/v1/notes", body, key(name)).want(t, 500, "internal")
			cut(nil)
			w.call("POST", "/v1/notes", body, key(name)).want(t, 201, "")
			if got := w.count(seoul) - notes; got != 1 {
				t.Errorf("%d notes made", got)
			}
		})
	}
}

// claim takes a key as a process does that then dies.
func (w *world) claim(k string) {
	w.t.Helper()
	var request string
	w.tables.Faults.CrashBeforeWrite(func(ops []table.Op) error {
		if len(ops) == 2 {
			return errors.New("the process dies")
		}
		if ops[0].Kind == table.OpDelete {
			return errors.New("and releases nothing")
		}
		request = string(ops[0].Item.Head)
		return nil
	})
	w.call("POST", "/v1/notes", body, key(k)).want(w.t, 500, "internal")
	w.tables.Faults.CrashBeforeWrite(nil)
	if request == "" {
		w.t.Fatal("no claim was written")
	}
}

func TestRunningRequestHoldsItsKeyUntilItsLeaseEnds(t *testing.T) {
	w := newWorld(t)
	w.claim("k")
	a := w.call("POST", "/v1/notes", body, key("k")).want(t, 409, "idempotency_in_progress")
	if a.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
	}
	w.clock.Advance(59 * time.Second)
	w.call("POST", "/v1/notes", body, key("k")).want(t, 409, "idempotency_in_progress")
	w.call("POST", "/v1/notes", `{"title":"other"}`, key("k")).want(t, 422, "idempotency_key_reused")
	w.clock.Advance(2 * time.Second)
	first := w.call("POST", "/v1/notes", body, key("k")).want(t, 201, "")
	same(t, first, w.call("POST", "/v1/notes", body, key("k")))
	if w.count(seoul) != 1 {
		t.Errorf("%d notes", w.count(seoul))
	}
}

func TestClaimThatWasTakenOverCannotCommit(t *testing.T) {
	w := newWorld(t)
	overtaken := false
	w.tables.Faults.CrashBeforeWrite(func(ops []table.Op) error {
		if len(ops) != 2 || overtaken {
			return nil
		}
		overtaken = true // the first run reaches its commit; a second one, long after, overtakes it there
		w.clock.Advance(2 * time.Minute)
		w.call("POST", "/v1/notes", body, key("k")).want(t, 201, "")
		return nil
	})
	w.call("POST", "/v1/notes", body, key("k")).want(t, 409, "idempotency_in_progress")
	if w.count(seoul) != 1 || w.runs.get() != 2 {
		t.Errorf("%d notes in %d runs, want 1 in 2", w.count(seoul), w.runs.get())
	}
}

func TestManyAtOnceMakeOne(t *testing.T) {
	w := newWorld(t)
	var done sync.WaitGroup
	answers := make([]answer, 20)
	for i := range answers {
		done.Go(func() { answers[i] = w.call("POST", "/v1/notes", body, key("k")) })
	}
	done.Wait()
	made := 0
	for _, a := range answers {
		switch {
		case a.status == 201 && a.header.Get("Idempotent-Replayed") == "":
			made++
		case a.status != 201 && a.text("code") != "idempotency_in_progress":
			t.Errorf("got %d %s", a.status, a.raw)
		}
	}
	if made != 1 || w.count(seoul) != 1 {
		t.Errorf("%d requests made %d notes", made, w.count(seoul))
	}
}

func TestReplyWithoutCommitIsKept(t *testing.T) {
	w := newWorld(t)
	first := w.call("POST", "/v1/notes/batch", `{"titles":["a","b"]}`, key("k")).want(t, 200, "")
	same(t, first, w.call("POST", "/v1/notes/batch", `{"titles":["a","b"]}`, key("k")))
	if w.runs.get() != 1 || w.count(seoul) != 2 {
		t.Errorf("%d runs, %d notes", w.runs.get(), w.count(seoul))
	}
}

// stored returns what the ops table holds of a key, whose place the claim of another request under it betrays.
func (w *world) stored(k string) *table.Item {
	w.t.Helper()
	var at table.Key
	w.tables.Faults.CrashBeforeWrite(func(ops []table.Op) error {
		at = ops[0].Item.Key
		return nil
	})
	defer w.tables.Faults.CrashBeforeWrite(nil)
	w.call("POST", "/v1/notes", `{"title":"other"}`, key(k)).want(w.t, 422, "idempotency_key_reused")
	it, err := w.tables.Get(context.Background(), table.Ops, at)
	if err != nil || it == nil {
		w.t.Fatalf("stored reply %v: %v", it, err)
	}
	return it
}

func TestSecretReplyIsSealed(t *testing.T) {
	w := newWorld(t)
	secret := `{"title":"dgl_live_secret"}`
	first := w.call("POST", "/v1/notes/key", secret, key("k")).want(t, 201, "")
	it := w.stored("k")
	if !strings.Contains(first.raw, "dgl_live_secret") || strings.Contains(fmt.Sprintf("%s%s", it.Head, it.Body), "dgl_live") {
		t.Fatalf("stored %v", it)
	}
	if !strings.HasPrefix(it.PK, "t#"+seoul+"#idem#") || strings.Contains(it.PK, "#k") {
		t.Errorf("key %q", it.PK)
	}
	same(t, first, w.call("POST", "/v1/notes/key", secret, key("k")))
}

func TestReplyTooLargeToKeep(t *testing.T) {
	w := newWorld(t)
	large := `{"title":"x","custom":{"a":"` + strings.Repeat("x", 300<<10) + `"}}`
	w.call("POST", "/v1/notes", large, key("k")).want(t, 201, "")
	w.call("POST", "/v1/notes", large, key("k")).want(t, 409, "idempotency_reply_gone")
	if w.count(seoul) != 1 {
		t.Errorf("%d notes", w.count(seoul))
	}
}

func TestPublicOperationIgnoresTheKey(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		a := w.call("POST", "/v1/greeting", `{"name":"a"}`, key("k"), header("Authorization", "")).want(t, 200, "")
		if a.header.Get("Idempotent-Replayed") != "" {
			t.Error("replayed")
		}
	}
}
