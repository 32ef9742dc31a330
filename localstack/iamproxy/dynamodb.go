package iamproxy

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// attributes is an item or a key as DynamoDB writes it: {"PK": {"S": "x"}}.
type attributes map[string]map[string]any

// operation is a DynamoDB request, or one part of a transaction, as far as its rights depend on it.
type operation struct {
	TableName, IndexName                     string
	Key, Item                                attributes
	KeyConditionExpression, UpdateExpression string
	ExpressionAttributeNames                 map[string]string
	ExpressionAttributeValues                attributes
	Select                                   string
	KeyConditions                            json.RawMessage // the old way to say KeyConditionExpression, which nobody here uses

	RequestItems  json.RawMessage
	TransactItems []map[string]operation
}

// single are the operations on one item. A condition check exists only inside of a transaction.
var single = map[string]bool{"GetItem": true, "PutItem": true, "UpdateItem": true, "DeleteItem": true}

// parts names the right that each part of a transaction needs (Service Authorization Reference: a transaction has no action of its own).
var parts = map[string]string{"Get": "GetItem", "Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}

func (w *World) dynamodb(r *http.Request) (c Call, err error) {
	var o operation
	if c.Operation, err = target(r, "DynamoDB_20120810", &o); err != nil {
		return c, err
	}
	switch {
	case single[c.Operation]:
		c.Access, err = alone(w.item(c.Operation, o))
	case c.Operation == "Query":
		c.Access, err = alone(w.query(o))
	case c.Operation == "Scan":
		c.Access = []Access{w.access("Scan", o, nil)}
	case c.Operation == "BatchGetItem":
		c.Access, err = w.batchGet(o)
	case c.Operation == "BatchWriteItem":
		c.Access, err = w.batchWrite(o)
	case c.Operation == "TransactWriteItems" || c.Operation == "TransactGetItems":
		c.Access, err = w.transaction(c.Operation, o)
	default:
		err = unknown(c.Operation)
	}
	return c, err
}

func alone(a Access, err error) ([]Access, error) { return []Access{a}, err }

// access is leave for an action on the operation's table or index, with the partition keys that it touches.
func (w *World) access(action string, o operation, leading []string) Access {
	a := Access{Action: "dynamodb:" + action, Resource: w.Place.arn("AWS::DynamoDB::Table", w.tableName(o)), Keys: Keys{leadingKeys: leading}}
	if o.IndexName != "" {
		a.Resource += "/index/" + o.IndexName
	}
	if o.Select != "" {
		a.Keys["dynamodb:select"] = []string{o.Select}
	}
	return a
}

// tableName is the template's name of the table, which a call may also name by its ARN.
func (w *World) tableName(o operation) string {
	return w.known(o.TableName[strings.LastIndexByte(o.TableName, '/')+1:])
}

func (w *World) table(o operation) (Table, error) {
	t, ok := w.Tables[w.tableName(o)]
	if !ok {
		return Table{}, fmt.Errorf("no table %q in the stack", o.TableName)
	}
	return t, nil
}

// item is the access to one item: an item that is put, or the key of any other operation.
func (w *World) item(action string, o operation) (Access, error) {
	t, err := w.table(o)
	if err != nil {
		return Access{}, err
	}
	at := o.Key
	if action == "PutItem" {
		at = o.Item
	}
	key, err := at.key(t.Key)
	if err != nil {
		return Access{}, err
	}
	a := w.access(action, o, []string{key})
	a.IndexKeys = o.indexKeys(t)
	return a, nil
}

// key is the value of an attribute that is a partition key: text, or a number as it is written.
func (a attributes) key(name string) (string, error) {
	v := a[name]
	for _, kind := range []string{"S", "N"} {
		if s, ok := v[kind].(string); ok && len(v) == 1 {
			return s, nil
		}
	}
	return "", fmt.Errorf("partition key %s is %v: want text or a number", name, v)
}

func (w *World) query(o operation) (Access, error) {
	t, err := w.table(o)
	if err != nil {
		return Access{}, err
	}
	name := t.Key
	if o.IndexName != "" {
		if name = t.Indexes[o.IndexName]; name == "" {
			return Access{}, fmt.Errorf("no index %q on %s", o.IndexName, o.TableName)
		}
	}
	key, err := o.queried(name)
	return w.access("Query", o, []string{key}), err
}

func (w *World) batchGet(o operation) (all []Access, err error) {
	var tables map[string]struct{ Keys []attributes }
	if err := json.Unmarshal(o.RequestItems, &tables); err != nil {
		return nil, err
	}
	for name, request := range tables {
		a, err := w.batch("BatchGetItem", name, request.Keys)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

func (w *World) batchWrite(o operation) (all []Access, err error) {
	var tables map[string][]struct {
		PutRequest    struct{ Item attributes }
		DeleteRequest struct{ Key attributes }
	}
	if err := json.Unmarshal(o.RequestItems, &tables); err != nil {
		return nil, err
	}
	for name, requests := range tables {
		var items []attributes
		for _, r := range requests {
			if r.PutRequest.Item == nil {
				r.PutRequest.Item = r.DeleteRequest.Key
			}
			items = append(items, r.PutRequest.Item)
		}
		a, err := w.batch("BatchWriteItem", name, items)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// batch asks once per table, with every partition key that is touched there.
func (w *World) batch(action, tableName string, items []attributes) (Access, error) {
	o := operation{TableName: tableName}
	t, err := w.table(o)
	if err != nil {
		return Access{}, err
	}
	var leading, filed []string
	for _, it := range items {
		key, err := it.key(t.Key)
		if err != nil {
			return Access{}, err
		}
		leading, filed = append(leading, key), append(filed, operation{Item: it}.indexKeys(t)...)
	}
	a := w.access(action, o, leading)
	a.IndexKeys = filed
	return a, nil
}

// transaction asks for each part; context key dynamodb:EnclosingOperation tells a policy that it is one.
func (w *World) transaction(enclosing string, o operation) (all []Access, err error) {
	for _, item := range o.TransactItems {
		if len(item) != 1 {
			return nil, errors.New("a part of a transaction is not exactly one operation")
		}
		for kind, part := range item {
			if parts[kind] == "" {
				return nil, unknown(enclosing + "/" + kind)
			}
			a, err := w.item(parts[kind], part)
			if err != nil {
				return nil, err
			}
			a.Keys["dynamodb:enclosingoperation"] = []string{enclosing}
			all = append(all, a)
		}
	}
	return all, nil
}
