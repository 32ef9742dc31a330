package dynamo

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

// statement is one operation in DynamoDB's expressions. None of the engine's attributes is a reserved word, so that they stand in them by name.
type statement struct {
	kind      table.OpKind
	table     *string
	key       map[string]types.AttributeValue
	set       []string
	remove    []string
	condition string
	names     map[string]string
	values    map[string]types.AttributeValue
	// returns says whether a failed condition brings the item that it met.
	returns types.ReturnValuesOnConditionCheckFailure
}

// state tells what an addition takes for granted: DynamoDB cannot add inside a map that may be missing, nor make the map and add in one expression.
type state bool

const (
	absent  state = false
	present state = true
)

// newStatement writes the operation down. The state matters to additions alone.
func newStatement(name *string, op *table.Op, s state) *statement {
	st := &statement{kind: op.Kind, table: name, key: keyOf(op.Item.Key)}
	st.require(op)
	switch op.Kind {
	case table.OpPut:
		st.put(&op.Item)
	case table.OpAdd:
		st.add(&op.Item, s)
	case table.OpDelete, table.OpCheck:
	}
	return st
}

// require sets the operation's condition. An item that was only counted has version 0.
func (st *statement) require(op *table.Op) {
	switch op.If {
	case table.IfAbsent:
		st.condition = "attribute_not_exists(" + table.AttrPK + ")"
	case table.IfPresent:
		st.condition = "attribute_exists(" + table.AttrPK + ")"
	case table.IfVersion:
		st.condition = table.AttrVersion + "=" + st.value("if", number(op.Version))
		if op.Version == 0 {
			st.condition = "(attribute_not_exists(" + table.AttrPK + ") OR " + st.condition + ")"
		}
	case table.Always:
	}
}

// put writes the item whole: what it lacks is removed, the version counts on, and the counters are the stored ones when there is an item.
func (st *statement) put(it *table.Item) {
	st.assign(table.AttrVersion, "if_not_exists("+table.AttrVersion+","+st.value("zero", number(0))+")+"+st.value("one", number(1)))
	st.assign(table.AttrCounters, "if_not_exists("+table.AttrCounters+","+st.value("n", numbers(it.Counters))+")")
	st.document(table.AttrHead, it.Head)
	st.document(table.AttrBody, it.Body)
	st.document(table.AttrEvent, it.Event)
	st.replace(table.AttrExpires, it.Expires != 0, number(it.Expires))
	for i, k := range it.Index {
		st.replace(table.AttrIndexPK(i+1), k != table.Key{}, text(k.PK))
		st.replace(table.AttrIndexSK(i+1), k != table.Key{}, text(k.SK))
	}
}

// add moves the counters of an item that is there, or creates one of version 0 with them.
func (st *statement) add(it *table.Item, s state) {
	st.returns = types.ReturnValuesOnConditionCheckFailureAllOld
	if s == present {
		st.also("attribute_exists(" + table.AttrPK + ")")
		st.assign(table.AttrVersion, table.AttrVersion) // an update must say something, also when there is nothing to add
		st.move(it.Counters)
	} else {
		st.also("attribute_not_exists(" + table.AttrPK + ")")
		st.assign(table.AttrVersion, st.value("zero", number(0)))
		st.assign(table.AttrCounters, st.value("n", numbers(it.Counters)))
	}
	if len(it.Event) > 0 {
		st.document(table.AttrEvent, it.Event)
	}
	if it.Expires != 0 {
		st.assign(table.AttrExpires, st.value(table.AttrExpires, number(it.Expires)))
	}
}

// move adds to each counter, from 0 where it is new. Names are the caller's, so they stand behind placeholders; those are short, since a full
// set of counters must fit DynamoDB's 4 KB of expression.
func (st *statement) move(counters map[string]int64) {
	for i, name := range slices.Sorted(maps.Keys(counters)) {
		n := strconv.Itoa(i)
		if st.names == nil {
			st.names = map[string]string{}
		}
		st.names["#"+n] = name
		path := table.AttrCounters + ".#" + n
		st.assign(path, "if_not_exists("+path+","+st.value("z", number(0))+")+"+st.value(n, number(counters[name])))
	}
}

func (st *statement) document(name string, d []byte) { st.replace(name, len(d) > 0, text(string(d))) }

// replace sets the attribute, or removes it when the item has none.
func (st *statement) replace(name string, has bool, v types.AttributeValue) {
	if has {
		st.assign(name, st.value(name, v))
	} else {
		st.remove = append(st.remove, name)
	}
}

func (st *statement) assign(path, value string) { st.set = append(st.set, path+"="+value) }

// value keeps the value and returns its placeholder.
func (st *statement) value(name string, v types.AttributeValue) (placeholder string) {
	if st.values == nil {
		st.values = map[string]types.AttributeValue{}
	}
	st.values[":"+name] = v
	return ":" + name
}

func (st *statement) also(condition string) {
	if st.condition != "" {
		condition = st.condition + " AND " + condition
	}
	st.condition = condition
}

// update is the expression of a put or an addition.
func (st *statement) update() *string {
	var parts []string
	if len(st.set) > 0 {
		parts = append(parts, "SET "+strings.Join(st.set, ","))
	}
	if len(st.remove) > 0 {
		parts = append(parts, "REMOVE "+strings.Join(st.remove, ","))
	}
	return expression(strings.Join(parts, " "))
}

func expression(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// inTransaction returns the statement as a part of a transaction.
func (st *statement) inTransaction() types.TransactWriteItem {
	condition := expression(st.condition)
	switch st.kind {
	case table.OpDelete:
		return types.TransactWriteItem{Delete: &types.Delete{TableName: st.table, Key: st.key, ConditionExpression: condition,
			ExpressionAttributeValues: st.values}}
	case table.OpCheck:
		return types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{TableName: st.table, Key: st.key, ConditionExpression: condition,
			ExpressionAttributeValues: st.values}}
	}
	return types.TransactWriteItem{Update: &types.Update{TableName: st.table, Key: st.key, UpdateExpression: st.update(), ConditionExpression: condition,
		ExpressionAttributeNames: st.names, ExpressionAttributeValues: st.values, ReturnValuesOnConditionCheckFailure: st.returns}}
}

func (st *statement) updateItem() *dynamodb.UpdateItemInput {
	return &dynamodb.UpdateItemInput{TableName: st.table, Key: st.key, UpdateExpression: st.update(), ConditionExpression: expression(st.condition),
		ExpressionAttributeNames: st.names, ExpressionAttributeValues: st.values, ReturnValuesOnConditionCheckFailure: st.returns,
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal}
}

func (st *statement) deleteItem() *dynamodb.DeleteItemInput {
	return &dynamodb.DeleteItemInput{TableName: st.table, Key: st.key, ConditionExpression: expression(st.condition),
		ExpressionAttributeValues: st.values, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal}
}

// getItem reads what a check alone asks about.
func getItem(name *string, k table.Key) *dynamodb.GetItemInput {
	return &dynamodb.GetItemInput{TableName: name, Key: keyOf(k), ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal}
}
