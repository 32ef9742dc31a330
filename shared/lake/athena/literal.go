package athena

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// mostValue is how many characters a bound value may have, with its quotes.
// Source: Amazon Athena API reference, StartQueryExecution, ExecutionParameters.
const mostValue = 1024

// literal writes a bound value as Athena wants its execution parameters: as a literal of SQL.
func literal(v any) (string, error) {
	out := ""
	switch v := v.(type) {
	case string:
		out = "'" + strings.ReplaceAll(v, "'", "''") + "'"
	case int64:
		out = strconv.FormatInt(v, 10)
	case float64:
		out = strconv.FormatFloat(v, 'E', -1, 64)
	case bool:
		out = strconv.FormatBool(v)
	case time.Time:
		out = "TIMESTAMP '" + v.UTC().Format("2006-01-02 15:04:05.000000") + "'"
	case decimal.Decimal:
		out = "DECIMAL '" + v.String() + "'"
	default:
		return "", fmt.Errorf("%w: a value of type %T", ErrDialect, v)
	}
	if utf8.RuneCountInString(out) > mostValue || strings.ContainsRune(out, 0) {
		return "", fmt.Errorf("%w: a value of %d characters, or with a NUL", ErrDialect, utf8.RuneCountInString(out))
	}
	return out, nil
}
