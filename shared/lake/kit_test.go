package lake_test

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const (
	tenant = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	other  = "wsp_01KJQ6PSG02X9YPKYC3QEKNM4Q"
)

var noon = testenv.Start()

// shop is a tenant's store whose change feed a test reads step by step.
type shop struct {
	*store.Tenant
	place *testenv.Place
	read  int
}

func open(t testing.TB) *shop {
	p := testenv.New(t)
	return &shop{Tenant: p.DB.Tenant(tenant).As("usr_01JD0000000000000000000003"), place: p}
}

// does commits a transaction and returns the records that it left in the feed.
func (s *shop) does(t testing.TB, f func(x *store.Tx)) []feed.Record {
	t.Helper()
	x := s.Begin()
	f(x)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s.records(t)
}

// records returns what came to the feed since it was last read: up to an item that it puts for that.
func (s *shop) records(t testing.TB) (all []feed.Record) {
	t.Helper()
	s.read++
	last := table.Key{PK: "read", SK: fmt.Sprint(s.read)}
	if err := s.place.Table.Write(t.Context(), table.Op{Table: table.Ops, Item: table.Item{Key: last}}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	err := s.place.Engine.Run(ctx, "test", func(_ context.Context, batch []feed.Record) (int, error) {
		for _, r := range batch {
			if r.Key() == last {
				stop()
			} else {
				all = append(all, r)
			}
		}
		return len(batch), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// rows are those of all records.
func rows(t testing.TB, records []feed.Record) (all []lake.Row) {
	t.Helper()
	for _, r := range records {
		of, rows, err := lake.Rows(r, noon.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) > 0 && of != tenant {
			t.Errorf("rows of %s are said to be of %s", tenant, of)
		}
		all = append(all, rows...)
	}
	return all
}

// told writes rows as a story has them: subject, id, version, whether it is gone, and the columns that are asked for.
func told(rows []lake.Row, columns ...string) (lines []string) {
	for _, r := range rows {
		line := fmt.Sprintf("%s %s v%d", r.Subject, r.ID, r.Version)
		if r.Gone {
			line += " gone"
		}
		for _, c := range columns {
			if v := r.Value(c); v != nil {
				line += fmt.Sprintf(" %s=%v", c, text(v))
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func text(v any) string {
	if at, ok := v.(time.Time); ok {
		return at.Format("2006-01-02")
	}
	return fmt.Sprint(v)
}

// members lists the JSON members of a type, nested ones with a dot; an amount of money is one.
func members(t reflect.Type, prefix string) (out []string) {
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
		return members(t.Elem(), prefix)
	}
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[money.Money]() || t == reflect.TypeFor[decimal.Decimal]() {
		return []string{strings.TrimSuffix(prefix, ".")}
	}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case tag == "-" || !f.IsExported():
		case f.Anonymous && tag == "":
			out = append(out, members(f.Type, prefix)...)
		default:
			out = append(out, members(f.Type, prefix+tag+".")...)
		}
	}
	return out
}

// short writes the ids of a story by their names.
func short(lines []string) []string {
	names := regexp.MustCompile(`(cus|ord|msg|evt)_[0-9A-Z]{26}`)
	for i, l := range lines {
		lines[i] = names.ReplaceAllStringFunc(l, func(s string) string {
			switch s {
			case kim:
				return "kim"
			case lee:
				return "lee"
			}
			return s[:3]
		})
	}
	return lines
}
