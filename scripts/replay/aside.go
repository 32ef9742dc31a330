package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// asidePrefix begins the names of what Lambda sets aside: aws/lambda/<event source>/<shard>/YYYY/MM/DD/<time>-<random>.
const asidePrefix = "aws/lambda/"

// streamLife is how long a stream keeps its records. Source: AWS, DynamoDB developer guide, "Change data capture for DynamoDB Streams".
const streamLife = 24 * time.Hour

// invocation is what Lambda sets aside in a bucket: why and where, and under payload the function's event as JSON inside a string.
// Source: AWS, Lambda developer guide, "Retain discarded records for a DynamoDB event source in Lambda", "Example Amazon S3 invocation record"
// (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html).
type invocation struct {
	RequestContext struct {
		Condition string `json:"condition"` // such as RetryAttemptsExhausted
	} `json:"requestContext"`
	Batch struct {
		Shard    string    `json:"shardId"`
		First    string    `json:"startSequenceNumber"`
		Last     string    `json:"endSequenceNumber"`
		Size     int       `json:"batchSize"`
		Arrived  time.Time `json:"approximateArrivalOfFirstRecord"`
		StreamOf string    `json:"streamArn"`
	} `json:"DDBStreamBatchInfo"`
	Payload json.RawMessage `json:"payload"`
}

// record is one change, as the function is given it, with what a selection asks for.
type record struct {
	raw      json.RawMessage
	tenant   string // "" for what belongs to no workspace
	sequence string
}

// read reads an object of the bucket. One without records has them still in the stream, or nowhere.
func read(body []byte) (in invocation, records []record, err error) {
	if err := json.Unmarshal(body, &in); err != nil {
		return in, nil, fmt.Errorf("not an invocation record: %w", err)
	}
	event, err := in.event()
	if err != nil || event == nil {
		return in, nil, err
	}
	var e struct{ Records []json.RawMessage }
	if err := json.Unmarshal(event, &e); err != nil {
		return in, nil, fmt.Errorf("the payload is not a function's event: %w", err)
	}
	for _, raw := range e.Records {
		r, err := recordOf(raw)
		if err != nil {
			return in, nil, err
		}
		records = append(records, r)
	}
	return in, records, nil
}

// event takes the function's event out of its string; nil when nothing was stored.
func (in invocation) event() ([]byte, error) {
	var text string
	switch {
	case len(in.Payload) == 0 || string(in.Payload) == "null":
		return nil, nil
	case in.Payload[0] != '"':
		return in.Payload, nil
	}
	if err := json.Unmarshal(in.Payload, &text); err != nil {
		return nil, fmt.Errorf("read the payload: %w", err)
	}
	if text == "" {
		return nil, nil
	}
	return []byte(text), nil
}

// recordOf reads no more than names the record: it may have been set aside because the rest cannot be read.
func recordOf(raw json.RawMessage) (record, error) {
	var r struct {
		Change struct {
			SequenceNumber string
			Keys           map[string]struct{ S string }
		} `json:"dynamodb"`
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return record{}, fmt.Errorf("read a record of the payload: %w", err)
	}
	return record{raw, table.TenantOf(r.Change.Keys["PK"].S), r.Change.SequenceNumber}, nil
}

// tableOf is the table's name on DynamoDB, from arn:aws:dynamodb:<region>:<account>:table/<name>/stream/<time>.
func (in invocation) tableOf() string {
	_, rest, _ := strings.Cut(in.Batch.StreamOf, ":table/")
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// lost says what is known of records that were not stored.
func (in invocation) lost(now time.Time) string {
	place := fmt.Sprintf("only their place was stored: %d records of %s, shard %s, sequence numbers %s to %s",
		in.Batch.Size, in.tableOf(), in.Batch.Shard, in.Batch.First, in.Batch.Last)
	gone := in.Batch.Arrived.Add(streamLife)
	if now.Before(gone) {
		return place + "; the stream has them until " + gone.UTC().Format(time.RFC3339) + ": read them with aws dynamodbstreams get-records"
	}
	return place + "; the stream forgot them on " + gone.UTC().Format(time.RFC3339) + ": they cannot be replayed, look at the items themselves"
}
