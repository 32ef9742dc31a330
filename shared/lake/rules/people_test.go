//go:build cgo

package rules_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
)

// person is all that is known of a customer.
type person struct {
	customer  *customer.Customer
	orders    []order.Brief
	events    []segment.Event
	score     *score.Score
	responses map[[2]string]bool // campaign and kind
}

func (p person) facts() *segment.Facts {
	return &segment.Facts{Customer: p.customer, Orders: p.orders, Events: p.events, Score: p.score,
		Response: func(campaign, kind string) bool { return p.responses[[2]string{campaign, kind}] }}
}

// row is a record with its nested fields named by a dot, as the lake has it.
type row = map[string]any

func (p person) row() row {
	out := row{}
	flatten(out, "", inJSON(p.customer))
	return out
}

func inJSON(v any) map[string]any {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	return out
}

func flatten(into row, prefix string, v map[string]any) {
	for name, inner := range v {
		if m, nested := inner.(map[string]any); nested {
			flatten(into, prefix+name+".", m)
		} else if _, list := inner.([]any); list && prefix == "custom." {
			into[prefix+name+".items"] = inner
		} else {
			into[prefix+name] = inner
		}
	}
}

func moneyRow(into row, field string, m money.Money) {
	if m.Currency != "" {
		into[field+".amount"], into[field+".currency"] = m.Amount.String(), m.Currency
	}
}

// lines are the lines of a delta that bring the person into the lake.
func (p person) lines() (out []any) {
	id := p.customer.ID
	add := func(subject, id string, r row) {
		out = append(out, row{"s": subject, "v": 1, "at": now.Format(time.RFC3339Nano), "id": id, "row": r})
	}
	add("customers", id, p.row())
	for i, o := range p.orders {
		r := row{"customerId": id, "orderedAt": o.OrderedAt, "products": o.Products, "channel": o.Channel, "campaignId": o.CampaignID}
		moneyRow(r, "total", o.Total)
		add("orders", fmt.Sprintf("%s-%d", id, i), r)
	}
	for i, e := range p.events {
		add("events", fmt.Sprintf("%s-%d", id, i), row{"customerId": id, "type": e.Type, "at": e.At})
	}
	for r := range p.responses {
		if r[1] == "accepted" {
			add("messages", id+r[0], row{"customerId": id, "campaignId": r[0], "acceptedAt": now.Add(-time.Hour)})
			continue
		}
		add("responses", id+r[0]+r[1], row{"customerId": id, "campaignId": r[0], "kind": r[1], "at": now.Add(-time.Hour)})
	}
	if p.score != nil {
		r := row{"customerId": id}
		flatten(r, "", inJSON(p.score))
		for _, answer := range p.score.Responses {
			r["responses."+string(answer.Channel)] = answer.Rate
		}
		add("scores", id, r)
	}
	return out
}

// lakeOf is a lake in which the people stand.
func lakeOf(t *testing.T, people []person) *duck.Lake {
	t.Helper()
	var content bytes.Buffer
	z, err := zstd.NewWriter(&content)
	if err != nil {
		t.Fatal(err)
	}
	w := json.NewEncoder(z)
	for _, p := range people {
		for _, line := range p.lines() {
			if err := w.Encode(line); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := duck.New(subjects(), duck.Options{Dir: t.TempDir(), MaxAge: time.Hour, Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	l, err := r.Lake("tenant", object(content.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// object is a lake of one delta.
type object []byte

func (o object) State(context.Context) (duck.State, error) {
	return duck.State{Deltas: []string{"delta"}}, nil
}

func (o object) Open(context.Context, string) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(o)), nil
}

func subjects() (out []duck.Subject) {
	for _, name := range []string{"customers", "orders", "events", "messages", "responses", "scores"} {
		s := duck.Subject{Name: name, Folded: name == "customers", Initial: rules.Initial()}
		for _, c := range rules.Columns() {
			if c.Subject == name {
				s.Columns = append(s.Columns, duck.Column{Name: c.Name, Type: c.Type})
			}
		}
		out = append(out, s)
	}
	all := duck.Subjects()
	return append(out, all[slices.IndexFunc(all, func(s duck.Subject) bool { return s.Name == "memberships" })])
}
