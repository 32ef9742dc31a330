package store

import (
	"strings"

	"github.com/dangol/dangol/shared/table"
)

// Kind is what an item of crm or outreach is, as its key tells (docs/data-model.md).
type Kind string

// The kinds.
const (
	CustomerRecord  Kind = "customer"
	PhoneEntry      Kind = "phone entry"
	TimelineEntry   Kind = "timeline entry"
	ConsentRecord   Kind = "consent"
	MergeRecord     Kind = "customer merge"
	PresentScore    Kind = "score"
	ScoreOfDay      Kind = "score of a day"
	OrderRecord     Kind = "order"
	LeadRecord      Kind = "lead"
	ProductRecord   Kind = "product"
	SegmentRecord   Kind = "segment"
	TemplateRecord  Kind = "template"
	ViewRecord      Kind = "view"
	ImportRecord    Kind = "import"
	JournalEntry    Kind = "import journal entry"
	ExportRecord    Kind = "export"
	CampaignRecord  Kind = "campaign"
	CampaignControl Kind = "campaign control"
	CampaignCopy    Kind = "campaign snapshot"
	CampaignNote    Kind = "campaign progress"
	ScoreSummaries  Kind = "score summary"
	ScoreCards      Kind = "score card"
	StagesOfMonth   Kind = "lifecycle month"
	UniqueValue     Kind = "unique value"
	WorkspaceRecord Kind = "workspace"
	FieldSet        Kind = "custom fields"
	LakeMark        Kind = "lake mark"
	MessageRow      Kind = "message"
	ChunkTally      Kind = "tally"
	SuppressedHere  Kind = "suppression"
)

// Kinds lists them.
func Kinds() []Kind {
	return []Kind{CustomerRecord, PhoneEntry, TimelineEntry, ConsentRecord, MergeRecord, PresentScore, ScoreOfDay, OrderRecord, LeadRecord, ProductRecord, SegmentRecord,
		TemplateRecord, ViewRecord, ImportRecord, JournalEntry, ExportRecord, CampaignRecord, CampaignControl, CampaignCopy, CampaignNote, ScoreSummaries, ScoreCards, StagesOfMonth,
		UniqueValue, WorkspaceRecord, FieldSet, LakeMark, MessageRow, ChunkTally, SuppressedHere}
}

// nouns are the records that are their own aggregate and have nothing else in their partition.
var nouns = map[string]Kind{"ord": OrderRecord, "led": LeadRecord, "prd": ProductRecord, "seg": SegmentRecord, "tpl": TemplateRecord, "viw": ViewRecord, "exp": ExportRecord}

// KindOf reads tenant and kind from the key of an item; false for a key that is none of crm's or outreach's.
func KindOf(n table.Name, k table.Key) (tenant string, kind Kind, ok bool) {
	rest, ok := strings.CutPrefix(k.PK, "t#")
	if !ok {
		return "", "", false
	}
	tenant, rest, _ = strings.Cut(rest, "#")
	noun, rest, _ := strings.Cut(rest, "#")
	switch n {
	case table.CRM:
		kind = crmKind(noun, rest, k.SK)
	case table.Outreach:
		kind = outreachKind(noun, rest)
	}
	return tenant, kind, kind != ""
}

func crmKind(noun, rest, sk string) Kind {
	switch noun {
	case "cus":
		return customerKind(sk)
	case "cmp":
		return map[string]Kind{"cmp": CampaignRecord, "ctl": CampaignControl, "snap": CampaignCopy, "progress": CampaignNote}[sk]
	case "imp":
		if strings.Contains(rest, "#journal#") {
			return JournalEntry
		}
		return map[string]Kind{"imp": ImportRecord}[sk]
	case "score":
		return scoreKind(sk)
	case "uq":
		return UniqueValue
	case "lake":
		return LakeMark
	case "wsp":
		return map[string]Kind{"wsp": WorkspaceRecord, "fields": FieldSet}[sk]
	}
	if sk != noun {
		return ""
	}
	return nouns[noun]
}

func customerKind(sk string) Kind {
	before, _, further := strings.Cut(sk, "#")
	if further {
		return map[string]Kind{"tl": TimelineEntry, "con": ConsentRecord, "mrg": MergeRecord, "sc": ScoreOfDay}[before]
	}
	return map[string]Kind{"cus": CustomerRecord, "phone": PhoneEntry, "sc": PresentScore}[sk]
}

func scoreKind(sk string) Kind {
	before, _, _ := strings.Cut(sk, "#")
	return map[string]Kind{"latest": ScoreSummaries, "day": ScoreSummaries, "card": ScoreCards, "life": StagesOfMonth}[before]
}

func outreachKind(noun, rest string) Kind {
	switch {
	case noun == "sup":
		return SuppressedHere
	case noun != "cmp":
		return ""
	case strings.HasSuffix(rest, "#tally"):
		return ChunkTally
	default:
		return MessageRow
	}
}
