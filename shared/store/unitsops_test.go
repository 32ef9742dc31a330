package store_test

import (
	"slices"
	"time"

	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/crm/session"
	"github.com/dangol/dangol/shared/crm/templates"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/crm/views"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/tenants"
)

// pattern is one way in which the stores reach the tables. A quiet one only prepares those behind it.
type pattern struct {
	name  string
	run   func(*world) error
	quiet bool
}

type patterns struct {
	title      string
	operations []pattern
}

func accessPatterns() []patterns {
	return []patterns{{"Customers", customerPatterns()}, {"Orders, products, leads", salesPatterns()}, {"Imports and jobs", importPatterns()},
		{"Segments, exports, templates, scores", planPatterns()}, {"Campaigns and messages", campaignPatterns()}, {"People, sessions, keys", identityPatterns()}}
}

// does names an operation that is one transaction.
func does(name string, f func(w *world, x *store.Tx)) pattern {
	return pattern{name: name, run: func(w *world) error { return w.commit(func(x *store.Tx) { f(w, x) }) }}
}

// reads names an operation whose answer does not matter here.
func reads[T any](name string, f func(w *world) (T, error)) pattern {
	return pattern{name: name, run: func(w *world) error { _, err := f(w); return err }}
}

func first(limit int) store.Page { return store.Page{Limit: limit} }

var (
	moment = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	kimID  = id.Derived(id.Customer, "kim")
	won, _ = money.Parse("12000", "KRW")
)

func kim() *customer.Customer {
	return &customer.Customer{ID: kimID, Fields: customer.Fields{Kind: customer.Consumer, Name: "김단골", Email: "kim@example.kr", ExternalID: "A1001", Phone: "+821012345678",
		BirthDate: "1988-02-29", Gender: "female", Tags: []string{"vip", "책모임"},
		Address: customer.Address{Line1: "와우산로 1", City: "마포구", Region: "서울특별시", PostalCode: "04001", Country: "KR"}}}
}

func customerPatterns() []pattern {
	c := kim()
	said := consent.Consent{ID: id.Derived(id.Consent, "kim"), Channel: consent.Email, Purpose: consent.Marketing, State: consent.Granted, Source: "form", At: moment}
	return []pattern{
		does("create, with e-mail, phone and externalId", func(_ *world, x *store.Tx) { x.CreateCustomer(c) }),
		reads("read", func(w *world) (any, error) { return w.Customer(w, c.ID) }),
		reads("read 2 by id", func(w *world) (any, error) {
			return w.CustomersByID(w, []string{c.ID, id.Derived(id.Customer, "nobody")})
		}),
		reads("find by e-mail, who has it", func(w *world) (any, error) { return w.CustomerIDBy(w, store.LabelEmail, c.Email) }),
		{name: "find by the beginning of a name", run: func(w *world) error { _, _, err := w.FindCustomers(w, store.ByName, "김", first(20)); return err }},
		{name: "find by the beginning of an e-mail", run: func(w *world) error { _, _, err := w.FindCustomers(w, store.ByEmail, "ki", first(20)); return err }},
		{name: "find by the beginning of a phone number", run: func(w *world) error { _, _, err := w.FindCustomers(w, store.ByPhone, "8210", first(20)); return err }},
		{name: "list, newest first", run: func(w *world) error { _, _, err := w.Customers(w, first(20)); return err }},
		does("change the name", func(_ *world, x *store.Tx) { is := *c; is.Name = "김단골님"; x.SaveCustomer(c, &is); c = &is }),
		does("change the e-mail", func(_ *world, x *store.Tx) { is := *c; is.Email = "dangol@example.kr"; x.SaveCustomer(c, &is); c = &is }),
		does("record a consent", func(_ *world, x *store.Tx) { c = x.RecordConsent(c, said) }),
		{name: "list consents", run: func(w *world) error { _, _, err := w.Consents(w, c.ID, first(20)); return err }},
		does("write a note", func(_ *world, x *store.Tx) {
			x.Tell(c.ID, timeline.Entry{ID: id.Derived(id.Note, "n"), Type: timeline.Noted, At: moment})
		}),
		{name: "read the timeline", run: func(w *world) error { _, _, err := w.Timeline(w, c.ID, first(20)); return err }},
		{name: "scan all customers (each shard)", run: func(w *world) error { return w.ScanCustomers(w, 0, func(*customer.Customer) error { return nil }) }},
		does("define a custom field", func(_ *world, x *store.Tx) {
			x.SaveCustomFields(&customfield.Set{Fields: []customfield.Field{{Key: "memberNo", Type: customfield.Text, Label: customfield.Label{Korean: "회원번호"}, Unique: true}}}, nil)
		}),
		reads("read the definitions, before a customer is created or its custom fields are changed", func(w *world) (any, error) { return w.CustomFields(w) }),
		does("set a unique custom field", func(_ *world, x *store.Tx) {
			is := *c
			is.Custom, is.Holds = map[string]any{"memberNo": "M7"}, map[string]string{"memberNo": "M7"}
			x.SaveCustomer(c, &is)
			c = &is
		}),
		does("archive, with a unique custom field", func(_ *world, x *store.Tx) { x.ArchiveCustomer(c) }),
	}
}

