package bulkwork

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/hop"
)

// stored reads the list of a job; blob.ErrNotFound before it was drawn.
func stored(ctx context.Context, r *hop.Run) ([]string, error) {
	f, _, err := r.Env.Objects(r.T.ID).Get(ctx, r.T.BulkKey(r.Job.ID), 0, -1)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	return strings.Fields(string(text)), err
}

// draw learns who is meant and stores it, unless another delivery did so first: then that list counts.
func draw(ctx context.Context, r *hop.Run, who bulk.Who) ([]string, error) {
	ids, err := meant(ctx, r, who)
	if err != nil {
		return nil, err
	}
	text := strings.NewReader(strings.Join(ids, "\n"))
	_, err = r.Env.Objects(r.T.ID).Put(ctx, r.T.BulkKey(r.Job.ID), text, blob.PutOptions{ContentType: "text/plain", IfAbsent: true})
	if errors.Is(err, blob.ErrPrecondition) {
		return stored(ctx, r)
	}
	return ids, err
}

// meant are the ids, each once. Those of a list are asked of the lake when it has what the table had at the request.
func meant(ctx context.Context, r *hop.Run, who bulk.Who) ([]string, error) {
	if len(who.IDs) > 0 {
		return once(who.IDs), nil
	}
	lake, err := audience.Over(r.Env, r.T)
	if err != nil {
		return nil, err
	}
	if err := lake.Await(ctx, r.Job.CreatedAt); err != nil {
		return nil, err
	}
	return lake.Found(ctx, who.Filter, who.Search)
}

func once(ids []string) (out []string) {
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id], out = true, append(out, id)
		}
	}
	return out
}
