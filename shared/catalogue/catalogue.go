// Package catalogue is the list of every function of Dangol as plain data: what starts it, what it may touch, how long it may take.
//
// Two readers build from it: localstack/host mounts all rows in one process, infra turns each row into a Lambda with the least rights that the
// row declares. A row's name is its folder under functions/, its log group and its metric.
package catalogue

import (
	"slices"
	"time"

	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
)

// The work queues.
const (
	Imports  queue.Name = "imports"  // hops of import jobs
	Scores   queue.Name = "scores"   // score rebuilds
	Exports  queue.Name = "exports"  // files of segments and lists and their end, and changes of many customers
	Plans    queue.Name = "plans"    // freezing audiences and planning messages
	Sends    queue.Name = "sends"    // chunks of a campaign to send
	Mails    queue.Name = "mails"    // service mail: verification, test sends
	Outcomes queue.Name = "outcomes" // provider events to fold
	Lakes    queue.Name = "lakes"    // lakes to compact

	Memberships queue.Name = "memberships" // segments to follow or to count anew
)

// Queues lists every queue.
func Queues() []queue.Name {
	return []queue.Name{Imports, Scores, Exports, Plans, Sends, Mails, Outcomes, Lakes, Memberships}
}

// Access is a set of rights.
type Access uint8

// The rights on a table or on the tenant's objects.
const (
	None  Access = 0
	Read  Access = 1
	Write Access = 2
	Both         = Read | Write
)

// Function is one row.
type Function struct {
	Name string // folder, Lambda, log group, metric

	// Exactly one of these starts it.
	Paths     []string     // HTTP: path prefixes, each ending at a segment border; or exact routes, with their method before them (Path)
	Queue     queue.Name   // a work queue
	Feed      []table.Name // the change feed of these tables
	Schedules []Schedule   // the clock, for each kind of due work by a schedule of its own
	Guard     bool         // the gateway asks it who calls, before every path that is not public

	Else   bool // HTTP: it also answers every path that no row has
	Public bool // HTTP: some operations need no credential, so the authorizer lets requests through

	Timeout     time.Duration
	MemoryMB    int
	Concurrency int           // queue: how many run at once; 0 is no limit
	Batch       int           // queue and feed: records at a time
	Window      time.Duration // feed: how long a batch that is not full waits for more records; whole seconds

	Tables map[table.Name]Access
	Blob   Access
	Sends  []queue.Name // queues it puts messages on
	Mail   bool         // hands mail to the provider
	Cgo    bool         // links DuckDB: built for x86_64
	Athena bool         // asks lakes that are too large for itself through Athena; with Blob: Both, for the lists of parts and the answers
}

// AsksAnew says whether the function asks what its lake consists of before each question: a worker notes what it has looked at or waited for, and of a lake as it was
// a second ago would note changes that it never saw.
func (f Function) AsksAnew() bool { return f.Cgo && f.Queue != "" }

// HeapMB is what of MemoryMB the Go heap may take before its collector works harder: without it the heap doubles beside DuckDB's memory, of which lakes.Open gives
// a tenant's database as much, and a rebuild of a million scores ends the function.
func (f Function) HeapMB() int {
	if f.Cgo {
		return f.MemoryMB * 2 / 5
	}
	return f.MemoryMB * 4 / 5
}

// Keys says whether the function is given the installation's secrets: those that verify credentials, and those that sign what a mail carries.
func (f Function) Keys() bool { return len(f.Paths) > 0 || f.Guard || f.Mail }

// Rows returns the catalogue.
func Rows() []Function { return slices.Concat(httpRows(), queueRows(), tickRows()) }

const (
	api   = 10 * time.Second
	hop   = 5 * time.Minute  // a worker cuts its work well before
	whole = 15 * time.Minute // what Lambda gives at most: a lake is written anew in one call, which is nothing to go on from when it is cut
	small = 256
	large = 1024
)

