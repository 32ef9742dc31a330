package main

import (
	"fmt"

	"github.com/dangol/dangol/shared/catalogue"
)

// months are what stands still and what a tenant does in thirty days.
func months() []scenario {
	out := []scenario{idle(), stored()}
	for _, t := range tenants {
		out = append(out, t.month())
	}
	return out
}

// idle is an installation that nobody uses.
func idle() scenario {
	queues, calls := 0.0, 0.0
	for _, r := range catalogue.Rows() {
		if r.Queue != "" {
			queues++
		}
		for _, s := range r.Schedules {
			calls += minutes / s.Every.Minutes()
		}
	}
	const (
		pollers   = 5  // of Lambda for each queue; with a maximum concurrency they are never fewer
		pollEvery = 20 // seconds of a long poll
		alarms    = 28
	)
	return scenario{ID: "idle", Title: "An installation that nobody uses", Shown: 1, Of: "months", Note: "nothing of it is billed by the hour", Parts: []part{
		{What: "Lambda polls the queues", Price: "sqs.request", Times: queues * pollers * minutes * 60 / pollEvery,
			Why: fmt.Sprintf("%.0f queues, five pollers each, 20 s a poll: AWS, Lambda Developer Guide, services-sqs-scaling", queues)},
		{What: "schedules", Price: "scheduler.call", Times: calls, Why: "the row schedule: one kind every minute, three every quarter of an hour, one every hour"},
		{What: "function schedule", Function: "schedule", Seconds: 0.05, Times: calls, Why: "reads the calendar of the kind and ends"},
		{What: "read the calendar", Op: "read what is due, of all tenants", Times: calls, Why: "four shards of the kind"},
		{What: "look for dates of earlier releases", Op: "look for dates of earlier releases", Times: calls, Why: "store.Refile, until the next release"},
		{What: "alarms of a production stage", Price: "cw.alarm", Times: alarms, Why: "infra/alarms.go: eleven of dead letters, two of the feed, two of the tick, eight of tables, five of the whole; the ten free ones are not left out, as no free tier is"},
		{What: "read the change feed", Price: "ddb.stream", Times: minutes * 60 * 4, Why: "free for Lambda's triggers"},
	}}
}

// stored is what customers with their orders and scores cost that lie there.
func stored() scenario {
	const (
		overhead = 100 // bytes that DynamoDB adds to an item
		customer = 600 + 2*250 + 150 + 250 + (600 + customerEntry) + 2*200
		items    = customer + 8*overhead + 400 + scoreEntry + 3*overhead
		orders   = ordersEach * (500 + 200 + 250 + orderEntry + 4*overhead)
		all      = items + orders
		inTables = all - customerEntry - 2*200 - scoreEntry - ordersEach*orderEntry
	)
	return scenario{ID: "stored", Title: "Customers kept for a month, with three orders and a score each", Shown: 1e6, Of: "customers", Parts: []part{
		{What: "tables and indexes", Price: "ddb.storage", Times: all / float64(gb), Why: fmt.Sprintf("%d bytes a customer in all, estimated from the keys and typical records; 100 of DynamoDB's own an item", int(all))},
		{What: "point-in-time recovery", Price: "ddb.pitr", Times: inTables / float64(gb), Why: "of the tables without their indexes"},
	}}
}

// tenant is a size of shop with what it does in a month.
type tenant struct {
	name                                   string
	customers, orders, campaigns, audience float64
	reads, lists, created                  float64
	keptMessages                           float64
	visits                                 float64 // of the console
}

// tenants are assumed; change them and look again.
var tenants = []tenant{
	{name: "small", customers: 1000, orders: 300, campaigns: 2, audience: 500, reads: 3000, lists: 1000, created: 100, keptMessages: 12_000, visits: 60},
	{name: "middle", customers: 20_000, orders: 6000, campaigns: 8, audience: 10_000, reads: 60_000, lists: 20_000, created: 1000, keptMessages: 960_000, visits: 200},
	{name: "large", customers: 1e6, orders: 300_000, campaigns: 8, audience: 500_000, reads: 3e6, lists: 500_000, created: 50_000, keptMessages: 48e6, visits: 2000},
	{name: "largest", customers: 10e6, orders: 3e6, campaigns: 8, audience: 5e6, reads: 30e6, lists: 2e6, created: 500_000, keptMessages: 480e6, visits: 5000},
}

func (t tenant) month() scenario {
	const assets = 1 << 20 // of the console, compressed, when nothing is cached
	return scenario{ID: "tenant." + t.name, Title: fmt.Sprintf("A month of a %s tenant, %.0f customers", t.name, t.customers), Shown: 1, Of: "months",
		Note: fmt.Sprintf("%.0f orders, %.0f campaigns to %.0f, %.0f reads, %.0f lists, %.0f new customers; a year of messages kept", t.orders, t.campaigns, t.audience, t.reads, t.lists, t.created),
		Parts: []part{
			{What: "messages", Scenario: "message", Times: t.campaigns * t.audience, Why: "campaigns times audience"},
			{What: "its SES tenant", Price: "ses.tenant", Times: 1, Why: "infra/settings.go Tenants: on in prod"},
			{What: "buyers followed", Scenario: "followed", Times: t.campaigns * max(1, t.orders/4/1000), Why: "a week each, by the orders of a week; a look without orders costs less"},
			{What: "nightly scores", Scenario: "rebuild", Times: days * t.customers, Why: "every customer, every night, changed or not"},
			{What: "customers read", Scenario: "api.read", Times: t.reads, Why: "console and API"},
			{What: "lists", Scenario: "api.list", Times: t.lists, Why: "console and API"},
			{What: "orders recorded", Scenario: "api.order", Times: t.orders, Why: "by API"},
			{What: "customers created", Scenario: "api.create", Times: t.created, Why: "by API"},
			{What: "customers kept", Scenario: "stored", Times: t.customers, Why: "all of them"},
			{What: "messages kept", Scenario: "kept", Times: t.keptMessages, Why: "of a year"},
			{What: "console", Price: "cdn.gb", Times: t.visits * assets / float64(gb), Why: "the first load of a visit; a megabyte"},
			{What: "the file kept", Price: "s3.storage", Times: t.customers * 400 / float64(gb), Why: "uploads and frozen lists"},
		}}
}
