//go:build cgo

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/duck/lakegen"
)

// changes is a lake to which deltas come.
type changes struct {
	*lakegen.Lake
	deltas map[string][]byte
	keys   []string
}

// State implements duck.Source.
func (c *changes) State(ctx context.Context) (duck.State, error) {
	s, err := c.Lake.State(ctx)
	s.Deltas = c.keys
	return s, err
}

// Open implements duck.Source.
func (c *changes) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if content, ok := c.deltas[key]; ok {
		return io.NopCloser(bytes.NewReader(content)), nil
	}
	return c.Lake.Open(ctx, key)
}

// measure tells how long the first question after a delta takes: one of 100 customers and 100 orders, and one of 10,000 each.
func (c *changes) measure(ctx context.Context, lake *duck.Lake) error {
	c.deltas = map[string][]byte{}
	for i, rows := range []int{100, 100, 100, 10_000} {
		key := fmt.Sprint("delta-", i)
		content, err := delta(i+2, rows)
		if err != nil {
			return err
		}
		c.deltas[key], c.keys = content, append(c.keys, key)
		began := time.Now()
		if err := lake.Query(ctx, duck.Statement{SQL: "SELECT count(*) FROM customers"}, ignore); err != nil {
			return err
		}
		fmt.Printf("a delta of %d customers and as many orders is in the answer after %.0f ms\n", rows, float64(time.Since(began).Milliseconds()))
	}
	return nil
}

func delta(version, rows int) ([]byte, error) {
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out)
	if err != nil {
		return nil, err
	}
	at := until.Format(time.RFC3339)
	for i := range rows {
		id := strings.Repeat("0", 15) + fmt.Sprintf("%07d", i*97)
		fmt.Fprintf(w, `{"s":"customers","v":%d,"at":"%s","id":"cus_%s","row":{"name":"홍길동","email":"x%d@example.com","createdAt":"%s","updatedAt":"%s"}}`+"\n", version, at, id, i, at, at)
		fmt.Fprintf(w, `{"s":"orders","v":%d,"at":"%s","id":"ord_%s","row":{"customerId":"cus_%s","orderedAt":"%s","total.amount":"12000","total.currency":"KRW","products":["원두"]}}`+"\n", version, at, id, id, at)
	}
	err = w.Close()
	return out.Bytes(), err
}
