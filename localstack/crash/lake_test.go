//go:build cgo

package crash_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/localstack/stand"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rebuild"
)

// upkeep is how soon lakes are compacted, so that kills hit that too.
const upkeep = "200ms"

// lake holds the lake, which was fed and compacted between the kills, against one that is written anew from the table.
func (s *story) lake() {
	s.Helper()
	var me struct{ Workspace struct{ ID string } }
	s.must(s.shop.Get(s.Context(), "/v1/me", &me))
	s.kill()
	place, err := stand.Open(stand.Options{Dir: s.dir})
	s.must(err)
	defer func() { s.must(place.Close()) }()
	place.Start(s.Context())
	tenant := me.Workspace.ID
	ours, anew := place.Env.Objects(tenant), s.anew(place, tenant)
	want, got := s.told(anew, tenant), ""
	for end := time.Now().Add(time.Minute); got != want && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		got = s.told(ours, tenant)
	}
	if got != want {
		s.Errorf("the lake has\n%swant what the table has\n%s", got, want)
	}
	m, _, err := lake.Read(s.Context(), ours, tenant)
	s.must(err)
	if m.Version < 3 {
		s.Errorf("the lake was compacted %d times: that says little of kills meanwhile", m.Version)
	}
	s.Logf("the lake after %d compactions:\n%s", m.Version, want)
}

// anew is an object store with the lake as the table says it.
func (s *story) anew(place *stand.Stand, tenant string) blob.Blob {
	s.Helper()
	b, err := dir.New(s.TempDir(), func() string { return "" }, make([]byte, 32), clock.System{})
	s.must(err)
	s.Cleanup(func() { _ = b.Close() })
	_, err = rebuild.Lake(s.Context(), place.Env.DB.Tenant(tenant), b, rebuild.Options{Now: time.Now})
	s.must(err)
	return b
}

// told says of each subject that is made of the table how many rows it has, and a hash over all of their columns.
func (s *story) told(b blob.Blob, tenant string) string {
	s.Helper()
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: s.TempDir()})
	s.must(err)
	defer func() { s.must(r.Close()) }()
	l, err := r.Of(tenant, b)
	s.must(err)
	var out strings.Builder
	for _, subject := range dictionary.Subjects() {
		if !lake.OfTable(subject.Name) {
			continue
		}
		query := fmt.Sprintf(`SELECT count(*), coalesce(bit_xor(hash(s)), 0)::VARCHAR FROM %q s`, subject.Name)
		s.must(l.Query(context.WithoutCancel(s.Context()), duck.Statement{SQL: query}, func(row []any) error {
			fmt.Fprintln(&out, subject.Name, row[0], row[1])
			return nil
		}))
	}
	return out.String()
}
