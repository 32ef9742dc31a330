package main

import (
	"strings"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
)

// part is what belongs to the workspace in one table. docs/data-model.md lists the keys.
type part struct {
	table  table.Name
	filter raw.Filter // lets all of it through, and maybe some more
	pick   func(raw.Item) (bool, error)
}

// parts are all tables, in the order in which they are copied: what a change feed's consumer looks up is there before what it is told of.
func parts(tenant string) []part {
	own := raw.Filter{{Attr: table.AttrPK, Begins: table.Own(tenant)}}
	return []part{
		{table.Identity, append(own, raw.Term{Attr: table.AttrHead, Contains: tenant}), func(it raw.Item) (bool, error) { return inIdentity(tenant, it) }},
		{table.CRM, own, raw.All},
		{table.Outreach, own, raw.All},
		{table.Ops, own, func(it raw.Item) (bool, error) { return !isDate(tenant, it.Key()), nil }},
	}
}

// inIdentity says whether an item of the identity table is the workspace's alone: its own, a membership in it, or a session or the hash of a key, which are
// found before the workspace is known and name it in their heads. People are copied apart: they may belong to others too.
func inIdentity(tenant string, it raw.Item) (bool, error) {
	k := it.Key()
	switch {
	case strings.HasPrefix(k.PK, "t#"):
		return strings.HasPrefix(k.PK, table.Own(tenant)), nil
	case strings.HasPrefix(k.PK, "u#"):
		return k.SK == "mem#"+tenant, nil
	case !strings.HasPrefix(k.PK, "s#") && !strings.HasPrefix(k.PK, "k#"):
		return false, nil
	}
	var of struct {
		Tenant string `json:"tenant"`
	}
	err := it.Head(&of)
	return of.Tenant == tenant, err
}

// isDate says whether a key of ops is a date of the workspace's calendar: in its own partition, or in the calendar of all as releases before kept it
// (due#<shard>, <time>#<kind>#<tenant>#<ref>).
func isDate(tenant string, k table.Key) bool {
	return k.PK == datesPK(tenant) || strings.HasPrefix(k.PK, "due#") && strings.Contains(k.SK, "#"+tenant+"#")
}

// datesPK is the partition of the workspace's calendar.
func datesPK(tenant string) string { return table.Own(tenant) + "due" }

// dates lets the calendar through.
func dates(tenant string) raw.Filter {
	return raw.Filter{{Attr: table.AttrPK, Begins: datesPK(tenant)}, {Attr: table.AttrSK, Contains: "#" + tenant + "#"}}
}

// parkedPK is where the dates of a stopped workspace wait, each inside an item of the workspace's own, so that no schedule sees them and a copy takes them along.
func parkedPK(tenant string) string { return table.Own(tenant) + "parked" }

func parkedKey(tenant string, date table.Key) table.Key {
	return table.Key{PK: parkedPK(tenant), SK: date.PK + " " + date.SK}
}
