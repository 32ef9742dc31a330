//go:build cgo

package athena_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/athena"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/testkit/athenatwin"
)

func TestAQuestionSeesWhatTheLakeHasNowAndNobodyElses(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1, cell("name", "김서연")), person("cus_2", 1, cell("name", "Ａnna")), person("cus_3", 1, cell("name", "홍길동")), person("cus_4", 1, cell("name", "이새벽")))
	s.write(theirs, person("cus_1", 1, cell("name", "다른 가게")))
	if got := s.ask(ours, `SELECT c.id, c."name" FROM customers c ORDER BY c.id`); !slices.Equal(got, []string{"cus_1 김서연", "cus_2 Ａnna", "cus_3 홍길동", "cus_4 이새벽"}) {
		t.Errorf("got %q", got)
	}
	s.write(ours, person("cus_2", 2, cell("name", "Anna")), gone(person("cus_3", 2)))
	if got := s.ask(ours, `SELECT c.id, c."name" FROM customers c ORDER BY c.id`); !slices.Equal(got, []string{"cus_1 김서연", "cus_2 Anna", "cus_4 이새벽"}) {
		t.Errorf("after a change and a removal: got %q", got)
	}
	if got := s.ask(theirs, `SELECT c.id, c."name" FROM customers c`); !slices.Equal(got, []string{"cus_1 다른 가게"}) {
		t.Errorf("another workspace: got %q", got)
	}
	if got := s.ask(ours, `SELECT count(*) FROM orders`); !slices.Equal(got, []string{"0"}) {
		t.Errorf("a subject without parts: got %q", got)
	}
	if left := append(s.left(ours), s.left(theirs)...); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestValuesComeAsThePortPromises(t *testing.T) {
	s := newStand(t)
	born := time.Date(1990, 2, 3, 0, 0, 0, 0, time.UTC)
	s.write(ours, person("cus_1", 7, cell("name", `"a, b" 'c'`), cell("tags", []string{"a, b", `["x"]`, ""}), cell("createdAt", noon.Add(5*time.Millisecond)), cell("birthDate", "1990-02-03"),
		cell("custom.size", 2.5), cell("custom.vip", true), cell("custom.likes", []string{"책", "차"})))
	var got []any
	err := s.lake(ours).Query(t.Context(), sqltext.Statement{SQL: `SELECT c.id, c."name", c."tags", c."createdAt", c."birthDate", c."archivedAt", c."custom.size", c."custom.vip",
		CAST('12.5' AS DECIMAL(18,4)), c."custom.likes", 1, count(*) FROM customers c WHERE c."custom.size" > $1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`, Args: []any{2.0}}, func(row []any) error {
		got = row
		return nil
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, s.last())
	}
	want := []any{"cus_1", `"a, b" 'c'`, []string{"a, b", `["x"]`, ""}, noon.Add(5 * time.Millisecond), born, nil, 2.5, true, decimal.RequireFromString("12.5"), []string{"책", "차"}, int64(1), int64(1)}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if d, ok := want[i].(decimal.Decimal); ok {
			if g, same := got[i].(decimal.Decimal); !same || !g.Equal(d) {
				t.Errorf("column %d: got %v (%T), want %v", i, got[i], got[i], d)
			}
		} else if l, ok := want[i].([]string); ok {
			if g, same := got[i].([]string); !same || !slices.Equal(g, l) {
				t.Errorf("column %d: got %q, want %q", i, got[i], l)
			}
		} else if got[i] != want[i] {
			t.Errorf("column %d: got %v (%T), want %v (%T)", i, got[i], got[i], want[i], want[i])
		}
	}
}

func TestLongAnswersComeInPagesAndInOrder(t *testing.T) {
	s := newStand(t)
	var rows []lake.Row
	for i := range 2500 {
		rows = append(rows, person("cus_"+string(rune('a'+i/676))+string(rune('a'+i/26%26))+string(rune('a'+i%26)), 1, cell("name", "x")))
	}
	s.write(ours, rows...)
	got := s.ask(ours, `SELECT c.id FROM customers c ORDER BY c.id`)
	if len(got) != 2500 || !slices.IsSorted(got) || len(slices.Compact(got)) != 2500 {
		t.Errorf("got %d rows, sorted %v", len(got), slices.IsSorted(got))
	}
	stop, n := errors.New("enough"), 0
	err := s.lake(ours).Query(t.Context(), sqltext.Statement{SQL: `SELECT c.id FROM customers c`}, func([]any) error {
		if n++; n == 10 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 10 {
		t.Errorf("got %v after %d rows", err, n)
	}
}

func TestBoundValuesAreNeverPartOfTheStatement(t *testing.T) {
	s := newStand(t)
	hostile := `x' OR tenant = 'y'; -- "?`
	s.write(ours, person("cus_1", 1, cell("name", hostile)))
	if got := s.ask(ours, `SELECT c.id FROM customers c WHERE c."name" = $2 AND c."name" <> $1`, "?", hostile); !slices.Equal(got, []string{"cus_1"}) {
		t.Errorf("got %q", got)
	}
	if strings.Contains(s.last(), "OR tenant") {
		t.Errorf("a value is part of %s", s.last())
	}
	if got := s.twin.Started[0].ExecutionParameters; !slices.Equal(got, []string{`'x'' OR tenant = ''y''; -- "?'`, "'?'"}) {
		t.Errorf("values: got %q", got)
	}
}

// The wall does not hang on the statement: whoever asks for another workspace's files with this one's session is refused by the object store.
func TestASessionReachesItsOwnFilesAlone(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1, cell("name", "x")))
	s.twin.Sessions["AKIA"+ours] = theirs
	err := s.lake(ours).Query(t.Context(), sqltext.Statement{SQL: `SELECT id FROM customers`}, func([]any) error { return nil })
	if !errors.Is(err, athena.ErrFailed) || !strings.Contains(err.Error(), "Access Denied") {
		t.Errorf("got %v", err)
	}
	for _, tenant := range []string{"", "x' OR 'a' = 'a", "../wsp_2", "a/b"} {
		if _, err := s.engine.Of(tenant, s.Blob); err == nil {
			t.Errorf("%q is taken for a tenant", tenant)
		}
	}
}

