package filter

import "strings"

// Key is one field of an order.
type Key struct {
	Field      string
	Descending bool
}

// Keys reads the order of a list: fields separated by commas, a minus before one that turns round.
func Keys(order string) (keys []Key) {
	for name := range strings.SplitSeq(order, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		field, descending := strings.CutPrefix(name, "-")
		keys = append(keys, Key{field, descending})
	}
	return keys
}
