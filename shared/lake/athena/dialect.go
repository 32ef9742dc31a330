package athena

// The statements of shared/lake/rules are DuckDB's. What Athena (Trino) says otherwise stands here; all other functions are unknown, and a statement with one
// is refused rather than guessed.

// calls are the functions that statements may have, with what stands for them in Trino: $1 and so on are the arguments. "" is the same call.
// Source: Trino documentation, "Functions and operators".
var calls = map[string]string{
	"count": "", "sum": "", "min": "", "max": "", "avg": "", "coalesce": "", "nullif": "", "lower": "", "upper": "", "replace": "", "regexp_replace": "", "starts_with": "", "json_format": "",
	"contains":          "(strpos($1, $2) > 0)", // of texts; Trino's is of lists
	"list_contains":     "contains($1, $2)",
	"list_filter":       "filter($1, $2)",
	"list_transform":    "transform($1, $2)",
	"len":               "cardinality($1)", // of lists: rules take no length of texts
	"isfinite":          "is_finite($1)",
	"nfc_normalize":     "normalize($1, NFC)",
	"regexp_full_match": `regexp_like($1, concat('\A(', $2, ')\z'))`,
	"trim":              "trim(BOTH $2 FROM $1)",
}

// types are those of casts that are written otherwise. A lake's moments have milliseconds, but what they are compared with has microseconds.
var types = map[string]string{"TIMESTAMP": "TIMESTAMP(6)"}

// literals are texts that casts read otherwise.
var literals = map[string]string{"'inf'": "'Infinity'", "'-inf'": "'-Infinity'"}

// openers are the words behind which a parenthesis is none of a call.
var openers = words("decimal and or not in as where on from select when then else case having by between filter with union all any exists distinct join is like over")

// refused are words of DuckDB alone.
var refused = words("materialized exclude qualify pivot unpivot summarize describe pragma copy attach install load set call columns lateral sample asof positional semi anti using")
