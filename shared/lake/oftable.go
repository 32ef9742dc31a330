package lake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

// ofTable are the subjects whose rows are made of the items of the table.
var ofTable = map[string]bool{"customers": true, "leads": true, "orders": true, "orderLines": true, "campaigns": true, "campaignStates": true, "messages": true, "responses": true,
	"consents": true, "events": true}

// OfTable says whether a subject's rows are made of the items of the table, so that they can be made again. The rows of others were computed and are nowhere but
// in the lake.
func OfTable(subject string) bool { return ofTable[subject] }

// Shape tells programs apart that make other columns of the items of the table: a lake that one of another shape wrote lacks columns, or subjects, of records that
// have not changed since.
var Shape = sync.OnceValue(func() string {
	sum := sha256.New()
	for _, s := range dictionary.Subjects() {
		if OfTable(s.Name) {
			fmt.Fprintln(sum, s.Name, s.Columns())
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
})
