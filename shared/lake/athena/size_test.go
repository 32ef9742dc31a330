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
type noted struct{ asked *[]string }

func (n noted) Of(tenant string, _ blob.Blob) (ask.Lake, error) { return notedLake{n, tenant}, nil }

type notedLake struct {
	noted
	tenant string
}

func (n notedLake) Query(context.Context, sqltext.Statement, func([]any) error) error {
	*n.asked = append(*n.asked, n.tenant)
	return nil
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
		lakes := athena.BySize{Small: noted{&small}, Large: noted{&large}, Bytes: bytes}
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
