package main

import (
	"errors"
	"flag"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
	"github.com/dangol/dangol/tenants"
)

// The story of a move: counted, copied, cut; hana works at the new stage alone, duri never noticed.
func TestOneWorkspaceMovesAndTheOtherStays(t *testing.T) {
	w := newWorld(t)
	before := w.all(w.old)

	out, err := w.run()
	if err != nil || !strings.Contains(out, hana+" is active at "+w.old.Stage) || !strings.Contains(out, "objects   "+w.old.Stage+": 3 objects") {
		t.Errorf("a dry run said %s, %v", out, err)
	}
	if now := w.all(w.old); !maps.EqualFunc(now, before, raw.Item.Equal) || len(w.all(w.new)) != 0 {
		t.Error("a dry run wrote something")
	}

	if out, err = w.run("-yes"); err != nil || !strings.Contains(out, "put 3 dates") || !strings.Contains(out, "The copy is whole.") {
		t.Fatalf("the copy said %s, %v", out, err)
	}
	if w.standing(w.old) != tenants.Suspended || w.standing(w.new) != tenants.Suspended || w.due(w.old)+w.due(w.new) != "" {
		t.Errorf("before the cut: %s and %s, dates %q and %q", w.standing(w.old), w.standing(w.new), w.due(w.old), w.due(w.new))
	}
	for k, it := range w.all(w.new) {
		if strings.Contains(k, duri) || strings.Contains(k, "duri") || strings.Contains(it.Text(table.AttrHead), duri) {
			t.Errorf("%s of the other workspace was copied", k)
		}
	}

	if out, err = w.run("-yes", "-cut"); err != nil || !strings.Contains(out, "with 3 dates in its calendar") {
		t.Fatalf("the cut said %s, %v", out, err)
	}
	if w.standing(w.old) != tenants.Moved || w.standing(w.new) != tenants.Active || w.due(w.old) != "" || strings.Count(w.due(w.new), "due") != 3 {
		t.Errorf("after the cut: %s and %s, dates %q and %q", w.standing(w.old), w.standing(w.new), w.due(w.old), w.due(w.new))
	}
	w.arrived(before)
	for k, it := range w.all(w.old) {
		if (strings.Contains(k, duri) || strings.Contains(k, "duri")) && !it.Equal(before[k]) {
			t.Errorf("%s of the other workspace was changed", k)
		}
	}
	if _, err := w.run("-yes", "-cut"); err == nil || !strings.Contains(err.Error(), "was moved to "+w.new.Stage+" before") {
		t.Errorf("a second move: %v", err)
	}
	if _, err := w.run("-reopen"); err == nil {
		t.Error("a moved workspace was opened again at the old stage")
	}
}

// arrived checks that the new stage has each of hana's items as it was, but for the tenancy, whose state was changed twice.
func (w *world) arrived(before map[string]raw.Item) {
	w.t.Helper()
	got, wanted := w.all(w.new), 0
	for k, it := range before {
		if strings.Contains(k, duri) || strings.Contains(k, "duri") || strings.Contains(it.Text(table.AttrHead), duri) {
			continue
		}
		wanted++
		if there, ok := got[k]; !ok || !there.Equal(it) && !strings.HasSuffix(k, "#tenant tenant") {
			w.t.Errorf("%s: got %v, want it as it was", k, there)
		}
	}
	if len(got) != wanted {
		w.t.Errorf("got %d items, want %d", len(got), wanted)
	}
	db := w.new.DB()
	if who, err := db.Identity().AccountByEmail(w.t.Context(), "hana@shop.kr"); err != nil || who.Password.Hash != "hash of hana@shop.kr" || len(who.Memberships) != 1 {
		w.t.Errorf("the owner: %+v, %v", who, err)
	}
	if k, _, err := db.Identity().APIKeyByHash(w.t.Context(), []byte("a")); err != nil || k.Name != "key of "+hana {
		w.t.Errorf("the key: %+v, %v", k, err)
	}
	found, err := w.new.Bucket(w.buckets[1]).List(w.t.Context(), "", "", 100)
	if err != nil || len(found) != 3 || !strings.HasPrefix(found[0].Key, "t/"+hana+"/") {
		w.t.Errorf("objects: %v, %v", found, err)
	}
}

