package lifecycle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/errs"
)

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change func(r *lifecycle.Rules)
		want   string
	}{
		"usual":               {func(*lifecycle.Rules) {}, ""},
		"no potential":        {func(r *lifecycle.Rules) { r.PotentialTopPercent, r.PotentialFrequency = 0, 0 }, ""},
		"not new for a day":   {func(r *lifecycle.Rules) { r.NewDays = 0 }, "/lifecycle/newDays:below_minimum"},
		"for 11 years":        {func(r *lifecycle.Rules) { r.DormantDays = 4000 }, "/lifecycle/dormantDays:above_maximum"},
		"nobody of value":     {func(r *lifecycle.Rules) { r.HighTopPercent = 0 }, "/lifecycle/highTopPercent:below_minimum"},
		"more than all":       {func(r *lifecycle.Rules) { r.PotentialTopPercent = 101 }, "/lifecycle/potentialTopPercent:above_maximum"},
		"F of 1 is everybody": {func(r *lifecycle.Rules) { r.PotentialFrequency = 1 }, "/lifecycle/potentialFrequency:below_minimum"},
		"surer than sure":     {func(r *lifecycle.Rules) { r.DormantBelow = 1.1 }, "/lifecycle/dormantBelow:above_maximum"},
		"words":               {func(r *lifecycle.Rules) { r.HighBy, r.DormantBy, r.Withdrawn = "size", "mood", "" }, "/lifecycle/highBy:option_unknown /lifecycle/dormantBy:option_unknown /lifecycle/withdrawn:option_unknown"},
		"a long tag":          {func(r *lifecycle.Rules) { r.ForcedTags = []string{strings.Repeat("가", 101)} }, "/lifecycle/forcedTags:too_long"},
		"many tags":           {manyTags, "/lifecycle/forcedTags:items_too_many"},
	} {
		t.Run(name, func(t *testing.T) {
			r := lifecycle.Usual()
			c.change(&r)
			e := &errs.Error{Kind: errs.Invalid, Code: "validation_failed"}
			r.Check(e, "/lifecycle")
			got := ""
			if err := e.OrNil(); err != nil {
				got = strings.TrimPrefix(err.Error(), "validation_failed ")
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func manyTags(r *lifecycle.Rules) {
	for i := range 21 {
		r.ForcedTags = append(r.ForcedTags, fmt.Sprint(i))
	}
}

func TestCheckTidiesTags(t *testing.T) {
	r := lifecycle.Usual()
	r.ForcedTags = []string{" 미납 ", "", "미납", "blocked"}
	r.Check(&errs.Error{}, "")
	if !slices.Equal(r.ForcedTags, []string{"미납", "blocked"}) {
		t.Errorf("got %q", r.ForcedTags)
	}
}
