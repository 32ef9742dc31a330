package crash

import (
	"context"
	"io"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
)

// answer makes a call that answers something.
func answer[T any](p *Process, name string, do func() (T, error)) (out T, err error) {
	err = p.call(name, func() (err error) {
		out, err = do()
		return err
	})
	if err != nil {
		var nothing T
		return nothing, err
	}
	return out, nil
}

type tables struct {
	table.Table
	p *Process
}

// Get implements table.Table.
func (t tables) Get(ctx context.Context, n table.Name, k table.Key) (*table.Item, error) {
	return answer(t.p, "table.Get", func() (*table.Item, error) { return t.Table.Get(ctx, n, k) })
}

// BatchGet implements table.Table.
func (t tables) BatchGet(ctx context.Context, n table.Name, keys []table.Key) ([]*table.Item, error) {
	return answer(t.p, "table.BatchGet", func() ([]*table.Item, error) { return t.Table.BatchGet(ctx, n, keys) })
}

// Query implements table.Table.
func (t tables) Query(ctx context.Context, q table.Query) (table.Page, error) {
	return answer(t.p, "table.Query", func() (table.Page, error) { return t.Table.Query(ctx, q) })
}

// Write implements table.Table.
func (t tables) Write(ctx context.Context, ops ...table.Op) error {
	return t.p.call("table.Write", func() error { return t.Table.Write(ctx, ops...) })
}

type queues struct {
	queue.Queue
	p *Process
}

// Send implements queue.Queue.
func (q queues) Send(ctx context.Context, n queue.Name, msgs ...queue.Send) error {
	return q.p.call("queue.Send", func() error { return q.Queue.Send(ctx, n, msgs...) })
}

// Receive implements queue.Queue.
func (q queues) Receive(ctx context.Context, n queue.Name, most int, visibility, wait time.Duration) ([]queue.Message, error) {
	return answer(q.p, "queue.Receive", func() ([]queue.Message, error) { return q.Queue.Receive(ctx, n, most, visibility, wait) })
}

// Delete implements queue.Queue.
func (q queues) Delete(ctx context.Context, n queue.Name, receipts ...string) error {
	return q.p.call("queue.Delete", func() error { return q.Queue.Delete(ctx, n, receipts...) })
}

// Hide implements queue.Queue.
func (q queues) Hide(ctx context.Context, n queue.Name, receipt string, d time.Duration) error {
	return q.p.call("queue.Hide", func() error { return q.Queue.Hide(ctx, n, receipt, d) })
}

type sender struct {
	mail.Sender
	p *Process
}

// Send implements mail.Sender.
func (s sender) Send(ctx context.Context, m mail.Message) error {
	return s.p.call("mail.Send", func() error { return s.Sender.Send(ctx, m) })
}

type blobs struct {
	blob.Blob
	p *Process
}

// For implements blob.PerTenant.
func (b blobs) For(tenant string) blob.Blob { return blobs{blob.For(b.Blob, tenant), b.p} }

// Put implements blob.Blob.
func (b blobs) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	return answer(b.p, "blob.Put", func() (blob.Info, error) { return b.Blob.Put(ctx, key, r, o) })
}

// Get implements blob.Blob.
func (b blobs) Get(ctx context.Context, key string, offset, n int64) (out io.ReadCloser, info blob.Info, err error) {
	err = b.p.call("blob.Get", func() (err error) {
		out, info, err = b.Blob.Get(ctx, key, offset, n)
		return err
	})
	if err != nil && out != nil {
		_ = out.Close() // nobody is there to read it
		out = nil
	}
	return out, info, err
}

// Head implements blob.Blob.
func (b blobs) Head(ctx context.Context, key string) (blob.Info, error) {
	return answer(b.p, "blob.Head", func() (blob.Info, error) { return b.Blob.Head(ctx, key) })
}

// List implements blob.Blob.
func (b blobs) List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error) {
	return answer(b.p, "blob.List", func() ([]blob.Info, error) { return b.Blob.List(ctx, prefix, after, limit) })
}

// Delete implements blob.Blob.
func (b blobs) Delete(ctx context.Context, key string) error {
	return b.p.call("blob.Delete", func() error { return b.Blob.Delete(ctx, key) })
}