// Wherever the copy is stopped, the next run makes it whole, with every item once.
func TestACopyThatWasStoppedGoesOn(t *testing.T) {
	w := newWorld(t)
	var stops int
	for n := 1; ; n += 3 {
		err := w.move(n)
		if err == nil {
			break
		}
		if !errors.Is(err, errStopped) {
			t.Fatal(err)
		}
		stops++
	}
	if stops < 3 {
		t.Errorf("it was stopped %d times; the world is too small for the test", stops)
	}
	old, got := w.all(w.old), w.all(w.new)
	for k, it := range got {
		if !it.Equal(old[k]) {
			t.Errorf("%s: got %v, want %v", k, it, old[k])
		}
	}
	once := newWorld(t)
	if _, err := once.run("-yes"); err != nil {
		t.Fatal(err)
	}
	if want := once.all(once.new); len(got) != len(want) {
		t.Errorf("got %d items, want %d as in one go", len(got), len(want))
	}
}

func TestWhatDiffersIsFound(t *testing.T) {
	w := newWorld(t)
	if out, err := w.run("-yes"); err != nil {
		t.Fatal(out, err)
	}
	crm, at := w.new.TableName(table.CRM), table.Key{PK: "t#" + hana + "#cus#" + cust, SK: "cus"}
	whole, err := w.new.Tables(0).Get(t.Context(), crm, at)
	must(t, err)
	for name, c := range map[string]struct {
		harm  func() error
		table string
		again []string // what mends it
	}{
		"an item changed": {func() error {
			bad := maps.Clone(whole)
			bad[table.AttrVersion] = whole[table.AttrCounters]
			return w.new.Tables(0).Put(t.Context(), crm, bad)
		}, "crm differs", nil},
		"an item lost": {func() error { return w.new.Tables(0).Delete(t.Context(), crm, at) }, "crm differs", nil},
		"an item too many": {func() error {
			return w.new.Tables(0).Put(t.Context(), w.new.TableName(table.Outreach), raw.Wrap(table.Key{PK: "t#" + hana + "#x", SK: "x"}, whole))
		}, "outreach differs", []string{"-clear"}},
		"an object lost": {func() error { return w.new.Bucket(w.buckets[1]).Delete(t.Context(), "t/"+hana+"/exports/exp_1.csv") }, "objects differ", nil},
	} {
		t.Run(name, func(t *testing.T) {
			must(t, c.harm())
			out, err := w.run("-yes", "-cut")
			if err == nil || !strings.Contains(err.Error(), c.table) || w.standing(w.old) != tenants.Suspended {
				t.Fatalf("said %s, %v; the old stage has it as %s", out, err, w.standing(w.old))
			}
			if c.again != nil {
				if out, err := w.run(c.again...); err != nil {
					t.Fatal(out, err)
				}
			}
			if out, err := w.run("-yes"); err != nil {
				t.Errorf("the next run said %s, %v", out, err)
			}
		})
	}
}

// Open work is done twice when it is open in two places: it is refused before anything is changed.
func TestOpenWorkStandsInTheWay(t *testing.T) {
	w := newWorld(t)
	refused := func(what string) {
		t.Helper()
		out, err := w.run("-yes")
		if err == nil || !strings.Contains(err.Error(), what) || w.standing(w.old) != tenants.Active || len(w.all(w.new)) != 0 {
			t.Errorf("said %s, %v; the old stage has it as %s", out, err, w.standing(w.old))
		}
		if out, err := w.run(); err != nil || !strings.Contains(out, "in the way: ") || !strings.Contains(out, what) {
			t.Errorf("a dry run said %s, %v", out, err)
		}
	}
	w.campaign(hana, campaign.Sending)
	refused("campaign " + cmp1 + " is sending")
	w.campaign(hana, campaign.Sent)
	j := w.job(hana)
	refused("job " + j.ID + " (scoreRebuild) is queued")
	j.Status = job.Canceled
	w.commit(w.old.DB().Tenant(hana), func(x *store.Tx) { x.SaveJob(j, false) })
	w.job(duri) // another workspace's is nobody's matter here
	if out, err := w.run("-yes"); err != nil {
		t.Errorf("said %s, %v", out, err)
	}
}

