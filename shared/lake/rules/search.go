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

// search finds the customers in whose name, e-mail, number or phone a word stands, or whose name begins its syllables so.
func (c *compiler) search(word string) string {
	value := c.Bind(segment.Fold(word))
	if sqltext.IsInitials(word) {
		return joined(Initial(), func(column string) string {
			return "contains(" + customer(sqltext.Initials(column)) + ", " + value + ")"
		}, " OR ", "false")
	}
	conditions := make([]string, 0, len(searched)+1)
	for _, column := range searched {
		conditions = append(conditions, "contains("+folded(column)+", "+value+")")
	}
	if digits := phoneDigits(word); digits != "" {
		conditions = append(conditions, "contains("+customer("phone")+", "+c.Bind(digits)+")")
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
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
