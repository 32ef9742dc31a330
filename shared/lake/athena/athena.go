// Package athena asks tenants' lakes through Amazon Athena, for questions whose lake is too large for one function: the same files and the same port as
// shared/lake/duck (docs/adr/0014).
//
// # What a question sees
//
// The parts that the manifest names when the question is put, of one tenant, all of the same moment. They are listed in files of the question's own, under the
// tenant's prefix; Athena reads them with the caller's credentials, which in a function are a session that reaches no other prefix (docs/adr/0011). Deltas are not
// parts: Options.Fold is called first and turns them into such, so that an answer is as old as the change feed, some seconds. Without it an answer is as old as
// the last compaction.
//
// # What it cannot
//
// A statement that is not known to mean the same in Trino's SQL is refused (ErrDialect), and so is a value of more than 1,022 characters. A field of the
// workspace's own whose type differs from part to part cannot be asked (ErrColumn). Nobody's changes can be laid over the lake (Overlay fails).
//
// Limits of Athena: a quota of time for a statement and of statements at once, by account and region, 262,144 bytes of SQL, and what the work group lets one
// question read. Source: AWS, Amazon Athena user guide, "Service Quotas". docs/lake-scale.md holds them against DuckDB's.
package athena

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
	"github.com/dangol/dangol/shared/lake/ask"
)

// What callers may tell apart.
var (
	ErrDialect = errors.New("athena: the statement cannot be said in Athena's SQL")
	ErrColumn  = errors.New("athena: the column cannot be asked")
	ErrLimit   = errors.New("athena: the question reads more than the work group allows")
	ErrFailed  = errors.New("athena: the question failed")
	ErrOverlay = errors.New("athena: nothing can be laid over the lake")
)

// Options say where lakes are asked. Fold and Tables may be left out.
type Options struct {
	Caller    func(tenant string) signed.Caller // of Athena, in the tenant's name
	Tables    *signed.Caller                    // of Glue, in the function's own name; nil: custom fields cannot be asked
	Bucket    string                            // in which the lakes are
	Database  string                            // of the catalogue, with glue.Tables
	WorkGroup string
	// Fold brings the deltas of a tenant's lake into its parts; nil: answers lack what was not folded.
	Fold  func(ctx context.Context, objects blob.Blob, tenant string) error
	Clock clock.Clock
	Rand  io.Reader // cryptographic randomness: names of questions
}

// Engine has the lakes of all tenants. It is safe for concurrent use.
type Engine struct{ options Options }

// New returns an engine.
func New(o Options) *Engine { return &Engine{o} }

var tenantForm = regexp.MustCompile(`^[A-Za-z0-9_]{1,64}$`)

// Of implements ask.Lakes.
func (e *Engine) Of(tenant string, objects blob.Blob) (ask.Lake, error) {
	return e.Lake(tenant, objects)
}

// Lake is Of, with what the port does not have.
func (e *Engine) Lake(tenant string, objects blob.Blob) (*Lake, error) {
	if !tenantForm.MatchString(tenant) {
		return nil, fmt.Errorf("athena: %q is no tenant", tenant)
	}
	return &Lake{e.options, tenant, objects}, nil
}

// Lake is one tenant's lake. It is safe for concurrent use.
type Lake struct {
	Options
	tenant  string
	objects blob.Blob
}

// Overlay implements ask.Lake: it cannot.
func (l *Lake) Overlay(context.Context, []byte) error { return ErrOverlay }

// How long a question is waited for between two looks: briefly at first, since small ones end within a second.
const (
	firstLook = 250 * time.Millisecond
	lastLook  = 5 * time.Second
)
