package dynamo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

// guesses bounds how often a write starts anew because an item that it adds to appeared or vanished in between.
const guesses = 4

// Write implements table.Table. An addition takes the item for present unless its condition says otherwise; the first one to an item that is not
// there costs a second request.
func (e *Engine) Write(ctx context.Context, ops ...table.Op) error {
	if err := admit(ctx, table.CheckWrite(ops)); err != nil {
		return err
	}
	w := newWrite(e, ops)
	var err error
	for range guesses {
		err = w.send(ctx)
		u := unmetOf(err)
		if limit := asLimit(err); limit != nil {
			return limit
		}
		if err == nil || u == nil || errors.Is(err, table.ErrThrottled) {
			return err
		}
		if failed := w.learn(u); failed != nil {
			return failed
		}
	}
	return throttled(err) // its conditions held whenever they were told: it changed nothing
}

// write is one call on its way to DynamoDB.
type write struct {
	e      *Engine
	ops    []table.Op
	sent   []int // the places of those that DynamoDB must see
	states []state
}

func newWrite(e *Engine, ops []table.Op) *write {
	w := &write{e: e, ops: ops, states: make([]state, len(ops))}
	for i := range ops {
		w.states[i] = ops[i].If != table.IfAbsent
		if ops[i].Kind != table.OpCheck || ops[i].If != table.Always { // DynamoDB has no check of nothing
			w.sent = append(w.sent, i)
		}
	}
	return w
}

// send makes one request of the operations.
func (w *write) send(ctx context.Context) error {
	switch {
	case len(w.sent) == 0:
		return nil
	case len(w.sent) > 1:
		return w.transact(ctx)
	}
	op := &w.ops[w.sent[0]]
	name, err := w.e.name(op.Table)
	if err != nil {
		return err
	}
	c := call{op: "write", table: op.Table, pk: op.Item.PK, writes: true}
	st := newStatement(name, op, w.states[w.sent[0]])
	switch op.Kind {
	case table.OpCheck:
		return w.check(ctx, op)
	case table.OpDelete:
		c.repeatable = op.If == table.Always
		return w.e.try(ctx, c, func(ctx context.Context) error { return w.e.deleteItem(ctx, st) })
	}
	return w.e.try(ctx, c, func(ctx context.Context) error { return w.e.updateItem(ctx, st) })
}

func (e *Engine) updateItem(ctx context.Context, st *statement) error {
	out, err := e.client.UpdateItem(ctx, st.updateItem(), e.each)
	if err == nil {
		e.meterOne("write", out.ConsumedCapacity)
	}
	return err
}

func (e *Engine) deleteItem(ctx context.Context, st *statement) error {
	out, err := e.client.DeleteItem(ctx, st.deleteItem(), e.each)
	if err == nil {
		e.meterOne("write", out.ConsumedCapacity)
	}
	return err
}

// check reads the item: DynamoDB checks without writing in transactions only, at four times the cost.
func (w *write) check(ctx context.Context, op *table.Op) error {
	it, err := w.e.Get(ctx, op.Table, op.Item.Key)
	if err == nil && !holds(op, it) {
		return &types.ConditionalCheckFailedException{}
	}
	return err
}

// transact sends all operations under one token, so that a repetition after a lost answer finds the first attempt done. Source: AWS, API Reference,
// TransactWriteItems, ClientRequestToken (kept for ten minutes).
func (w *write) transact(ctx context.Context) error {
	in := &dynamodb.TransactWriteItemsInput{ClientRequestToken: aws.String(rand.Text()), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal}
	for _, i := range w.sent {
		name, err := w.e.name(w.ops[i].Table)
		if err != nil {
			return err
		}
		in.TransactItems = append(in.TransactItems, newStatement(name, &w.ops[i], w.states[i]).inTransaction())
	}
	first := &w.ops[w.sent[0]]
	c := call{op: "write", table: first.Table, pk: first.Item.PK, writes: true, repeatable: true}
	return w.e.try(ctx, c, func(ctx context.Context) error {
		out, err := w.e.client.TransactWriteItems(ctx, in, w.e.each)
		if err == nil {
			w.e.meter("write", out.ConsumedCapacity...)
		}
		return err
	})
}

// learn returns the conditions that failed as an error, and otherwise corrects what the additions took for granted.
func (w *write) learn(u unmet) error {
	var c table.ConditionError
	for _, n := range slices.Sorted(maps.Keys(u)) {
		i := w.sent[n]
		op := &w.ops[i]
		met, err := u.item(n)
		if err != nil {
			return fmt.Errorf("dynamo: write %s: %w", op.Table, err)
		}
		if op.Kind != table.OpAdd || !holds(op, met) {
			c.Failed, c.Labels = append(c.Failed, i), append(c.Labels, op.Label)
			continue
		}
		w.states[i] = met != nil
	}
	if c.Failed == nil {
		return nil
	}
	return &c
}

// item is what an operation met; nil for nothing.
func (u unmet) item(n int) (*table.Item, error) {
	if u[n] == nil {
		return nil, nil
	}
	it, err := itemOf(u[n])
	return &it, err
}

// holds says whether the operation's condition is true of the item.
func holds(op *table.Op, it *table.Item) bool {
	switch op.If {
	case table.IfAbsent:
		return it == nil
	case table.IfPresent:
		return it != nil
	case table.IfVersion:
		return versionOf(it) == op.Version
	}
	return true
}

func versionOf(it *table.Item) int64 {
	if it == nil {
		return 0
	}
	return it.Version
}
