// Package apikeys is the feature of the credentials that an owner gives to programs: made with scopes, shown once, deleted at any time.
package apikeys

import (
	"context"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/api-keys.
type Feature struct {
	env  *env.Env
	keys identity.APIKeys
}

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e, keys: identity.NewAPIKeys(e)} }

// Register mounts the operations. Only the owner may call them: a key must not be able to make a greater one.
func (f *Feature) Register(a *api.API) {
	const tag, path = "api-keys", "/v1/api-keys"
	api.Register(a, api.Operation{ID: "listApiKeys", Method: http.MethodGet, Path: path, Tag: tag, Owner: true,
		Summary: "List API keys, newest first; a plan has at most 100"}, f.list)
	api.Register(a, api.Operation{ID: "createApiKey", Method: http.MethodPost, Path: path, Tag: tag, Owner: true, Status: 201, Secret: true,
		Statuses: []int{http.StatusConflict}, Summary: "Create an API key; it is shown this once"}, f.create)
	api.Register(a, api.Operation{ID: "deleteApiKey", Method: http.MethodDelete, Path: path + "/{id}", Tag: tag, Owner: true,
		Statuses: []int{http.StatusNotFound}, Summary: "Delete an API key; it stops working within 30 s"}, f.remove)
}

// Key is a key as its owner sees it: everything but the secret.
type Key struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Mode       apikey.Mode `json:"mode" enum:"live,test"`
	Prefix     string      `json:"prefix" doc:"The beginning of the key, by which to recognise it." example:"dgl_live_3fK9"`
	Scopes     []string    `json:"scopes" nullable:"false"`
	CreatedBy  string      `json:"createdBy"`
	CreatedAt  time.Time   `json:"createdAt"`
	ExpiresAt  *time.Time  `json:"expiresAt,omitempty" doc:"Absent: until it is deleted."`
	LastUsedAt *time.Time  `json:"lastUsedAt,omitempty" doc:"To the hour; absent: never used."`
}

func show(k *apikey.Key) Key {
	return Key{ID: k.ID, Name: k.Name, Mode: k.Mode, Prefix: k.Hint, Scopes: k.Scopes, CreatedBy: k.CreatedBy, CreatedAt: k.CreatedAt,
		ExpiresAt: k.ExpiresAt, LastUsedAt: k.LastUsedAt}
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// list answers all keys on one page: the plan bounds them.
func (f *Feature) list(ctx context.Context, _ *struct{}) (*api.Page[Key], error) {
	keys, err := f.tenant(ctx).APIKeys(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Key, len(keys))
	for i, k := range keys {
		all[i] = show(k)
	}
	return api.NewPage(all, ""), nil
}
