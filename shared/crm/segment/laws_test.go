package segment_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segment"
)

// anyRule draws a rule of any shape over a few fields.
func anyRule(depth int) *rapid.Generator[segment.Rule] {
	leaf := rapid.Custom(func(t *rapid.T) segment.Rule {
		switch rapid.IntRange(0, 3).Draw(t, "leaf") {
		case 0:
			op := rapid.SampledFrom([]segment.Op{segment.Eq, segment.Ne, segment.Contains, segment.StartsWith}).Draw(t, "op")
			return segment.Rule{Node: segment.Field{Path: "customer.name", Op: op, Value: rapid.StringMatching(`[aAb]{0,2}`).Draw(t, "value")}}
		case 1:
			op := rapid.SampledFrom([]segment.Op{segment.Eq, segment.Ne, segment.Gt, segment.Gte, segment.Lt, segment.Lte, segment.IsEmpty, segment.IsNotEmpty}).Draw(t, "op")
			f := segment.Field{Path: "customer.custom.n", Op: op, Value: json.Number(rapid.SampledFrom([]string{"0", "1", "2"}).Draw(t, "value"))}
			if op == segment.IsEmpty || op == segment.IsNotEmpty {
				f.Value = nil
			}
			return segment.Rule{Node: f}
		case 2:
			return segment.Rule{Node: segment.Field{Path: "customer.tags", Op: segment.Contains, Value: rapid.StringMatching(`[ab]`).Draw(t, "value")}}
		default:
			return segment.Rule{Node: segment.Segment{ID: rapid.SampledFrom([]string{"seg_1", "seg_2"}).Draw(t, "id")}}
		}
	})
	if depth == 0 {
		return leaf
	}
	inner := rapid.SliceOfN(anyRule(depth-1), 0, 3)
	return rapid.OneOf(leaf,
		rapid.Map(inner, func(r []segment.Rule) segment.Rule { return segment.Rule{Node: segment.All(r)} }),
		rapid.Map(inner, func(r []segment.Rule) segment.Rule { return segment.Rule{Node: segment.Any(r)} }),
		rapid.Map(anyRule(depth-1), negated))
}

func negated(r segment.Rule) segment.Rule { return segment.Rule{Node: segment.Not{Rule: r}} }

func anyFacts() *rapid.Generator[*segment.Facts] {
	return rapid.Custom(func(t *rapid.T) *segment.Facts {
		c := &customer.Customer{Fields: customer.Fields{
			Name: rapid.StringMatching(`[aAb]{0,3}`).Draw(t, "name"),
			Tags: rapid.SliceOfN(rapid.StringMatching(`[abAB]`), 0, 2).Draw(t, "tags"),
		}}
		if n := rapid.SampledFrom([]any{nil, 0.0, 1.0, "2", "x", []any{"1"}}).Draw(t, "n"); n != nil {
			c.Custom = map[string]any{"n": n}
		}
		member := rapid.SampledFrom([]string{"", "seg_1", "seg_2"}).Draw(t, "member")
		return &segment.Facts{Customer: c, Segment: func(id string) bool { return id == member }}
	})
}

func meets(t *rapid.T, r segment.Rule, f *segment.Facts) bool {
	m, err := segment.Compile(r, env)
	if err != nil {
		t.Fatal(err)
	}
	return m.Match(f)
}

func TestLawsOfLogic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyRule(3).Draw(t, "a"), anyRule(3).Draw(t, "b")
		f := anyFacts().Draw(t, "facts")
		all := func(r ...segment.Rule) segment.Rule { return segment.Rule{Node: segment.All(r)} }
		either := func(r ...segment.Rule) segment.Rule { return segment.Rule{Node: segment.Any(r)} }
		for name, law := range map[string][2]segment.Rule{
			"not not":                  {negated(negated(a)), a},
			"De Morgan of all":         {negated(all(a, b)), either(negated(a), negated(b))},
			"De Morgan of any":         {negated(either(a, b)), all(negated(a), negated(b))},
			"all commutes":             {all(a, b), all(b, a)},
			"any commutes":             {either(a, b), either(b, a)},
			"everybody changes no all": {all(a, all()), a},
			"nobody changes no any":    {either(a, either()), a},
			"all absorbs":              {all(a, either(a, b)), a},
			"one of one":               {all(a), either(a)},
		} {
			if got, want := meets(t, law[0], f), meets(t, law[1], f); got != want {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
	})
}

func TestNeIsNotEqAndIsNotEmptyNotIsEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts().Draw(t, "facts")
		for _, path := range []string{"customer.name", "customer.tags", "customer.custom.n"} {
			value := rapid.StringMatching(`[ab12]{0,1}`).Draw(t, "value")
			eq := segment.Rule{Node: segment.Field{Path: path, Op: segment.Eq, Value: value}}
			ne := segment.Rule{Node: segment.Field{Path: path, Op: segment.Ne, Value: value}}
			empty := segment.Rule{Node: segment.Field{Path: path, Op: segment.IsEmpty}}
			filled := segment.Rule{Node: segment.Field{Path: path, Op: segment.IsNotEmpty}}
			if meets(t, eq, f) == meets(t, ne, f) || meets(t, empty, f) == meets(t, filled, f) {
				t.Fatalf("%s %q", path, value)
			}
		}
	})
}

func TestEveryRuleComesBackAndMeansTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := anyRule(3).Draw(t, "rule"), anyFacts().Draw(t, "facts")
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := segment.Parse(text, "")
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if got, want := meets(t, again, f), meets(t, r, f); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	})
}

// TestWhyIsEmptyExactlyForMembers and names only leaves that answer otherwise than wanted.
func TestWhyIsEmptyExactlyForMembers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := anyRule(3).Draw(t, "rule"), anyFacts().Draw(t, "facts")
		m, err := segment.Compile(r, env)
		if err != nil {
			t.Fatal(err)
		}
		steps := m.Why(f)
		if m.Match(f) && steps != nil {
			t.Fatalf("a member is told %v", steps)
		}
		for _, s := range steps {
			if meets(t, s.Rule, f) == s.Want {
				t.Fatalf("%s answers as it should", s.Pointer)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"all":[{"orders":{"count":["gte",2],"inLast":"P90D","where":{"field":"product","op":"contains","value":"x"}}}]}`))
	f.Add([]byte(`{"field":"customer.custom.x","op":"between","value":[1,2]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := segment.Parse(text, "")
		if err != nil {
			return
		}
		m, err := segment.Compile(r, env)
		if err != nil {
			t.Fatalf("parsed but not compiled: %v", err)
		}
		m.Match(kim())
		m.Match(nobody())
		segment.Describe(r, "ko", segment.Names{})
	})
}
