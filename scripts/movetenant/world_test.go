package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/cloud/operator/stagetest"
	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/session"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
	"github.com/dangol/dangol/tenants"
)

const (
	hana = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	duri = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3R"

	cust = "cus_01KJQ6PSG02X9YPKYC3QEKNM3P" // both workspaces hold the same ids
	cmp1 = "cmp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	key1 = "key_01KJQ6PSG02X9YPKYC3QEKNM3P"
)

// world is two deployed stages. At the old one hana and duri have a workspace each, with people, keys, customers, a paused campaign, jobs, dates and objects.
type world struct {
	t        *testing.T
	old, new *stagetest.Stage
	buckets  [2]string
	file     string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, old: stagetest.New(t), new: stagetest.New(t), file: filepath.Join(t.TempDir(), "cursor.json")}
	for i, s := range []*stagetest.Stage{w.old, w.new} {
		s.CreateTables()
		w.buckets[i] = s.CreateBucket("objects")
	}
	w.settle(hana, "usr_hana", "hana@shop.kr", "a")
	w.settle(duri, "usr_duri", "duri@shop.kr", "b")
	return w
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle fills a workspace through the stores, as functions do.
func (w *world) settle(tenant, person, email, hash string) {
	w.t.Helper()
	db := w.old.DB().Tenant(tenant).As(person)
	w.commit(db, func(x *store.Tx) {
		x.CreateTenant(&tenants.Tenant{ID: tenant, Plan: tenants.Team, Status: tenants.Active})
		x.CreateUser(&user.User{ID: person, Email: email, Language: "ko"}, store.Password{Hash: "hash of " + email})
		x.AddMember(user.Membership{UserID: person, Tenant: tenant, Role: user.Owner})
		x.OpenSession(&session.Session{ID: "ses_" + hash, UserID: person, Tenant: tenant, CreatedAt: time.Now(), ExpiresAt: time.Now().Add(session.Idle)})
		x.CreateAPIKey(&apikey.Key{ID: key1, Tenant: tenant, Name: "key of " + tenant, Hash: []byte(hash)})
		x.CreateWorkspace(&workspace.Workspace{ID: tenant, Company: "Shop of " + person, Language: "ko", TimeZone: "Asia/Seoul", Currency: "KRW"})
		x.Schedule(due.Scores, "", time.Now().Add(time.Hour))
		x.Schedule(due.Campaigns, cmp1, time.Now().Add(-time.Minute))
		x.Suppress(message.Suppression{Channel: "email", Address: "no@shop.kr", Reason: "bounced", At: time.Now()})
	})
	w.commit(db, func(x *store.Tx) {
		c := &customer.Customer{ID: cust}
		c.Name, c.Email = "김단골", "kim@shop.kr"
		x.CreateCustomer(c)
		p := &campaign.Campaign{ID: cmp1}
		p.Name = "Spring"
		x.CreateCampaign(p)
	})
	w.campaign(tenant, campaign.Paused)
	ended := w.job(tenant)
	ended.Status = job.Succeeded
	w.commit(db, func(x *store.Tx) { x.SaveJob(ended, false) })
	for _, name := range []string{"exports/exp_1.csv", "imports/imp_1/file", "lake/customers.parquet"} {
		_, err := w.old.Bucket(w.buckets[0]).Put(w.t.Context(), "t/"+tenant+"/"+name, strings.NewReader(name+" of "+tenant), blob.PutOptions{ContentType: "text/csv"})
		must(w.t, err)
	}
	w.strange(tenant)
}

