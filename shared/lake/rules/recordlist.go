package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Records is a kind of record of which there are lists by its own fields alone.
type Records struct {
	Fields   *segment.RecordFields
	subject  string
	states   []state  // fields of another subject
	searched []string // texts in which a word is looked for
	initial  []string // those that are also found by initial consonants
	phone    bool     // digits are looked for in it
}

// state is a field that stands in another subject under the record's id.
type state struct {
	subject, column string
	field           string // as the record's fields name it
	otherwise       string // a text for records of which there is nothing there yet
}

// Leads are those of the lake.
var Leads = Records{Fields: segment.Leads, subject: "leads", searched: []string{"name", "company", "email"}, initial: []string{"name", "company"}, phone: true}

// Campaigns are those of the lake, with where they stand: one that has not been heard of is a draft.
var Campaigns = Records{Fields: segment.Campaigns, subject: "campaigns", searched: []string{"name", "description"}, initial: []string{"name"}, states: []state{
	{"campaignStates", "status", "status", "draft"}, {"campaignStates", "statusReason", "statusReason", ""},
	{"campaignStates", "launchedAt", "launchedAt", ""}, {"campaignStates", "finishedAt", "finishedAt", ""}, {"campaignStates", "frozen.audience", "audience", ""},
}}

// kinds are all of which there are such lists.
var kinds = []Records{Leads, Campaigns}

// InitialOf names the texts of a subject that are also found by initial consonants; the runner keeps these beside the text. A subject has none, or its texts
// are kept as they are compared too.
func InitialOf(subject string) []string {
	if subject == "customers" {
		return Initial()
	}
	for _, of := range kinds {
		if of.subject == subject {
			return of.initial
		}
	}
	return nil
}

// RecordList is a page of the records that meet a rule over their fields and are found by a text.
type RecordList struct {
	Of     Records
	Rule   segment.Rule
	Search string // words, all of which must be found
	Sort   []Sort // then by id, in the direction of the first
	Limit  int
	After  *Place
}

// Statement answers as that of List does, with records for customers.
func (l RecordList) Statement(w World) (sqltext.Statement, error) {
	c, list := newCompiler(w), List{Sort: l.Sort, Limit: l.Limit, After: l.After}
	r := recordCompiler{c, l.Of}
	condition := r.rule(l.Rule) + r.searches(l.Search)
	keys := list.keysBy(c, r.sortable)
	everything := condition == "true"
	c.with = append(c.with, "found AS "+materialized(!everything)+" (SELECT r.id AS id"+named(keys)+" FROM "+r.from()+" WHERE "+condition+")", list.page(c, keys))
	total := "SELECT count(*) AS total FROM found"
	if everything {
		total = "SELECT count(*) AS total FROM " + r.from()
	}
	return list.paged(c, keys, total), c.err
}

// RecordGroups counts the records that meet a rule and are found by a text, by a field: as Groups counts customers. They are worth nothing.
type RecordGroups struct {
	Of     Records
	Rule   segment.Rule
	Search string
	By     string
	Limit  int
}

// Statement answers as that of Groups does.
func (g RecordGroups) Statement(w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	r := recordCompiler{c, g.Of}
	condition := r.rule(g.Rule) + r.searches(g.Search)
	by := r.groupable(g.By)
	if by.key == "" {
		return sqltext.Statement{}, unknownField(g.By)
	}
	c.with = append(c.with, "found AS MATERIALIZED (SELECT "+by.key+" AS same, "+by.label+" AS label, CAST(NULL AS DECIMAL(18, 4)) AS worth FROM "+r.from()+" WHERE "+condition+")")
	return c.grouped(by, g.Limit), c.err
}

// Sortable says whether lists of these records can be sorted by a field.
func (of Records) Sortable(w World, path string) bool {
	value, _ := recordCompiler{newCompiler(w), of}.sortable(path)
	return value != ""
}

// Groupable says whether these records can be counted by a field.
func (of Records) Groupable(w World, path string) bool {
	return recordCompiler{newCompiler(w), of}.groupable(path).key != ""
}

// Versions answers with the id and the version of those of some records that the lake has.
func Versions(subject string, ids []string) sqltext.Statement {
	c := newCompiler(World{})
	return sqltext.Statement{SQL: "SELECT r.id, r._v FROM " + sqltext.Ident(subject) + " r WHERE r.id IN (" + c.listed(ids) + ")", Args: c.Values.List()}
}

