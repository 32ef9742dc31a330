package bulkwork

import (
	"context"
	"encoding/json"
	"errors"
	"sort"

	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// What a piece may take of a transaction: the job and the journal have room beside it, and the journal stays one item.
const (
	mostOps     = table.MaxTxItems - 3
	mostBytes   = table.MaxTxBytes * 3 / 4
	mostJournal = table.MaxItemBytes * 3 / 4
)

// usual is how many customers are read at first: a change writes a record and an entry of the timeline.
const usual = mostOps / 2

// tries is how often a customer is looked at anew when someone else writes the same record.
const tries = 5

// line works through a list of customers, piece by piece.
type line struct {
	*hop.Run
	width int // customers to read for the next piece
	// one decides on the customer at a place of the piece, nil when there is none, and adds what is written of them to the transaction.
	one func(tx *store.Tx, i int, c *customer.Customer) (bulk.Entry, bulk.Outcome, error)
}

// piece is as many customers as one transaction holds.
type piece struct {
	*store.Tx
	counts  bulk.Counts
	begins  []int // the first operation of each customer
	entries []bulk.Entry
	journal int // bytes of the entries
}

// keep adds to a piece's transaction what the job notes of it, beside the failures, and moves the cursor.
type keep func(after bulk.Counts, tx *store.Tx, entries []bulk.Entry) error

// piece works on the first of the ids and returns the counts after them. Who was written by someone else meanwhile is looked at anew; who cannot be written has failed.
func (l *line) piece(ctx context.Context, ids []string, counts bulk.Counts, keep keep) (bulk.Counts, error) {
	ids = ids[:min(l.width, len(ids))]
	lost, refused := map[int]int{}, map[int]error{}
	for {
		people, err := l.read(ctx, ids)
		if err != nil {
			return counts, err
		}
		p, err := l.fill(ids, people, refused, counts)
		if err != nil {
			return counts, err
		}
		if err := keep(p.counts, p.Tx, p.entries); err != nil {
			return counts, err
		}
		err = l.Commit(ctx, p.Tx)
		if err == nil {
			l.width = next(len(ids), len(p.begins))
			return p.counts, nil
		}
		if !p.conflicts(err, lost, refused) {
			return counts, err
		}
	}
}

// next is how many customers to read after a piece that took so many of those that were read.
func next(read, took int) int {
	if took < read {
		return took
	}
	return min(2*took, mostOps)
}

// read returns the customers in the order of the ids; nil for an id that is none of a customer.
func (l *line) read(ctx context.Context, ids []string) ([]*customer.Customer, error) {
	var known []string
	var places []int
	for i, one := range ids {
		if id.Valid(id.Customer, one) {
			known, places = append(known, one), append(places, i)
		}
	}
	found, err := l.T.CustomersByID(ctx, known)
	out := make([]*customer.Customer, len(ids))
	for i, c := range found {
		out[places[i]] = c
	}
	return out, err
}

// fill makes a piece of the first customers, as many as fit.
func (l *line) fill(ids []string, people []*customer.Customer, refused map[int]error, before bulk.Counts) (*piece, error) {
	p := &piece{Tx: l.T.Begin(), counts: before}
	for i, c := range people {
		tx := l.T.Begin()
		entry, outcome, err := l.one(tx, i, c)
		if no := unwritable(tx, refused[i]); no != nil {
			tx, outcome, err = l.T.Begin(), bulk.Failed, no
		}
		if err != nil {
			f, err := failure(ids[i], err)
			if err != nil {
				return nil, err
			}
			tx.KeepFailure(l.Job.ID, before.Read+int64(i), f)
		}
		if !p.take(tx, entry, outcome) {
			break
		}
	}
	return p, nil
}

// unwritable is why a customer is left as they are although no rule says so: what an earlier try met, or that no transaction holds what would be written.
func unwritable(tx *store.Tx, met error) error {
	if met == nil && (tx.Len() > mostOps || tx.Bytes() > mostBytes) {
		return errs.New(errs.TooLarge, "record_too_large")
	}
	return met
}

// failure is what is kept of a refusal. An error that no rule said is no failure of the customer.
func failure(customerID string, err error) (bulk.Failure, error) {
	var rule *errs.Error
	if !errors.As(err, &rule) || rule.Kind == errs.Internal || rule.Kind == errs.Unavailable {
		return bulk.Failure{}, err
	}
	f := bulk.Failure{CustomerID: customerID, Code: rule.Code, Args: rule.Args}
	if len(rule.Fields) > 0 {
		f.Code, f.Args = rule.Fields[0].Code, rule.Fields[0].Args
	}
	return f, nil
}

// take adds one customer, unless the piece is full.
func (p *piece) take(tx *store.Tx, entry bulk.Entry, outcome bulk.Outcome) bool {
	journal := 0
	if outcome == bulk.Changed {
		text, _ := json.Marshal(entry) // texts always can be encoded
		journal = len(text) + 1
	}
	if len(p.begins) > 0 && (p.Len()+tx.Len() > mostOps || p.Bytes()+tx.Bytes() > mostBytes || p.journal+journal > mostJournal) {
		return false
	}
	p.begins = append(p.begins, p.Len())
	p.Join(tx)
	if p.journal += journal; journal > 0 {
		p.entries = append(p.entries, entry)
	}
	p.counts.Add(outcome)
	return true
}

// conflicts notes whose writes failed. A value that another customer has is a refusal at once, a record that was written meanwhile one after so many tries. It says
// whether looking anew helps.
func (p *piece) conflicts(err error, lost map[int]int, refused map[int]error) bool {
	var failed *table.ConditionError
	if !errors.As(err, &failed) {
		return false
	}
	for n, op := range failed.Failed {
		i := sort.SearchInts(p.begins, op+1) - 1
		lost[i]++
		switch {
		case failed.Labels[n] != store.LabelRecord:
			refused[i] = errs.New(errs.Conflict, "customer_duplicate")
		case lost[i] >= tries:
			refused[i] = errs.New(errs.Conflict, "customer_busy")
		}
	}
	return true
}
