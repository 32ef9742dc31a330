package tabletest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/table"
)

// checkModel drives the engine and the model with the same random operations and expects the same answers, over restarts where the engine can.
// Two tenants write the same keys in turn, each with a model of its own.
func checkModel(t *testing.T, s Subject) {
	passed := 0
	rapid.Check(t, func(r *rapid.T) {
		if s.Rounds > 0 && passed == s.Rounds {
			return
		}
		m := &machine{ctx: t.Context(), subject: &s}
		for i := range m.tenants {
			m.tenants[i] = newScoped(s.Table, "t#"+rand.Text()+"#")
			m.models[i] = model{}
		}
		r.Repeat(map[string]func(*rapid.T){
			"write":   m.write,
			"query":   m.query,
			"restart": m.restart,
		})
		m.compareAll(r)
		passed++
	})
}

// machine is two tenants and what they should hold.
type machine struct {
	ctx     context.Context
	subject *Subject
	tenants [2]*scoped
	models  [2]model
}

var (
	drawTable     = rapid.SampledFrom([]table.Name{table.CRM, table.Ops})
	drawPartition = rapid.SampledFrom([]string{"p", "q", "p\x00"})
	drawSort      = rapid.SampledFrom([]string{"a", "b", "a\x00", "a#1", "c"})
	drawText      = rapid.SampledFrom([]string{"", "one", "two", "three"})
)

func (m *machine) draw(r *rapid.T) (*scoped, model) {
	i := rapid.IntRange(0, 1).Draw(r, "tenant")
	return m.tenants[i], m.models[i]
}

func (m *machine) write(r *rapid.T) {
	s, model := m.draw(r)
	ops := drawOps(r)
	err := s.Write(m.ctx, ops...)
	var failed *table.ConditionError
	if err != nil && !errors.As(err, &failed) {
		r.Fatalf("write: %v", err)
	}
	var got []string
	if failed != nil {
		got = failed.Labels
	}
	if want := model.write(ops); !slices.Equal(got, want) {
		r.Fatalf("failed conditions: got %q, want %q", got, want)
	}
	for _, op := range ops {
		m.compare(r, s, model, place{op.Table, op.Item.Key})
	}
}

func (m *machine) compare(r *rapid.T, s *scoped, model model, p place) {
	got, err := s.Get(m.ctx, p.table, p.key)
	if err != nil {
		r.Fatalf("get %v: %v", p, err)
	}
	if want := model.get(p.table, p.key); Show(got) != Show(want) {
		r.Fatalf("get %v:\ngot  %s\nwant %s", p, Show(got), Show(want))
	}
}

func drawOps(r *rapid.T) []table.Op {
	places := rapid.SliceOfNDistinct(rapid.Custom(drawPlace), 1, 5, rapid.ID[place]).Draw(r, "places")
	ops := make([]table.Op, len(places))
	for i, p := range places {
		ops[i] = table.Op{
			Table:   p.table,
			Kind:    rapid.SampledFrom([]table.OpKind{table.OpPut, table.OpPut, table.OpAdd, table.OpDelete, table.OpCheck}).Draw(r, "kind"),
			If:      rapid.SampledFrom([]table.Condition{table.Always, table.Always, table.IfAbsent, table.IfPresent, table.IfVersion}).Draw(r, "if"),
			Version: int64(rapid.IntRange(0, 3).Draw(r, "version")),
			Label:   fmt.Sprintf("op %d", i),
			Item:    drawItem(r, p.key),
		}
	}
	return ops
}

func drawPlace(r *rapid.T) place {
	return place{drawTable.Draw(r, "table"), at(drawPartition.Draw(r, "pk"), drawSort.Draw(r, "sk"))}
}

func drawItem(r *rapid.T, k table.Key) table.Item {
	it := table.Item{Key: k, Expires: int64(rapid.IntRange(0, 1).Draw(r, "expires")) * 4102444800}
	it.Head, it.Body, it.Event = drawDocument(r, "head"), drawDocument(r, "body"), drawDocument(r, "event")
	for i := range it.Index {
		if rapid.Bool().Draw(r, "indexed") {
			// The item's own key makes the place unique: DynamoDB gives items at one place no order.
			it.Index[i] = at(drawPartition.Draw(r, "index pk"), drawSort.Draw(r, "index sk")+"#"+k.PK+"#"+k.SK)
		}
	}
	if rapid.Bool().Draw(r, "counted") {
		it.Counters = counts{drawSort.Draw(r, "counter"): rapid.Int64Range(-1e12, 1e12).Draw(r, "count")}
	}
	return it
}

func drawDocument(r *rapid.T, field string) []byte {
	text := drawText.Draw(r, field)
	if text == "" {
		return nil
	}
	return quote(field, text)
}

func (m *machine) query(r *rapid.T) {
	s, model := m.draw(r)
	m.compareQuery(r, s, model, table.Query{
		Table:   drawTable.Draw(r, "table"),
		Index:   rapid.IntRange(0, table.MaxIndexes).Draw(r, "index"),
		PK:      drawPartition.Draw(r, "pk"),
		From:    rapid.SampledFrom([]string{"", "", "a", "a#", "b"}).Draw(r, "from"),
		To:      rapid.SampledFrom([]string{"", "", "a", "a\x00", "b#", "c"}).Draw(r, "to"),
		Reverse: rapid.Bool().Draw(r, "reverse"),
		Limit:   rapid.IntRange(0, 4).Draw(r, "limit"),
	})
}

// compareQuery reads all pages and compares them with the model, an index until its lag must have passed.
func (m *machine) compareQuery(r *rapid.T, s *scoped, model model, q table.Query) {
	want := showAll(model.query(q))
	deadline := time.Now().Add(m.subject.Eventually)
	for {
		items, err := readAll(m.ctx, s, q)
		if err != nil {
			r.Fatal(err)
		}
		got := showAll(items)
		if got == want {
			return
		}
		if q.Index == 0 || time.Now().After(deadline) {
			r.Fatalf("query %+v:\ngot\n%swant\n%s", q, got, want)
		}
		time.Sleep(m.subject.Eventually / 50)
	}
}

func showAll(items []table.Item) string {
	var b strings.Builder
	for i := range items {
		b.WriteString(Show(&items[i]) + "\n")
	}
	return b.String()
}

// restart opens the engine anew once in ten times, since that is slow.
func (m *machine) restart(r *rapid.T) {
	if rapid.IntRange(0, 9).Draw(r, "restart") > 0 || m.subject.Reopen == nil {
		return
	}
	*m.subject = m.subject.Reopen()
	for _, s := range m.tenants {
		s.inner = m.subject.Table
	}
}

// compareAll compares everything that either tenant wrote.
func (m *machine) compareAll(r *rapid.T) {
	for i, s := range m.tenants {
		for p := range s.items {
			m.compare(r, s, m.models[i], p)
		}
		for _, p := range s.written() {
			if p.pk != "" {
				m.compareQuery(r, s, m.models[i], table.Query{Table: p.table, Index: p.index, PK: p.pk})
			}
		}
	}
}
