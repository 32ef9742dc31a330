package table

// Sizes follow DynamoDB's rules for the attributes that the engines store: names and strings by their length, numbers by their digits.
// Source: AWS, DynamoDB Developer Guide, "DynamoDB item sizes and formats" (CapacityUnitCalculations).
const (
	keyNamesBytes      = len(AttrPK) + len(AttrSK)
	indexKeyNamesBytes = keyNamesBytes + 2*len("i1")
	mapBytes           = 3 // any map
	mapEntryBytes      = 1 // each entry of a map
	numberMinorBytes   = 1 // each number, and again when it is negative
	digitsPerPackByte  = 2
)

// Size returns the bytes that DynamoDB counts for the item: names, keys, documents and counters.
func (it *Item) Size() int {
	n := it.Key.size(keyNamesBytes) + it.headSize() + documentSize(AttrBody, it.Body) + documentSize(AttrEvent, it.Event)
	for i := range it.Index {
		n += it.Index[i].size(indexKeyNamesBytes)
	}
	return n
}

// EntrySize returns the bytes of the item's entry in index i: the keys and, in index 1, Head, counters and the numbers; 0 when the item is not in it.
func (it *Item) EntrySize(i int) int {
	if it.Index[i-1] == (Key{}) {
		return 0
	}
	n := it.Key.size(keyNamesBytes) + it.Index[i-1].size(indexKeyNamesBytes)
	if KeysOnly(i) {
		return n
	}
	return n + it.headSize()
}

// KeysOnly says whether index i (1 or 2) holds keys alone.
func KeysOnly(i int) bool { return i == 2 }

// headSize is what the item and its entry in index 1 both hold.
func (it *Item) headSize() int {
	return len(AttrVersion) + numberSize(it.Version) + expiresSize(it.Expires) + documentSize(AttrHead, it.Head) + countersSize(it.Counters)
}

// size is that of a key whose two attributes have names of so many bytes.
func (k Key) size(names int) int {
	if k == (Key{}) {
		return 0
	}
	return names + len(k.PK) + len(k.SK)
}

func expiresSize(at int64) int {
	if at == 0 {
		return 0
	}
	return len(AttrExpires) + numberSize(at)
}

func documentSize(name string, d []byte) int {
	if len(d) == 0 {
		return 0
	}
	return len(name) + len(d)
}

// countersSize counts the map also when it is empty: every item has it.
func countersSize(counters map[string]int64) int {
	n := len(AttrCounters) + mapBytes
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
