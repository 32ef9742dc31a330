package lifecycle_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/lifecycle"
)

// written is a month through its file.
func written(t interface{ Fatal(...any) }, entries []lifecycle.Entry) *lifecycle.Reader {
	var file bytes.Buffer
	w, err := lifecycle.NewWriter(&file, lifecycle.Head{Month: "2026-03", AsOf: "2026-03-31", Currency: "KRW"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		w.Add(e)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := lifecycle.NewReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFlows(t *testing.T) {
	march := []lifecycle.Entry{{"a", lifecycle.Prospect, 0}, {"b", lifecycle.NewBuyer, 20_000}, {"d", lifecycle.LowValue, 50_000}, {"e", lifecycle.LowValue, 10_000}}
	april := []lifecycle.Entry{{"a", lifecycle.NewBuyer, 30_000}, {"b", lifecycle.NewBuyer, 20_000}, {"c", lifecycle.Prospect, 0}, {"e", lifecycle.LowValue, 15_000}}
	var got []string
	for _, f := range lifecycle.Flows(written(t, march).Next, written(t, april).Next, "KRW") {
		got = append(got, fmt.Sprintf("%s>%s %d %s", f.From, f.To, f.Customers, f.Revenue.Text()))
	}
	want := "prospect>newBuyer 1 3, newBuyer>newBuyer 1 2, lowValue>lowValue 1 1.5, lowValue> 1 5, >prospect 1 0"
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("got %s, want %s", text, want)
	}
}

// What flows out of a stage is what was in it, what flows in is what is in it, in people and money.
func TestFlowsAddUpToBothMonths(t *testing.T) {
	months := rapid.Custom(func(t *rapid.T) (out []lifecycle.Entry) {
		for i := range 30 {
			if rapid.Bool().Draw(t, "there") {
				out = append(out, lifecycle.Entry{CustomerID: fmt.Sprintf("cus_%02d", i), Stage: rapid.SampledFrom(lifecycle.Stages()).Draw(t, "stage"), Units: rapid.Int64Range(-50, 1e9).Draw(t, "units")})
			}
		}
		return out
	})
	rapid.Check(t, func(t *rapid.T) {
		from, to := months.Draw(t, "from"), months.Draw(t, "to")
		flows := lifecycle.Flows(written(t, from).Next, written(t, to).Next, "KRW")
		out := map[lifecycle.Stage]int{}
		in := map[lifecycle.Stage]lifecycle.Count{}
		for _, f := range flows {
			out[f.From] += f.Customers
			sum := in[f.To]
			sum.Customers, sum.Revenue.Amount = sum.Customers+f.Customers, sum.Revenue.Amount.Add(f.Revenue.Amount)
			in[f.To] = sum
		}
		for i, c := range lifecycle.Counts(slices.Values(to), "KRW") {
			if got := in[c.Stage]; got.Customers != c.Customers || !got.Revenue.Amount.Equal(c.Revenue.Amount) {
				t.Fatalf("into %s: got %d, %s, want %d, %s", c.Stage, got.Customers, got.Revenue.Amount, c.Customers, c.Revenue.Amount)
			}
			if want := lifecycle.Counts(slices.Values(from), "KRW")[i].Customers; out[c.Stage] != want {
				t.Fatalf("out of %s: got %d, want %d", c.Stage, out[c.Stage], want)
			}
		}
	})
}

func TestABrokenMonthIsToldOf(t *testing.T) {
	r := written(t, []lifecycle.Entry{{"a b", lifecycle.Prospect, 0}})
	if e, ok := r.Next(); ok || r.Err() == nil {
		t.Errorf("got %+v, %v", e, r.Err())
	}
}
