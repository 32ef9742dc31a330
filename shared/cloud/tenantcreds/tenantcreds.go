// Package tenantcreds gives a function credentials that reach one tenant and no other: sessions of its tenant role, tagged with the tenant.
//
// The policies of that role hold the tag against dynamodb:LeadingKeys and the prefix of objects, so a store that asks for another tenant's item is refused
// by AWS, whatever the code thinks. Beginning a session is a call of its own, and so sessions are kept and shared.
package tenantcreds

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"golang.org/x/sync/singleflight"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/id"
)

// Tag is the session tag that the policies read as ${aws:PrincipalTag/tenant}.
const Tag = "tenant"

const (
	life  = time.Hour        // the most that AWS gives a session begun from another session, which a Lambda's always is
	early = 30 * time.Minute // a session this close to its end is renewed: a link that it signs dies with it, and so lives half an hour at least
	wait  = 10 * time.Second // for one answer of STS
	most  = 512              // sessions kept: some 2 KB each
)

// Options are the settings of a Cache.
type Options struct {
	STS      STS
	Role     string // ARN of the function's tenant role
	Function string // the row's name, by which CloudTrail knows the session
	Most     int    // tenants whose sessions are kept, the latest used; default 512
	Clock    clock.Clock
}

// Cache keeps the sessions of one function. It is safe for concurrent use.
type Cache struct {
	o       Options
	kept    *recent
	flights singleflight.Group
}

// New returns a cache without sessions.
func New(o Options) *Cache {
	if o.Most == 0 {
		o.Most = most
	}
	return &Cache{o: o, kept: newRecent(o.Most)}
}

// Tenant returns the credentials of a tenant. It calls nobody; the first use does. The id must come from where DB.Tenant's comes from: a verified
// credential, a message's envelope or a signed link. Clients are given it per call (dynamodb.Options.Credentials), so that all tenants share one client
// and its connections.
func (c *Cache) Tenant(tenant string) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) { return c.credentials(ctx, tenant) })
}

// credentials returns a kept session that lasts a while, or begins one. However many ask at once, STS is asked once; the caller that gives up does not
// take the others with it.
func (c *Cache) credentials(ctx context.Context, tenant string) (aws.Credentials, error) {
	if !id.Valid(id.Workspace, tenant) {
		return aws.Credentials{}, fmt.Errorf("credentials for %q: no tenant", tenant)
	}
	kept, ok := c.kept.get(tenant)
	if ok && c.left(kept) > early {
		return kept, nil
	}
	begun := c.flights.DoChan(tenant, func() (any, error) {
		if again, ok := c.kept.get(tenant); ok && c.left(again) > early {
			return again, nil // begun between the look and the flight
		}
		return c.begin(context.WithoutCancel(ctx), tenant)
	})
	select {
	case <-ctx.Done():
		return aws.Credentials{}, ctx.Err()
	case r := <-begun:
		if r.Err != nil && ok && c.left(kept) > 0 {
			return kept, nil // renewing failed, but what there is still works; the next call tries again
		}
		fresh, _ := r.Val.(aws.Credentials)
		return fresh, r.Err
	}
}

func (c *Cache) left(k aws.Credentials) time.Duration { return k.Expires.Sub(c.o.Clock.Now()) }

func (c *Cache) begin(ctx context.Context, tenant string) (aws.Credentials, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	k, err := c.o.STS.Begin(ctx, Session{Role: c.o.Role, Name: c.o.Function, Tenant: tenant, Life: life})
	if err != nil {
		return aws.Credentials{}, fmt.Errorf("begin a session of %s for %s: %w", c.o.Role, tenant, err)
	}
	c.kept.put(tenant, k)
	return k, nil
}
