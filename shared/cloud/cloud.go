// Package cloud opens a function's place on AWS: its tables, queues, objects and mail from the environment that infra gives each Lambda.
package cloud

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/awslambda"
)

// ErrNoEngines reports that this build holds no AWS engines. The ports have embedded engines only so far; a function deployed from it stops at its start,
// loudly, rather than answer without its data.
var ErrNoEngines = errors.New("cloud: this build has no AWS engines for table, queue, blob and mail: run the embedded host")

// Open is the awslambda.Open of every function.
func Open(context.Context) (*awslambda.Place, error) { return nil, ErrNoEngines }
