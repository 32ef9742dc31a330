package embedded_test

import (
	"testing"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table/embedded"
	"github.com/dangol/dangol/shared/table/tabletest"
)

// disk is an engine that can be closed and opened again on the same data.
type disk struct {
	t     testing.TB
	dir   string
	o     embedded.Options
	store *kv.Store
	*embedded.Engine
}

func newDisk(t testing.TB, o embedded.Options) *disk {
	t.Helper()
	d := &disk{t: t, dir: t.TempDir(), o: o}
	d.open()
	t.Cleanup(d.close)
	return d
}

func (d *disk) open() {
	d.t.Helper()
	var err error
	if d.store, err = kv.Open(d.dir, kv.Options{}); err != nil {
		d.t.Fatal(err)
	}
	if d.Engine, err = embedded.New(d.store, d.o); err != nil {
		d.t.Fatal(err)
	}
}

func (d *disk) close() {
	d.t.Helper()
	d.Engine.Close()
	if err := d.store.Close(); err != nil {
		d.t.Error(err)
	}
}

func (d *disk) reopen() {
	d.t.Helper()
	d.close()
	d.open()
}

func (d *disk) subject() tabletest.Subject {
	return tabletest.Subject{Table: d.Engine, Faults: d.Faults, Reopen: func() tabletest.Subject {
		d.reopen()
		return d.subject()
	}}
}

func TestTheEngineKeepsThePort(t *testing.T) {
	tabletest.Run(t, func(t *testing.T) tabletest.Subject {
		return newDisk(t, embedded.Options{Clock: clock.System{}}).subject()
	})
}