// httpRows read identity, all but the public ones: each verifies the caller's credential again, behind the gateway's guard.
func httpRows() []Function {
	crm := map[table.Name]Access{table.Identity: Read, table.CRM: Both, table.Ops: Both}
	crmRead := map[table.Name]Access{table.Identity: Read, table.CRM: Read, table.Ops: Both}
	return []Function{
		{Name: "session", Paths: []string{"/v1/signup", "/v1/login", "/v1/token", "/v1/logout", "/v1/email-verification", "/v1/me"}, Public: true,
			Timeout: api, MemoryMB: 512, Tables: map[table.Name]Access{table.Identity: Both, table.CRM: Both, table.Ops: Both}},
		{Name: "workspace", Paths: []string{"/v1/workspace"}, Timeout: api, MemoryMB: small, Tables: map[table.Name]Access{table.Identity: Both, table.CRM: Both, table.Ops: Both}},
		{Name: "apikeys", Paths: []string{"/v1/api-keys"}, Timeout: api, MemoryMB: small, Tables: map[table.Name]Access{table.Identity: Both, table.Ops: Both}},
		{Name: "customers", Paths: []string{"/v1/customers"}, Timeout: api, MemoryMB: small,
			Tables: map[table.Name]Access{table.Identity: Read, table.CRM: Both, table.Outreach: Read, table.Ops: Both}, Blob: Read}, // scores
		{Name: "lists", Paths: []string{"GET /v1/customers", "GET /v1/customers/groups", "POST /v1/customers/bulk", "GET /v1/orders", "GET /v1/orders/groups", "GET /v1/leads", "GET /v1/leads/groups", "GET /v1/campaigns", "GET /v1/campaigns/groups", "POST /v1/exports"}, Timeout: 25 * time.Second, MemoryMB: 2048, Tables: crmRead, Blob: Read, Cgo: true},
		{Name: "quality", Paths: []string{"/v1/quality"}, Timeout: 25 * time.Second, MemoryMB: 2048, Tables: crmRead, Blob: Read, Cgo: true},
		{Name: "leads", Paths: []string{"/v1/leads"}, Timeout: api, MemoryMB: small, Tables: crm},
		{Name: "products", Paths: []string{"/v1/products"}, Timeout: api, MemoryMB: small, Tables: crm},
		{Name: "orders", Paths: []string{"/v1/orders"}, Timeout: api, MemoryMB: small, Tables: crm},
		{Name: "imports", Paths: []string{"/v1/imports"}, Timeout: api, MemoryMB: small, Tables: crm, Blob: Both},
		{Name: "segments", Paths: []string{"/v1/segments", "GET /v1/campaigns/{id}/audience"}, Timeout: 25 * time.Second, MemoryMB: 2048,
			Tables: map[table.Name]Access{table.Identity: Read, table.CRM: Both, table.Outreach: Read, table.Ops: Both}, Blob: Both, Cgo: true},
		{Name: "scores", Paths: []string{"/v1/scores"}, Timeout: api, MemoryMB: small, Tables: crm, Blob: Read},
		{Name: "insights", Paths: []string{"/v1/insights"}, Timeout: 25 * time.Second, MemoryMB: 2048, Tables: crmRead, Blob: Read, Cgo: true},
		{Name: "views", Paths: []string{"/v1/views"}, Timeout: api, MemoryMB: small, Tables: crm},
		{Name: "templates", Paths: []string{"/v1/templates"}, Timeout: api, MemoryMB: small, Tables: crm},
		{Name: "campaigns", Paths: []string{"/v1/campaigns"}, Timeout: api, MemoryMB: small,
			Tables: map[table.Name]Access{table.Identity: Read, table.CRM: Both, table.Outreach: Both, table.Ops: Both}, Blob: Both},
		{Name: "tracking", Paths: []string{"/v1/t"}, Public: true, Timeout: api, MemoryMB: small,
			Tables: map[table.Name]Access{table.CRM: Both, table.Outreach: Both}},
		{Name: "providerevents", Paths: []string{"/v1/provider-events"}, Public: true, Timeout: api, MemoryMB: small, Sends: []queue.Name{Outcomes}},
		{Name: "exports", Paths: []string{"/v1/exports"}, Timeout: api, MemoryMB: small, Tables: crmRead, Blob: Read},
		{Name: "jobs", Paths: []string{"/v1/jobs"}, Timeout: api, MemoryMB: small, Tables: map[table.Name]Access{table.Identity: Read, table.Ops: Both}},
		{Name: "docs", Paths: []string{"/v1/openapi.yaml", "/docs"}, Else: true, Public: true, Timeout: api, MemoryMB: small},
	}
}

