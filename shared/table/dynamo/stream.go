package dynamo

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
)

// record is one change as a stream delivers it to Lambda. Source: AWS, DynamoDB Streams API Reference, Record and StreamRecord.
type record struct {
	EventSourceARN string `json:"eventSourceARN"`
	DynamoDB       struct {
		SequenceNumber string
		OldImage       attributes
		NewImage       attributes
	} `json:"dynamodb"`
}

// sequenceDigits is the length of the longest sequence number. Source: as record, StreamRecord.SequenceNumber (21 to 40 digits).
const sequenceDigits = 40

// Decode turns a record of a table's stream, in Lambda's JSON, into one of the feed. The table's name must end in "-<table>" or be that, as Names and
// infra make it. Sequence numbers are padded, so that they sort as text, and followed by the table: each stream counts for itself.
func Decode(raw []byte) (feed.Record, error) {
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return feed.Record{}, fmt.Errorf("dynamo: read the record: %w", err)
	}
	t, err := tableOf(r.EventSourceARN)
	if err != nil {
		return feed.Record{}, err
	}
	out := feed.Record{Seq: padded(r.DynamoDB.SequenceNumber) + "." + string(t), Table: t}
	var oldErr, newErr error
	out.Old, oldErr = imageOf(r.DynamoDB.OldImage)
	out.New, newErr = imageOf(r.DynamoDB.NewImage)
	if err := errors.Join(oldErr, newErr); err != nil {
		return feed.Record{}, fmt.Errorf("dynamo: read the record: %w", err)
	}
	if out.Old == nil && out.New == nil {
		return feed.Record{}, fmt.Errorf("dynamo: record %s has no image: the stream of %s must carry both", r.DynamoDB.SequenceNumber, t)
	}
	return out, nil
}

// tableOf reads the table from arn:aws:dynamodb:<region>:<account>:table/<name>/stream/<time>.
func tableOf(arn string) (table.Name, error) {
	_, rest, _ := strings.Cut(arn, ":table/")
	name, _, _ := strings.Cut(rest, "/")
	t := table.Name(name[strings.LastIndex(name, "-")+1:])
	if t.Check() != nil {
		return "", fmt.Errorf("dynamo: %q is not the stream of a table", arn)
	}
	return t, nil
}

func padded(sequence string) string {
	return strings.Repeat("0", max(0, sequenceDigits-len(sequence))) + sequence
}

func imageOf(a attributes) (*table.Item, error) {
	if a == nil {
		return nil, nil
	}
	it, err := itemOf(a)
	return &it, err
}
