package athena

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func said(t *testing.T, sql string, args ...any) (statement, error) {
	t.Helper()
	all, err := tokens(sql)
	if err != nil {
		return statement{}, err
	}
	return translate(all, args)
}

func TestStatementsAreSaidInTrinosSQL(t *testing.T) {
	for sql, want := range map[string]string{
		`SELECT c.id FROM customers c WHERE (a = 1) IS NOT TRUE`:                    `SELECT c . id FROM customers c WHERE (NOT coalesce((a = 1), false))`,
		`contains(c."~name", 'x')`:                                                  `(strpos(c . "~name", 'x') > 0)`,
		`list_contains(c."~tags", 'x')`:                                             `contains(c . "~tags", 'x')`,
		`len(list_filter(l, lambda e: contains(e, 'x') OR e = ',)')) > 0`:           `cardinality(filter(l, e -> (strpos(e, 'x') > 0) OR e = ',)')) > 0`,
		`lower(nfc_normalize(o."channel"))`:                                         `lower(normalize(o . "channel", NFC))`,
		`CAST('2026-01-01 00:00:00.000001' AS TIMESTAMP)`:                           `CAST('2026-01-01 00:00:00.000001' AS TIMESTAMP(6))`,
		`CAST('1.5' AS DECIMAL(38, 4)) <= x`:                                        `CAST('1.5' AS DECIMAL (38 , 4)) <= x`,
		`(TRY_CAST(replace(v, ',', '.') AS TIMESTAMPTZ) AT TIME ZONE 'UTC')`:        `(CAST(try(from_iso8601_timestamp_nanos(replace(v, ',', '.'))) AT TIME ZONE 'UTC' AS TIMESTAMP(6)))`,
		`sum(x) FILTER (y = 'a')`:                                                   `sum(x) FILTER (WHERE y = 'a')`,
		`"it's ""quoted""" <> 'a ''b''' || "c"`:                                     `"it's ""quoted""" <> 'a ''b''' || "c"`,
		`CASE WHEN regexp_full_match(x, '\d+') THEN CAST('inf' AS DOUBLE) END`:      `CASE WHEN regexp_like(x, concat('\A(', '\d+', ')\z')) THEN CAST('Infinity' AS DOUBLE) END`,
		`WITH members1 AS (SELECT c.id FROM customers c) SELECT id FROM members1 m`: `WITH members1 AS (SELECT c . id FROM customers c) SELECT id FROM members1 m`,
		`c.id NOT IN (SELECT o."customerId" FROM orders o) AND NOT (a OR b)`:        `c . id NOT IN (SELECT o . "customerId" FROM orders o) AND NOT (a OR b)`,
		`1 - -2`: `1 - - 2`, // and no comment
	} {
		if got, err := said(t, sql); err != nil || got.SQL != want {
			t.Errorf("%s\ngot  %s, %v\nwant %s", sql, got.SQL, err, want)
		}
	}
}

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	for _, sql := range []string{
		`read_parquet('/etc/passwd')`, `SELECT x::INTEGER`, `a // b`, `SELECT 1; DROP TABLE x`, `WITH found AS MATERIALIZED (SELECT 1) SELECT 2`, `list(id ORDER BY id)`,
		`CAST(x AS DOUBLE`, `contains(a, 'b'`, `'open`, `"open`, `$1`, `x IS NOT TRUE`, `len(list_filter(l, lambda))`, `a )`, `(a`, `CAST(t AS TIMESTAMPTZ)`,
		`split_part(a, 'e', 1)`, "SELECT `a`", `SELECT * EXCLUDE (a) FROM t`, `contains('a')`,
	} {
		if got, err := said(t, sql); !errors.Is(err, ErrDialect) {
			t.Errorf("%s: got %q, %v", sql, got.SQL, err)
		}
	}
}

func TestValuesGoWithTheirPlaces(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 1000, time.FixedZone("KST", 9*3600))
	got, err := said(t, `$3 = $1 AND trim(x, $2) = $1 AND list_contains(trim($4, $5), $6)`, "a'b", int64(-3), 1.5, true, at, decimal.RequireFromString("12.50"))
	want := []string{"1.5E+00", "'a''b'", "-3", "'a''b'", "TIMESTAMP '2026-11-23 00:00:00.000001'", "true", "DECIMAL '12.5'"}
	if err != nil || !slices.Equal(got.Values, want) || got.SQL != `? = ? AND trim(BOTH ? FROM x) = ? AND contains(trim(BOTH ? FROM ?), ?)` {
		t.Errorf("got %s of %q, %v\nwant %q", got.SQL, got.Values, err, want)
	}
	for _, v := range []any{strings.Repeat("가", mostValue-1), "a\x00b", []string{"x"}, nil, 3} {
		if _, err := said(t, `a = $1`, v); !errors.Is(err, ErrDialect) {
			t.Errorf("%.10v: got %v", v, err)
		}
	}
}

func TestListsOfTheAnswerAreAskedForAsJSON(t *testing.T) {
	isList := func(column string) bool { return column == "tags" }
	for sql, want := range map[string]string{
		`SELECT c.id, c."tags", len("tags"), "tags" FROM customers c`: `SELECT c . id , json_format(CAST(c . "tags" AS JSON)) , cardinality("tags") , json_format(CAST("tags" AS JSON)) FROM customers c`,
		`WITH m AS (SELECT "tags" FROM customers) SELECT id FROM m`:   `WITH m AS (SELECT "tags" FROM customers) SELECT id FROM m`,
		`SELECT (SELECT 1 FROM customers), "tags" FROM customers`:     `SELECT (SELECT 1 FROM customers) , json_format(CAST("tags" AS JSON)) FROM customers`,
		`SELECT count(*)`: `SELECT count(*)`,
	} {
		all, err := tokens(sql)
		if err != nil {
			t.Fatal(err)
		}
		wrapped, lists := listsAsJSON(all, isList)
		got, err := translate(wrapped, nil)
		if err != nil || got.SQL != want || len(lists) != strings.Count(want, "json_format") {
			t.Errorf("%s\ngot  %s of %v, %v\nwant %s", sql, got.SQL, lists, err, want)
		}
	}
}
