//go:build cgo

package athenatwin

import (
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
	"github.com/dangol/dangol/shared/lake/athena"
)

// Options are those of an engine that asks the twin, each tenant with a session of its own.
func (w *Twin) Options(c clock.Clock, random io.Reader) athena.Options {
	own := w.caller("glue", "AKIAOWN", c)
	return athena.Options{
		Caller: func(tenant string) signed.Caller { return w.caller("athena", w.session(tenant), c) }, Tables: &own,
		Bucket: Bucket, Database: Database, WorkGroup: WorkGroup, Clock: c, Rand: random,
	}
}

// session is a tenant's access key; the first one makes it.
func (w *Twin) session(tenant string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := "AKIA" + tenant
	if _, has := w.Sessions[key]; !has {
		w.Sessions[key] = tenant
	}
	return key
}

func (w *Twin) caller(service, key string, c clock.Clock) signed.Caller {
	return signed.Caller{Service: service, Clock: c, Config: aws.Config{
		Region: "ap-northeast-2", BaseEndpoint: aws.String(w.URL), Credentials: credentials.NewStaticCredentialsProvider(key, "secret", ""),
	}}
}
