package raw

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

// Item is an item as DynamoDB holds it, with every attribute and type.
type Item map[string]types.AttributeValue

// Key names the item.
func (it Item) Key() table.Key {
	return table.Key{PK: it.Text(table.AttrPK), SK: it.Text(table.AttrSK)}
}

// Text is a text attribute; "" when it is absent or of another type.
func (it Item) Text(attr string) string {
	if s, ok := it[attr].(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

// Version counts the item's puts; 0 for one that the engine did not put.
func (it Item) Version() int64 { return it.number(table.AttrVersion) }

// Expires is the Unix second from which on DynamoDB may remove the item; 0 is never.
func (it Item) Expires() int64 { return it.number(table.AttrExpires) }

func (it Item) number(attr string) int64 {
	n, ok := it[attr].(*types.AttributeValueMemberN)
	if !ok {
		return 0
	}
	v, _ := strconv.ParseInt(n.Value, 10, 64) // the engine writes whole numbers
	return v
}

// Head reads the item's head into v.
func (it Item) Head(v any) error {
	head := it.Text(table.AttrHead)
	if head == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(head), v); err != nil {
		return fmt.Errorf("read the head of an item of %s: %w", it.Key().SK, err) // not the partition: it may hold an address or a hash
	}
	return nil
}

// attrWrapped holds an item inside another.
const attrWrapped = "item"

// Wrap puts an item away inside another under the key, out of every index and feed. Unwrap takes it out again as it was.
func Wrap(k table.Key, it Item) Item {
	w := Item(key(k))
	w[attrWrapped] = &types.AttributeValueMemberM{Value: it}
	return w
}

// Unwrap returns the item that Wrap put away, nil for any other.
func (it Item) Unwrap() Item {
	if m, ok := it[attrWrapped].(*types.AttributeValueMemberM); ok {
		return m.Value
	}
	return nil
}

// Equal says whether two items are the same in every attribute.
func (it Item) Equal(other Item) bool { return bytes.Equal(it.canonical(), other.canonical()) }

// Tally is a number of items with a digest of all of them, whatever their order: the sum of the items' SHA-256, modulo 2^256. It finds what was lost,
// doubled or changed by mistake; it is no proof against somebody who forges items.
// Source: Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing" (1997), AdHASH.
type Tally struct {
	Count int64
	Sum   [sha256.Size]byte
}

// Add counts an item.
func (t *Tally) Add(it Item) {
	t.Count++
	one, carry := sha256.Sum256(it.canonical()), 0
	for i := len(one) - 1; i >= 0; i-- {
		carry += int(t.Sum[i]) + int(one[i])
		t.Sum[i] = byte(carry)
		carry >>= 8
	}
}

// String is the count with the beginning of the digest.
func (t Tally) String() string {
	return fmt.Sprintf("%d items, digest %s", t.Count, hex.EncodeToString(t.Sum[:6]))
}

// canonical writes the item in one way, whatever order its attributes came in.
func (it Item) canonical() []byte {
	var b bytes.Buffer
	writeMap(&b, it)
	return b.Bytes()
}

func writeMap(b *bytes.Buffer, m map[string]types.AttributeValue) {
	fmt.Fprintf(b, "M%d:", len(m))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		writeBytes(b, 'k', []byte(name))
		writeValue(b, m[name])
	}
}

// writeValue writes the type's letter and the value, with lengths, so that no two values read alike.
func writeValue(b *bytes.Buffer, v types.AttributeValue) {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		writeBytes(b, 'S', []byte(v.Value))
	case *types.AttributeValueMemberN:
		writeBytes(b, 'N', []byte(v.Value))
	case *types.AttributeValueMemberB:
		writeBytes(b, 'B', v.Value)
	case *types.AttributeValueMemberBOOL:
		fmt.Fprintf(b, "O%t", v.Value)
	case *types.AttributeValueMemberNULL:
		b.WriteString("0")
	case *types.AttributeValueMemberM:
		writeMap(b, v.Value)
	case *types.AttributeValueMemberL:
		fmt.Fprintf(b, "L%d:", len(v.Value))
		for _, e := range v.Value {
			writeValue(b, e)
		}
	case *types.AttributeValueMemberSS:
		writeSet(b, 'T', v.Value)
	case *types.AttributeValueMemberNS:
		writeSet(b, 'U', v.Value)
	case *types.AttributeValueMemberBS:
		texts := make([]string, len(v.Value))
		for i, e := range v.Value {
			texts[i] = string(e)
		}
		writeSet(b, 'V', texts)
	}
}

func writeSet(b *bytes.Buffer, kind byte, members []string) {
	fmt.Fprintf(b, "%c%d:", kind, len(members))
	for _, m := range slices.Sorted(slices.Values(members)) {
		writeBytes(b, 'e', []byte(m))
	}
}

func writeBytes(b *bytes.Buffer, kind byte, v []byte) {
	fmt.Fprintf(b, "%c%d:", kind, len(v))
	b.Write(v)
}

// Texts makes an item of text attributes: name, value, name, value.
func Texts(attrs ...string) Item {
	it := Item{}
	for i := 0; i+1 < len(attrs); i += 2 {
		it[attrs[i]] = text(attrs[i+1])
	}
	return it
}