// strange puts what only raw items can show: an item that expired, counters, and a date as releases before kept it, in the calendar of all.
func (w *world) strange(tenant string) {
	w.t.Helper()
	ops := w.old.TableName(table.Ops)
	x := w.old.DB().Tenant(tenant).Begin()
	x.Append(
		table.Op{Table: table.Ops, Kind: table.OpPut, Item: table.Item{Key: table.Key{PK: "t#" + tenant + "#idem#1", SK: "idem"}, Head: []byte(`{}`), Expires: 1_000_000_000}},
		table.Op{Table: table.Outreach, Kind: table.OpAdd, Item: table.Item{Key: table.Key{PK: "t#" + tenant + "#cmp#" + cmp1 + "#tally", SK: "000001"}, Counters: map[string]int64{"planned": 7}}},
	)
	must(w.t, x.Commit(w.t.Context()))
	k := table.Key{PK: "due#2", SK: "2026-03-02T12:00:00.000Z#export#" + tenant + "#seg_1"}
	must(w.t, w.old.Tables(0).Put(w.t.Context(), ops, raw.Wrap(k, raw.Item{})))
}

func (w *world) commit(db *store.Tenant, write func(*store.Tx)) {
	w.t.Helper()
	x := db.Begin()
	write(x)
	must(w.t, x.Commit(w.t.Context()))
}

func (w *world) job(tenant string) (j *job.Job) {
	w.commit(w.old.DB().Tenant(tenant), func(x *store.Tx) { j = x.StartJob(job.ScoreRebuild, "", 0, nil) })
	return j
}

func (w *world) campaign(tenant string, to campaign.Status) {
	w.t.Helper()
	db := w.old.DB().Tenant(tenant)
	ctl, err := db.CampaignControl(w.t.Context(), cmp1)
	must(w.t, err)
	ctl.Status = to
	w.commit(db, func(x *store.Tx) { x.SaveControl(cmp1, ctl) })
}

// run is the command for hana, with everything at once that waits in real life.
func (w *world) run(more ...string) (string, error) {
	w.t.Helper()
	args := append([]string{"-tenant", hana, "-from", w.old.Stage, "-to", w.new.Stage, "-from-bucket", w.buckets[0], "-to-bucket", w.buckets[1],
		"-settle", "0s", "-rcu", "0", "-cursor", w.file}, more...)
	var out strings.Builder
	err := run(w.t.Context(), args, &out, io.Discard)
	return out.String(), err
}

// move is the same over pages of three items; stopAfter ends it when its cursor was kept so often, as Ctrl-C or a crash would.
func (w *world) move(stopAfter int) error {
	w.t.Helper()
	var out strings.Builder
	m, err := open(w.t.Context(), order{tenant: hana, from: w.old.Stage, to: w.new.Stage, fromBucket: w.buckets[0], toBucket: w.buckets[1], cursor: w.file}, &out)
	must(w.t, err)
	m.from.tables, m.to.tables = m.from.tables.Paged(3), m.to.tables.Paged(3)
	keep, kept := m.keep, 0
	m.keep = func(c *cursor) error {
		if kept++; kept == stopAfter {
			return errStopped
		}
		return keep(c)
	}
	return m.run(w.t.Context(), false)
}

var errStopped = errors.New("stopped")

// all reads every item of a stage's tables, by table and key.
func (w *world) all(s *stagetest.Stage) map[string]raw.Item {
	w.t.Helper()
	items := map[string]raw.Item{}
	for _, name := range table.Names() {
		must(w.t, s.Tables(0).Each(w.t.Context(), s.TableName(name), nil, func(it raw.Item) error {
			items[string(name)+" "+it.Key().PK+" "+it.Key().SK] = it
			return nil
		}))
	}
	return items
}

// standing is what a stage knows of hana, "" for nothing.
func (w *world) standing(s *stagetest.Stage) tenants.Status {
	w.t.Helper()
	who, err := s.DB().Tenant(hana).Tenancy(w.t.Context())
	if err != nil {
		return ""
	}
	return who.Status
}

// due are the kinds of hana's dates that a schedule of the stage would find.
func (w *world) due(s *stagetest.Stage) (kinds string) {
	w.t.Helper()
	found, err := calendar(context.Background(), &side{Place: s.Place, tables: s.Tables(0)}, hana)
	must(w.t, err)
	for _, it := range found {
		kinds += it.Key().PK + " "
	}
	return kinds
}
