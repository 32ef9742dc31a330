package customfield_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customfield"
)

func named(key string, t customfield.Type) customfield.Field {
	return customfield.Field{Key: key, Type: t, Label: customfield.Label{Korean: key}}
}

func grades(keys ...string) (out []customfield.Option) {
	for _, k := range keys {
		name, archived := strings.CutPrefix(k, "-")
		out = append(out, customfield.Option{Key: name, Label: customfield.Label{Korean: name + "등급"}, Archived: archived})
	}
	return out
}

// shop has a field of each type, and an archived one.
func shop(t *testing.T) *customfield.Set {
	t.Helper()
	memberNo, grade, likes, joined, deposit := named("memberNo", customfield.Text), named("grade", customfield.Choice), named("likes", customfield.Choices),
		named("joined", customfield.Date), named("deposit", customfield.Money)
	memberNo.Unique, grade.Choices, grade.Default, likes.Choices, joined.Required, deposit.Currency = true, grades("a", "b", "-old"), "b", grades("tea", "coffee", "-milk"), true, "KRW"
	set := &customfield.Set{}
	for _, f := range []customfield.Field{memberNo, grade, likes, joined, deposit, named("visits", customfield.Number), named("vip", customfield.YesNo), named("site", customfield.Link), named("gone", customfield.Text)} {
		if err := set.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	set.At("gone").Archived = true
	return set
}

func said(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(err.Error(), "validation_failed ")
}

func text(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

type custom = map[string]any

func TestADefinitionMustBeWhole(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*customfield.Field)
		want   string
	}{
		"a text":                        {func(*customfield.Field) {}, ""},
		"an English label alone":        {func(f *customfield.Field) { f.Label = customfield.Label{English: "Size"} }, ""},
		"no label":                      {func(f *customfield.Field) { f.Label = customfield.Label{Korean: " "} }, "/label:required_missing"},
		"a label of 61":                 {func(f *customfield.Field) { f.Label.Korean = strings.Repeat("가", 61) }, "/label/ko:too_long"},
		"a key with a blank":            {func(f *customfield.Field) { f.Key = "shoe size" }, "/key:custom_key_invalid"},
		"a type that is none":           {func(f *customfield.Field) { f.Type = "colour" }, "/type:option_unknown"},
		"money without a currency":      {func(f *customfield.Field) { f.Type = customfield.Money }, "/currency:currency_unknown"},
		"a choice of nothing":           {func(f *customfield.Field) { f.Type = customfield.Choice }, "/choices:required_missing"},
		"a choice of what is archived":  {func(f *customfield.Field) { f.Type, f.Choices = customfield.Choice, grades("-a") }, "/choices:required_missing"},
		"a choice twice":                {func(f *customfield.Field) { f.Type, f.Choices = customfield.Choice, grades("a", "a") }, "/choices/1/key:items_repeated"},
		"a choice without a key":        {func(f *customfield.Field) { f.Type, f.Choices = customfield.Choices, grades("") }, "/choices/0/key:required_missing"},
		"a unique yes or no":            {func(f *customfield.Field) { f.Type, f.Unique = customfield.YesNo, true }, "/unique:custom_unique_unfit"},
		"unique with a default":         {func(f *customfield.Field) { f.Unique, f.Default = true, "x" }, "/default:custom_default_unique"},
		"a default of another type":     {func(f *customfield.Field) { f.Type, f.Default = customfield.Number, "many" }, "/default:number_invalid"},
		"a default that is not offered": {func(f *customfield.Field) { f.Type, f.Choices, f.Default = customfield.Choice, grades("a", "-b"), "b" }, "/default:custom_choice_archived"},
	} {
		t.Run(name, func(t *testing.T) {
			f := named("size", customfield.Text)
			c.change(&f)
			if got := said(f.Check()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDefinitionsHaveBounds(t *testing.T) {
	many := func(n int, change func(*customfield.Field)) error {
		set := &customfield.Set{}
		for i := range n {
			f := named("f"+strconv.Itoa(i), customfield.Text)
			change(&f)
			if err := set.Add(f); err != nil {
				return err
			}
		}
		return nil
	}
	full := func(f *customfield.Field) {
		f.Type = customfield.Choice
		for i := range customfield.MaxChoices {
			f.Choices = append(f.Choices, customfield.Option{Key: strconv.Itoa(i)})
		}
	}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"100 fields":         {many(100, func(*customfield.Field) {}), ""},
		"101 fields":         {many(101, func(*customfield.Field) {}), "custom_fields_full"},
		"with archived ones": {many(150, func(f *customfield.Field) { f.Archived = true }), ""},
		"11 unique fields":   {many(11, func(f *customfield.Field) { f.Unique = true }), "custom_fields_unique_full /unique:custom_fields_unique_full"},
		"10,000 choices":     {many(50, full), "custom_fields_large"},
	} {
		if got := said(c.err); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestTheOrderNamesEveryField(t *testing.T) {
	for name, c := range map[string]struct{ keys, want string }{
		"another order": {"c a b", ""},
		"one missing":   {"c a", "/keys:custom_order_incomplete"},
		"one twice":     {"c a a", "/keys:custom_order_incomplete"},
		"one unknown":   {"c a d", "/keys:custom_order_incomplete"},
	} {
		set := &customfield.Set{Fields: []customfield.Field{named("a", customfield.Text), named("b", customfield.Text), named("c", customfield.Text)}}
		if got := said(set.Order(strings.Fields(c.keys))); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if c.want == "" && set.Fields[0].Key != "c" || c.want != "" && set.Fields[0].Key != "a" {
			t.Errorf("%s: got %v first", name, set.Fields[0].Key)
		}
	}
}

func TestANewCustomerMeetsTheDefinitions(t *testing.T) {
	for name, c := range map[string]struct {
		in   custom
		want string // the fields that are stored, or what is refused
	}{
		"the default":                 {custom{"joined": "2026-03-01"}, `{"grade":"b","joined":"2026-03-01"}`},
		"something instead of it":     {custom{"joined": "2026-03-01", "grade": "a"}, `{"grade":"a","joined":"2026-03-01"}`},
		"a key that nobody defined":   {custom{"joined": "2026-03-01", "shoe": 270.0}, `{"grade":"b","joined":"2026-03-01","shoe":270}`},
		"an amount as a number":       {custom{"joined": "2026-03-01", "deposit": 5000.0}, `{"deposit":{"amount":"5000","currency":"KRW"},"grade":"b","joined":"2026-03-01"}`},
		"an amount of another land":   {custom{"joined": "2026-03-01", "deposit": custom{"amount": "7.5", "currency": "USD"}}, `{"deposit":{"amount":"7.50","currency":"USD"},"grade":"b","joined":"2026-03-01"}`},
		"choices in their order":      {custom{"joined": "2026-03-01", "likes": []string{"coffee", "tea", "tea"}}, `{"grade":"b","joined":"2026-03-01","likes":["tea","coffee"]}`},
		"an empty text is no value":   {custom{"joined": "2026-03-01", "site": ""}, `{"grade":"b","joined":"2026-03-01"}`},
		"yes":                         {custom{"joined": "2026-03-01", "vip": true, "visits": 3.0}, `{"grade":"b","joined":"2026-03-01","vip":true,"visits":3}`},
		"without what is required":    {custom{}, "/custom/joined:required_missing"},
		"empty is without":            {custom{"joined": ""}, "/custom/joined:required_missing"},
		"a day that is none":          {custom{"joined": "2026-02-30"}, "/custom/joined:date_invalid"},
		"a number in words":           {custom{"joined": "2026-03-01", "visits": "three"}, "/custom/visits:number_invalid"},
		"a text where yes is asked":   {custom{"joined": "2026-03-01", "vip": "yes"}, "/custom/vip:yes_no_invalid"},
		"a script as a link":          {custom{"joined": "2026-03-01", "site": "javascript:alert(1)"}, "/custom/site:web_link_invalid"},
		"a link without a host":       {custom{"joined": "2026-03-01", "site": "https:///x"}, "/custom/site:web_link_invalid"},
		"a choice that is none":       {custom{"joined": "2026-03-01", "grade": "z"}, "/custom/grade:option_unknown"},
		"a choice no longer offered":  {custom{"joined": "2026-03-01", "grade": "old"}, "/custom/grade:custom_choice_archived"},
		"one of several that is none": {custom{"joined": "2026-03-01", "likes": []string{"tea", "milk"}}, "/custom/likes/1:custom_choice_archived"},
		"an archived field":           {custom{"joined": "2026-03-01", "gone": "x"}, "/custom/gone:custom_field_archived"},
		"a unique text of 201":        {custom{"joined": "2026-03-01", "memberNo": strings.Repeat("a", 201)}, "/custom/memberNo:value_too_long"},
		"everything wrong at once":    {custom{"visits": true, "deposit": "much"}, "/custom/deposit:money_invalid /custom/visits:number_invalid /custom/joined:required_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			before := text(c.in)
			got, err := shop(t).New(c.in)
			if is := said(err); err != nil && is != c.want || err == nil && text(got) != c.want {
				t.Errorf("got %s %s, want %s", text(got), is, c.want)
			}
			if text(c.in) != before {
				t.Errorf("the input became %s", text(c.in))
			}
		})
	}
}

// Existing data stay: what a change does not touch is never refused.
func TestAChangeIsHeldAgainstWhatItChanges(t *testing.T) {
	for name, c := range map[string]struct {
		was, now custom
		want     string
	}{
		"a required field that was never there": {custom{}, custom{"visits": 1.0}, `{"visits":1}`},
		"a required field taken away":           {custom{"joined": "2026-03-01"}, custom{}, "/custom/joined:required_missing"},
		"a date from before the definition":     {custom{"joined": "March"}, custom{"joined": "March", "visits": 1.0}, `{"joined":"March","visits":1}`},
		"a choice that is no longer offered":    {custom{"grade": "old"}, custom{"grade": "old", "visits": 1.0}, `{"grade":"old","visits":1}`},
		"is left for good":                      {custom{"grade": "a"}, custom{"grade": "old"}, "/custom/grade:custom_choice_archived"},
		"beside others":                         {custom{"likes": []any{"milk"}}, custom{"likes": []any{"milk", "tea"}}, `{"likes":["tea","milk"]}`},
		"a value of an archived field stays":    {custom{"gone": "x"}, custom{"gone": "x", "visits": 1.0}, `{"gone":"x","visits":1}`},
		"or goes":                               {custom{"gone": "x"}, custom{"visits": 1.0}, `{"visits":1}`},
		"but does not change":                   {custom{"gone": "x"}, custom{"gone": "y"}, "/custom/gone:custom_field_archived"},
		"no default comes in":                   {custom{"visits": 1.0}, custom{"visits": 2.0}, `{"visits":2}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := shop(t).Change(c.was, c.now)
			if is := said(err); err != nil && is != c.want || err == nil && text(got) != c.want {
				t.Errorf("got %s %s, want %s", text(got), is, c.want)
			}
		})
	}
}

func TestUniqueValuesAreHeldOnce(t *testing.T) {
	set := shop(t)
	for _, c := range []struct {
		in   custom
		want string
	}{
		{custom{"memberNo": "A-1", "visits": 3.0}, `{"memberNo":"A-1"}`},
		{custom{"visits": 3.0}, `null`},
		{custom{"memberNo": []any{"of before"}}, `null`},
	} {
		if got := text(set.Holds(c.in)); got != c.want {
			t.Errorf("%s: got %s, want %s", text(c.in), got, c.want)
		}
	}
	was := custom{"memberNo": "A-1"}
	if got := text(set.Keeps(was, nil, custom{"memberNo": "A-1", "visits": 1.0})); got != `{}` {
		t.Errorf("a value that another has: got %s, want it left alone", got)
	}
	if got := text(set.Keeps(was, nil, custom{"memberNo": "A-2"})); got != `{"memberNo":"A-2"}` {
		t.Errorf("a new value: got %s", got)
	}
	if got := text(set.Keeps(was, map[string]string{"memberNo": "A-1"}, was)); got != `{"memberNo":"A-1"}` {
		t.Errorf("a value that was kept: got %s", got)
	}
}
