package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
)

// parallel is the number of clients of the create and read figures.
const parallel = 8

func benchCreate(ctx context.Context, b *bench) ([]result, error) {
	c, err := b.smallWorkspace(ctx)
	if err != nil {
		return nil, err
	}
	plain, err := b.create(ctx, c, "", 0)
	if err != nil {
		return nil, err
	}
	keyed, err := b.create(ctx, c, "bench-", 1<<40)
	if err != nil {
		return nil, err
	}
	return append(rateResults("create a customer by API, 8 clients, synced", plain, 3000),
		rateResults("the same with an Idempotency-Key on each", keyed, 0)...), nil
}

// create measures creation; numbers start behind from, so that two measurements make different customers.
func (b *bench) create(ctx context.Context, c *client, keyPrefix string, from int64) (round, error) {
	var mu sync.Mutex
	var next atomic.Int64
	next.Store(from)
	return measure(ctx, b, parallel, func(ctx context.Context, _ int) error {
		n := next.Add(1)
		id, err := c.createCustomer(ctx, b.gen.customerJSON(n), keyPrefix, n)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		b.ids = append(b.ids, id)
		return nil
	})
}

func (c *client) createCustomer(ctx context.Context, body []byte, keyPrefix string, n int64) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/v1/customers", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	if keyPrefix != "" {
		req.Header.Set("Idempotency-Key", fmt.Sprint(keyPrefix, n))
	}
	answer, err := c.exchange(req)
	if err != nil {
		return "", fmt.Errorf("create: %w", err)
	}
	var made struct {
		ID string `json:"id"`
	}
	return made.ID, json.Unmarshal(answer, &made)
}

func benchRead(ctx context.Context, b *bench) ([]result, error) {
	c, err := b.smallWorkspace(ctx)
	if err != nil {
		return nil, err
	}
	for n := int64(1 << 50); len(b.ids) < 1000; n++ { // when create was not among the chosen cases
		id, err := c.createCustomer(ctx, b.gen.customerJSON(n), "", n)
		if err != nil {
			return nil, err
		}
		b.ids = append(b.ids, id)
	}
	var next atomic.Int64
	r, err := measure(ctx, b, parallel, func(ctx context.Context, _ int) error {
		id := b.ids[int(next.Add(7919))%len(b.ids)] // a prime step: no two requests in a row for neighbours
		_, err := c.send(ctx, http.MethodGet, "/v1/customers/"+id, "", nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	return rateResults("read one customer, 8 clients", r, 8000), nil
}

func benchList(ctx context.Context, b *bench) ([]result, error) {
	c, err := b.largeWorkspace(ctx, false)
	if err != nil {
		return nil, err
	}
	r, err := measure(ctx, b, 1, func(ctx context.Context, _ int) error { return c.firstPage(ctx, 20) })
	if err != nil {
		return nil, err
	}
	return rateResults(fmt.Sprintf("first 20 of %s customers, newest first, 1 client", thousands(float64(b.o.customers))), r, 1000), nil
}

// firstPage reads a page and counts its rows: an empty answer is quick and worthless.
func (c *client) firstPage(ctx context.Context, limit int) error {
	answer, err := c.send(ctx, http.MethodGet, fmt.Sprintf("/v1/customers?limit=%d", limit), "", nil)
	if err != nil {
		return err
	}
	if got := bytes.Count(answer, []byte(`"id":"cus_`)); got != limit {
		return fmt.Errorf("the page holds %d customers, want %d", got, limit)
	}
	return nil
}

func benchPreview(ctx context.Context, b *bench) ([]result, error) {
	c, err := b.largeWorkspace(ctx, true)
	if err != nil {
		return nil, err
	}
	rule := map[string]any{"all": []any{
		map[string]any{"field": "customer.address.region", "op": "in", "value": []string{"서울", "부산", "경기"}},
		map[string]any{"orders": map[string]any{"count": []any{"gte", 2}, "inLast": "P180D"}},
	}}
	var found struct{ Count int }
	r, err := measure(ctx, b, 1, func(ctx context.Context, _ int) error {
		return c.do(ctx, http.MethodPost, "/v1/segments/preview", map[string]any{"rule": rule}, &found)
	})
	if err != nil {
		return nil, err
	}
	if found.Count == 0 {
		return nil, fmt.Errorf("the preview found nobody")
	}
	return []result{{what: fmt.Sprintf("segment preview over %s customers and %s orders", thousands(float64(b.o.customers)), thousands(float64(b.o.orders))),
		value: r.p50.Seconds(), unit: "s", target: 2, atMost: true,
		bound: fmt.Sprintf("%d found; p99 %.2f s; %s", found.Count, r.p99.Seconds(), r.usage.busy())}}, nil
}
