package campaignplan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// writers is how many chunks are written at once: enough to fill the engine's shared commits.
const writers = 24

// cursor is the first chunk that may not be written yet.
type cursor struct {
	Chunk int `json:"chunk"`
}

// write plans the messages, chunk by chunk. The list and the chunks are always the same, so a repeated hop finds a slice either whole or missing.
func (w *Worker) write(ctx context.Context, r *hop.Run, c *campaign.Campaign, ctl *campaign.Control) (again bool, err error) {
	list, err := w.stored(ctx, r.T, c.ID)
	if err != nil {
		return false, fmt.Errorf("read the audience of %s: %w", c.ID, err)
	}
	var from cursor
	if err := r.Cursor(&from); err != nil {
		return false, err
	}
	p := &planner{r: r, campaign: c.ID, epoch: ctl.Epoch, chunks: share(r.T.ID, c.ID, list, ctl.Frozen.Chunks), next: from.Chunk}
	p.low = p.next
	err = p.run(ctx)
	if serr := r.SetCursor(cursor{p.low}); serr != nil {
		return false, serr
	}
	switch {
	case table.FailedLabel(err, store.LabelEpoch):
		return true, nil // paused, resumed, stopped or canceled: the next hop looks at the control anew
	case err != nil:
		return false, err
	case p.low < len(p.chunks) && r.Job.CancelAsked:
		return false, sending.Pause(ctx, r.T, c.ID)
	case p.low < len(p.chunks):
		return true, nil
	}
	return false, complete(ctx, r, c.ID)
}

func complete(ctx context.Context, r *hop.Run, campaignID string) error {
	tx := r.T.Begin()
	tx.Complete(campaignID)
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	return sending.Finish(ctx, r.T, campaignID, 0)
}

// share spreads the customers to contact over the chunks, each by its message's id.
func share(tenant, campaignID string, list []byte, chunks int) [][]string {
	out := make([][]string, chunks)
	// Only a failing reader makes an error, and this one cannot fail: lines are short.
	_ = campaign.ReadAudience(bytes.NewReader(list), func(customer []byte, role campaign.Role) error {
		if role == campaign.ToContact {
			c := string(customer)
			n := message.ChunkOf(message.ID(tenant, campaignID, 0, 0, c, message.Email), chunks)
			out[n] = append(out[n], c)
		}
		return nil
	})
	return out
}

// planner writes chunks with several writers and knows up to where all are written.
type planner struct {
	r        *hop.Run
	campaign string
	epoch    int64
	chunks   [][]string // customers

	mu   sync.Mutex
	next int
	low  int // every chunk below is written
	done map[int]bool
	err  error
}

// run writes until all is written, time is over or something failed.
func (p *planner) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p.done = map[int]bool{}
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for chunk, ok := p.take(ctx); ok; chunk, ok = p.take(ctx) {
				n, err := p.chunk(ctx, chunk)
				if p.finish(ctx, chunk, n, err) != nil {
					stop()
				}
			}
		})
	}
	wg.Wait()
	return p.err
}

func (p *planner) take(ctx context.Context) (chunk int, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if ctx.Err() != nil || p.next >= len(p.chunks) || p.r.Late() {
		return 0, false
	}
	p.next++
	return p.next - 1, true
}

// finish books a chunk and saves the progress now and then. It returns the first failure.
func (p *planner) finish(ctx context.Context, chunk, n int, err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
	if p.err != nil {
		return p.err
	}
	p.done[chunk] = true
	for p.done[p.low] {
		delete(p.done, p.low)
		p.low++
	}
	p.r.Job.Done += int64(n)
	if p.err = p.r.SetCursor(cursor{p.low}); p.err == nil {
		p.err = p.r.Checkpoint(ctx)
	}
	return p.err
}

// chunk writes one chunk in transactions, the last of which asks for it to be sent. It returns how many messages are written.
func (p *planner) chunk(ctx context.Context, chunk int) (n int, err error) {
	customers := p.chunks[chunk]
	for start := 0; start < len(customers); start += store.MaxMoves {
		end := min(start+store.MaxMoves, len(customers))
		if err := p.slice(ctx, chunk, customers[start:end], end == len(customers)); err != nil {
			return start, err
		}
	}
	return len(customers), nil
}

func (p *planner) slice(ctx context.Context, chunk int, customers []string, last bool) error {
	t, now := p.r.T, p.r.T.Now()
	tx := t.BeginChunk(p.campaign, chunk)
	tx.InEpoch(p.campaign, p.epoch)
	for _, c := range customers {
		tx.Plan(&message.Message{ID: message.ID(t.ID, p.campaign, 0, 0, c, message.Email), CampaignID: p.campaign, CustomerID: c, Channel: message.Email,
			State: message.Planned, PlannedAt: now, Chunk: chunk})
	}
	if last {
		tx.Ready(p.epoch)
	}
	err := sending.Commit(ctx, tx)
	var failed *table.ConditionError
	if errors.As(err, &failed) && !table.FailedLabel(err, store.LabelEpoch) {
		return nil // an earlier hop wrote this slice
	}
	return err
}
