// Command bootstrap runs one function, named by AWS_LAMBDA_FUNCTION_NAME, through shared/awslambda as its lambda/main.go does, but over the embedded
// engines in the folder DANGOL_TEST_DATA. "trouble" is a worker that does what its message says: panic, hang, wait for its deadline, fail or pass.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/dangol/dangol/functions/changefeed"
	"github.com/dangol/dangol/functions/products"
	"github.com/dangol/dangol/functions/schedule"
	"github.com/dangol/dangol/functions/scorework"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/runtimetwin/internal/folder"
)

func main() {
	switch name := os.Getenv("AWS_LAMBDA_FUNCTION_NAME"); name {
	case "products":
		awslambda.ServeHTTP(name, open, products.New)
	case "scorework":
		awslambda.ServeQueue(name, open, scorework.New)
	case "changefeed":
		awslambda.ServeFeed(name, open, changefeed.New)
	case "schedule":
		awslambda.ServeTick(name, open, schedule.New)
	case "trouble":
		awslambda.ServeQueue(name, open, func(*env.Env) trouble { return trouble{} })
	}
	panic("no function of this name")
}

// open opens the engines over the folder, with its secrets.
func open(context.Context) (*awslambda.Place, error) {
	f, err := folder.Open(os.Getenv("DANGOL_TEST_DATA"))
	if err != nil {
		return nil, err
	}
	return place(f.Env)
}

func place(e *env.Env) (*awslambda.Place, error) {
	v, err := identity.NewVerifier(e)
	if err != nil {
		return nil, err
	}
	return &awslambda.Place{Env: e, Decode: decode, API: api.Options{Title: "Dangol", Version: "test", Verifier: v, Idempotency: api.TableIdempotency(e.Table),
		CursorKey: e.Settings.Keys.Cursor, Clock: e.Clock, IDs: e.IDs, Logger: e.Log}}, nil
}

// decode reads as much of a record as changefeed looks at.
func decode(raw []byte) (feed.Record, error) {
	var r events.DynamoDBEventRecord
	if err := json.Unmarshal(raw, &r); err != nil {
		return feed.Record{}, err
	}
	image := r.Change.NewImage
	if image["event"].DataType() != events.DataTypeString {
		return feed.Record{}, errors.New("no event")
	}
	item := &table.Item{Key: table.Key{PK: image["pk"].String(), SK: image["sk"].String()}, Event: []byte(image["event"].String())}
	return feed.Record{Seq: r.Change.SequenceNumber, Table: table.CRM, New: item}, nil
}

// trouble is a worker.
type trouble struct{}

// Handle does what the messages say.
func (trouble) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	for _, m := range batch {
		var what string
		if err := json.Unmarshal(m.Body, &what); err != nil {
			return nil, err
		}
		switch what {
		case "panic":
			panic("as asked")
		case "hang":
			time.Sleep(time.Hour)
		case "wait":
			<-ctx.Done()
			failed = append(failed, m.ID)
		case "fail":
			return nil, fmt.Errorf("as asked")
		case "exit":
			os.Exit(3)
		}
	}
	return failed, nil
}
