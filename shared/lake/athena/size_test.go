//go:build cgo

package athena_test

import (
	"context"
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/athena"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// noted are lakes that only say who was asked.
type noted struct {
	asked   *[]string
	refuses error
}

func (n noted) Of(tenant string, _ blob.Blob) (ask.Lake, error) { return notedLake{n, tenant}, nil }

type notedLake struct {
	noted
	tenant string
}

func (n notedLake) Query(context.Context, sqltext.Statement, func([]any) error) error {
	*n.asked = append(*n.asked, n.tenant)
	return n.refuses
}
func (n notedLake) Columns(context.Context, string) ([]ask.Column, error) { return nil, nil }
func (n notedLake) Overlay(context.Context, []byte) error                 { return nil }

func TestALargeLakeIsAskedByTheLargeEngine(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1, cell("name", "x")))
	if err := s.fold(t.Context(), s.Blob, ours); err != nil {
		t.Fatal(err)
	}
	var small, large []string
	for _, bytes := range []int64{100, 1 << 30} {
		lakes := athena.BySize{Small: noted{asked: &small}, Large: noted{asked: &large}, Bytes: bytes}
		for _, tenant := range []string{ours, theirs} { // one has a part, the other none
			l, err := lakes.Of(tenant, s.Blob)
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Query(t.Context(), sqltext.Statement{SQL: "SELECT 1"}, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !slices.Equal(large, []string{ours}) || !slices.Equal(small, []string{theirs, ours, theirs}) {
		t.Errorf("by the large one %v, by the small one %v", large, small)
	}
}

// steady is a lake that can be read at length.
type steady struct{ noted }

func (s steady) Of(string, blob.Blob) (ask.Lake, error) { return s, nil }
func (s steady) Query(ctx context.Context, q sqltext.Statement, each func([]any) error) error {
	return notedLake{s.noted, "by itself"}.Query(ctx, q, each)
}
func (s steady) Columns(context.Context, string) ([]ask.Column, error) { return nil, nil }
func (s steady) Overlay(context.Context, []byte) error                 { return nil }
func (s steady) Read(_ context.Context, f func(ask.State) error) error {
	*s.asked = append(*s.asked, "one state")
	return f(nil)
}

func TestASmallLakeIsReadInOneState(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1))
	if err := s.fold(t.Context(), s.Blob, ours); err != nil {
		t.Fatal(err)
	}
	for bytes, want := range map[int64][]string{1 << 30: {"one state"}, 100: {ours}} {
		var small, large []string
		l, err := athena.BySize{Small: steady{noted{asked: &small}}, Large: noted{asked: &large}, Bytes: bytes}.Of(ours, s.Blob)
		if err != nil {
			t.Fatal(err)
		}
		err = ask.Read(t.Context(), l, func(state ask.State) error {
			if state == nil {
				return nil
			}
			return state.Query(t.Context(), sqltext.Statement{SQL: "SELECT 1"}, nil)
		})
		if got := slices.Concat(small, large); err != nil || !slices.Equal(got, want) {
			t.Errorf("of %d bytes: got %v, %v, want %v", bytes, got, err, want)
		}
	}
}

func TestWhatTheLargeEngineCannotSayIsAskedOfTheOther(t *testing.T) {
	s := newStand(t)
	s.write(ours, person("cus_1", 1))
	if err := s.fold(t.Context(), s.Blob, ours); err != nil {
		t.Fatal(err)
	}
	for refusal, want := range map[error]int{athena.ErrDialect: 1, athena.ErrColumn: 1, athena.ErrLimit: 0, nil: 0} {
		var small, large []string
		l, err := athena.BySize{Small: noted{asked: &small}, Large: noted{&large, refusal}}.Of(ours, s.Blob)
		if err != nil {
			t.Fatal(err)
		}
		err = l.Query(t.Context(), sqltext.Statement{SQL: "SELECT 1"}, nil)
		if len(large) != 1 || len(small) != want || (err != nil) != (want == 0 && refusal != nil) {
			t.Errorf("%v: asked %d times and then %d times, got %v", refusal, len(large), len(small), err)
		}
	}
}
