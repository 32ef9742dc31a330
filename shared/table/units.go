package table

// Capacity units are what DynamoDB bills on demand: a read unit is 4 KB read strongly, a write unit 1 KB written. Source: AWS, DynamoDB Developer
// Guide, "DynamoDB read and write operations" (read-write-operations) and, for the indexes, "Using global secondary indexes: write capacity
// units" (GSI.html#GSI.ThroughputConsiderations.Writes).

const (
	readUnitBytes  = 4 << 10
	writeUnitBytes = 1 << 10
)

// ReadUnits returns the units for reading so many bytes: of one item by key, absent ones at least one unit, or of all items of a query's page
// together. An eventually consistent read costs half; reads of an index are always eventual.
func ReadUnits(bytes int, strong bool) float64 {
	units := float64(blocks(bytes, readUnitBytes))
	if !strong {
		units /= 2
	}
	return units
}

// WriteUnits returns the units of an operation that turned the item old into next, either nil when absent: the larger of the two images, twice
// when the operation was part of a transaction, and the writes to the indexes.
func WriteUnits(old, next *Item, transaction bool) float64 {
	units := float64(blocks(max(sizeOf(old), sizeOf(next)), writeUnitBytes))
	if transaction {
		units *= 2
	}
	for i := 1; i <= MaxIndexes; i++ {
		units += float64(entryUnits(entryOf(old, i), entryOf(next, i), KeysOnly(i)))
	}
	return units
}

// entry is one item's place in an index, with its size; the zero entry is none.
type entry struct {
	item *Item
	key  Key
	size int
}

func entryOf(it *Item, index int) entry {
	if it == nil || it.Index[index-1] == (Key{}) {
		return entry{}
	}
	return entry{item: it, key: it.Index[index-1], size: it.EntrySize(index)}
}

// entryUnits counts the writes to one index: one to add, to remove or to change the entry, two to move it to another key, none when what it holds
// stays.
func entryUnits(old, next entry, keysOnly bool) int {
	switch {
	case old.item == next.item:
		return 0
	case old.size == 0:
		return blocks(next.size, writeUnitBytes)
	case next.size == 0:
		return blocks(old.size, writeUnitBytes)
	case old.key != next.key:
		return blocks(old.size, writeUnitBytes) + blocks(next.size, writeUnitBytes)
	case keysOnly: // what it holds has not changed
		return 0
	}
	return blocks(max(old.size, next.size), writeUnitBytes)
}

func sizeOf(it *Item) int {
	if it == nil {
		return 0
	}
	return it.Size()
}

// blocks rounds up, and counts at least one.
func blocks(bytes, block int) int { return max(1, (bytes+block-1)/block) }
