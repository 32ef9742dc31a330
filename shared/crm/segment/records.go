package segment

import "strings"

// RecordFields are the fields by which lists of one kind of record are narrowed, sorted and counted: those of the record alone.
type RecordFields struct {
	prefix string // of their paths
	in     scope
	fields []FieldInfo
}

// Leads are the fields of lists of leads.
var Leads = &RecordFields{"lead.", ofLeads, []FieldInfo{
	{"lead.name", Text, "이름", "Name"},
	{"lead.status", Text, "상태", "Status"},
	{"lead.company", Text, "회사", "Company"},
	{"lead.email", Text, "이메일", "E-mail"},
	{"lead.phone", Text, "전화번호", "Phone"},
	{"lead.source", Text, "알게 된 경로", "Source"},
	{"lead.score", Number, "점수", "Score"},
	{"lead.notes", Text, "메모", "Notes"},
	{"lead.ownerId", Text, "담당자", "Owner"},
	{"lead.createdAt", Date, "등록일", "Created"},
	{"lead.updatedAt", Date, "수정일", "Changed"},
	{"lead.convertedAt", Date, "고객이 된 날", "Became a customer"},
	{"lead.customerId", Text, "고객 ID", "Customer id"},
	{"lead.id", Text, "리드 ID", "Lead id"},
}}

// Campaigns are the fields of lists of campaigns: of their plans, and of where they stand.
var Campaigns = &RecordFields{"campaign.", ofCampaigns, []FieldInfo{
	{"campaign.name", Text, "캠페인 이름", "Campaign name"},
	{"campaign.status", Text, "상태", "Status"},
	{"campaign.type", Text, "유형", "Type"},
	{"campaign.channel", Text, "채널", "Channel"},
	{"campaign.segmentId", Text, "세그먼트", "Segment"},
	{"campaign.templateId", Text, "템플릿", "Template"},
	{"campaign.purpose", Text, "목적", "Purpose"},
	{"campaign.description", Text, "설명", "Description"},
	{"campaign.department", Text, "부서", "Department"},
	{"campaign.ownerId", Text, "담당자", "Owner"},
	{"campaign.notes", Text, "메모", "Notes"},
	{"campaign.budget", Money, "예산", "Budget"},
	{"campaign.cost", Money, "쓴 비용", "Cost"},
	{"campaign.targetCount", Number, "목표 인원", "Target"},
	{"campaign.expectedUplift", Number, "기대 효과", "Expected uplift"},
	{"campaign.holdoutPercent", Number, "통제군", "Hold-out"},
	{"campaign.audience", Number, "대상 고객 수", "Audience"},
	{"campaign.startsAt", Date, "시작일", "Start"},
	{"campaign.endsAt", Date, "마지막 날", "Last day"},
	{"campaign.launchedAt", Date, "시작한 때", "Launched"},
	{"campaign.finishedAt", Date, "끝난 때", "Finished"},
	{"campaign.createdAt", Date, "만든 날", "Created"},
	{"campaign.updatedAt", Date, "고친 때", "Changed"},
	{"campaign.statusReason", Text, "멈춘 까닭", "Why it was stopped"},
	{"campaign.subject", Text, "메일 제목", "Subject"},
	{"campaign.id", Text, "캠페인 ID", "Campaign id"},
}}

// recordsIn are the fields of a scope that is a kind of record's; nil of another.
func recordsIn(in scope) *RecordFields {
	switch in {
	case ofLeads:
		return Leads
	case ofCampaigns:
		return Campaigns
	case ofCustomers, ofWhere, ofOrders:
	}
	return nil
}

// All lists them.
func (r *RecordFields) All() []FieldInfo { return r.fields }

// At returns the field at a path.
func (r *RecordFields) At(path string) (FieldInfo, bool) { return among(r.fields, r.Path(path)) }

// Path is that of a field as lists name it: "status" is lead.status.
func (r *RecordFields) Path(name string) string { return r.prefix + r.Name(name) }

// Name is a field's path without its kind.
func (r *RecordFields) Name(path string) string { return strings.TrimPrefix(path, r.prefix) }

// FromFilter reads a filter: conditions over the fields, whose kind may be left out, and nothing else.
func (r *RecordFields) FromFilter(text string, custom Custom) (Rule, error) {
	return translation{custom, r.in}.read(text)
}
