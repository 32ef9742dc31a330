package segment

import "strconv"

// Step is a part of the rule that stands in a customer's way: the leaf, where it stands, and whether it would have to be true or false.
type Step struct {
	Pointer string `json:"pointer"` // from the root of the rule
	Rule    Rule   `json:"rule"`
	Want    bool   `json:"want"` // false under an odd number of "not"
}

// Why answers "who is missing?": the leaves that would have to come out otherwise for the customer to be meant; nil when the customer is.
// Of an "any" all are named, since one of them would do.
func (m *Matcher) Why(f *Facts) []Step {
	w := walker{env: m.env, facts: f}
	w.walk(m.rule, "", true)
	return w.steps
}

type walker struct {
	env   Env
	facts *Facts
	steps []Step
}

func (w *walker) walk(r Rule, at string, want bool) {
	if m, err := Compile(r, w.env); err == nil && m.Match(w.facts) == want {
		return
	}
	switch n := r.Node.(type) {
	case All:
		w.group(n, at+"/all", want)
	case Any:
		w.group(n, at+"/any", want)
	case Not:
		w.walk(n.Rule, at+"/not", !want)
	default:
		w.steps = append(w.steps, Step{Pointer: at, Rule: r, Want: want})
	}
}

func (w *walker) group(rules []Rule, at string, want bool) {
	for i, r := range rules {
		w.walk(r, at+"/"+strconv.Itoa(i), want)
	}
}
