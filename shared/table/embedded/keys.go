package embedded

import (
	"encoding/binary"
	"strings"

	"github.com/dangol/dangol/shared/table"
)

// Every key begins with the engine's byte and one for what it is:
//
//	item    t i <table> <pk> <sk raw>                                    item
//	entry   t x <table> <index> <index pk> <index sk> <pk> <sk raw>      head of the item; nothing in index 2
//	expiry  t e <unix second> <table> <pk> <sk raw>                      nothing
//	change  t f <transaction>                                            both images of every changed item
//	minute  t m <unix minute>                                            first transaction of the minute
//	place   t c <consumer>                                               its place in the feed
//	format  t v                                                          version of all this
//
// Numbers are 8 bytes, big endian. Parts that others follow are escaped and ended so that keys sort by part, whatever bytes a part holds: 00
// becomes 00 FF, the end is 00 01.
const (
	engineByte = 't'
	itemByte   = 'i'
	entryByte  = 'x'
	expiryByte = 'e'
	changeByte = 'f'
	minuteByte = 'm'
	placeByte  = 'c'
	formatByte = 'v'

	escapeByte  = 0x00
	escapedZero = 0xff
	endByte     = 0x01
)

// tableByte is a table's part of a key.
func tableByte(n table.Name) byte {
	switch n {
	case table.Identity:
		return 'i'
	case table.CRM:
		return 'c'
	case table.Outreach:
		return 'o'
	default:
		return 'p'
	}
}

// tableOf is the table of a key's byte.
func tableOf(b byte) table.Name {
	for _, n := range table.Names() {
		if tableByte(n) == b {
			return n
		}
	}
	return ""
}

func formatKey() []byte { return []byte{engineByte, formatByte} }

func partitionPrefix(n table.Name, pk string) []byte {
	b := make([]byte, 0, 5+len(pk)+32)
	return appendPart(append(b, engineByte, itemByte, tableByte(n)), pk)
}

func itemKey(n table.Name, k table.Key) []byte { return append(partitionPrefix(n, k.PK), k.SK...) }

// indexPrefix begins the entries of a partition of index i (1 or 2).
func indexPrefix(n table.Name, i int, pk string) []byte {
	b := make([]byte, 0, 6+2*len(pk)+64)
	return appendPart(append(b, engineByte, entryByte, tableByte(n), byte('0'+i)), pk)
}

// entryKey is the key of the item's entry in index i (1 or 2).
func entryKey(n table.Name, i int, index, item table.Key) []byte {
	b := appendPart(indexPrefix(n, i, index.PK), index.SK)
	return append(appendPart(b, item.PK), item.SK...)
}

// entryKeys takes the index sort key and the item's key from what follows an indexPrefix.
func entryKeys(rest string) (indexSK string, item table.Key) {
	indexSK, rest = cutPart(rest)
	item.PK, item.SK = cutPart(rest)
	return indexSK, item
}

func expiryKey(n table.Name, at int64, k table.Key) []byte {
	b := appendPart(append(numberKey(expiryByte, uint64(at)), tableByte(n)), k.PK)
	return append(b, k.SK...)
}

// expiryItem takes the parts of an expiryKey.
func expiryItem(key []byte) (n table.Name, at int64, k table.Key) {
	at = int64(keyNumber(key))
	rest := string(key[10:])
	n = tableOf(rest[0])
	k.PK, k.SK = cutPart(rest[1:])
	return n, at, k
}

func placeKey(consumer string) []byte { return append([]byte{engineByte, placeByte}, consumer...) }

// numberKey is a key of the kind with a number behind it; changes and minutes are nothing else.
func numberKey(kind byte, n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{engineByte, kind}, n)
}

func keyNumber(key []byte) uint64 { return binary.BigEndian.Uint64(key[2:]) }

// behind is the least key after all that begin with the prefix.
func behind(prefix []byte) []byte { return []byte(table.After(string(prefix))) }

func appendPart(b []byte, part string) []byte {
	return append(appendEscaped(b, part), escapeByte, endByte)
}

func appendEscaped(b []byte, part string) []byte {
	for {
		i := strings.IndexByte(part, escapeByte)
		if i < 0 {
			return append(b, part...)
		}
		b = append(append(b, part[:i]...), escapeByte, escapedZero)
		part = part[i+1:]
	}
}

// cutPart takes the first part off. It shares the string's memory unless the part holds escapes.
func cutPart(s string) (part, rest string) {
	i := strings.IndexByte(s, escapeByte)
	if i >= 0 && i+1 < len(s) && s[i+1] == endByte {
		return s[:i], s[i+2:]
	}
	var b strings.Builder
	for i >= 0 && i+1 < len(s) && s[i+1] == escapedZero {
		b.WriteString(s[:i+1])
		s = s[i+2:]
		i = strings.IndexByte(s, escapeByte)
	}
	if i < 0 {
		return b.String() + s, ""
	}
	b.WriteString(s[:i])
	return b.String(), s[min(i+2, len(s)):]
}
