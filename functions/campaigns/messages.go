package campaigns

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
)

type messagesInput struct {
	ByID
	api.PageInput
	State string `query:"state" enum:"planned,sending,accepted,skipped,failed,uncertain,canceled" doc:"Only messages in this state."`
}

func (f *Feature) messages(ctx context.Context, in *messagesInput) (*api.Page[*message.Message], error) {
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
	return api.NewPage(list, seal(ctx, next, in.ID, in.State)), nil
}
