package store

import (
	"context"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/tenants"
)

// keyPlace is the content of a lookup item: where the key's record is.
type keyPlace struct {
	Tenant string `json:"tenant"`
	ID     string `json:"id"`
}

// APIKeyByHash reads the key with this hash and its tenant; errs api_key_not_found once it was deleted. An expired one is found.
func (i *Identity) APIKeyByHash(ctx context.Context, hash []byte) (*apikey.Key, *tenants.Tenant, error) {
	var at keyPlace
	if _, err := i.read(ctx, keyLookup(hash), "api_key_not_found", &at); err != nil {
		return nil, nil, err
	}
	items, err := i.batch(ctx, keys{at.Tenant}.apiKey(at.ID), keys{at.Tenant}.tenancy())
	if err != nil {
		return nil, nil, err
	}
	if items[0] == nil || items[1] == nil {
		return nil, nil, errs.New(errs.NotFound, "api_key_not_found")
	}
	k, err := decodeAPIKey(items[0])
	if err != nil {
		return nil, nil, err
	}
	c := &tenants.Tenant{Version: items[1].Version}
	return k, c, decode(items[1], c)
}

// APIKey reads one key of the tenant; errs api_key_not_found.
func (t *Tenant) APIKey(ctx context.Context, keyID string) (*apikey.Key, error) {
	if !id.Valid(id.APIKey, keyID) {
		return nil, errs.New(errs.NotFound, "api_key_not_found")
	}
	it, err := t.get(ctx, table.Identity, t.keys.apiKey(keyID), "api_key_not_found")
	if err != nil {
		return nil, err
	}
	return decodeAPIKey(it)
}

// APIKeys lists the tenant's keys, newest first; strongly consistent. The plan bounds how many there are.
func (t *Tenant) APIKeys(ctx context.Context) ([]*apikey.Key, error) {
	all := []*apikey.Key{}
	q := table.Query{Table: table.Identity, PK: t.keys.apiKeys(), Reverse: true}
	err := t.each(ctx, q, func(it *table.Item) (bool, error) {
		k, err := decodeAPIKey(it)
		all = append(all, k)
		return true, err
	})
	if err != nil {
		return nil, fmt.Errorf("list API keys: %w", err)
	}
	return all, nil
}

// CreateAPIKey adds a key and the item by which it is found.
func (x *Tx) CreateAPIKey(k *apikey.Key) {
	x.create(table.Identity, "apiKey", table.Item{Key: x.t.keys.apiKey(k.ID), Head: encode(k)})
	x.create(table.Identity, "apiKeyHash", table.Item{Key: keyLookup(k.Hash), Head: encode(keyPlace{x.t.ID, k.ID})})
	k.Version = 1
}

// TouchAPIKey adds the time of a use. Label "apiKey" fails when the key was deleted, or touched by someone else, since it was read.
func (x *Tx) TouchAPIKey(k *apikey.Key, now time.Time) {
	touched := *k
	touched.LastUsedAt = &now
	x.replace(table.Identity, "apiKey", k.Version, table.Item{Key: x.t.keys.apiKey(k.ID), Head: encode(&touched)})
}

// DeleteAPIKey removes the key for good. Call Identity.Ended after the commit.
func (x *Tx) DeleteAPIKey(k *apikey.Key) {
	x.remove(table.Identity, x.t.keys.apiKey(k.ID))
	x.remove(table.Identity, keyLookup(k.Hash))
}

func decodeAPIKey(it *table.Item) (*apikey.Key, error) {
	k := &apikey.Key{Version: it.Version}
	return k, decode(it, k)
}
