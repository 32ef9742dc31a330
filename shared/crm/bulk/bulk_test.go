package bulk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

func to(s string) *string { return &s }

// refusals are the fields of a refusal with their codes.
func refusals(err error) string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return ""
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Pointer+":"+f.Code)
	}
	return strings.Join(out, " ")
}

func TestWhoIsNamedInOneWay(t *testing.T) {
	for name, c := range map[string]struct {
		who  bulk.Who
		want string
	}{
		"by ids":               {bulk.Who{IDs: []string{"cus_1"}}, ""},
		"a filter":             {bulk.Who{Filter: "kind eq business"}, ""},
		"a search":             {bulk.Who{Search: "kim"}, ""},
		"a filter and search":  {bulk.Who{Filter: "kind eq business", Search: "kim"}, ""},
		"all":                  {bulk.Who{All: true}, ""},
		"nobody":               {bulk.Who{Filter: "  "}, ":bulk_who"},
		"ids and a filter":     {bulk.Who{IDs: []string{"cus_1"}, Filter: "kind eq business"}, ":bulk_who"},
		"a search and all too": {bulk.Who{Search: "kim", All: true}, ":bulk_who"},
	} {
		if got := refusals(c.who.Check()); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAChangeIsHeldToTheRulesOfACustomer(t *testing.T) {
	long := strings.Repeat("가", 65)
	for name, c := range map[string]struct {
		change bulk.Change
		want   string
	}{
		"tags":                   {bulk.Change{AddTags: []string{" vip ", "VIP"}}, ""},
		"an owner taken away":    {bulk.Change{OwnerID: to("")}, ""},
		"archive":                {bulk.Change{Archive: true}, ""},
		"nothing":                {bulk.Change{}, ":bulk_what"},
		"tags of blanks":         {bulk.Change{AddTags: []string{" "}}, ":bulk_what"},
		"a tag that is too long": {bulk.Change{AddTags: []string{"vip", long}}, "/addTags/1:value_too_long"},
		"one to be removed":      {bulk.Change{RemoveTags: []string{long}}, "/removeTags/0:value_too_long"},
		"an owner, a stage":      {bulk.Change{OwnerID: to(long), LifecycleStage: to(long)}, "/ownerId:value_too_long /lifecycleStage:value_too_long"},
		"on and off":             {bulk.Change{AddTags: []string{"vip"}, RemoveTags: []string{"Vip"}}, "/removeTags:bulk_tag_both"},
	} {
		is, err := c.change.Normalise()
		if got := refusals(err); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if name == "tags" && !slices.Equal(is.AddTags, []string{"vip"}) {
			t.Errorf("got tags %q", is.AddTags)
		}
	}
}

func TestATagIsAddedAndTakenOnce(t *testing.T) {
	for _, c := range []struct{ were, add, remove, want string }{
		{"", "vip", "", "vip"},
		{"a b", "vip", "", "a b vip"},
		{"a VIP", "vip", "", "a VIP"},
		{"a Old b", "vip", "old", "a b vip"},
		{"a b", "", "old", "a b"},
		{"old", "", "OLD", ""},
	} {
		was := &customer.Customer{ID: "cus_1", Fields: customer.Fields{Tags: strings.Fields(c.were)}}
		change := bulk.Change{AddTags: strings.Fields(c.add), RemoveTags: strings.Fields(c.remove)}
		is, err := change.Apply(was)
		if err != nil || strings.Join(is.Tags, " ") != c.want || strings.Join(was.Tags, " ") != c.were {
			t.Errorf("%+v: got %q, %v; before them now %q", c, is.Tags, err, was.Tags)
		}
		if _, changed := bulk.Between(was, is, false); changed != (c.were != c.want) {
			t.Errorf("%+v: changed %v", c, changed)
		}
	}
}

func TestWhoeverMayNotBeChanged(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	full := customer.Fields{}
	for i := range customer.MaxTags {
		full.Tags = append(full.Tags, fmt.Sprint(i))
	}
	tag, archive := bulk.Change{AddTags: []string{"vip"}}, bulk.Change{Archive: true}
	for name, c := range map[string]struct {
		was    *customer.Customer
		change bulk.Change
		want   string
	}{
		"nobody":                     {nil, tag, "customer_not_found"},
		"merged":                     {&customer.Customer{ArchivedAt: &now, MergedInto: "cus_2"}, archive, "customer_merged"},
		"archived":                   {&customer.Customer{ArchivedAt: &now}, tag, "customer_archived"},
		"archived, to be archived":   {&customer.Customer{ArchivedAt: &now}, archive, ""},
		"with as many tags as go":    {&customer.Customer{Fields: full}, tag, "validation_failed"},
		"with one of them exchanged": {&customer.Customer{Fields: full}, bulk.Change{AddTags: []string{"vip"}, RemoveTags: []string{"7"}}, ""},
	} {
		if _, err := c.change.Apply(c.was); errs.Code(err) != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// What is put back, and what is kept since someone changed it; what was put back already by an undo that was cut short counts as put back.
func TestAnEntryIsTakenBackFieldByField(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	was := &customer.Customer{ID: "cus_1", Fields: customer.Fields{Tags: []string{"old"}, OwnerID: "usr_1"}}
	change := bulk.Change{AddTags: []string{"vip"}, OwnerID: to("usr_2"), LifecycleStage: to("regular")}
	is, err := change.Apply(was)
	if err != nil {
		t.Fatal(err)
	}
	entry, _ := bulk.Between(was, is, false)
	for name, c := range map[string]struct {
		since func(*customer.Customer)
		want  string
	}{
		"nothing since":      {func(*customer.Customer) {}, "[old] usr_1  kept false"},
		"another field":      {func(c *customer.Customer) { c.Name = "새 이름" }, "[old] usr_1  kept false"},
		"the tags":           {func(c *customer.Customer) { c.Tags = append(slices.Clone(c.Tags), "more") }, "[old vip more] usr_1  kept true"},
		"owner and stage":    {func(c *customer.Customer) { c.OwnerID, c.LifecycleStage = "usr_3", "" }, "[old] usr_3  kept true"},
		"put back already":   {func(c *customer.Customer) { c.Fields = was.Fields }, "[old] usr_1  kept false"},
		"archived by others": {func(c *customer.Customer) { c.ArchivedAt = &now }, "customer_archived"},
	} {
		then := *is
		c.since(&then)
		back, kept, err := entry.TakeBack(&then)
		got := errs.Code(err)
		if err == nil {
			got = fmt.Sprint(back.Tags, " ", back.OwnerID, " ", back.LifecycleStage, " kept ", kept)
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
