// Package largelakes has the lakes that are too large for a function asked through Athena, on AWS, each in its tenant's name; all others stay with the engine
// that lakes.Open has opened before.
package largelakes

import (
	"context"
	"crypto/rand"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/signed"
	"github.com/dangol/dangol/shared/lake/athena"
	"github.com/dangol/dangol/shared/lake/compact"
)

// large is how many bytes the parts of a lake have that a function would not load: with its tables DuckDB would fill the disk that lakes.Open counts on.
const large = 2 << 30

// Open is a cloud.Part; lakes.Open comes before it.
func Open(g *cloud.Ground) error {
	o := athena.Options{Clock: g.Env.Clock, Rand: rand.Reader, Fold: fold(g.Env.Clock)}
	for name, into := range map[string]*string{"DANGOL_BUCKET": &o.Bucket, "DANGOL_ATHENA_DATABASE": &o.Database, "DANGOL_ATHENA_WORKGROUP": &o.WorkGroup} {
		var err error
		if *into, err = g.Must(name); err != nil {
			return err
		}
	}
	o.Tables = &signed.Caller{Service: "glue", Config: g.At("GLUE"), Clock: g.Env.Clock}
	o.Caller = func(tenant string) signed.Caller {
		c := signed.Caller{Service: "athena", Config: g.At("ATHENA"), Clock: g.Env.Clock}
		if g.Tenants != nil {
			c.Config.Credentials = g.Tenants(tenant)
		}
		return c
	}
	g.Env.Lakes = athena.BySize{Small: g.Env.Lakes, Large: athena.New(o), Bytes: large}
	return nil
}

// fold brings all deltas into the parts. Turns end by themselves: each takes the oldest deltas first, and new ones come slower than it works.
func fold(c clock.Clock) func(context.Context, blob.Blob, string) error {
	return func(ctx context.Context, objects blob.Blob, tenant string) error {
		for {
			r, err := compact.Turn(ctx, objects, tenant, compact.Options{Now: c.Now})
			if err != nil || !r.More {
				return err
			}
		}
	}
}
