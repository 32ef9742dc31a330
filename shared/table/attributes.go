package table

import "fmt"

// The attributes of an item on DynamoDB. The engine writes them, infra declares keys, projections and expiry by them, and the sizes count their
// names; a stored item has no others.
const (
	AttrPK       = "PK"
	AttrSK       = "SK"
	AttrVersion  = "v"    // number; every item has it
	AttrCounters = "n"    // map of numbers; every item has it, so that an addition finds the map to add in
	AttrExpires  = "exp"  // number: Unix seconds, DynamoDB's time to live
	AttrHead     = "head" // string, as all documents: JSON is UTF-8, and people read it in the console
	AttrBody     = "body"
	AttrEvent    = "ev"
)

// IndexName names index 1 or 2. DynamoDB wants three letters at least.
func IndexName(i int) string { return fmt.Sprintf("index%d", i) }

// AttrIndexPK and AttrIndexSK are the keys of an item in index 1 or 2.
func AttrIndexPK(i int) string { return fmt.Sprintf("i%d", i) + AttrPK }

// AttrIndexSK is described with AttrIndexPK.
func AttrIndexSK(i int) string { return fmt.Sprintf("i%d", i) + AttrSK }

// AttrProjected lists what index i holds beside the keys of the table and its own.
func AttrProjected(i int) []string {
	if KeysOnly(i) {
		return nil
	}
	return []string{AttrHead, AttrVersion, AttrCounters, AttrExpires}
}
