package athena

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// BySize asks each lake by the engine that suits it: one whose parts have more than so many bytes by Large, all others by Small. Every question is decided anew,
// so that a lake that grows changes engines between two. What Large refuses to say is asked of Small, which may find no room for it.
type BySize struct {
	Small, Large ask.Lakes
	Bytes        int64
}

// Of implements ask.Lakes.
func (s BySize) Of(tenant string, objects blob.Blob) (ask.Lake, error) {
	small, err := s.Small.Of(tenant, objects)
	if err != nil {
		return nil, err
	}
	large, err := s.Large.Of(tenant, objects)
	return sized{small, large, s.Bytes, tenant, objects}, err
}

type sized struct {
	small, large ask.Lake
	bytes        int64
	tenant       string
	objects      blob.Blob
}

// of is the lake by the engine that suits it now.
func (s sized) of(ctx context.Context) (ask.Lake, error) {
	m, _, err := lake.Read(ctx, s.objects, s.tenant)
	if err != nil {
		return nil, err
	}
	var bytes int64
	for _, parts := range m.Subjects {
		for _, p := range parts {
			bytes += p.Bytes
		}
	}
	if bytes > s.bytes {
		return s.large, nil
	}
	return s.small, nil
}

// Query implements ask.Lake.
func (s sized) Query(ctx context.Context, q sqltext.Statement, each func([]any) error) error {
	l, err := s.of(ctx)
	if err != nil {
		return err
	}
	err = l.Query(ctx, q, each)
	if l == s.large && (errors.Is(err, ErrDialect) || errors.Is(err, ErrColumn)) { // it says so before the first row
		return s.small.Query(ctx, q, each)
	}
	return err
}

// Read implements ask.Reader: a small lake is read in one state, of a large one each question has its own.
func (s sized) Read(ctx context.Context, f func(ask.State) error) error {
	l, err := s.of(ctx)
	if err != nil {
		return err
	}
	if l == s.small {
		return ask.Read(ctx, s.small, f)
	}
	return ask.Read(ctx, struct{ ask.Lake }{s}, f) // as a lake that is only asked
}

// Columns implements ask.Lake.
func (s sized) Columns(ctx context.Context, subject string) ([]ask.Column, error) {
	l, err := s.of(ctx)
	if err != nil {
		return nil, err
	}
	return l.Columns(ctx, subject)
}

// Overlay implements ask.Lake.
func (s sized) Overlay(ctx context.Context, lines []byte) error {
	l, err := s.of(ctx)
	if err != nil {
		return err
	}
	return l.Overlay(ctx, lines)
}
