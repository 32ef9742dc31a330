package dictionary_test

import (
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/rules"
)

// What a segment's rule may come to read must be there, of a type that compares as the rule does.
func TestEveryColumnThatRulesReadIsInTheDictionary(t *testing.T) {
	asked := rules.Columns()
	if len(asked) < 40 {
		t.Fatalf("got %d columns of rules", len(asked))
	}
	for _, a := range asked {
		s, ok := dictionary.Find(a.Subject)
		i := slices.IndexFunc(s.Columns(), func(c dictionary.Column) bool { return c.Name == a.Name })
		if !ok || i < 0 {
			t.Errorf("rules read %s.%s, which is not in the dictionary", a.Subject, a.Name)
			continue
		}
		if got := s.Columns()[i].Type.DuckDB(); got != a.Type && (got != "BIGINT" || a.Type != "DOUBLE") {
			t.Errorf("%s.%s: the dictionary says %s, rules read %s", a.Subject, a.Name, got, a.Type)
		}
	}
}

func TestTheDictionaryIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range dictionary.Subjects() {
		if seen[s.Name] || s.Meaning.Korean == "" || s.Meaning.English == "" {
			t.Errorf("%s stands twice, or means nothing", s.Name)
		}
		seen[s.Name] = true
		columns := map[string]dictionary.Type{}
		for _, c := range s.Columns() {
			if _, twice := columns[c.Name]; twice || !slices.Contains(dictionary.Types(), c.Type) {
				t.Errorf("%s.%s stands twice, or is a %q", s.Name, c.Name, c.Type)
			}
			columns[c.Name] = c.Type
		}
		for _, f := range slices.Concat(dictionary.Kept(), s.Fields) {
			if f.Meaning.Korean == "" || f.Meaning.English == "" || f.Source == "" {
				t.Errorf("%s.%s has no meaning in both languages, or no source", s.Name, f.Name)
			}
			if measured := f.Type == dictionary.Integer || f.Type == dictionary.Number || f.Type == dictionary.Money; measured && f.Unit == "" && f.Name != "_v" {
				t.Errorf("%s.%s is a figure without a unit", s.Name, f.Name)
			}
		}
		if s.Partitioned != (columns[s.By] == dictionary.Moment) || s.Sort[len(s.Sort)-1] != "id" {
			t.Errorf("%s is partitioned by %q and sorted by %q", s.Name, s.By, s.Sort)
		}
		for _, by := range s.Sort {
			if columns[by] != dictionary.Text {
				t.Errorf("%s is sorted by %s, which is no text", s.Name, by)
			}
		}
	}
	if _, ok := dictionary.Find("tickets"); ok {
		t.Error("there are tickets")
	}
}

// Names, addresses and the like of customers and in messages are marked, and so is whatever leads to a customer.
func TestWhatIsAboutAPersonIsMarked(t *testing.T) {
	about := []string{"customerId", "name", "email", "phone", "birthDate", "gender", "address", "address.line1", "address.city", "address.postalCode", "externalId", "data"}
	others := []string{"campaigns.name", "orders.externalId", "orderLines.name"}
	for _, s := range dictionary.Subjects() {
		for _, f := range s.Fields {
			if want := slices.Contains(about, f.Name) && !slices.Contains(others, s.Name+"."+f.Name); want && !f.PII {
				t.Errorf("%s.%s is about a person and not marked", s.Name, f.Name)
			}
		}
	}
}

func TestCustomFieldsOfAWorkspace(t *testing.T) {
	var defined customfield.Set
	for _, kind := range customfield.Types() {
		defined.Fields = append(defined.Fields, customfield.Field{Key: string(kind), Type: kind, Label: customfield.Label{Korean: "항목"}})
	}
	got := map[string]string{}
	for _, c := range dictionary.ColumnsOf(dictionary.Custom(defined)) {
		got[c.Name] = c.Type.DuckDB()
	}
	want := map[string]string{"custom.text": "VARCHAR", "custom.number": "DOUBLE", "custom.money.amount": "DECIMAL(18,4)", "custom.money.currency": "VARCHAR",
		"custom.date": "VARCHAR", "custom.choice": "VARCHAR", "custom.choices.items": "VARCHAR[]", "custom.yesNo": "BOOLEAN", "custom.link": "VARCHAR"}
	for name, kind := range want {
		if got[name] != kind {
			t.Errorf("%s: got %q, want %s", name, got[name], kind)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
}
