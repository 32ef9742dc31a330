// Package quality asks the lake how good the customers' data is: which fields are filled and plausible, by how the customers came, who has not been heard of for
// long, and which records are likely to be one person. It is statements with bound values; customers who were archived are in none of them.
package quality

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Problem is what can be wrong with a field.
type Problem string

// The problems. Stale is one of the whole record: see Record.
const (
	Missing Problem = "missing"
	Invalid Problem = "invalid"
	Stale   Problem = "stale"
)

// Record stands for the customer as a whole where a field is named.
const Record = "record"

// Source is how a customer came.
type Source string

// The sources: a file, a converted lead, a program with a key, a person at the console, the sample data, anything else.
const (
	Import  Source = "import"
	Lead    Source = "lead"
	API     Source = "api"
	Console Source = "console"
	Sample  Source = "sample"
	Other   Source = "other"
)

// Sources lists them, in the order that screens show.
var Sources = []Source{Import, API, Console, Lead, Sample, Other}

// field is one that is looked at: when it is filled, and when what it holds cannot be right. "" is never.
type field struct{ name, filled, wrong string }

// An e-mail has one @ with a dotted name behind it; a phone number is E.164 (ITU-T: a plus and at most 15 digits); a birth date lies within 120 years before now;
// a country is two letters, a postal code has a digit.
var fields = []field{
	{"name", text("name"), `NOT regexp_matches(name, '\p{L}')`},
	{"email", text("email"), `NOT regexp_full_match(email, '[^@\s]+@[^@\s.]+(\.[^@\s.]+)+')`},
	{"phone", text("phone"), `NOT regexp_full_match(phone, '\+[1-9][0-9]{6,14}')`},
	{"birthDate", `"birthDate" IS NOT NULL`, `("birthDate" > {today} OR "birthDate" < {today} - INTERVAL 120 YEAR)`},
	{"gender", text("gender"), ""},
	{"address.line1", text("address.line1"), ""},
	{"address.city", text("address.city"), ""},
	{"address.postalCode", text("address.postalCode"), `NOT regexp_matches("address.postalCode", '[0-9]')`},
	{"address.country", text("address.country"), `NOT regexp_full_match("address.country", '[A-Z]{2}')`},
	{"externalId", text("externalId"), ""},
	{"consents.email.marketing", text("consents.email.marketing"), ""},
}

func text(column string) string { return "coalesce(" + sqltext.Ident(column) + ", '') <> ''" }

// Fields lists the fields that are looked at, in the order of Figures.
func Fields() []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.name
	}
	return out
}

// World is what the statements need to know.
type World struct {
	Now         time.Time
	Zone        *time.Location
	StaleMonths int // after how many months without a change, an order or any other event a record is stale
}

// writer collects the values of a statement.
type writer struct {
	sqltext.Values
	World
}

// people are the living customers, each with a source and whether they are stale. A customer came by the first of the entries that tell of it.
func (w *writer) people() string {
	cut := w.Bind(w.Now.AddDate(0, -w.StaleMonths, 0).UTC())
	return `came AS (SELECT "customerId", arg_min(type, "at") AS how, arg_min(coalesce(actor, ''), "at") AS who FROM events WHERE type IN ('profileCreated', 'imported', 'leadConverted') GROUP BY 1), ` +
		`seen AS (SELECT DISTINCT "customerId" FROM (SELECT "customerId" FROM orders WHERE "orderedAt" >= ` + cut + ` UNION ALL SELECT "customerId" FROM events WHERE "at" >= ` + cut + `)), ` +
		`people AS (SELECT c.*, CASE WHEN c.sample THEN 'sample' WHEN how = 'imported' OR how IS NULL AND c."origin.importId" IS NOT NULL THEN 'import' WHEN how = 'leadConverted' THEN 'lead' ` +
		`WHEN starts_with(who, 'key_') THEN 'api' WHEN starts_with(who, 'usr_') THEN 'console' ELSE 'other' END AS source, ` +
		`c."updatedAt" < ` + cut + ` AND NOT EXISTS (SELECT 1 FROM seen WHERE seen."customerId" = c.id) AS stale ` +
		`FROM customers c LEFT JOIN came ON came."customerId" = c.id WHERE c."archivedAt" IS NULL)`
}

// done finishes a statement: the day of the workspace is bound where a condition names it.
func (w *writer) done(sql string) sqltext.Statement {
	if strings.Contains(sql, "{today}") {
		day := "CAST(" + w.Bind(w.Now.In(w.Zone).Format(time.DateOnly)) + " AS DATE)"
		sql = strings.ReplaceAll(sql, "{today}", day)
	}
	return sqltext.Statement{SQL: sql, Args: w.List()}
}

// Figures answers with a row for each source: the source, its customers, how many are stale, and for each of Fields how many have it and how many of those hold
// what cannot be right.
func Figures(world World) sqltext.Statement {
	w := &writer{World: world}
	counts := []string{"source", "count(*)", "count(*) FILTER (stale)"}
	for _, f := range fields {
		counts = append(counts, "count(*) FILTER ("+f.filled+")", "count(*) FILTER ("+f.filled+" AND "+f.broken()+")")
	}
	return w.done("WITH " + w.people() + " SELECT " + strings.Join(counts, ", ") + " FROM people GROUP BY source ORDER BY source")
}

func (f field) broken() string {
	if f.wrong == "" {
		return "false"
	}
	return f.wrong
}

// Known says whether a problem of a field is looked at.
func Known(name string, p Problem) bool {
	if name == Record {
		return p == Stale
	}
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	return i >= 0 && (p == Missing || p == Invalid && fields[i].wrong != "")
}

// Work answers with the ids of the customers of a source ("" is all) with a problem that is Known, in order, behind an id ("" is the beginning).
func Work(world World, name string, p Problem, source Source, after string, limit int) sqltext.Statement {
	w := &writer{World: world}
	condition := "stale"
	if i := slices.IndexFunc(fields, func(f field) bool { return f.name == name }); i >= 0 {
		condition = "NOT (" + fields[i].filled + ")"
		if p == Invalid {
			condition = fields[i].filled + " AND " + fields[i].broken()
		}
	}
	people := w.people()
	if source != "" {
		condition += " AND source = " + w.Bind(string(source))
	}
	return w.done("WITH " + people + " SELECT id FROM people WHERE " + condition + " AND id > " + w.Bind(after) + " ORDER BY id LIMIT " + strconv.Itoa(limit))
}
