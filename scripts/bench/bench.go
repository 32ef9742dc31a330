package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dangol/dangol/shared/testkit/smtpsink"
)

// bench is what the cases share: one host with its data, the sink, and the workspaces that were made.
type bench struct {
	o       options
	machine machine
	dir     string
	sink    *smtpsink.Sink
	host    *host
	gen     *generator

	small     *client  // the workspace of single requests
	ids       []string // customers created in it
	large     *client  // the workspace with the imported customers
	imported  importTimes
	hasOrders bool
}

func newBench(o options) (*bench, error) {
	dir, err := dataDir(o)
	if err != nil {
		return nil, err
	}
	m, err := readMachine(dir)
	if err != nil {
		return nil, err
	}
	sink, err := smtpsink.Start(smtpsink.Options{CountOnly: true})
	if err != nil {
		return nil, err
	}
	return &bench{o: o, machine: m, dir: dir, sink: sink, gen: newGenerator(o.seed)}, nil
}

func dataDir(o options) (string, error) {
	if o.data != "" {
		return o.data, os.MkdirAll(o.data, 0o700)
	}
	return os.MkdirTemp("", "dangol-bench-")
}

func (b *bench) close() {
	if b.host != nil {
		b.host.stop()
	}
	_ = b.sink.Close() // this process ends
	if b.o.data == "" && !b.o.keep {
		os.RemoveAll(b.dir)
	}
}

// started returns the running host, started if need be.
func (b *bench) started(ctx context.Context) (*host, error) {
	if b.host != nil {
		return b.host, nil
	}
	h, err := startHost(ctx, b.o.host, filepath.Join(b.dir, "data"), b.sink.URL())
	b.host = h
	return h, err
}

// smallWorkspace returns a client of a workspace without imported data.
func (b *bench) smallWorkspace(ctx context.Context) (*client, error) {
	if b.small != nil {
		return b.small, nil
	}
	c, err := b.signUp(ctx, "small")
	b.small = c
	return c, err
}

// largeWorkspace returns a client of the workspace with the imported customers, and orders if asked; what is missing is imported first.
func (b *bench) largeWorkspace(ctx context.Context, withOrders bool) (*client, error) {
	if b.large == nil {
		c, err := b.signUp(ctx, "large")
		if err != nil {
			return nil, err
		}
		if b.imported, err = c.importFile(ctx, b, "customers", b.gen.customersCSV(b.o.customers), b.o.customers); err != nil {
			return nil, err
		}
		b.large = c
	}
	if withOrders && !b.hasOrders {
		if _, err := b.large.importFile(ctx, b, "orders", b.gen.ordersCSV(b.o.orders, b.o.customers), b.o.orders); err != nil {
			return nil, err
		}
		b.hasOrders = true
	}
	return b.large, nil
}

func (b *bench) signUp(ctx context.Context, name string) (*client, error) {
	h, err := b.started(ctx)
	if err != nil {
		return nil, err
	}
	c := newClient(h.base)
	if err := c.signUp(ctx, fmt.Sprintf("%s-%d@example.com", name, b.o.seed)); err != nil {
		return nil, fmt.Errorf("sign up: %w", err)
	}
	return c, nil
}
