package lake

import "time"

// Upkeep is the body of a message that asks for a lake to be compacted and tidied.
type Upkeep struct {
	Tenant string `json:"tenant"`
	// Rebuild, if not zero, is when somebody asked for the lake to be written anew from the table: one that was rebuilt since is left as it is.
	Rebuild time.Time `json:"rebuild,omitzero"`
}
