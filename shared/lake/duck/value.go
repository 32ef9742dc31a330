//go:build cgo

package duck

import (
	"fmt"
	"math/big"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"github.com/shopspring/decimal"
)

// valueOf brings a value as the driver gives it to one of those that Query promises.
func valueOf(v any) any {
	switch v := v.(type) {
	case int32:
		return int64(v)
	case duckdb.Decimal:
		return decimal.NewFromBigInt(v.Value, -int32(v.Scale))
	case *big.Int: // a sum of whole numbers
		if v.IsInt64() {
			return v.Int64()
		}
		return decimal.NewFromBigInt(v, 0)
	case time.Time:
		return v.UTC()
	case []any:
		return textsOf(v)
	default:
		return v
	}
}

func textsOf(list []any) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return out
}
