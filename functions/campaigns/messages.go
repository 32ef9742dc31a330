package campaigns

import (
	"context"
	"slices"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

type messagesInput struct {
	ByID
	api.PageInput
	State string `query:"state" enum:"planned,sending,accepted,skipped,failed,uncertain,canceled" doc:"Only messages in this state."`
}

// Sent is a message with whom it is for, so that a list of people needs no second look.
type Sent struct {
	*message.Message
	CustomerName string `json:"customerName,omitempty" doc:"The customer's name as it is now; absent for one without a name, or removed."`
}

func (f *Feature) messages(ctx context.Context, in *messagesInput) (*api.Page[Sent], error) {
	t, p := f.tenant(ctx), store.Page{Limit: in.Limit}
	if _, _, err := t.Campaign(ctx, in.ID); err != nil {
		return nil, err
	}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After, in.ID, in.State); err != nil {
		return nil, err
	}
	list, next, err := t.Messages(ctx, in.ID, message.State(in.State), p)
	if err != nil {
		return nil, err
	}
	named, err := withNames(ctx, t, list)
	if err != nil {
		return nil, err
	}
	return api.NewPage(named, api.NextCursor(ctx, next, in.ID, in.State)), nil
}

func withNames(ctx context.Context, t *store.Tenant, list []*message.Message) ([]Sent, error) {
	out := make([]Sent, 0, len(list))
	for chunk := range slices.Chunk(list, table.MaxBatchGet) {
		ids := make([]string, len(chunk))
		for i, m := range chunk {
			ids[i] = m.CustomerID
		}
		customers, err := t.CustomersByID(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i, m := range chunk {
			s := Sent{Message: m}
			if customers[i] != nil {
				s.CustomerName = customers[i].Name
			}
			out = append(out, s)
		}
	}
	return out, nil
}
