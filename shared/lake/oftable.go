package lake

// ofTable are the subjects whose rows are made of the items of the table.
var ofTable = map[string]bool{"customers": true, "leads": true, "orders": true, "orderLines": true, "campaigns": true, "campaignStates": true, "messages": true, "responses": true,
	"consents": true, "events": true}

// OfTable says whether a subject's rows are made of the items of the table, so that they can be made again. The rows of others were computed and are nowhere but
// in the lake.
func OfTable(subject string) bool { return ofTable[subject] }
