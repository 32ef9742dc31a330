package ses

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"golang.org/x/sync/singleflight"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/mail"
)

// Tenants has each workspace's mail sent as an SES tenant of its own: SES then counts bounces and complaints for it alone, and pauses it alone. The zero
// value sends as the account. Source: AWS, SES developer guide, "Tenants".
type Tenants struct {
	Prefix    string   // begins the names; the workspace's id follows. Letters, digits, hyphens and underscores, 64 with the id; "" makes no tenants
	Resources []string // ARNs of what a message is sent with, the identity and the configuration set: a tenant may use what it is associated with
}

// name is the SES tenant of a workspace, or nil for mail of nobody's.
func (t Tenants) name(workspace string) *string {
	if t.Prefix == "" || workspace == "" {
		return nil
	}
	return aws.String(t.Prefix + workspace)
}

const (
	// makingWait is what making a tenant may take of the time that a hand-over has.
	makingWait = 5 * time.Second
	// makingPause is the longest wait before one of its calls is made again. AWS, SES developer guide, "Service quotas", lets an account make one a second
	// of all calls that do not send; whether those for tenants are among them it does not say.
	makingPause = time.Second
	// madeFor is how long a tenant that was made counts as made, whatever SES says of it.
	madeFor = time.Minute
)

// maker makes SES tenants, each once however many ask for it at a time. It takes up a tenant where it was left: the calls are few a second, and
// beginning anew might never come to an end.
type maker struct {
	client  *sesv2.Client
	o       Tenants
	clock   clock.Clock
	retryer aws.Retryer
	flights singleflight.Group

	mu   sync.Mutex
	made map[string]progress
}

// progress is how many steps of a tenant are done, and since when.
type progress struct {
	steps int
	at    time.Time
}

func newMaker(client *sesv2.Client, o Options) *maker {
	return &maker{client: client, o: o.Tenants, clock: o.Clock, retryer: retry.NewStandard(patiently), made: map[string]progress{}}
}

// patiently makes a call again that was slowed down or whose answer was lost: unlike with SendEmail, what exists already is what was wanted. The account's
// number of tenants is no matter of seconds.
func patiently(r *retry.StandardOptions) {
	r.MaxAttempts, r.MaxBackoff = 5, makingPause
	full := retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
		var limit *types.LimitExceededException
		if errors.As(err, &limit) {
			return aws.FalseTernary
		}
		return aws.UnknownTernary
	})
	r.Retryables = append([]retry.IsErrorRetryable{full}, r.Retryables...)
}

// make returns once the tenant exists with its resources, or a *mail.Failure: no message was accepted meanwhile. Who gives up does not take the others
// with him.
func (k *maker) make(ctx context.Context, name string) error {
	done := k.flights.DoChan(name, func() (any, error) { return nil, k.proceed(context.WithoutCancel(ctx), name) })
	select {
	case <-ctx.Done():
		return unmade(name, ctx.Err())
	case r := <-done:
		return r.Err
	}
}

// proceed does the steps that are left: the first makes the tenant, each of the others associates a resource with it.
func (k *maker) proceed(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, makingWait)
	defer cancel()
	for n := k.done(name); n <= len(k.o.Resources); n++ {
		err := k.step(ctx, name, n)
		var exists *types.AlreadyExistsException
		if err != nil && !errors.As(err, &exists) {
			k.forget(name, err)
			return unmade(name, err)
		}
		k.note(name, n+1)
	}
	return nil
}

func (k *maker) step(ctx context.Context, name string, n int) (err error) {
	again := func(o *sesv2.Options) { o.Retryer = k.retryer }
	if n == 0 {
		_, err = k.client.CreateTenant(ctx, &sesv2.CreateTenantInput{TenantName: &name}, again)
		return err
	}
	in := &sesv2.CreateTenantResourceAssociationInput{TenantName: &name, ResourceArn: &k.o.Resources[n-1]}
	_, err = k.client.CreateTenantResourceAssociation(ctx, in, again)
	return err
}

// done is how many steps need not be taken. A tenant that was made a while ago and is missed now was taken away since, wholly or in part.
func (k *maker) done(name string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.made[name]
	if p.steps > len(k.o.Resources) && k.clock.Now().Sub(p.at) >= madeFor {
		return 0
	}
	return p.steps
}

func (k *maker) note(name string, steps int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.made[name] = progress{steps, k.clock.Now()}
}

// forget begins anew with a tenant that is not there when it is associated.
func (k *maker) forget(name string, why error) {
	var gone *types.NotFoundException
	if !errors.As(why, &gone) {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.made, name)
}

// unmade is the failure of a message whose tenant could not be made. Only a limit of calls or of tenants makes it Throttled; whatever else is wrong is ours or
// SES's, and neither the receiver's nor the message's.
func unmade(name string, err error) *mail.Failure {
	f := &mail.Failure{Class: mail.Down, Detail: fmt.Sprintf("make tenant %s: %v", name, err)}
	if class, _ := refusal(err); class == mail.Throttled {
		f.Class = class
	}
	return f
}
