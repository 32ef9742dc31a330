package lake

// Upkeep is the body of a message that asks for a lake to be compacted and tidied.
type Upkeep struct {
	Tenant string `json:"tenant"`
}
