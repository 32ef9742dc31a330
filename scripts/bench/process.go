package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// starts is how often the host is started anew; the median counts.
const starts = 5

func benchStart(ctx context.Context, b *bench) ([]result, error) {
	if _, err := b.largeWorkspace(ctx, false); err != nil {
		return nil, err
	}
	after := func(end func(*host)) (float64, error) {
		took := make([]float64, starts)
		for i := range took {
			if err := b.restart(ctx, end); err != nil {
				return 0, err
			}
			took[i] = b.host.ready.Seconds()
		}
		slices.Sort(took)
		return took[starts/2], nil
	}
	clean, err := after((*host).stop)
	if err != nil {
		return nil, err
	}
	killed, err := after((*host).kill)
	if err != nil {
		return nil, err
	}
	with := fmt.Sprintf(" with %s customers there", thousands(float64(b.o.customers)))
	return []result{
		{what: "start to /healthz" + with, value: clean, unit: "s", target: 1, atMost: true, bound: "opening the store"},
		{what: "the same after kill -9", value: killed, unit: "s", bound: "replaying the store's log"},
	}, nil
}

// restart ends the host and starts it on the same data; its port changes.
func (b *bench) restart(ctx context.Context, end func(*host)) error {
	end(b.host)
	b.host = nil
	h, err := b.started(ctx)
	if err != nil {
		return err
	}
	for _, c := range []*client{b.small, b.large} {
		if c != nil {
			c.base = h.base
		}
	}
	return nil
}

// settle is how long an idle host is left alone before it is measured.
const settle = 15 * time.Second

func benchIdle(ctx context.Context, b *bench) ([]result, error) {
	if _, err := b.largeWorkspace(ctx, false); err != nil {
		return nil, err
	}
	if err := b.restart(ctx, (*host).stop); err != nil {
		return nil, err
	}
	used := b.host.meter()
	select {
	case <-time.After(settle):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	m, err := readMemory(b.host.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	u := used()
	return []result{
		{what: fmt.Sprintf("idle, %s after the start, %s customers there", settle, thousands(float64(b.o.customers))), value: m.resident, unit: "MB", target: 80, atMost: true,
			bound: fmt.Sprintf("%.0f MB of it anonymous, the rest pages of the binary and files", m.private)},
		{what: "CPU of an idle host", value: u.host / u.wall * 1000, unit: "ms per s"},
	}, nil
}