func TestAMoveCanBeGivenUp(t *testing.T) {
	w := newWorld(t)
	before := w.due(w.old)
	if out, err := w.run("-yes"); err != nil {
		t.Fatal(out, err)
	}
	if out, err := w.run("-reopen"); err != nil || !strings.Contains(out, "with 3 dates given back") {
		t.Fatal(out, err)
	}
	if w.standing(w.old) != tenants.Active || w.standing(w.new) != tenants.Suspended || w.due(w.old) != before {
		t.Errorf("%s and %s, dates %q, want %q", w.standing(w.old), w.standing(w.new), w.due(w.old), before)
	}
	if out, err := w.run("-yes", "-cut"); err != nil || w.standing(w.new) != tenants.Active {
		t.Errorf("moved after all: %s, %v", out, err)
	}
}

// Who unsubscribes by a link in an old mail, which leads to the old stage, gets no mail from the new one.
func TestWhoUnsubscribedLateIsCarriedOver(t *testing.T) {
	w := newWorld(t)
	if _, err := w.run("-late", "1h"); err == nil || !strings.Contains(err.Error(), "is active at "+w.old.Stage) {
		t.Errorf("before the cut: %v", err)
	}
	if out, err := w.run("-yes", "-cut"); err != nil {
		t.Fatal(out, err)
	}
	old, now := w.old.DB().Tenant(hana), w.new.DB().Tenant(hana)
	w.commit(now, func(x *store.Tx) { x.Unsuppress("email", "no@shop.kr") }) // asked to be written to again
	w.commit(old, func(x *store.Tx) {
		x.Suppress(message.Suppression{Channel: "email", Address: "late@shop.kr", Reason: "unsubscribed", At: time.Now()})
		x.Suppress(message.Suppression{Channel: "email", Address: "no@shop.kr", Reason: "bounced", At: time.Now().Add(-2 * time.Hour)})
	})
	w.commit(w.old.DB().Tenant(duri), func(x *store.Tx) {
		x.Suppress(message.Suppression{Channel: "email", Address: "duri@shop.kr", Reason: "unsubscribed", At: time.Now()})
	})
	for _, carried := range []string{"carried 1 addresses over", "carried 0 addresses over"} {
		if out, err := w.run("-late", "1h"); err != nil || !strings.Contains(out, carried) {
			t.Errorf("said %s, %v; want %s", out, err, carried)
		}
	}
	got, err := now.Suppressions(t.Context(), "email", []string{"late@shop.kr", "no@shop.kr", "duri@shop.kr"})
	if err != nil || got[0] == nil || got[0].Reason != "unsubscribed" || got[1] != nil || got[2] != nil {
		t.Errorf("got %v, %v; want the first alone", got, err)
	}
}

// A person may work for several businesses, of which another has moved before, and an address may be taken.
func TestPeopleAtTheNewStage(t *testing.T) {
	w := newWorld(t)
	newer := &user.User{ID: "usr_hana", Email: "hana@shop.kr", Language: "en"}
	other := w.new.DB().Tenant(duri)
	w.commit(other, func(x *store.Tx) { x.CreateUser(newer, store.Password{Hash: "changed since"}) })
	w.commit(other, func(x *store.Tx) { x.SaveUser(newer) })
	if out, err := w.run("-yes"); err != nil || !strings.Contains(out, "copied people    1 items, 2 left as they are") {
		t.Fatalf("said %s, %v", out, err)
	}
	if who, err := w.new.DB().Identity().AccountByEmail(t.Context(), "hana@shop.kr"); err != nil || who.User.Language != "en" || who.Password.Hash != "changed since" {
		t.Errorf("got %+v, %v; want the person as the new stage knew them", who, err)
	}

	taken := newWorld(t)
	stranger := &user.User{ID: "usr_stranger", Email: "hana@shop.kr", Language: "en"}
	taken.commit(taken.new.DB().Tenant(duri), func(x *store.Tx) { x.CreateUser(stranger, store.Password{}) })
	if _, err := taken.run("-yes"); err == nil || !strings.Contains(err.Error(), "another person, usr_stranger, has the address") {
		t.Errorf("got %v", err)
	}
	if got := taken.all(taken.new); len(got) != 5 {
		t.Errorf("%d items at the new stage, want the stranger's three and the two of the owner that came before: %v", len(got), slices.Sorted(maps.Keys(got)))
	}
}

