package importwork_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// couple are two records of one person, and what hangs on the second.
type couple struct {
	*desk
	this, other string
	lead        string
	reads       int // of the feed
}

const manyOrders = 45 // more than one transaction moves

func (d *desk) couple() *couple {
	d.Helper()
	c := &couple{desk: d, this: d.add(customer.Fields{Name: "김단골", Email: "kim@shop.kr", ExternalID: "A", Tags: []string{"vip"}}),
		other: d.add(customer.Fields{Name: "김 단골", Email: "dangol@shop.kr", ExternalID: "B", Phone: "+821012345678", Tags: []string{"seoul"}})}
	for n := range manyOrders {
		c.order(c.other, n)
	}
	c.order(c.this, 100)
	c.say(c.other, consent.Withdrawn, 1)
	c.say(c.this, consent.Granted, 2)
	c.write(func(tx *store.Tx) {
		tx.Tell(c.other, timeline.Entry{ID: d.NewID(id.Note), Type: timeline.Noted, At: d.Now(), Data: map[string]any{"text": "토요일에 온다"}})
		l := &lead.Lead{ID: d.NewID(id.Lead), Fields: lead.Fields{Name: "김 단골", Status: lead.Converted}, CustomerID: c.other}
		tx.CreateLead(l)
		tx.Tell(c.other, timeline.Entry{ID: d.NewID(id.Event), Type: timeline.LeadConverted, At: d.Now(), Data: map[string]any{"leadId": l.ID}})
		tx.PutScore(store.ScoredCustomer{CustomerID: c.other, Score: score.Score{AsOf: "2026-03-01"}}, nil)
		c.lead = l.ID
	})
	c.message("cmp_01JD8Z4N6T0QF5W9E2R7Y1K3MB", c.other)
	return c
}

func (c *couple) write(f func(*store.Tx)) {
	c.Helper()
	tx := c.Begin()
	f(tx)
	c.must(tx.Commit(c.Context()))
}

func (c *couple) order(customerID string, n int) {
	c.Helper()
	total, err := money.Parse("1000", "KRW")
	c.must(err)
	o := &order.Order{ID: c.NewID(id.Order), ExternalID: fmt.Sprint("O", n), CustomerID: customerID, OrderedAt: c.Now().Add(time.Duration(-n) * time.Hour), Total: total}
	c.write(func(tx *store.Tx) { tx.CreateOrder(o) })
}

func (c *couple) say(customerID string, s consent.State, minute int) {
	c.Helper()
	was, err := c.Customer(c.Context(), customerID)
	c.must(err)
	c.write(func(tx *store.Tx) {
		tx.RecordConsent(was, consent.Consent{ID: c.NewID(id.Consent), Channel: consent.Email, Purpose: consent.Marketing, State: s,
			At: c.Now().Add(time.Duration(minute) * time.Minute)})
	})
}

func (c *couple) message(campaignID, customerID string) {
	c.Helper()
	at := c.Now()
	tx := c.BeginChunk(campaignID, 0)
	tx.Plan(&message.Message{ID: message.ID(c.ID, campaignID, 0, 0, customerID, message.Email), CampaignID: campaignID, CustomerID: customerID,
		Channel: message.Email, State: message.Accepted, PlannedAt: at, AcceptedAt: &at})
	c.must(tx.Commit(c.Context()))
}

// merge changes the records; the job that moves the rest is queued.
func (c *couple) merge() *merge.Merge {
	c.Helper()
	this, err := c.Customer(c.Context(), c.this)
	c.must(err)
	other, err := c.Customer(c.Context(), c.other)
	c.must(err)
	is := *this
	is.Fields, err = merge.Fields(this.Fields, other.Fields, map[string]merge.Side{"name": merge.Other})
	c.must(err)
	is.Consents, is.ConsentsSince = merge.Consents(this, other)
	is.Known, is.Merged = merge.Known(this, other, is.Fields), append(slices.Clone(this.Merged), other.ID)
	m := &merge.Merge{ID: c.NewID(id.Merge), CustomerID: c.this, MergedID: c.other, Status: merge.Moving}
	c.write(func(tx *store.Tx) {
		m.JobID = tx.StartJob(job.CustomerMerge, m.ID, 0, merge.JobParams{CustomerID: c.this, MergeID: m.ID}).ID
		tx.MergeCustomers(m, this, &is, other)
	})
	return m
}

func (c *couple) unmerge(m *merge.Merge) string {
	c.Helper()
	this, err := c.Customer(c.Context(), c.this)
	c.must(err)
	gone, err := c.MergedCustomer(c.Context(), c.other)
	c.must(err)
	if m, err = c.Merge(c.Context(), c.this, m.ID); err != nil {
		c.Fatal(err)
	}
	is, other, err := merge.Part(m, this, gone)
	c.must(err)
	m.Status = merge.Undoing
	c.write(func(tx *store.Tx) {
		m.JobID = tx.StartJob(job.CustomerUnmerge, m.ID, 0, merge.JobParams{CustomerID: c.this, MergeID: m.ID}).ID
		tx.UnmergeCustomers(m, this, is, gone, other)
	})
	return m.JobID
}

