package membership

import (
	"context"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
)

// owned are the subjects whose rows can change who meets a rule, with the column that names the customer.
var owned = map[string]string{"customers": "", "scores": "customerId", "orders": "customerId", "events": "customerId", "messages": "customerId", "responses": "customerId"}

// Concerns says whether a row can change who meets a rule.
func Concerns(r lake.Row) bool {
	_, known := owned[r.Subject]
	return known
}

// Changed collects the customers of whom deltas tell: themselves, or by their orders, events, messages, responses and scores. A row that says who lost something
// names them too, since it has the columns of its place.
func Changed(ctx context.Context, b blob.Blob, deltas []string) (ids map[string]bool, err error) {
	ids = map[string]bool{}
	for _, key := range deltas {
		err := lake.EachRow(ctx, b, key, func(r lake.Row) error {
			column, known := owned[r.Subject]
			if id, _ := r.Value(column).(string); known && id != "" {
				ids[id] = true
			} else if known && (r.Subject == "customers" || r.Subject == "scores") {
				ids[r.ID] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}
