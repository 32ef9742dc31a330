package raw_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/cloud/operator/stagetest"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// An item is put over another only when it is newer, and exchanged only while it is there.
func TestConditionsOverAWS(t *testing.T) {
	s := stagetest.New(t)
	s.CreateTables()
	tables, ops := s.Tables(0), s.TableName(table.Ops)
	versioned := func(v string) raw.Item {
		it := raw.Texts("PK", "p", "SK", "s", "head", v)
		it[table.AttrVersion] = &types.AttributeValueMemberN{Value: v}
		return it
	}
	for _, c := range []struct{ put, stands string }{{"2", ""}, {"1", "2"}, {"2", "2"}, {"3", ""}} {
		there, err := tables.PutNewer(t.Context(), ops, versioned(c.put))
		if err != nil || there.Text("head") != c.stands {
			t.Errorf("version %s: %v stands there, %v; want %q", c.put, there, err, c.stands)
		}
	}
	from, to := table.Key{PK: "p", SK: "s"}, raw.Texts("PK", "q", "SK", "s")
	for _, want := range []bool{true, false} {
		if done, err := tables.Exchange(t.Context(), ops, from, to); done != want || err != nil {
			t.Errorf("exchanged %v, %v; want %v", done, err, want)
		}
	}
	if left, err := tables.Get(t.Context(), ops, from); left != nil || err != nil {
		t.Errorf("left %v, %v", left, err)
	}
}

// pauses is a clock that notes how long it was asked to wait.
type pauses struct{ slept time.Duration }

func (*pauses) Now() time.Time { return time.Time{} }

func (p *pauses) Sleep(_ context.Context, d time.Duration) error {
	p.slept += d
	return nil
}

// Sixty items of a kilobyte read strongly are fifteen units and a bit: at five a second, three seconds.
func TestReadsArePacedOverAWS(t *testing.T) {
	s := stagetest.New(t)
	s.CreateTables()
	crm := s.TableName(table.CRM)
	var items []raw.Item
	for n := range 60 {
		items = append(items, raw.Texts("PK", string(rune('A'+n)), "SK", "s", "body", string(make([]byte, 1000))))
	}
	must(t, s.Tables(0).Put(t.Context(), crm, items...))
	client := dynamodb.NewFromConfig(awsplace.Config(t), func(o *dynamodb.Options) {
		if url := os.Getenv("AWS_ENDPOINT_URL_DYNAMODB"); url != "" {
			o.BaseEndpoint = &url
		}
	})
	p, n := &pauses{}, 0
	must(t, raw.New(client, raw.Options{Units: 5, Page: 7, Clock: p}).Each(t.Context(), crm, nil, func(raw.Item) error { n++; return nil }))
	if n != 60 || p.slept < 3*time.Second || p.slept > 6*time.Second {
		t.Errorf("read %d items and waited %v", n, p.slept)
	}
}
