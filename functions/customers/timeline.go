package customers

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

type timelineInput struct {
	ByID
	api.PageInput
}

func (f *Feature) timeline(ctx context.Context, in *timelineInput) (*api.Page[timeline.Entry], error) {
	t, p := f.tenant(ctx), store.Page{Limit: in.Limit}
	if _, err := t.Customer(ctx, in.ID); err != nil {
		return nil, err
	}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After, in.ID); err != nil {
		return nil, err
	}
	entries, next, err := t.Timeline(ctx, in.ID, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(entries, api.NextCursor(ctx, next, in.ID)), nil
}

type noteInput struct {
	ByID
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"10000" doc:"What should be remembered about the customer."`
	}
}

func (f *Feature) addNote(ctx context.Context, in *noteInput) (*api.Created[timeline.Entry], error) {
	t := f.tenant(ctx)
	if _, err := t.Customer(ctx, in.ID); err != nil {
		return nil, err
	}
	e := timeline.Entry{ID: t.NewID(id.Note), Type: timeline.Noted, At: t.Now(), Actor: api.From(ctx).Actor(), Data: map[string]any{"text": in.Body.Text}}
	tx := t.Begin()
	tx.Tell(in.ID, e)
	out := api.NewCreated("/v1/customers/"+in.ID+"/timeline", e, 1)
	return out, api.Commit(ctx, tx, 201, out)
}

type consentsInput struct {
	ByID
	api.PageInput
}

func (f *Feature) consents(ctx context.Context, in *consentsInput) (*api.Page[consent.Consent], error) {
	t, p := f.tenant(ctx), store.Page{Limit: in.Limit}
	if _, err := t.Customer(ctx, in.ID); err != nil {
		return nil, err
	}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After, "consents", in.ID); err != nil {
		return nil, err
	}
	list, next, err := t.Consents(ctx, in.ID, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(list, api.NextCursor(ctx, next, "consents", in.ID)), nil
}

type consentInput struct {
	ByID
	Body struct {
		Channel consent.Channel `json:"channel" enum:"email,sms,phone,post,fax,web"`
		Purpose consent.Purpose `json:"purpose" enum:"marketing,service"`
		State   consent.State   `json:"state" enum:"granted,withdrawn"`
		Source  string          `json:"source,omitempty" maxLength:"200" doc:"Where it was said: form, counter, call."`
		Wording string          `json:"wording,omitempty" maxLength:"4000" doc:"The text that was agreed to, or its version."`
		At      *time.Time      `json:"at,omitempty" doc:"When the person said it; default now."`
	}
}

func (f *Feature) recordConsent(ctx context.Context, in *consentInput) (*api.Created[consent.Consent], error) {
	t := f.tenant(ctx)
	was, err := f.live(ctx, t, in.ID, api.IfMatch{})
	if err != nil {
		return nil, err
	}
	b := in.Body
	said := consent.Consent{ID: t.NewID(id.Consent), Channel: b.Channel, Purpose: b.Purpose, State: b.State, Source: b.Source, Wording: b.Wording, At: t.Now()}
	if b.At != nil {
		said.At = *b.At
	}
	if said, err = consent.Normalise(said, t.Now()); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.RecordConsent(was, said)
	out := api.NewCreated("/v1/customers/"+in.ID+"/consents", said, 1)
	if err := api.Commit(ctx, tx, 201, out); err != nil {
		return nil, t.Taken(ctx, err, was)
	}
	return out, nil
}
