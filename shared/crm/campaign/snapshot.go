package campaign

import (
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/templates"
)

// Snapshot is what a campaign sends, as it was when it was launched: a template edited later changes nothing that is under way. Links holds the
// targets of its tracked links by number; a number once given keeps its target, so that a link in a mail leads where its author meant it to.
type Snapshot struct {
	TemplateID      string           `json:"templateId"`
	TemplateVersion int64            `json:"templateVersion"`
	Name            string           `json:"name,omitempty"` // of the campaign
	Source          templates.Source `json:"source"`
	Links           []string         `json:"links,omitempty"`
}

// Number adds the links of a template to those that have a number. Links whose target is made by Liquid are left out: where they lead is only
// known per receiver, so they are not tracked.
func Number(known, links []string) []string {
	for _, l := range links {
		if !strings.Contains(l, "{{") && !strings.Contains(l, "{%") && !slices.Contains(known, l) {
			known = append(known, l)
		}
	}
	return known
}
