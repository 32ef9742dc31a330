//go:build cgo

package quality_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake/quality"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with its lake.
type shop struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	names map[string]string // by id
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	lakekit.Open(t, p.Env, p.Engine)
	s := &shop{TB: t, Place: p, Tenant: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID), names: map[string]string{}}
	return s
}

// add creates a customer in the name of an actor; told is how they came.
func (s *shop) add(actor string, f customer.Fields, told timeline.Type) *customer.Customer {
	s.Helper()
	c := &customer.Customer{ID: s.NewID(id.Customer), Fields: f}
	s.names[c.ID] = f.Name
	tx := s.As(actor).Begin()
	tx.CreateCustomer(c, timeline.Entry{ID: s.NewID(id.Event), Type: told, At: s.Now()})
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
	return c
}

// ask returns the rows of an answer, ids as names.
func (s *shop) ask(st sqltext.Statement) (lines []string) {
	s.Helper()
	lake, err := s.Env.Lake(s.Tenant.ID)
	if err != nil {
		s.Fatal(err)
	}
	err = lake.Query(s.Context(), st, func(row []any) error {
		lines = append(lines, s.text(row))
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return lines
}

func (s *shop) text(row []any) string {
	out := make([]string, len(row))
	for i, v := range row {
		out[i] = fmt.Sprint(v)
		for id, name := range s.names {
			out[i] = strings.ReplaceAll(out[i], id, name)
		}
	}
	return strings.Join(out, "|")
}

func (s *shop) same(what string, got []string, want ...string) {
	s.Helper()
	if !slices.Equal(got, want) {
		s.Errorf("%s: got\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func (s *shop) world() quality.World {
	return quality.World{Now: s.Now(), Zone: time.UTC, StaleMonths: 12}
}

func TestFiguresBySource(t *testing.T) {
	s := open(t)
	s.add("usr_01JD8Z4N6T0QF5W9E2R7Y1K3MB", customer.Fields{Name: "a", Email: "a@shop.kr", Phone: "+821011112222"}, timeline.ProfileCreated)
	s.add("key_01JD8Z4N6T0QF5W9E2R7Y1K3MB", customer.Fields{Name: "b", Phone: "02-123", BirthDate: "2999-01-01"}, timeline.ProfileCreated)
	s.add("importwork", customer.Fields{Name: "c", Email: "c@shop", Gender: "female"}, timeline.Imported)
	s.add("importwork", customer.Fields{Name: "12", BirthDate: "1988-02-29"}, timeline.Imported)
	gone := s.add("usr_01JD8Z4N6T0QF5W9E2R7Y1K3MB", customer.Fields{Name: "d"}, timeline.ProfileCreated)
	tx := s.Begin()
	tx.ArchiveCustomer(gone)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.same("figures: source, customers, stale, then filled and wrong of "+strings.Join(quality.Fields(), ", "), s.ask(quality.Figures(s.world())),
		"api|1|0|1|0|0|0|1|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0",
		"console|1|0|1|0|1|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0",
		"import|2|0|2|1|1|1|0|0|1|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0")
	s.same("without e-mail", s.ask(quality.Work(s.world(), "email", quality.Missing, "", "", 10)), "b", "12")
	s.same("without e-mail, from files", s.ask(quality.Work(s.world(), "email", quality.Missing, quality.Import, "", 10)), "12")
	s.same("with a wrong phone number", s.ask(quality.Work(s.world(), "phone", quality.Invalid, "", "", 10)), "b")
	s.same("born in the future", s.ask(quality.Work(s.world(), "birthDate", quality.Invalid, "", "", 10)), "b")
}

func TestWhoWasNotHeardOfForLong(t *testing.T) {
	s := open(t)
	s.add("usr_1", customer.Fields{Name: "quiet"}, timeline.ProfileCreated)
	noted := s.add("usr_1", customer.Fields{Name: "noted"}, timeline.ProfileCreated)
	s.Time.Advance(370 * 24 * time.Hour)
	s.add("usr_1", customer.Fields{Name: "new"}, timeline.ProfileCreated)
	tx := s.Begin()
	tx.Tell(noted.ID, timeline.Entry{ID: s.NewID(id.Note), Type: timeline.Noted, At: s.Now()})
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.same("stale", s.ask(quality.Work(s.world(), quality.Record, quality.Stale, "", "", 10)), "quiet")
	two := s.world()
	two.StaleMonths = 24
	s.same("stale after two years", s.ask(quality.Work(two, quality.Record, quality.Stale, "", "", 10)))
}

func TestRecordsThatAreLikelyOnePerson(t *testing.T) {
	for name, c := range map[string]struct {
		people []customer.Fields
		want   string // keys and how many, by group
	}{
		"the same number":                       {[]customer.Fields{{Name: "김단골", Phone: "+821011112222"}, {Name: "박단골", Phone: "+821011112222"}}, "[phone] 2"},
		"the same name and number: one group":   {[]customer.Fields{{Name: "김단골", Phone: "+821011112222"}, {Name: "김 단골", Phone: "+821011112222"}}, "[namePhone phone] 2"},
		"a number without its country":          {[]customer.Fields{{Name: "Kim", Phone: "+821011112222"}, {Name: "kim", Phone: "+11011112222"}}, "[namePhone] 2"},
		"the same mailbox at another provider":  {[]customer.Fields{{Name: "김단골", Email: "kim@a.kr"}, {Name: "김단골", Email: "kim@b.kr"}}, "[email] 2"},
		"another person of the same mailbox":    {[]customer.Fields{{Name: "김단골", Email: "info@a.kr"}, {Name: "박단골", Email: "info@b.kr"}}, ""},
		"the same name and birth date":          {[]customer.Fields{{Name: "김단골", BirthDate: "1988-02-29"}, {Name: "김단골", BirthDate: "1988-02-29"}}, "[nameBirth] 2"},
		"a name alone is no reason":             {[]customer.Fields{{Name: "김단골"}, {Name: "김단골"}}, ""},
		"a number that is none brings no group": {[]customer.Fields{{Name: "가", Phone: "000"}, {Name: "나", Phone: "000"}}, ""},
		"three of one number":                   {[]customer.Fields{{Name: "가", Phone: "+821011112222"}, {Name: "나", Phone: "+821011112222"}, {Name: "다", Phone: "+821011112222"}}, "[phone] 3"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			for _, f := range c.people {
				s.add("usr_1", f, timeline.ProfileCreated)
			}
			got := ""
			lake, err := s.Env.Lake(s.Tenant.ID)
			if err != nil {
				t.Fatal(err)
			}
			err = lake.Query(t.Context(), quality.Duplicates("", 10), func(row []any) error {
				got += fmt.Sprint(row[1], " ", row[2])
				return nil
			})
			if err != nil || got != c.want {
				t.Errorf("got %q %v, want %q", got, err, c.want)
			}
			want := "0|0"
			if c.want != "" {
				want = "1|" + c.want[len(c.want)-1:]
			}
			s.same("counted", s.ask(quality.DuplicateCount()), want)
		})
	}
}
