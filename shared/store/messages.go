package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// LabelEpoch fails when the campaign was paused, resumed, canceled or stopped since its control was read.
const LabelEpoch = "epoch"

// MaxMoves is how many messages one transaction can move, with the chunk's tally and the check of the epoch.
const MaxMoves = table.MaxTxItems - 2

// ChunkTx is a transaction on one chunk of a campaign's ledger: messages and the chunk's tally change together or not at all.
type ChunkTx struct {
	*Tx
	campaign string
	chunk    int
	tally    message.Tally
	event    []byte
	booked   bool
}

// BeginChunk starts a transaction on a chunk.
func (t *Tenant) BeginChunk(campaignID string, chunk int) *ChunkTx {
	return &ChunkTx{Tx: t.Begin(), campaign: campaignID, chunk: chunk, tally: message.Tally{}}
}

// InEpoch makes the transaction fail with LabelEpoch unless the campaign is still in the epoch.
func (x *Tx) InEpoch(campaignID string, epoch int64) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpCheck, If: table.IfVersion, Version: epoch, Label: LabelEpoch,
		Item: table.Item{Key: x.t.keys.control(campaignID)}})
}

// Plan adds a new message. It fails, under the message's id, when it was planned before.
func (x *ChunkTx) Plan(m *message.Message) {
	x.create(table.Outreach, m.ID, x.item(m))
	x.tally.Count(m, 1)
	m.Version = 1
}

// Move adds the change of a message. It fails, under the message's id, when someone else changed it since it was read.
func (x *ChunkTx) Move(was, is *message.Message) {
	x.replace(table.Outreach, is.ID, was.Version, x.item(is))
	x.tally.Move(was, is)
	is.Version = was.Version + 1
}

func (x *ChunkTx) item(m *message.Message) table.Item {
	it := table.Item{Key: x.t.keys.message(x.campaign, x.chunk, m.ID), Head: encodeMessage(m)}
	it.Index[0] = x.t.keys.messageListed(m)
	return it
}

// Ready asks for the chunk to be sent: the change feed queues the call once the transaction is committed.
func (x *ChunkTx) Ready(epoch int64) {
	x.event = x.Tx.event(ChunkReady, x.campaign, nil, message.Call{Tenant: x.t.ID, Campaign: x.campaign, Chunk: x.chunk, Epoch: epoch})
}

// Note adds an event about a message to the transaction; it travels with the tally, which changes anyway.
func (x *ChunkTx) Note(kind string, m *message.Message) {
	x.event = x.Tx.event(kind, m.ID, nil, map[string]any{"campaignId": m.CampaignID, "customerId": m.CustomerID, "state": m.State})
}

// AskForChunk asks for a chunk to be sent in an epoch, whatever is in it.
func (x *Tx) AskForChunk(campaignID string, chunk int, epoch int64) {
	x.Append(table.Op{Table: table.Outreach, Kind: table.OpAdd, Item: table.Item{Key: x.t.keys.tally(campaignID, chunk),
		Event: x.event(ChunkReady, campaignID, nil, message.Call{Tenant: x.t.ID, Campaign: campaignID, Chunk: chunk, Epoch: epoch})}})
}

// Commit books the tally and applies everything or nothing. It may be called again after table.ErrThrottled.
func (x *ChunkTx) Commit(ctx context.Context) error {
	if !x.booked && (len(x.tally.Trim()) > 0 || x.event != nil) {
		x.booked = true
		x.Append(table.Op{Table: table.Outreach, Kind: table.OpAdd,
			Item: table.Item{Key: x.t.keys.tally(x.campaign, x.chunk), Counters: x.tally, Event: x.event}})
	}
	return x.Tx.Commit(ctx)
}

// Message reads one message by its place; errs message_not_found.
func (t *Tenant) Message(ctx context.Context, campaignID string, chunk int, messageID string) (*message.Message, error) {
	if !id.Valid(id.Message, messageID) {
		return nil, errs.New(errs.NotFound, "message_not_found")
	}
	it, err := t.get(ctx, table.Outreach, t.keys.message(campaignID, chunk, messageID), "message_not_found")
	if err != nil {
		return nil, err
	}
	return decodeMessage(it)
}

// MessagesByID reads messages of a campaign of so many chunks, in the order of the ids; nil where there is none.
func (t *Tenant) MessagesByID(ctx context.Context, campaignID string, chunks int, ids []string) ([]*message.Message, error) {
	ks := make([]table.Key, len(ids))
	for i, m := range ids {
		ks[i] = t.keys.message(campaignID, message.ChunkOf(m, chunks), m)
	}
	items, err := t.batchGet(ctx, table.Outreach, ks)
	if err != nil {
		return nil, err
	}
	out := make([]*message.Message, len(items))
	for i, it := range items {
		if out[i], err = messageOrNil(it); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func messageOrNil(it *table.Item) (*message.Message, error) {
	if it == nil {
		return nil, nil
	}
	return decodeMessage(it)
}

// EachMessage calls f for the messages of a chunk in the order of their ids, until it returns false.
func (t *Tenant) EachMessage(ctx context.Context, campaignID string, chunk int, f func(*message.Message) (bool, error)) error {
	q := table.Query{Table: table.Outreach, PK: t.keys.chunk(campaignID, chunk)}
	return t.each(ctx, q, func(it *table.Item) (bool, error) {
		m, err := decodeMessage(it)
		if err != nil {
			return false, err
		}
		return f(m)
	})
}

// Messages lists a campaign's messages, or those in one state, in no order that means anything but always the same.
func (t *Tenant) Messages(ctx context.Context, campaignID string, state message.State, p Page) (out []*message.Message, next string, err error) {
	tallies, err := t.Tallies(ctx, campaignID)
	if err != nil {
		return nil, "", err
	}
	chunk, after := placeOf(p.After)
	for ; chunk < len(tallies) && next == ""; chunk++ {
		if len(tallies[chunk]) > 0 && holdsState(tallies[chunk], state) {
			if next, err = t.chunkPage(ctx, campaignID, chunk, after, state, p.Limit, &out); err != nil {
				return nil, "", err
			}
		}
		after = ""
	}
	return out, next, nil
}

// chunkPage adds the messages of a chunk behind a place until there are limit; next is the place of the last one when another follows.
func (t *Tenant) chunkPage(ctx context.Context, campaignID string, chunk int, after string, state message.State, limit int, out *[]*message.Message) (next string, err error) {
	q := table.Query{Table: table.Outreach, PK: t.keys.chunk(campaignID, chunk)}
	if after != "" {
		q.From = after + "\x00"
	}
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		m, err := decodeMessage(it)
		if err != nil || state != "" && m.State != state {
			return true, err
		}
		if len(*out) == limit {
			last := (*out)[limit-1]
			next = strconv.Itoa(last.Chunk) + "#" + last.ID
			return false, nil
		}
		*out = append(*out, m)
		return true, nil
	})
	return next, err
}

// holdsState says whether a chunk can have messages in the state; states that are pending are booked together.
func holdsState(t message.Tally, s message.State) bool {
	return s == "" || s.Pending() && t.Pending() > 0 || !s.Pending() && t.In(s) > 0
}

func placeOf(after string) (chunk int, messageID string) {
	number, messageID, _ := strings.Cut(after, "#")
	chunk, _ = strconv.Atoi(number)
	return chunk, messageID
}