func salesPatterns() []pattern {
	c := kim()
	o := &order.Order{ID: id.Derived(id.Order, "o"), ExternalID: "O1001", CustomerID: c.ID, OrderedAt: moment, Total: won, Lines: []order.Line{{Name: "시집", UnitPrice: won}}}
	p := &product.Product{ID: id.Derived(id.Product, "p"), Fields: product.Fields{Name: "시집", Price: won}}
	l := &lead.Lead{ID: id.Derived(id.Lead, "l"), Fields: lead.Fields{Name: "최관심", Email: "choi@example.kr", Status: lead.New}}
	return []pattern{
		does("record an order, with externalId", func(_ *world, x *store.Tx) { x.CreateOrder(o) }),
		reads("read an order", func(w *world) (any, error) { return w.Order(w, o.ID) }),
		reads("find an order by externalId, who has it", func(w *world) (any, error) { return w.OrderIDBy(w, o.ExternalID) }),
		{name: "scan all orders (each shard)", run: func(w *world) error { _, err := w.ScanOrders(w, 0); return err }},
		{name: "list orders, the latest first", run: func(w *world) error { _, _, err := w.Orders(w, first(20)); return err }},
		reads("orders between two moments", func(w *world) (any, error) { return w.OrdersBetween(w, moment.Add(-time.Hour), moment.Add(time.Hour)) }),
		does("replace an order", func(_ *world, x *store.Tx) { is := *o; is.Channel = "web"; x.SaveOrder(o, &is); o = &is }),
		does("remove an order", func(_ *world, x *store.Tx) { x.EraseOrder(o) }),
		does("create a product", func(_ *world, x *store.Tx) { x.CreateProduct(p) }),
		reads("read a product", func(w *world) (any, error) { return w.Product(w, p.ID) }),
		{name: "list products", run: func(w *world) error { _, _, err := w.Products(w, first(20)); return err }},
		does("create a lead", func(_ *world, x *store.Tx) { x.CreateLead(l) }),
		reads("read a lead", func(w *world) (any, error) { return w.Lead(w, l.ID) }),
		{name: "list leads", run: func(w *world) error { _, _, err := w.Leads(w, first(20)); return err }},
		does("convert a lead into a customer", func(_ *world, x *store.Tx) {
			x.CreateCustomer(c, timeline.Entry{ID: id.Derived(id.Event, "converted"), Type: timeline.LeadConverted, At: moment})
			l.Status, l.CustomerID = lead.Converted, c.ID
			x.SaveLead(l, []string{"status", "customerId"})
		}),
	}
}

