package identity

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/tenants"
)

// Recheck is how long a verified credential is believed without asking whether it still stands: so long may one that was ended elsewhere go on.
// One that was ended in this process is asked for again at once.
const Recheck = 30 * time.Second

// mostRemembered bounds the memory of verified credentials: some 3 MB.
const mostRemembered = 10_000

// Verifier checks Authorization headers of both kinds: access tokens of people and API keys of programs. It implements api.Verifier.
type Verifier struct {
	tokens *Tokens
	keys   APIKeys
	db     *store.DB
	clock  clock.Clock
	log    *slog.Logger
	seen   *remembered[[sha256.Size]byte, verified]
}

var _ api.Verifier = (*Verifier)(nil)

// verified is a credential that was good.
type verified struct {
	who     api.Principal
	ends    time.Time // the credential's own end; zero is never
	checked time.Time
	epoch   int64
}

// NewVerifier returns the verifier of an installation. A process needs one, shared by all functions.
func NewVerifier(e *env.Env) (*Verifier, error) {
	tokens, err := NewTokens(e.Settings.Keys.Signing, e.Settings.BaseURL, e.Clock)
	if err != nil {
		return nil, err
	}
	return &Verifier{
		tokens: tokens, keys: NewAPIKeys(e), db: e.DB, clock: e.Clock, log: e.Log,
		seen: newRemembered[[sha256.Size]byte, verified](mostRemembered),
	}, nil
}

// Verify returns who calls with an Authorization header. Refusals are errs.Unauthorized: credential_missing, credential_invalid,
// credential_expired; none tells more than that.
func (v *Verifier) Verify(ctx context.Context, authorization string) (api.Principal, error) {
	scheme, credential, ok := strings.Cut(authorization, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || credential == "" {
		return api.Principal{}, errs.New(errs.Unauthorized, "credential_missing")
	}
	if len(credential) > maxToken {
		return api.Principal{}, errs.New(errs.Unauthorized, "credential_invalid")
	}
	name, now, epoch := sha256.Sum256([]byte(credential)), v.clock.Now(), v.db.Identity().Epoch()
	if known, ok := v.seen.get(name); ok && known.fresh(now, epoch) {
		return known.who, nil
	}
	found, err := v.look(ctx, credential)
	if err != nil {
		v.seen.forget(name)
		return api.Principal{}, err
	}
	found.checked, found.epoch = now, epoch // read before the look: what ended during it is asked for again
	v.seen.put(name, found)
	return found.who, nil
}

func (k verified) fresh(now time.Time, epoch int64) bool {
	return k.epoch == epoch && now.Before(k.checked.Add(Recheck)) && (k.ends.IsZero() || now.Before(k.ends))
}

func (v *Verifier) look(ctx context.Context, credential string) (verified, error) {
	if strings.HasPrefix(credential, keyPrefix) {
		return v.program(ctx, credential)
	}
	return v.person(ctx, credential)
}

// person checks an access token: first its signature and time, then whether session, membership and tenant still stand.
func (v *Verifier) person(ctx context.Context, token string) (verified, error) {
	c, err := v.tokens.Check(token)
	if err != nil {
		return verified{}, err
	}
	s, err := v.db.Identity().Standing(ctx, c.UserID, c.Tenant, c.Session)
	if err != nil {
		return verified{}, err
	}
	if !works(s) || s.Membership.Role != c.Role {
		return verified{}, errs.New(errs.Unauthorized, "credential_expired")
	}
	return verified{ends: c.Expires, who: api.Principal{
		Tenant: c.Tenant, UserID: c.UserID, Scopes: c.Role.Scopes(), Owner: c.Role == user.Owner, Limit: limitOf(s.Tenant),
	}}, nil
}

// program checks an API key.
func (v *Verifier) program(ctx context.Context, secret string) (verified, error) {
	mode, hash, ok := v.keys.Read(secret)
	if !ok {
		return verified{}, errs.New(errs.Unauthorized, "credential_invalid")
	}
	k, tenant, err := v.db.Identity().APIKeyByHash(ctx, hash)
	if errs.Code(err) == "api_key_not_found" {
		return verified{}, errs.New(errs.Unauthorized, "credential_invalid")
	}
	if err != nil {
		return verified{}, err
	}
	if k.Expired(v.clock.Now()) || tenant.Status != tenants.Active {
		return verified{}, errs.New(errs.Unauthorized, "credential_expired")
	}
	v.touch(ctx, k)
	found := verified{who: api.Principal{
		Tenant: k.Tenant, KeyID: k.ID, Scopes: k.Scopes, Limit: limitOf(tenant), Test: mode == apikey.Test,
	}}
	if k.ExpiresAt != nil {
		found.ends = *k.ExpiresAt
	}
	return found, nil
}

// touch writes when the key was last used, at most hourly. It may fail: another instance did it, or the key is being deleted.
func (v *Verifier) touch(ctx context.Context, k *apikey.Key) {
	now := v.clock.Now()
	if !k.Stale(now) {
		return
	}
	x := v.db.Tenant(k.Tenant).As(k.ID).Begin()
	x.TouchAPIKey(k, now)
	if err := x.Commit(ctx); err != nil {
		v.log.DebugContext(ctx, "the use of a key was not noted", "key", k.ID, "error", err)
	}
}

func limitOf(t *tenants.Tenant) api.Limit { return api.Limit(tenants.PlanOf(t.Plan).CallsPer10s) }
