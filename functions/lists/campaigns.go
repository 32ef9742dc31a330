package lists

import (
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

const campaignGrammar = `Campaigns come without the long texts of their plans. The grammar is that of GET /v1/customers, over the fields of a campaign alone (name, status, type, channel, segmentId, templateId, ownerId, department, purpose, description, notes, subject, budget, cost, targetCount, expectedUplift, holdoutPercent, audience, startsAt, endsAt, launchedAt, finishedAt, createdAt, updatedAt, statusReason, id): ` + "`status in (sending,paused) or launchedAt inLast P30D and not cost isEmpty`" + `.

q finds words in name and description, wherever in them they stand, and names by their initial consonants.

GET /v1/segments/fields lists the fields of campaigns as campaigns. Changes reach filtered lists within three seconds; who names what it just changed in Dangol-Recent sees it at once.`

const campaignGroups = `Counts each value of a field among the campaigns of a list, the largest groups first, without revenue: that stands in their reports. Dates are counted by the month of the workspace's zone. filter, q and Dangol-Recent are those of the list.`

var campaignMembers = []string{"id", "name", "type", "channel", "segmentId", "templateId", "holdoutPercent", "startsAt", "endsAt", "ownerId", "status", "statusReason", "jobId", "launchedAt", "finishedAt", "frozen", "createdAt", "updatedAt"}

func (f *Feature) registerCampaigns(a *api.API) {
	const tag, read = "campaigns", "campaigns:read"
	records[*campaign.Campaign]{f, "campaigns", rules.Campaigns, campaignMembers, (*store.Tenant).Campaigns, (*store.Tenant).CampaignsByID}.register(a,
		api.Operation{ID: "listCampaigns", Method: http.MethodGet, Path: "/v1/campaigns", Tag: tag, Scope: read,
			Summary: "List campaigns, newest first or by any field, all of them or those that a filter and a search find", Description: campaignGrammar},
		api.Operation{ID: "groupCampaigns", Method: http.MethodGet, Path: "/v1/campaigns/groups", Tag: tag, Scope: read,
			Summary: "Count the campaigns of a list by a field", Description: campaignGroups})
}