func importPatterns() []pattern {
	im := &imports.Import{ID: id.Derived(id.Import, "i"), Kind: imports.Customers, FileName: "members.csv", Status: imports.AwaitingFile}
	var j *job.Job
	return []pattern{
		does("create an import", func(_ *world, x *store.Tx) { x.CreateImport(im) }),
		reads("read an import", func(w *world) (any, error) { return w.Import(w, im.ID) }),
		{name: "list imports", run: func(w *world) error { _, _, err := w.Imports(w, first(20)); return err }},
		does("start a job with its import's new state", func(_ *world, x *store.Tx) {
			j = x.StartJob(job.ImportCommit, im.ID, 1, imports.JobParams{ImportID: im.ID})
			x.SaveImport(im)
		}),
		reads("read a job", func(w *world) (any, error) { return w.Job(w, j.ID) }),
		{name: "list jobs", run: func(w *world) error { _, _, err := w.Jobs(w, first(20)); return err }},
		does("save a job's progress", func(_ *world, x *store.Tx) { j.Done = 1; x.SaveJob(j, false) }),
		does("bring in a row: a new customer with its undo record", func(_ *world, x *store.Tx) {
			c := kim()
			x.CreateCustomer(c, timeline.Entry{ID: id.Derived(id.Event, "imported"), Type: timeline.Imported, At: moment})
			x.Journal(im.ID, 1, imports.Undoable{Outcome: imports.Created, Rows: 1, ID: c.ID})
		}),
		reads("read the undo records of up to a thousand rows", func(w *world) (any, error) { return w.JournalPage(w, im.ID, 0) }),
		does("keep what a piece of a bulk change did, with its job", func(_ *world, x *store.Tx) {
			x.KeepChanged(j.ID, 0, slices.Repeat([]bulk.Entry{{CustomerID: kimID, Tags: &bulk.Step[[]string]{From: []string{"책모임"}, To: []string{"책모임", "vip"}}}}, 48))
			x.SaveJob(j, false)
		}),
		does("keep a customer whom a bulk change left", func(_ *world, x *store.Tx) {
			x.KeepFailure(j.ID, 48, bulk.Failure{CustomerID: kimID, Code: "customer_archived"})
		}),
		reads("read what a piece of a bulk change did", func(w *world) (any, error) {
			_, place, err := w.Changed(w, j.ID, "")
			return place, err
		}),
		{name: "list whom a bulk change left", run: func(w *world) error { _, _, err := w.BulkFailures(w, j.ID, first(20)); return err }},
		does("put work on the calendar", func(_ *world, x *store.Tx) { x.Schedule(due.Scores, "", moment) }),
		reads("read what is due, of all tenants", func(w *world) (any, error) { return w.db.DueBy(w, due.Scores, moment, 100) }),
		reads("look for dates of earlier releases", func(w *world) (any, error) { return w.db.Refile(w, 100) }),
		does("take a date and put the next", func(w *world, x *store.Tx) {
			x.Done(store.Due{Kind: due.Scores, Tenant: ours, At: moment})
			x.Schedule(due.Scores, "", moment.AddDate(0, 0, 1))
		}),
	}
}

