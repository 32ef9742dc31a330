package insights

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/insight"
)

func TestEveryReasonHasItsTurnAndNobodyIsShownTwice(t *testing.T) {
	of := func(reason string, ids ...string) (out []Attention) {
		for _, id := range ids {
			out = append(out, Attention{CustomerID: id, Reason: reason})
		}
		return out
	}
	for name, c := range map[string]struct {
		lists [][]Attention
		want  []string
	}{
		"nobody":                      {nil, nil},
		"one reason fills the page":   {[][]Attention{of("lapsing", "a", "b", "c", "d", "e")}, []string{"a", "b", "c", "d", "e"}},
		"reasons take turns":          {[][]Attention{of("lapsing", "a", "b", "c", "d"), nil, of("bigFirstOrder", "x"), of("birthday", "y", "z")}, []string{"a", "x", "y", "b", "z"}},
		"who has two reasons is once": {[][]Attention{of("lapsing", "a", "b"), of("birthday", "a", "c")}, []string{"a", "b", "c"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range inTurn(c.lists) {
				got = append(got, p.CustomerID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestRulesOfFiguresAreRules: what a client opens is what segments take.
func TestRulesOfFiguresAreRules(t *testing.T) {
	february := insight.Month(2024*12 + 1)
	q := question{Pivot: insight.Pivot{Rows: "customer.tags", Step: insight.ByQuarter, Range: insight.Range{From: february - 1, To: february + 1}}, v: &view{}}
	for name, r := range map[string]json.RawMessage{
		"a cohort":             written(all(firstIn(february)...)),
		"a cohort in a month":  written(all(append(firstIn(february), boughtIn(february+1, february+1))...)),
		"a tier":               written(tierRule(5, 20)),
		"a cell of the pivot":  q.row("vip").Cells[0].Rule,
		"those without a tag":  q.row("").Total.Rule,
		"buyers of one day":    written(all(ordered("gte", 1, field("order.orderedAt", "eq", "2026-11-22")))),
		"customers of one day": written(all(field("customer.createdAt", "eq", "2026-11-22"))),
	} {
		if _, err := segment.Parse(r, "/rule"); err != nil {
			t.Errorf("%s: %s is no rule: %v", name, r, err)
		}
	}
	if got, want := string(written(boughtIn(february, february))), `{"orders":{"count":["gte",1],"where":{"field":"order.orderedAt","op":"between","value":["2024-02-01","2024-02-29"]}}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
