package campaign

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
)

// MaxHoldout is the largest share, in percent, that may be held out.
const MaxHoldout = 50

// Normalise brings a plan into the one form that is stored and reports every rule it breaks.
func Normalise(f Fields) (Fields, error) {
	n := errs.New(errs.Invalid, "validation_failed")
	f.Name = strings.TrimSpace(f.Name)
	if f.Name == "" {
		n.Add("/name", "required_missing")
	}
	if utf8.RuneCountInString(f.Name) > 200 {
		n.Add("/name", "value_too_long", "max", 200)
	}
	f.Type, f.Channel = orType(f.Type), orChannel(f.Channel)
	oneOf(n, "/type", f.Type, Types)
	oneOf(n, "/channel", f.Channel, Channels)
	oneOf(n, "/uncertainPolicy", f.UncertainPolicy, []Policy{"", PreferLoss, PreferDuplicate})
	checkNumbers(n, &f)
	checkRefs(n, &f)
	return f, n.OrNil()
}

func orType(t Type) Type {
	if t == "" {
		return Target
	}
	return t
}

func orChannel(c string) string {
	if c == "" {
		return "email"
	}
	return c
}

func oneOf[T ~string](n *errs.Error, pointer string, v T, known []T) {
	if !slices.Contains(known, v) {
		n.Add(pointer, "option_unknown", "value", string(v), "options", joined(known))
	}
}

func joined[T ~string](ts []T) string {
	out := make([]string, 0, len(ts))
	for _, t := range ts {
		if t != "" {
			out = append(out, string(t))
		}
	}
	return strings.Join(out, ", ")
}

func checkNumbers(n *errs.Error, f *Fields) {
	if f.HoldoutPercent < 0 || f.HoldoutPercent > MaxHoldout {
		n.Add("/holdoutPercent", "holdout_out_of_range", "max", MaxHoldout)
	}
	if f.StartsAt != nil && f.EndsAt != nil && !f.StartsAt.Before(*f.EndsAt) {
		n.Add("/endsAt", "period_reversed")
	}
	amount(n, "/budget", f.Budget)
	amount(n, "/cost", f.Cost)
	if f.TargetCount < 0 {
		n.Add("/targetCount", "below_minimum", "min", 0)
	}
}

func amount(n *errs.Error, pointer string, m *money.Money) {
	switch {
	case m == nil:
	case m.Currency == "":
		n.Add(pointer+"/currency", "required_missing")
	case m.Amount.IsNegative():
		n.Add(pointer+"/amount", "below_minimum", "min", 0)
	}
}

func checkRefs(n *errs.Error, f *Fields) {
	ref(n, "/segmentId", id.Segment, f.SegmentID)
	ref(n, "/templateId", id.Template, f.TemplateID)
	for _, c := range f.BasedOnIDs {
		ref(n, "/basedOnIds", id.Campaign, c)
	}
}

func ref(n *errs.Error, pointer string, p id.Prefix, v string) {
	if v != "" && !id.Valid(p, v) {
		n.Add(pointer, "reference_invalid")
	}
}
