package table

// Sizes follow DynamoDB's rules for the attributes that the engines store: names of one or two bytes, keys and documents by their length,
// numbers by their digits. Source: AWS, DynamoDB Developer Guide, "DynamoDB item sizes and formats" (CapacityUnitCalculations).
const (
	keyNameBytes      = 2 // pk, sk and the keys of the indexes
	nameBytes         = 1 // version, expires, head, body, event and the map of counters
	mapBytes          = 3 // any map
	mapEntryBytes     = 1 // each entry of a map
	numberMinorBytes  = 1 // each number, and again when it is negative
	digitsPerPackByte = 2
)

// Size returns the bytes that DynamoDB counts for the item: names, keys, documents and counters.
func (it *Item) Size() int {
	n := it.Key.size() + it.headSize() + documentSize(it.Body) + documentSize(it.Event)
	for i := range it.Index {
		n += it.Index[i].size()
	}
	return n
}

// EntrySize returns the bytes of the item's entry in index i: the keys and, in index 1, Head, counters and the numbers; 0 when the item is not in it.
func (it *Item) EntrySize(i int) int {
	if it.Index[i-1] == (Key{}) {
		return 0
	}
	n := it.Key.size() + it.Index[i-1].size()
	if KeysOnly(i) {
		return n
	}
	return n + it.headSize()
}

// KeysOnly says whether index i (1 or 2) holds keys alone.
func KeysOnly(i int) bool { return i == 2 }

// headSize is what the item and its entry in index 1 both hold.
func (it *Item) headSize() int {
	return nameBytes + numberSize(it.Version) + expiresSize(it.Expires) + documentSize(it.Head) + countersSize(it.Counters)
}

func (k Key) size() int {
	if k == (Key{}) {
		return 0
	}
	return 2*keyNameBytes + len(k.PK) + len(k.SK)
}

func expiresSize(at int64) int {
	if at == 0 {
		return 0
	}
	return nameBytes + numberSize(at)
}

func documentSize(d []byte) int {
	if len(d) == 0 {
		return 0
	}
	return nameBytes + len(d)
}

func countersSize(counters map[string]int64) int {
	if len(counters) == 0 {
		return 0
	}
	n := nameBytes + mapBytes
	for name, v := range counters {
		n += mapEntryBytes + len(name) + numberSize(v)
	}
	return n
}

// numberSize is one byte for two significant digits and one more, and one for a sign.
func numberSize(v int64) int {
	n := numberMinorBytes
	if v < 0 {
		n += numberMinorBytes
	}
	for v != 0 && v%10 == 0 {
		v /= 10
	}
	digits := 0
	for ; v != 0; v /= 10 {
		digits++
	}
	return n + (digits+digitsPerPackByte-1)/digitsPerPackByte
}
