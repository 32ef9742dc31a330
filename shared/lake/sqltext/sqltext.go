// Package sqltext writes the pieces of SQL that the lake's runner and those who ask it must agree on: names, bound values, and the forms in which texts are
// compared and searched. It is plain text: it links no engine.
package sqltext

import "strings"

// Statement is a query with its values, bound as $1, $2 and so on. No value of a person or program is ever part of SQL.
type Statement struct {
	SQL  string
	Args []any // string, int64, float64, bool or time.Time
}

// Ident quotes a name of a table or column.
func Ident(name string) string {
	return `"` + strings.ReplaceAll(strings.ReplaceAll(name, "\x00", ""), `"`, `""`) + `"`
}

// Folded names the column that holds a text as it is compared: composed and without capitals.
func Folded(column string) string { return "~" + column }

// Initials names the column that holds a name's initial consonants.
func Initials(column string) string { return "^" + column }

// Fold is the expression for a text as segments compare it (segment.Fold): composed (Unicode NFC), then small letters.
func Fold(text string) string { return "lower(nfc_normalize(" + text + "))" }

// FoldAll folds every text of a list.
func FoldAll(list string) string { return "list_transform(" + list + ", lambda s: " + Fold("s") + ")" }

// Purchase is the condition that an order with this total is a purchase (order.Sale.Refund says of what is none); one without a total is.
func Purchase(total string) string { return "coalesce(" + total + ", 0) >= 0" }

// consonants are the initial consonants (choseong) in the order of the syllables of Unicode: a syllable is 0xAC00 + (initial*21 + vowel)*28 + final
// (The Unicode Standard, section 3.12).
const consonants = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

// InitialsOf is the expression for a text with every Korean syllable put down to its initial consonant, by which a name is found while it is typed:
// ㅎㄱㄷ for 홍길동. The text is folded.
func InitialsOf(folded string) string {
	return "array_to_string(list_transform(string_split(" + folded + ", ''), lambda s: " +
		"CASE WHEN unicode(s) BETWEEN 44032 AND 55203 THEN substr('" + consonants + "', 1 + ((unicode(s) - 44032) // 588)::INTEGER, 1) ELSE s END), '')"
}

// IsInitials says whether a word is one of initial consonants alone.
func IsInitials(word string) bool {
	return word != "" && strings.Trim(word, consonants) == ""
}