func planPatterns() []pattern {
	s := &segments.Segment{ID: id.Derived(id.Segment, "s"), Fields: segments.Fields{Name: "단골", Rule: []byte(`{"field":"score.rfm.f","op":"gte","value":4}`), Membership: segments.Live}}
	e := &export.Export{ID: id.Derived(id.Export, "e"), Format: export.CSV, SegmentID: s.ID, FileName: "단골.csv", CreatedAt: moment, ExpiresAt: moment.AddDate(0, 0, 30)}
	view := &views.View{ID: id.Derived(id.View, "v"), Fields: views.Fields{Subject: views.Customers, Name: "단골", Filter: "orders.count gte 3"}}
	tpl := &templates.Template{ID: id.Derived(id.Template, "t"), Fields: templates.Fields{Name: "소식", Subject: "{{ customer.name }}님", HTML: "<p>소식</p>"}}
	rfm := &score.RFM{R: 4, F: 5, M: 4, DaysSinceLast: 20, Orders: 4, Revenue: won}
	known := score.Score{AsOf: "2026-03-02", RFM: rfm, RevenueContribution: &score.Contribution{Share: 0.0012345678901234, RankShare: 0.123456789012345, Decile: 2}}
	alive := 0.727123
	spend, _ := money.Parse("24650", "KRW")
	value, _ := money.Parse("70081", "KRW")
	known.PAlive, known.ExpectedOrders, known.ExpectedSpend, known.LifetimeValue = &alive, &score.Expected{HorizonDays: 365, Value: 1.226123}, &spend, &value
	return []pattern{
		does("create a segment", func(_ *world, x *store.Tx) { x.CreateSegment(s) }),
		reads("read a segment", func(w *world) (any, error) { return w.Segment(w, s.ID) }),
		{name: "list segments", run: func(w *world) error { _, _, err := w.Segments(w, first(20)); return err }},
		does("note an export", func(_ *world, x *store.Tx) { x.PutExport(e) }),
		reads("read an export", func(w *world) (any, error) { return w.Export(w, e.ID) }),
		{name: "list exports", run: func(w *world) error { _, _, err := w.Exports(w, first(20)); return err }},
		does("create a template", func(_ *world, x *store.Tx) { x.CreateTemplate(tpl) }),
		reads("read a template", func(w *world) (any, error) { return w.Template(w, tpl.ID) }),
		does("save a view", func(_ *world, x *store.Tx) { x.CreateView(view) }),
		reads("read a view", func(w *world) (any, error) { return w.View(w, view.ID) }),
		{name: "list views", run: func(w *world) error { _, _, err := w.Views(w, first(20)); return err }},
		{name: "list templates", run: func(w *world) error { _, _, err := w.Templates(w, first(20)); return err }},
		does("put a customer's first score", func(_ *world, x *store.Tx) {
			x.PutScore(store.ScoredCustomer{CustomerID: kimID, Score: score.Score{AsOf: "2026-03-01", RFM: rfm}}, nil)
		}),
		does("put a score whose bands are the same", func(_ *world, x *store.Tx) {
			x.PutScore(store.ScoredCustomer{CustomerID: kimID, Score: known}, &score.Score{RFM: rfm})
		}),
		reads("read a customer's score", func(w *world) (any, error) { return w.Score(w, kimID) }),
		reads("read its history", func(w *world) (any, error) { return w.ScoreHistory(w, kimID, 100) }),
		{name: "scan all scores (each shard)", run: func(w *world) error {
			return w.ScanScores(w, 0, func(string, *score.Score) {})
		}},
		does("put the picture of all customers", func(_ *world, x *store.Tx) {
			x.PutSummary(score.Summary{AsOf: "2026-03-02", Currency: "KRW", Revenue: won}, &store.ScoreBook{}, true)
		}),
		does("put the model card of a day", func(_ *world, x *store.Tx) { x.PutScoreCard(typicalCard()) }),
		does("put a month of the lifecycle", func(_ *world, x *store.Tx) { x.PutStages(typicalMonth()) }),
		reads("read a month of the lifecycle", func(w *world) (any, error) { return w.LifecycleMonth(w, "2026-03") }),
		reads("list the months of the lifecycle", func(w *world) (any, error) { return w.LifecycleMonths(w, 24) }),
		reads("read the model card", func(w *world) (any, error) { return w.ScoreCard(w, "2026-03-02") }),
		reads("read the picture", func(w *world) (any, error) { return w.Summary(w, "") }),
		reads("list the days of which there is one", func(w *world) (any, error) { return w.Summaries(w, 90) }),
	}
}

