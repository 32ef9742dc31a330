package quality

import (
	"strconv"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Key is why records are taken for one person.
type Key string

// The keys. A name counts without capitals and blanks. A phone number beside a name counts by its last eight digits, so that one that was written without its
// country is found.
const (
	Phone     Key = "phone"     // the same number
	Email     Key = "email"     // the same name, and the same e-mail before the @
	NameBirth Key = "nameBirth" // the same name and date of birth
	NamePhone Key = "namePhone" // the same name and the end of the number
)

// Shown is how many customers of a group are named; the others are counted.
const Shown = 20

// keyed gives each record its keys: records are alike when a key is the same, so that no two records are ever compared with each other.
func keyed() string {
	const phone = `regexp_full_match(coalesce(phone, ''), '\+[1-9][0-9]{6,14}')`
	name := "replace(" + sqltext.Ident(sqltext.Folded("name")) + ", ' ', '')"
	from := ` FROM customers WHERE "archivedAt" IS NULL AND `
	named := "coalesce(name, '') <> ''"
	return `keyed AS NOT MATERIALIZED (SELECT id, 'phone' AS reason, phone AS key` + from + phone +
		` UNION ALL SELECT id, 'email', split_part(email, '@', 1) || chr(31) || ` + name + from + named + ` AND coalesce(email, '') <> ''` +
		` UNION ALL SELECT id, 'nameBirth', CAST("birthDate" AS VARCHAR) || chr(31) || ` + name + from + named + ` AND "birthDate" IS NOT NULL` +
		` UNION ALL SELECT id, 'namePhone', right(phone, 8) || chr(31) || ` + name + from + named + ` AND length(phone) >= 8)`
}

// groups are the sets of records that a key brings together; a set that several keys bring together is one group. Nearly all keys are of one record: numbers that keys
// make are counted first, so that only what is met again is kept as text. Of a million customers the texts alone are more than a query may hold.
func groups() string {
	return keyed() + `, met AS (SELECT hash(reason, key) AS number FROM keyed GROUP BY number HAVING count(*) > 1), ` +
		`alike AS (SELECT reason, list_sort(list(id)) AS ids FROM keyed SEMI JOIN met ON met.number = hash(reason, key) GROUP BY reason, key HAVING count(*) > 1), ` +
		`sets AS (SELECT list_sort(list(DISTINCT reason)) AS keys, ids, ids[1] || md5(array_to_string(ids, ',')) AS place FROM alike GROUP BY ids)`
}

// Duplicates answers with groups of records that are likely to be one person, in the order of their places behind one ("" is the beginning): place, keys, how many
// records, and the ids of the first of them.
func Duplicates(after string, limit int) sqltext.Statement {
	var v sqltext.Values
	sql := "WITH " + groups() + " SELECT place, keys, len(ids), ids[1:" + strconv.Itoa(Shown) + "] FROM sets WHERE place > " + v.Bind(after) + " ORDER BY place LIMIT " + strconv.Itoa(limit)
	return sqltext.Statement{SQL: sql, Args: v.List()}
}

// DuplicateCount answers with one row: how many groups there are, and how many customers are in any.
func DuplicateCount() sqltext.Statement {
	return sqltext.Statement{SQL: "WITH " + groups() + " SELECT (SELECT count(*) FROM sets), (SELECT count(DISTINCT id) FROM (SELECT unnest(ids) AS id FROM sets))"}
}