// books is what can be read of a customer: the record, what hangs on them, and how they are found.
func (c *couple) books(customerID string) string {
	c.Helper()
	r, err := c.Customer(c.Context(), customerID)
	if err != nil {
		return errs.Code(err)
	}
	n, err := c.CountRelations(c.Context(), customerID)
	c.must(err)
	return fmt.Sprintf("%s|%s|%s|%s|%s|%v|%s orders=%d consents=%d messages=%d told=%s", r.Name, r.Email, r.ExternalID, r.Phone, strings.Join(r.Tags, "+"),
		r.Consents["email.marketing"], c.found(customerID), n.Orders, n.Consents, n.Messages, c.others(customerID))
}

// others are the entries of the timeline that are no orders, statements or messages.
func (c *couple) others(customerID string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(c.told(customerID)), func(kind string) bool {
		return kind == "order" || kind == "consent" || kind == "message"
	}), "+")
}

// found lists the unique values that lead to a customer.
func (c *couple) found(customerID string) string {
	var out []string
	for _, v := range [][2]string{{"email", "kim@shop.kr"}, {"email", "dangol@shop.kr"}, {"externalId", "A"}, {"externalId", "B"}} {
		if holder, err := c.CustomerIDBy(c.Context(), v[0], v[1]); err == nil && holder == customerID {
			out = append(out, v[1])
		}
	}
	return strings.Join(out, ",")
}

const (
	merged   = "김 단골|kim@shop.kr|A|+821012345678|vip+seoul|withdrawn|kim@shop.kr,dangol@shop.kr,A,B orders=46 consents=2 messages=1 told=leadConverted+merged+note+profileCreated+profileCreated"
	thisOnes = "김단골|kim@shop.kr|A||vip|granted|kim@shop.kr,A orders=1 consents=1 messages=0 told="
	otherOne = "김 단골|dangol@shop.kr|B|+821012345678|seoul|withdrawn|dangol@shop.kr,B orders=45 consents=1 messages=1 told=leadConverted+note+profileCreated"
)

func (c *couple) expect(what string, this, other string) {
	c.Helper()
	for _, b := range [][3]string{{"this", c.books(c.this), this}, {"other", c.books(c.other), other}} {
		if b[1] != b[2] {
			c.Errorf("%s, %s:\ngot  %s\nwant %s", what, b[0], b[1], b[2])
		}
	}
}

func TestTwoCustomersBecomeOneAndTwoAgain(t *testing.T) {
	c := open(t).couple()
	next := c.neighbour().couple()
	c.expect("before", thisOnes+"profileCreated", otherOne)
	m := c.merge()
	if is, err := c.Merge(t.Context(), c.this, m.ID); err != nil || is.Status != merge.Moving {
		t.Errorf("before its job: got %+v %v", is, err)
	}
	c.Finish(t, c.Tenant, m.JobID, c.worker.Handle)
	c.expect("merged", merged, "customer_merged")
	is, err := c.Merge(t.Context(), c.this, m.ID)
	c.must(err)
	if is.Status != merge.Merged || is.Moved != (merge.Counts{Orders: manyOrders, Entries: 3, Consents: 1, Messages: 1}) {
		t.Errorf("got %+v", is)
	}
	if l, err := c.Lead(t.Context(), c.lead); err != nil || l.CustomerID != c.this {
		t.Errorf("the lead names %s, want %s", l.CustomerID, c.this)
	}
	c.Finish(t, c.Tenant, c.unmerge(m), c.worker.Handle)
	c.expect("two again", thisOnes+"merged+profileCreated+unmerged", otherOne)
	if s, err := c.Score(t.Context(), c.other); err != nil || s == nil || s.AsOf != "2026-03-01" {
		t.Errorf("the score: got %+v %v", s, err)
	}
	if l, err := c.Lead(t.Context(), c.lead); err != nil || l.CustomerID != c.other {
		t.Errorf("the lead names %s, want %s", l.CustomerID, c.other)
	}
	next.expect("the neighbour", thisOnes+"profileCreated", otherOne)
}

// Whoever had read the other customer before they were merged writes an order to them afterwards.
func TestWhatComesLateFollows(t *testing.T) {
	c := open(t).couple()
	m := c.merge()
	c.Finish(t, c.Tenant, m.JobID, c.worker.Handle)
	c.order(c.other, 200)
	sweep := c.queued(job.CustomerMerge)
	c.Finish(t, c.Tenant, sweep, c.worker.Handle)
	c.expect("swept", strings.Replace(merged, "orders=46", "orders=47", 1), "customer_merged")
}