// typicalMonth has customers in every stage and half of all moves.
func typicalMonth() *store.LifecycleMonth {
	m := &store.LifecycleMonth{Month: lifecycle.Month{Month: "2026-03", AsOf: "2026-03-31", Currency: "KRW", Orders: 34_567}, FlowsOf: "0123456789abcdef", Hash: "0123456789abcdef"}
	for i, from := range lifecycle.Stages() {
		m.Stages = append(m.Stages, lifecycle.Count{Stage: from, Customers: 1234, Revenue: won})
		for _, to := range lifecycle.Stages()[i/2 : i/2+4] {
			m.Flows = append(m.Flows, lifecycle.Flow{From: from, To: to, Customers: 123, Revenue: won})
		}
	}
	return m
}

// typicalCard is that of a shop of two years: four models, a curve of 104 weeks.
func typicalCard() score.Card {
	c := score.Card{AsOf: "2026-03-02", Currency: "KRW", Chosen: score.BGNBD, ChosenBy: "settings", Buyers: 12_345, RepeatBuyers: 6_789, Repeats: 34_567,
		From: "2024-03-04", Days: 728, Terms: score.Terms{HorizonDays: 365, LifetimeYears: 3, DiscountPercent: 10, MarginPercent: 100}}
	low, estimate, high := 0.23312345678901234, 0.25412345678901234, 0.27612345678901234
	for _, m := range append(score.PurchaseModels(), score.GammaGamma) {
		fit := score.ModelFit{Model: m, LogLikelihood: -17138.212345678901, Customers: 12_345, Accuracy: &score.Accuracy{Split: "2025-07-02", End: "2026-03-02",
			Customers: 9_876, Predicted: 1175.1234567890123, Actual: 1156, ErrorPercent: 1.6543210987654321, MeanError: 0.52012345678901234, Correlation: 0.64012345678901234}}
		for _, name := range []string{"r", "alpha", "a", "b"} {
			fit.Parameters = append(fit.Parameters, score.Parameter{Name: name, Value: estimate, StdErr: &low, Low: &low, High: &high})
		}
		c.Models = append(c.Models, fit)
	}
	for range 104 {
		c.Curve = append(c.Curve, score.CurveWeek{Day: "2026-03-02", Actual: 34_567, Expected: 34567.123456789012})
	}
	return c
}

func campaignPatterns() []pattern {
	c := &campaign.Campaign{ID: id.Derived(id.Campaign, "c"), Fields: campaign.Fields{Brief: campaign.Brief{Name: "봄", Type: campaign.Target, Channel: "email"}}}
	ctl := &campaign.Control{Status: campaign.Sending, Epoch: 1, Frozen: &campaign.Frozen{At: moment, Audience: 1, Chunks: 1}}
	m := message.Message{ID: id.Derived(id.Message, "m"), CampaignID: c.ID, CustomerID: kimID, Channel: message.Email, State: message.Planned, PlannedAt: moment}
	bounced := message.Suppression{Channel: message.Email, Address: "kim@example.kr", Reason: "bounced", At: moment}
	move := func(name string, inEpoch bool, step func(m *message.Message) error) pattern {
		return pattern{name: name, run: func(w *world) error {
			x, is := w.BeginChunk(c.ID, 0), m
			if err := step(&is); err != nil {
				return err
			}
			if inEpoch {
				x.InEpoch(c.ID, ctl.Epoch)
			}
			x.Move(&m, &is)
			m = is
			return x.Commit(w)
		}}
	}
	return []pattern{
		does("create a campaign", func(_ *world, x *store.Tx) { x.CreateCampaign(c) }),
		{name: "read a campaign with its control", run: func(w *world) error { _, _, err := w.Campaign(w, c.ID); return err }},
		{name: "list campaigns", run: func(w *world) error { _, _, err := w.Campaigns(w, first(20)); return err }},
		does("launch, pause, resume, cancel: a new epoch", func(_ *world, x *store.Tx) { x.SaveControl(c.ID, ctl) }),
		{name: "plan one message", run: func(w *world) error { x := w.BeginChunk(c.ID, 0); x.Plan(&m); return x.Commit(w) }},
		move("claim one message", true, func(m *message.Message) error { return m.Claim(2, "kim@example.kr", moment.Add(time.Minute)) }),
		move("record that it was accepted", false, func(m *message.Message) error { return m.Accepted(moment) }),
		reads("read a message", func(w *world) (any, error) { return w.Message(w, c.ID, 0, m.ID) }),
		{name: "list a campaign's messages", run: func(w *world) error { _, _, err := w.Messages(w, c.ID, "", first(20)); return err }},
		reads("read the books of a campaign", func(w *world) (any, error) { return w.Tally(w, c.ID) }),
		does("suppress an address", func(_ *world, x *store.Tx) { x.Suppress(bounced) }),
		reads("read what stands against an address", func(w *world) (any, error) { return w.Suppressions(w, message.Email, []string{bounced.Address}) }),
		{name: "the customer's timeline with the message in it", run: func(w *world) error { _, _, err := w.Timeline(w, kimID, first(20)); return err }},
	}
}

