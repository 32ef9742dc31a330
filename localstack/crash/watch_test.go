package crash_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/testkit/partner"
)

// broken says whether err only tells that the host was down.
func broken(err error) bool {
	var refused *partner.Refusal
	return err != nil && !errors.As(err, &refused)
}

// persist calls f until the host is there to answer it.
func persist(ctx context.Context, f func() error) error {
	for {
		err := f()
		if !broken(err) || ctx.Err() != nil {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// writer is a shop system that goes on through every crash: it creates customers and remembers what it was told.
type writer struct {
	shop *partner.Client
	wg   sync.WaitGroup

	once  map[string]bool // under an Idempotency-Key and repeated until answered; true once it was acknowledged
	plain map[string]bool // sent a single time
}

// run writes until the context ends. Every second customer is sent under an Idempotency-Key and again until there is an answer; nothing else about it is
// unique, so that an effect that happened twice would be two customers.
func (w *writer) run(ctx context.Context) {
	w.once, w.plain = map[string]bool{}, map[string]bool{}
	w.wg.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			name := fmt.Sprintf("Writer %06d", n)
			if n%2 == 0 {
				w.plain[name] = w.create(ctx, name) == nil
				continue
			}
			w.once[name] = false
			for try := 0; try < 20 && ctx.Err() == nil && !w.once[name]; try++ {
				err := w.create(ctx, name, "Idempotency-Key", name)
				w.once[name] = err == nil
				if partner.Code(err) == "idempotency_in_progress" {
					break // its first try was cut off; the claim lasts longer than this test waits
				}
				if err != nil {
					time.Sleep(50 * time.Millisecond)
				}
			}
		}
	})
}

func (w *writer) create(ctx context.Context, name string, header ...string) error {
	reply, err := w.shop.Send(ctx, "POST", "/v1/customers", map[string]any{"name": name}, header...)
	if err == nil && reply.Status != 201 {
		err = &partner.Refusal{Call: "create " + name, Reply: *reply}
	}
	time.Sleep(2 * time.Millisecond) // a shop, not a benchmark
	return err
}

// auditor looks at the books all the while.
type auditor struct {
	shop *partner.Client
	wg   sync.WaitGroup

	mu        sync.Mutex
	campaigns []string
	looks     int
	faults    []string
}

func (a *auditor) watch(campaignID string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.campaigns = append(a.campaigns, campaignID)
}

func (a *auditor) run(ctx context.Context) {
	a.wg.Go(func() {
		for ctx.Err() == nil {
			a.mu.Lock()
			watched := a.campaigns
			a.mu.Unlock()
			for _, id := range watched[max(0, len(watched)-2):] {
				a.look(ctx, id)
			}
			time.Sleep(5 * time.Millisecond)
		}
	})
}

// look notes a report that does not balance. One that a crash cut off says nothing.
func (a *auditor) look(ctx context.Context, campaignID string) {
	var r partner.Report
	err := a.shop.Get(ctx, "/v1/campaigns/"+campaignID+"/report", &r)
	if broken(err) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.looks++
	if err != nil || !r.Balanced() {
		a.faults = append(a.faults, fmt.Sprintf("%+v %v", r, err))
	}
}