// queued is the job of a kind that has not begun.
func (c *couple) queued(kind job.Kind) string {
	c.Helper()
	all, _, err := c.Jobs(c.Context(), store.Page{Limit: 10})
	c.must(err)
	for _, j := range all {
		if j.Kind == kind && j.Status == job.Queued {
			return j.ID
		}
	}
	c.Fatalf("no %s is queued", kind)
	return ""
}

func TestWhatCameLaterStays(t *testing.T) {
	c := open(t).couple()
	m := c.merge()
	c.Finish(t, c.Tenant, m.JobID, c.worker.Handle)
	c.order(c.this, 300)
	c.change("A", func(r *customer.Customer) { r.Phone, r.Tags = "+821099999999", append(slices.Clone(r.Tags), "later") })
	c.say(c.this, consent.Granted, 60)
	c.say(c.this, consent.Withdrawn, 61)
	c.Finish(t, c.Tenant, c.unmerge(m), c.worker.Handle)
	c.expect("two again",
		"김단골|kim@shop.kr|A|+821099999999|vip+later|withdrawn|kim@shop.kr,A orders=2 consents=3 messages=0 told=merged+profileChanged+profileCreated+unmerged", otherOne)
}

// The process ends at every single write of a merge and of its undoing, before it or after it: the next attempt completes what was begun.
func TestAMergeThatIsCutOffIsCompleted(t *testing.T) {
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			c := open(t).couple()
			m := c.merge()
			reached := c.cut(m.JobID, &saw{at: at, after: after})
			c.expect(fmt.Sprint("merged, cut at ", at, after), merged, "customer_merged")
			undo := c.unmerge(m)
			reached = c.cut(undo, &saw{at: at, after: after}) || reached
			c.expect(fmt.Sprint("undone, cut at ", at, after), thisOnes+"merged+profileCreated+unmerged", otherOne)
			if !reached || t.Failed() {
				break
			}
		}
	}
}

// The lake has the other's orders under the one who stays, every statement and entry once, and the other not at all; and all of it back again.
func TestTheLakeFollowsAMerge(t *testing.T) {
	c := open(t).couple()
	before := c.lake()
	m := c.merge()
	c.Finish(t, c.Tenant, m.JobID, c.worker.Handle)
	got := c.lake()
	same(t, "merged", got, []string{"consents this 2", "customers this 1", "events this 5", "leads this 1", "messages this 1", "orders this 46"})
	c.Finish(t, c.Tenant, c.unmerge(m), c.worker.Handle)
	want := slices.Clone(before)
	want[slices.Index(want, "events this 1")] = "events this 3" // that they were merged, and parted
	same(t, "two again", c.lake(), want)
}

// lake reads the whole change feed into what the lake would show: how many rows of each subject are whose.
func (c *couple) lake() (lines []string) {
	c.Helper()
	type place struct {
		subject string
		lake.Place
	}
	rows := map[place]lake.Row{}
	for _, r := range c.feed() {
		tenant, made, err := lake.Rows(r, c.Now())
		c.must(err)
		for _, row := range made {
			at := place{row.Subject, lake.PlaceOf(&row)}
			if was := rows[at]; tenant == c.ID && (row.Version > was.Version || row.Version == was.Version && row.Gone) {
				rows[at] = row
			}
		}
	}
	n := map[string]int{}
	for at, row := range rows {
		whose, _ := row.Value("customerId").(string)
		if at.subject == "customers" {
			whose = row.ID
		}
		if name := map[string]string{c.this: "this", c.other: "other"}[whose]; !row.Gone && at.subject != "orderLines" {
			n[at.subject+" "+name]++
		}
	}
	for line, count := range n {
		lines = append(lines, fmt.Sprint(line, " ", count))
	}
	slices.Sort(lines)
	return lines
}

// feed reads the change feed from its beginning.
func (c *couple) feed() (all []feed.Record) {
	c.Helper()
	c.reads++
	last := table.Key{PK: "read", SK: fmt.Sprint(c.reads)}
	c.must(c.Table.Write(c.Context(), table.Op{Table: table.Ops, Item: table.Item{Key: last}}))
	ctx, stop := context.WithCancel(c.Context())
	c.must(c.Engine.Run(ctx, "lake"+last.SK, func(_ context.Context, batch []feed.Record) (int, error) {
		for _, r := range batch {
			if r.Key() == last {
				stop()
			}
			all = append(all, r)
		}
		return len(batch), nil
	}))
	return all
}

// Half of a customer is no place to stay: a job that is asked to stop goes on to the end.
func TestACanceledMergeIsNotLeftHalfDone(t *testing.T) {
	c := open(t).couple()
	m := c.merge()
	j, err := c.Job(t.Context(), m.JobID)
	c.must(err)
	j.CancelAsked = true
	c.write(func(tx *store.Tx) { tx.SaveJob(j, false) })
	c.Finish(t, c.Tenant, m.JobID, c.worker.Handle)
	c.expect("merged", merged, "customer_merged")
}