func identityPatterns() []pattern {
	userID, sessionID := id.Derived(id.User, "u"), id.Derived(id.Session, "s")
	s := &session.Session{ID: sessionID, UserID: userID, Tenant: ours, Methods: []string{"pwd"}, Current: make([]byte, 32), CreatedAt: moment, ExpiresAt: moment.AddDate(0, 0, 30)}
	k := &apikey.Key{ID: id.Derived(id.APIKey, "k"), Tenant: ours, Name: "Shop", Mode: apikey.Live, Hint: "dgl_live_3fK9", Hash: make([]byte, 32), Scopes: []string{"customers:read"}, CreatedAt: moment}
	return []pattern{
		does("sign up: person, tenant, membership, session", func(_ *world, x *store.Tx) {
			x.CreateTenant(&tenants.Tenant{ID: ours, Plan: tenants.Free, Status: tenants.Active})
			x.CreateUser(&user.User{ID: userID, Email: "mina@shop.kr", Language: "ko"}, store.Password{Hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA"})
			x.AddMember(user.Membership{UserID: userID, Tenant: ours, Role: user.Owner, CreatedAt: moment})
			x.OpenSession(s)
		}),
		reads("log in: the account of an address", func(w *world) (any, error) { return w.db.Identity().AccountByEmail(w, "mina@shop.kr") }),
		reads("the same for an address nobody has", func(w *world) (any, error) {
			if _, err := w.db.Identity().AccountByEmail(w, "nobody@shop.kr"); err == nil {
				return nil, errFound
			}
			return nil, nil
		}),
		{name: "count an attempt", run: func(w *world) error {
			return w.db.Identity().Try(w, store.Limit{Kind: "login", Subject: "192.0.2.1", Most: 10, Window: time.Hour})
		}},
		reads("read a session", func(w *world) (any, error) { return w.db.Identity().Session(w, sessionID) }),
		does("rotate its refresh token", func(_ *world, x *store.Tx) { x.SaveSession(s) }),
		reads("check an access token's standing", func(w *world) (any, error) { return w.db.Identity().Standing(w, userID, ours, sessionID) }),
		does("create an API key", func(_ *world, x *store.Tx) { x.CreateAPIKey(k) }),
		{name: "check an API key", run: func(w *world) error { _, _, err := w.db.Identity().APIKeyByHash(w, k.Hash); return err }},
		reads("list API keys", func(w *world) (any, error) { return w.APIKeys(w) }),
		does("delete an API key", func(_ *world, x *store.Tx) { x.DeleteAPIKey(k) }),
	}
}