func TestALargeAnswerIsUnloadedUnderTheTenantsPrefix(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1, cell("name", "x"), cell("tags", []string{"a"})), person("cus_2", 1, cell("name", "y")))
	statement := sqltext.Statement{SQL: `SELECT c.id, c."tags" FROM customers c WHERE c."name" = $1`, Args: []any{"x"}}
	files, err := s.lake(ours).Unload(t.Context(), statement, "t/"+ours+"/exports/job_1/")
	if err != nil || len(files) != 1 || files[0].Size == 0 {
		t.Fatalf("got %v %v\n%s", files, err, s.last())
	}
	if _, err := s.lake(ours).Unload(t.Context(), statement, "t/"+ours+"/exports/job_1/"); !errors.Is(err, athena.ErrFailed) {
		t.Errorf("into a folder that is not empty: got %v", err)
	}
	for _, prefix := range []string{"t/" + theirs + "/exports/", "exports/", "t/" + ours + "/a'b/", "t/" + ours + "/a"} {
		if _, err := s.lake(ours).Unload(t.Context(), statement, prefix); err == nil {
			t.Errorf("unloaded to %s", prefix)
		}
	}
	if left := s.left(ours); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestWhoLeavesStopsTheQuestion(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1))
	s.twin.Hold = make(chan struct{})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	err := s.lake(ours).Query(ctx, sqltext.Statement{SQL: `SELECT id FROM customers`}, func([]any) error { return nil })
	if !errors.Is(err, context.DeadlineExceeded) || s.twin.Stopped() != 1 {
		t.Errorf("got %v, %d stopped", err, s.twin.Stopped())
	}
	if left := s.left(ours); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestACrowdedServiceIsAskedAgain(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1))
	s.twin.Refuse(athenatwin.Refusal{Status: 400, Type: "TooManyRequestsException"}, athenatwin.Refusal{Status: 500, Type: "InternalServerException"})
	if got := s.ask(ours, `SELECT id FROM customers`); !slices.Equal(got, []string{"cus_1"}) || len(s.twin.Started) != 1 {
		t.Errorf("got %q by %d questions", got, len(s.twin.Started))
	}
	s.twin.Refuse(athenatwin.Refusal{Status: 400, Type: "InvalidRequestException", Message: "no"})
	err := s.lake(ours).Query(t.Context(), sqltext.Statement{SQL: `SELECT id FROM customers`}, func([]any) error { return nil })
	if err == nil || len(s.twin.Started) != 1 {
		t.Errorf("what is refused for good: got %v by %d questions", err, len(s.twin.Started))
	}
}

func TestAStatementThatIsTooLongIsNotSent(t *testing.T) {
	s := newStand(t)
	long := `SELECT id FROM customers WHERE "name" IN ('x'` + strings.Repeat(`, 'x'`, 60000) + `)`
	err := s.lake(ours).Query(t.Context(), sqltext.Statement{SQL: long}, func([]any) error { return nil })
	if !errors.Is(err, athena.ErrDialect) || len(s.twin.Started) != 0 {
		t.Errorf("got %.80v by %d questions", err, len(s.twin.Started))
	}
}

func TestAQuestionThatReadsTooMuchSaysSo(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1))
	s.twin.Allow(10)
	err := s.lake(ours).Query(t.Context(), sqltext.Statement{SQL: `SELECT id FROM customers`}, func([]any) error { return nil })
	if !errors.Is(err, athena.ErrLimit) {
		t.Errorf("got %v", err)
	}
}

// Parts that were written at different times may hold a field in different types until they are written anew.
func TestAFieldOfSeveralTypesIsRefusedAndNoOther(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1, cell("custom.size", 2.0), cell("custom.note", "a")), person("cus_2", 1), person("cus_3", 1), person("cus_4", 1))
	s.ask(ours, `SELECT id FROM customers`) // two parts are written
	s.write(ours, person("cus_4", 2, cell("custom.size", "large")))
	if got := s.ask(ours, `SELECT id FROM customers WHERE "custom.note" = $1`, "a"); !slices.Equal(got, []string{"cus_1"}) {
		t.Errorf("got %q", got)
	}
	before := len(s.twin.Tables())
	err := s.lake(ours).Query(t.Context(), sqltext.Statement{SQL: `SELECT id FROM customers WHERE "custom.size" = $1`, Args: []any{"2"}}, func([]any) error { return nil })
	if after := len(s.twin.Tables()); !errors.Is(err, athena.ErrColumn) || after != before {
		t.Errorf("got %v, %d tables more", err, after-before)
	}
}
