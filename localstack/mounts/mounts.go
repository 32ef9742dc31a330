// Package mounts has the handlers of every function of the catalogue by name, and the loops that a place of its own would run them in. The host mounts them
// over one place on disk; the proof of the AWS engines gives each function a place with no more than its row.
package mounts

import (
	"context"

	"github.com/dangol/dangol/functions/apikeys"
	"github.com/dangol/dangol/functions/campaignplan"
	"github.com/dangol/dangol/functions/campaigns"
	"github.com/dangol/dangol/functions/campaignsend"
	"github.com/dangol/dangol/functions/changefeed"
	"github.com/dangol/dangol/functions/customers"
	"github.com/dangol/dangol/functions/docs"
	"github.com/dangol/dangol/functions/exports"
	"github.com/dangol/dangol/functions/exportwork"
	"github.com/dangol/dangol/functions/imports"
	"github.com/dangol/dangol/functions/importwork"
	"github.com/dangol/dangol/functions/insights"
	"github.com/dangol/dangol/functions/jobs"
	"github.com/dangol/dangol/functions/lakefeed"
	"github.com/dangol/dangol/functions/lakework"
	"github.com/dangol/dangol/functions/leads"
	"github.com/dangol/dangol/functions/lists"
	"github.com/dangol/dangol/functions/orders"
	"github.com/dangol/dangol/functions/outcomes"
	"github.com/dangol/dangol/functions/products"
	"github.com/dangol/dangol/functions/providerevents"
	"github.com/dangol/dangol/functions/quality"
	"github.com/dangol/dangol/functions/schedule"
	"github.com/dangol/dangol/functions/scores"
	"github.com/dangol/dangol/functions/scorework"
	"github.com/dangol/dangol/functions/segments"
	"github.com/dangol/dangol/functions/segmentwork"
	"github.com/dangol/dangol/functions/servicemail"
	"github.com/dangol/dangol/functions/session"
	"github.com/dangol/dangol/functions/templates"
	"github.com/dangol/dangol/functions/tracking"
	"github.com/dangol/dangol/functions/views"
	"github.com/dangol/dangol/functions/workspace"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/queue"
)

// Places gives each function the place that it runs in.
type Places func(function string) *env.Env

// Everywhere is one place for all functions.
func Everywhere(e *env.Env) Places { return func(string) *env.Env { return e } }

// Feature is an HTTP function.
type Feature interface{ Register(a *api.API) }

// Features has every HTTP row of the catalogue by its name; a test holds the two together.
func Features(in Places) map[string]Feature {
	return map[string]Feature{
		"session":        session.New(in("session")),
		"workspace":      workspace.New(in("workspace")),
		"apikeys":        apikeys.New(in("apikeys")),
		"customers":      customers.New(in("customers")),
		"lists":          lists.New(in("lists")),
		"quality":        quality.New(in("quality")),
		"leads":          leads.New(in("leads")),
		"products":       products.New(in("products")),
		"orders":         orders.New(in("orders")),
		"imports":        imports.New(in("imports")),
		"segments":       segments.New(in("segments")),
		"insights":       insights.New(in("insights")),
		"scores":         scores.New(in("scores")),
		"templates":      templates.New(in("templates")),
		"views":          views.New(in("views")),
		"campaigns":      campaigns.New(in("campaigns")),
		"tracking":       tracking.New(in("tracking")),
		"providerevents": providerevents.New(in("providerevents")),
		"exports":        exports.New(in("exports")),
		"jobs":           jobs.New(in("jobs")),
		"docs":           docs.New(in("docs")),
	}
}

// Workers has the handler of every row that a queue starts.
func Workers(in Places) map[string]queue.Handler {
	return map[string]queue.Handler{
		"importwork":   importwork.New(in("importwork")).Handle,
		"scorework":    scorework.New(in("scorework")).Handle,
		"exportwork":   exportwork.New(in("exportwork")).Handle,
		"campaignplan": campaignplan.New(in("campaignplan")).Handle,
		"campaignsend": campaignsend.New(in("campaignsend")).Handle,
		"servicemail":  servicemail.New(in("servicemail")).Handle,
		"lakework":     lakework.New(in("lakework")).Handle,
		"segmentwork":  segmentwork.New(in("segmentwork")).Handle,
		"outcomes":     outcomes.New(in("outcomes")).Handle,
	}
}

// Feeds has the handler of every row that the change feed starts.
func Feeds(in Places) map[string]feed.Handler {
	return map[string]feed.Handler{
		"changefeed": changefeed.New(in("changefeed")).Handle,
		"lakefeed":   lakefeed.New(in("lakefeed")).Handle,
	}
}

// Ticks has the handler of every row that a schedule starts.
func Ticks(in Places) map[string]func(context.Context, due.Kind) error {
	return map[string]func(context.Context, due.Kind) error{"schedule": schedule.New(in("schedule")).Tick}
}