// recordCompiler writes a statement about the record r.
type recordCompiler struct {
	*compiler
	of Records
}

func (r recordCompiler) from() string {
	if len(r.of.states) == 0 {
		return sqltext.Ident(r.of.subject) + " r"
	}
	columns := "own.*"
	for _, s := range r.of.states {
		columns += ", " + r.stateOf(s)
	}
	other := sqltext.Ident(r.of.states[0].subject)
	return "(SELECT " + columns + " FROM " + sqltext.Ident(r.of.subject) + " own LEFT JOIN " + other + " also ON also.id = own.id) r"
}

// stateOf shows a field of the other subject as if it stood in the record; texts folded too, as the runner keeps them of the record's own.
func (r recordCompiler) stateOf(s state) string {
	value := "also." + sqltext.Ident(s.column)
	if s.otherwise != "" {
		value = "coalesce(" + value + ", " + r.Bind(s.otherwise) + ")"
	}
	out := value + " AS " + sqltext.Ident(s.field)
	if f, _ := r.of.Fields.At(s.field); f.Type == segment.Text {
		out += ", " + sqltext.Fold(value) + " AS " + sqltext.Ident(sqltext.Folded(s.field))
	}
	return out
}

func (r recordCompiler) column(path string) string {
	return "r." + sqltext.Ident(r.of.Fields.Name(path))
}

// folded is a text as it is compared: the runner keeps it beside the text, but for ids.
func (r recordCompiler) folded(path string) string {
	name := r.of.Fields.Name(path)
	if name == "id" {
		return sqltext.Fold(r.column(path))
	}
	return "r." + sqltext.Ident(sqltext.Folded(name))
}

func (r recordCompiler) rule(rule segment.Rule) string {
	switch n := rule.Node.(type) {
	case segment.All:
		return joined(n, r.rule, " AND ", "true")
	case segment.Any:
		return joined(n, r.rule, " OR ", "false")
	case segment.Not:
		return isNot(r.rule(n.Rule))
	case segment.Field:
		return r.field(n)
	default:
		return r.broken()
	}
}

func (r recordCompiler) field(n segment.Field) string {
	f, _ := r.of.Fields.At(n.Path)
	switch f.Type {
	case segment.Text:
		return r.text(n, r.folded(f.Path), r.column(f.Path))
	case segment.Number:
		return r.number(n, r.column(f.Path))
	case segment.Money:
		return r.money(n, r.column(amount(f.Path)), r.column(currency(f.Path)))
	case segment.Date:
		return r.moment(n, r.column(f.Path))
	default:
		return r.broken()
	}
}

func (r recordCompiler) searches(text string) (conditions string) {
	for _, word := range strings.Fields(text) {
		conditions += " AND " + r.search(word)
	}
	return conditions
}

func (r recordCompiler) search(word string) string {
	value := r.Bind(segment.Fold(word))
	if sqltext.IsInitials(word) {
		return joined(r.of.initial, func(column string) string { return contains("r", sqltext.Initials(column), value) }, " OR ", "false")
	}
	conditions := make([]string, 0, len(r.of.searched)+1)
	for _, column := range r.of.searched {
		conditions = append(conditions, contains("r", sqltext.Folded(column), value))
	}
	if digits := phoneDigits(word); digits != "" && r.of.phone {
		conditions = append(conditions, "contains(r.phone, "+r.Bind(digits)+")")
	}
	return either(conditions)
}

func (r recordCompiler) sortable(path string) (value, kind string) {
	f, _ := r.of.Fields.At(path)
	switch f.Type {
	case segment.Text:
		return "nullif(" + r.folded(f.Path) + ", '')", "VARCHAR"
	case segment.Number:
		return r.column(f.Path), "DOUBLE"
	case segment.Money:
		return r.column(amount(f.Path)), "DECIMAL(38, 4)"
	case segment.Date:
		return r.column(f.Path), "TIMESTAMP"
	default:
		return "", ""
	}
}

func (r recordCompiler) groupable(path string) grouping {
	f, _ := r.of.Fields.At(path)
	switch f.Type {
	case segment.Text:
		return grouping{key: "nullif(" + r.folded(f.Path) + ", '')", label: "nullif(" + r.column(f.Path) + ", '')"}
	case segment.Number:
		return alikeNumber(r.column(f.Path))
	case segment.Date:
		return alike(r.monthOf(r.column(f.Path)))
	default:
		return grouping{}
	}
}
