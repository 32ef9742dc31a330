package apikeys

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/tenants"
)

type createInput struct {
	Body struct {
		Name      string      `json:"name" example:"Shop system" doc:"For what the key is; up to 100 characters."`
		Scopes    []string    `json:"scopes" nullable:"false" uniqueItems:"true" doc:"What the key may do, such as customers:read." example:"[\"customers:read\",\"orders:write\"]"`
		Mode      apikey.Mode `json:"mode,omitempty" enum:"live,test" doc:"A test key reaches no people; default live."`
		ExpiresAt *time.Time  `json:"expiresAt,omitempty" doc:"When it stops working; absent: never."`
	}
}

// NewKey is a new key with its secret.
type NewKey struct {
	Key
	Secret string `json:"key" doc:"The key itself, this once." example:"dgl_live_3fK9..."`
}

func (f *Feature) create(ctx context.Context, in *createInput) (*api.Created[NewKey], error) {
	t := f.tenant(ctx)
	k := &apikey.Key{
		ID: t.NewID(id.APIKey), Tenant: t.ID, Name: in.Body.Name, Scopes: in.Body.Scopes, Mode: cmp.Or(in.Body.Mode, apikey.Live),
		ExpiresAt: in.Body.ExpiresAt, CreatedBy: api.From(ctx).Actor(), CreatedAt: t.Now(),
	}
	if err := k.Check(t.Now()); err != nil {
		return nil, err
	}
	if err := f.room(ctx); err != nil {
		return nil, err
	}
	var secret string
	var err error
	if secret, k.Hint, k.Hash, err = f.keys.Make(k.Mode); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.CreateAPIKey(k)
	out := api.NewCreated("/v1/api-keys/"+k.ID, NewKey{show(k), secret}, k.Version)
	if err := api.Commit(ctx, tx, http.StatusCreated, out); err != nil {
		return nil, err
	}
	return out, nil
}

// room refuses when the plan has no key left: errs api_keys_full. Two calls at once may pass it together; the limit is no safeguard but a bound.
func (f *Feature) room(ctx context.Context) error {
	t := f.tenant(ctx)
	keys, err := t.APIKeys(ctx)
	if err != nil {
		return err
	}
	who, err := t.Tenancy(ctx)
	if err != nil {
		return err
	}
	if most := tenants.PlanOf(who.Plan).APIKeys; len(keys) >= most {
		return errs.Newf(errs.Conflict, "api_keys_full", "max", most)
	}
	return nil
}

type removeInput struct {
	ID string `path:"id" maxLength:"64" doc:"The key's id."`
}

func (f *Feature) remove(ctx context.Context, in *removeInput) (*struct{}, error) {
	t := f.tenant(ctx)
	k, err := t.APIKey(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.DeleteAPIKey(k)
	if err := api.Commit(ctx, tx, http.StatusNoContent, nil); err != nil {
		return nil, err
	}
	f.env.DB.Identity().Ended()
	return nil, nil
}
