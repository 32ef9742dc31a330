package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// searched are the texts in which a word is looked for, wherever in them it stands.
var searched = []string{"name", "email", "externalId"}

// Initial names the texts that are also found by initial consonants; the runner keeps these beside the text.
func Initial() []string { return []string{"name"} }

// search finds the customers in whose name, e-mail, number or phone a word stands, or whose name begins its syllables so; or who belong to a company with
// such a name.
func (c *compiler) search(word string) string {
	value := c.Bind(segment.Fold(word))
	if sqltext.IsInitials(word) {
		own := joined(Initial(), func(column string) string { return contains("c", sqltext.Initials(column), value) }, " OR ", "false")
		return "(" + own + c.ofCompany(sqltext.Initials("name"), value) + ")"
	}
	conditions := make([]string, 0, len(searched)+1)
	for _, column := range searched {
		conditions = append(conditions, contains("c", sqltext.Folded(column), value))
	}
	if digits := phoneDigits(word); digits != "" {
		conditions = append(conditions, "contains("+customer("phone")+", "+c.Bind(digits)+")")
	}
	return "(" + strings.Join(conditions, " OR ") + c.ofCompany(sqltext.Folded("name"), value) + ")"
}

func contains(table, column, value string) string {
	return "contains(" + table + "." + sqltext.Ident(column) + ", " + value + ")"
}

// ofCompany also finds the customers who belong to a company in the column of which the value stands.
func (c *compiler) ofCompany(column, value string) string {
	if !c.Companies {
		return ""
	}
	return ` OR c."companyId" IN (SELECT b.id FROM customers b WHERE b.kind = 'business' AND b."archivedAt" IS NULL AND ` + contains("b", column, value) + ")"
}

// AnyCompany asks whether a customer belongs to a company: one row, or none.
func AnyCompany() sqltext.Statement {
	return sqltext.Statement{SQL: `SELECT 1 FROM customers c WHERE c."companyId" IS NOT NULL AND ` + living + " LIMIT 1"}
}

// phoneDigits are the digits by which a phone number that is written in any way is found in E.164: 010-1234 in +82101234. "" where the word is no number.
func phoneDigits(word string) string {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("+-.()", r):
			return -1
		}
		return 'x'
	}, word)
	if strings.Contains(digits, "x") {
		return ""
	}
	return strings.TrimPrefix(digits, "0")
}
