package store

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// keys makes every key of one tenant. All of them begin with the tenant, so that a credential can be held to its leading part, and each
// aggregate has a partition of its own. docs/data-model.md lists them with their access patterns.
type keys struct{ tenant string }

// Shards is over how many partitions the list of a numerous noun is spread, so that no index partition takes all of a large tenant's writes.
const Shards = 4

// at is a sort key part that orders by time: UTC, milliseconds, fixed width.
func at(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// shard returns the list shard of a record.
func shard(id string) int { return spot(id) % Shards }

// spot is a number that belongs to an id, evenly spread.
func spot(id string) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32())
}

func (k keys) pk(parts ...string) string { return table.Own(k.tenant) + strings.Join(parts, "#") }

// record is the key of a record that is its own aggregate: customer, order, lead, product, segment, template, campaign, import, export, job.
func (k keys) record(id string) table.Key {
	noun, _, _ := strings.Cut(id, "_")
	return table.Key{PK: k.pk(noun, id), SK: noun}
}

// unique is the key of the item that makes a value unique in the tenant, such as cus.email or ord.externalId.
func (k keys) lakeMark(mark string) table.Key { return table.Key{PK: k.pk("lake"), SK: mark} }

func (k keys) unique(field, value string) table.Key {
	return table.Key{PK: k.pk("uq", field, value), SK: "uq"}
}

// list is the partition of an index in which the records of a noun stand in order.
func (k keys) list(list string, shard int) string { return k.pk(list, strconv.Itoa(shard)) }

// listed is the index key of a record in a sharded list; the shard is that of the id, which need not be the record's own.
func (k keys) listed(list, id, sort string) table.Key {
	return table.Key{PK: k.list(list, shard(id)), SK: sort}
}

// listedOnce is the index key of a record in a list with a single shard: nouns of which a tenant has few.
func (k keys) listedOnce(list, sort string) table.Key {
	return table.Key{PK: k.list(list, 0), SK: sort}
}

// timeline is the key of an entry in a customer's timeline, ordered by when it happened.
func (k keys) timeline(customerID string, when time.Time, entryID string) table.Key {
	return table.Key{PK: k.record(customerID).PK, SK: "tl#" + at(when) + "#" + entryID}
}

// inCustomer is the key of a further item in a customer's partition.
func (k keys) inCustomer(customerID, sk string) table.Key {
	return table.Key{PK: k.record(customerID).PK, SK: sk}
}

// control is the key of a campaign's control item. Its version is the campaign's epoch.
func (k keys) control(campaignID string) table.Key {
	return table.Key{PK: k.record(campaignID).PK, SK: "ctl"}
}

// chunk is the partition (in outreach) of one chunk of a campaign's messages.
func (k keys) chunk(campaignID string, chunk int) string {
	return k.pk("cmp", campaignID, fmt.Sprintf("%06d", chunk))
}

// message is the key (in outreach) of one message.
func (k keys) message(campaignID string, chunk int, messageID string) table.Key {
	return table.Key{PK: k.chunk(campaignID, chunk), SK: messageID}
}

// tally is the key (in outreach) of a chunk's counters. All chunks of a campaign share the partition: the report is one query.
func (k keys) tally(campaignID string, chunk int) table.Key {
	return table.Key{PK: k.pk("cmp", campaignID, "tally"), SK: fmt.Sprintf("%06d", chunk)}
}

// suppression is the key (in outreach) of an address that must not be contacted over a channel.
func (k keys) suppression(channel, address string) table.Key {
	return table.Key{PK: k.pk("sup", channel, address), SK: "sup"}
}

// journal is the key (in crm) of the undo record of an imported row: partitions of a thousand rows.
func (k keys) journal(importID string, row int64) table.Key {
	return table.Key{PK: k.pk("imp", importID, "journal", fmt.Sprintf("%07d", row/1000)), SK: fmt.Sprintf("%010d", row)}
}

// due is the key (in ops) of a date. It names all of the date: the calendar of all tenants is read from an index that holds keys alone.
func (k keys) due(d Due) table.Key {
	return table.Key{PK: k.pk("due"), SK: strings.Join([]string{at(d.At), string(d.Kind), d.Ref}, "#")}
}