func queueRows() []Function {
	return []Function{
		{Name: "importwork", Queue: Imports, Timeout: hop, MemoryMB: large, Concurrency: 10, Batch: 1,
			Tables: map[table.Name]Access{table.CRM: Both, table.Outreach: Both, table.Ops: Both}, Blob: Both}, // an undo keeps who was written to, a merge moves their messages
		{Name: "scorework", Queue: Scores, Timeout: hop, MemoryMB: 2048, Concurrency: 10, Batch: 1,
			Tables: map[table.Name]Access{table.CRM: Both, table.Outreach: Read, table.Ops: Both}, Blob: Both, Sends: []queue.Name{Memberships}, Cgo: true}, // outreach: for the first parts of a lake
		{Name: "exportwork", Queue: Exports, Timeout: hop, MemoryMB: 2048, Concurrency: 10, Batch: 1,
			Tables: map[table.Name]Access{table.CRM: Both, table.Outreach: Read, table.Ops: Both}, Blob: Both, Athena: true, Cgo: true},
		{Name: "campaignplan", Queue: Plans, Timeout: hop, MemoryMB: 2048, Concurrency: 10, Batch: 1,
			Tables: map[table.Name]Access{table.CRM: Both, table.Outreach: Both, table.Ops: Both}, Blob: Both, Cgo: true},
		{Name: "campaignsend", Queue: Sends, Timeout: hop, MemoryMB: 512, Concurrency: 20, Batch: 1,
			Tables: map[table.Name]Access{table.CRM: Both, table.Outreach: Both}, Sends: []queue.Name{Sends}, Mail: true},
		{Name: "servicemail", Queue: Mails, Timeout: time.Minute, MemoryMB: small, Concurrency: 5, Batch: 10,
			Tables: map[table.Name]Access{table.Ops: Both}, Mail: true},
		{Name: "segmentwork", Queue: Memberships, Timeout: hop, MemoryMB: 2048, Concurrency: 10, Batch: 1,
			Tables: map[table.Name]Access{table.CRM: Both, table.Ops: Both}, Blob: Both, Sends: []queue.Name{Lakes}, Cgo: true},
		{Name: "lakework", Queue: Lakes, Timeout: whole, MemoryMB: 2048, Concurrency: 10, Batch: 1,
			Tables: map[table.Name]Access{table.CRM: Read, table.Outreach: Read}, Blob: Both, Sends: []queue.Name{Lakes}},
		{Name: "outcomes", Queue: Outcomes, Timeout: time.Minute, MemoryMB: small, Concurrency: 10, Batch: 10,
			Tables: map[table.Name]Access{table.CRM: Both, table.Outreach: Both}},
	}
}

func tickRows() []Function {
	return []Function{
		{Name: "authorizer", Guard: true, Timeout: 5 * time.Second, MemoryMB: 512, Tables: map[table.Name]Access{table.Identity: Both}}, // it notes when a key was used
		{Name: "changefeed", Feed: []table.Name{table.CRM, table.Outreach, table.Ops}, Timeout: time.Minute, MemoryMB: 512, Batch: 100,
			Sends: []queue.Name{Imports, Scores, Exports, Plans, Sends, Mails, Memberships}},
		{Name: "lakefeed", Feed: []table.Name{table.CRM, table.Outreach}, Timeout: time.Minute, MemoryMB: 512, Batch: 1000, Window: 2 * time.Second, Blob: Both, Sends: []queue.Name{Lakes, Memberships}},
		{Name: "schedule", Schedules: schedules(), Timeout: time.Minute, MemoryMB: small,
			Tables: map[table.Name]Access{table.Ops: Both, table.CRM: Read}}, // whoever does the work is asked for it through the change feed
	}
}