func TestWhichItemsOfIdentityAreTheWorkspaces(t *testing.T) {
	for _, c := range []struct {
		pk, sk, head string
		want         bool
	}{
		{"t#" + hana + "#tenant", "tenant", `{}`, true},
		{"t#" + hana + "#keys", key1, `{}`, true},
		{"t#" + duri + "#keys", key1, `{"name":"` + hana + `"}`, false},
		{"t#" + hana + "2#keys", key1, `{}`, false},
		{"u#usr_1", "mem#" + hana, `{}`, true},
		{"u#usr_1", "mem#" + duri, `{"note":"` + hana + `"}`, false},
		{"u#usr_1", "usr", `{"name":"` + hana + `"}`, false},
		{"e#" + hana + "@shop.kr", "e", `{"id":"usr_1"}`, false},
		{"k#00", "key", `{"tenant":"` + hana + `"}`, true},
		{"k#00", "key", `{"tenant":"` + duri + `"}`, false},
		{"s#ses_1", "ses", `{"tenant":"` + hana + `"}`, true},
		{"s#ses_1", "ses", `{"tenant":"` + duri + `","agent":"` + hana + `"}`, false},
	} {
		if got, err := inIdentity(hana, item(c.pk, c.sk, c.head)); got != c.want || err != nil {
			t.Errorf("%s %s %s: %v, %v", c.pk, c.sk, c.head, got, err)
		}
	}
}

func item(pk, sk, head string) raw.Item {
	return raw.Texts(table.AttrPK, pk, table.AttrSK, sk, table.AttrHead, head)
}

func TestWhichItemsOfOpsAreDates(t *testing.T) {
	for k, want := range map[table.Key]bool{
		{PK: "t#" + hana + "#due", SK: "2026-03-02T12:00:00.000Z#scores#"}:                  true,
		{PK: "due#2", SK: "2026-03-02T12:00:00.000Z#scores#" + hana + "#"}:                  true,
		{PK: "due#2", SK: "2026-03-02T12:00:00.000Z#scores#" + duri + "#"}:                  false,
		{PK: "t#" + duri + "#due", SK: "2026-03-02T12:00:00.000Z#scores#"}:                  false,
		{PK: "t#" + hana + "#parked", SK: "due#2 2026-03-02T12:00:00.000Z#s#" + hana + "#"}: false,
		{PK: "t#" + hana + "#job#job_1", SK: "job"}:                                         false,
	} {
		if got := isDate(hana, k); got != want {
			t.Errorf("%v: %v", k, got)
		}
	}
}

func TestTheCursorIsThatOfItsMove(t *testing.T) {
	f := cursorFile(filepath.Join(t.TempDir(), "c.json"))
	o := order{tenant: hana, from: "a", to: "b"}
	c, err := f.read(o)
	must(t, err)
	c.table(table.CRM).After, c.table(table.CRM).Items = &table.Key{PK: "p", SK: "s"}, 3
	must(t, f.write(c))
	again, err := f.read(o)
	if err != nil || again.table(table.CRM).Items != 3 || *again.table(table.CRM).After != (table.Key{PK: "p", SK: "s"}) || again.table(table.Ops).Done {
		t.Errorf("got %+v, %v", again, err)
	}
	if _, err := f.read(order{tenant: duri, from: "a", to: "b"}); err == nil || !strings.Contains(err.Error(), "is about a move of "+hana) {
		t.Errorf("another move: %v", err)
	}
	must(t, f.remove())
	must(t, f.remove())
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	whole := "-tenant " + hana + " -from a -to b"
	for args, wanted := range map[string]string{
		"-tenant hana -from a -to b":         `-tenant is "hana"`,
		"-tenant " + hana + " -from a":       "name both stages",
		"-tenant " + hana + " -from a -to a": `both "a"`,
		whole + " -cut":                      "-cut goes with -yes",
		whole + " -reopen -yes":              "do one",
		whole + " -reopen -clear":            "do one",
		whole + " -clear -yes":               "do one",
		whole + " -late 1h -yes":             "do one",
		whole + " -late -1h":                 "0 or more",
		whole + " -rcu -1":                   "0 or more",
		whole + " now":                       `unexpected "now"`,
	} {
		if _, err := parse(strings.Fields(args), io.Discard); err == nil || !strings.Contains(err.Error(), wanted) {
			t.Errorf("%q: %v, want %s", args, err, wanted)
		}
	}
	if err := run(t.Context(), []string{"-help"}, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("help: %v", err)
	}
}
