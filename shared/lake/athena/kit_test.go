//go:build cgo

package athena_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/athena"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/testkit/athenatwin"
)

// Two workspaces, whose records have the same ids.
const (
	ours   = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	theirs = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3Q"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// stand is an object store with lakes, and Athena beside it.
type stand struct {
	testing.TB
	blob.Blob
	twin   *athenatwin.Twin
	engine *athena.Engine
	folded int
}

func newStand(t *testing.T) *stand {
	t.Helper()
	d, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	s := &stand{TB: t, Blob: d, twin: athenatwin.New(t, d)}
	o := s.twin.Options(eager{}, rand.Reader)
	o.Fold = s.fold
	s.engine = athena.New(o)
	return s
}

// eager waits a hundredth of what it should.
type eager struct{ clock.System }

func (e eager) Sleep(ctx context.Context, d time.Duration) error { return e.System.Sleep(ctx, d/100) }

func (s *stand) fold(ctx context.Context, b blob.Blob, tenant string) error {
	s.folded++
	for {
		r, err := compact.Turn(ctx, b, tenant, compact.Options{Now: func() time.Time { return noon }, Dir: s.TempDir(), PartRows: 3})
		if err != nil || !r.More {
			return err
		}
	}
}

// write brings rows into a lake as the change feed would.
func (s *stand) write(tenant string, rows ...lake.Row) {
	s.Helper()
	if _, err := lake.WriteDelta(s.Context(), s.Blob, tenant, rows); err != nil {
		s.Fatal(err)
	}
}

func person(id string, version int64, cells ...lake.Cell) lake.Row {
	return lake.Row{Subject: "customers", ID: id, Version: version, At: noon, Cells: cells}
}

func gone(r lake.Row) lake.Row {
	r.Gone, r.Cells = true, nil
	return r
}

func cell(column string, v any) lake.Cell { return lake.Cell{Column: column, Value: v} }

func (s *stand) lake(tenant string) *athena.Lake {
	s.Helper()
	l, err := s.engine.Lake(tenant, s.Blob)
	if err != nil {
		s.Fatal(err)
	}
	return l
}

// ask returns the rows of an answer, each as Go prints it.
func (s *stand) ask(tenant, query string, args ...any) (out []string) {
	s.Helper()
	err := s.lake(tenant).Query(s.Context(), sqltext.Statement{SQL: query, Args: args}, func(row []any) error {
		out = append(out, strings.Trim(fmt.Sprint(row), "[]"))
		return nil
	})
	if err != nil {
		s.Fatalf("%s: %v\n%s", query, err, s.last())
	}
	return out
}

// last is the statement that Athena was asked last.
func (s *stand) last() string {
	if n := len(s.twin.Started); n > 0 {
		return s.twin.Started[n-1].QueryString
	}
	return ""
}

// left lists what stands in a lake beside its own files.
func (s *stand) left(tenant string) (keys []string) {
	s.Helper()
	err := blob.Each(s.Context(), s.Blob, "t/"+tenant+"/lake/asked/", "", func(o blob.Info) error {
		keys = append(keys, o.Key)
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return keys
}
