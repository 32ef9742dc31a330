// Command lakedoc writes docs/lake.md, the dictionary of the lake, from shared/lake/dictionary. Run it from the root of the repository.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

func main() {
	if err := os.WriteFile("docs/lake.md", []byte(document()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "lakedoc:", err)
		os.Exit(1)
	}
}

const head = `# The lake's dictionary

Written by ` + "`go run ./scripts/lakedoc`" + ` from ` + "`shared/lake/dictionary`" + `; a test fails when it is stale. What the files are, and how they change, says
[ADR 13](adr/0013-the-lakes-files.md).

A workspace's lake lies under ` + "`t/<workspace>/lake/`" + ` in the object store: Parquet files per subject, named by ` + "`manifest.json`" + `, and deltas, which hold what
changed since. Any engine can read the files; DuckDB, for one, those of a subject with ` + "`read_parquet([...], union_by_name = true)`" + `, of whose rows those that are not
` + "`_gone`" + ` count. Fields are named as in the API, nested ones with a dot. A column without a value is NULL. *Personal* fields are about a person, or lead to one.

| type | Parquet | DuckDB |
|---|---|---|
| text | STRING | VARCHAR |
| integer | INT64 | BIGINT |
| money | DECIMAL(18,4) in ` + "`<field>.amount`" + `, STRING (ISO 4217) in ` + "`<field>.currency`" + ` | DECIMAL(18,4), VARCHAR |
| number | DOUBLE | DOUBLE |
| date | DATE | DATE |
| moment | TIMESTAMP, ms, UTC | TIMESTAMP |
| bool | BOOLEAN | BOOLEAN |
| list | LIST of STRING | VARCHAR[] |

A workspace's own fields of customers are columns ` + "`custom.<key>`" + ` of ` + "`customers`" + `: texts, dates (YYYY-MM-DD), choices and links text, numbers number, money money, yes or no
bool. Lists, several choices among them, stand in a column of their own, ` + "`custom.<key>.items`" + `, so that a key may hold a list in one record and a text or number in another. A key whose
single values are of several types is text. All of them are personal.

## Every row

`

func document() string {
	var b strings.Builder
	b.WriteString(head)
	table(&b, dictionary.Kept())
	for _, s := range dictionary.Subjects() {
		fmt.Fprintf(&b, "\n## %s\n\n%s.\n%s.\n\n%s.\n\n", s.Name, s.Meaning.Korean, s.Meaning.English, order(s))
		table(&b, s.Fields)
	}
	return b.String()
}

func order(s dictionary.Subject) string {
	by := "Sorted by `" + strings.Join(s.Sort, "`, `") + "`"
	if !s.Partitioned {
		return "One partition. " + by
	}
	return "A partition for each month (UTC) of `" + s.By + "`. " + by
}

func table(b *strings.Builder, fields []dictionary.Field) {
	b.WriteString("| field | type | 뜻 | meaning | unit | from | personal |\n|---|---|---|---|---|---|---|\n")
	for _, f := range fields {
		personal := ""
		if f.PII {
			personal = "yes"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", f.Name, f.Type, f.Meaning.Korean, f.Meaning.English, f.Unit, f.Source, personal)
	}
}
