package rules

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Groups counts the customers who meet a rule and are found by a text, by a field: by each value that it has, and those who have none.
type Groups struct {
	Rule   segment.Rule
	Search string
	By     string // a field of the rules: texts without regard to capitals, dates by the month of the workspace's zone; who has several tags is in several groups
	Limit  int    // the largest groups
}

// Statement answers with a row for each group, the largest first: its value as a text, nil for those who have none; how many they are; their revenue so far in
// the workspace's currency, nil for none; and, the same in each row, how many customers and how many groups there are in all. No rows: nobody.
func (g Groups) Statement(w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	condition := c.rule(g.Rule) + c.searches(g.Search)
	by := c.groupable(g.By)
	if by.key == "" {
		c.fail(unknownField(g.By))
		by = grouping{key: "NULL", label: "NULL"}
	}
	c.scores = true
	revenue := scoreMoney("score.revenue")
	worth := "CASE WHEN " + score(currency(revenue)) + " = " + c.Bind(w.Currency) + " THEN " + score(amount(revenue)) + " END"
	c.with = append(c.with, "found AS MATERIALIZED (SELECT "+by.key+" AS same, "+by.label+" AS label, "+worth+" AS worth FROM "+c.from()+" WHERE "+living+" AND "+condition+")")
	return c.grouped(by, g.Limit), c.err
}

// grouped counts what was found, each with what is the same, how it is called and what it is worth.
func (c *compiler) grouped(by grouping, limit int) sqltext.Statement {
	c.with = append(c.with, "grouped AS (SELECT CAST(min(label) AS VARCHAR) AS label, count(*) AS n, sum(worth) AS worth FROM "+by.rows()+" GROUP BY same)")
	return sqltext.Statement{SQL: "WITH " + strings.Join(c.with, ", ") + " SELECT label, n, worth, (SELECT count(*) FROM found), (SELECT count(*) FROM grouped) FROM grouped" +
		" ORDER BY n DESC, label ASC NULLS LAST LIMIT " + strconv.Itoa(max(limit, 0)), Args: c.Values.List()}
}

// Groupable says whether customers can be counted by a field.
func (w World) Groupable(path string) bool { return newCompiler(w).groupable(path).key != "" }

// grouping is what makes customers alike, and how a group is called: one of the texts that are alike.
type grouping struct {
	key, label string
	several    bool // both are lists, a group for each text
}

// rows are what is counted.
func (g grouping) rows() string {
	if !g.several {
		return "found"
	}
	return "(SELECT unnest(CASE WHEN len(same) > 0 THEN same ELSE [NULL] END) AS same, unnest(CASE WHEN len(same) > 0 THEN label ELSE [NULL] END) AS label, worth FROM found)"
}

func (c *compiler) groupable(path string) grouping {
	f, known := segment.FieldAt(path)
	if !known {
		return grouping{}
	}
	column, ofCustomer := strings.CutPrefix(f.Path, "customer.")
	c.scores = c.scores || !ofCustomer
	switch f.Type {
	case segment.Text:
		return grouping{key: "nullif(" + foldedText(f.Path) + ", '')", label: "nullif(" + plainText(f.Path) + ", '')"}
	case segment.Number:
		return alikeNumber(scoreNumber(f.Path))
	case segment.Bool:
		return alike(score("notEnoughData"))
	case segment.Date:
		return alike(c.month(column))
	case segment.Tags:
		return grouping{customer(sqltext.Folded(column)), customer(column), true}
	case segment.Dynamic:
		return c.groupableCustom(column)
	default:
		return grouping{}
	}
}

func alike(value string) grouping { return grouping{key: value, label: value} }

// alikeNumber is alike for numbers: of a whole one the label is without the ".0" that DuckDB adds.
func alikeNumber(value string) grouping {
	return grouping{key: value, label: `regexp_replace(CAST(` + value + ` AS VARCHAR), '\.0$', '')`}
}

func (c *compiler) groupableCustom(column string) grouping {
	if c.ofLists(column) {
		all, label := c.allOf(column)
		return grouping{all, label, true}
	}
	switch c.kindOf(column) {
	case "":
		return alike("nullif(c.id, c.id)") // nobody has one
	case "VARCHAR":
		return grouping{key: "nullif(" + customer(sqltext.Folded(column)) + ", '')", label: "nullif(" + customer(column) + ", '')"}
	case "VARCHAR[]":
		return grouping{customer(sqltext.Folded(column)), customer(column), true}
	case "DOUBLE", "BIGINT":
		return alikeNumber(customer(column))
	default:
		return alike(customer(column))
	}
}

// month is the month of a date, or of a moment in the workspace's zone.
func (c *compiler) month(column string) string {
	if column == "birthDate" {
		return "strftime(" + customer(column) + ", '%Y-%m')"
	}
	return c.monthOf(customer(column))
}

// monthOf is the month of a moment in the workspace's zone.
func (c *compiler) monthOf(moment string) string {
	return "strftime(timezone(" + c.Bind(c.Zone.String()) + ", timezone('UTC', " + moment + ")), '%Y-%m')"
}
