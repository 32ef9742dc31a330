package segment

import "strings"

const leadPrefix = "lead."

// leadFields are those of leads in lists.
var leadFields = []FieldInfo{
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
}

// LeadFields lists the fields by which lists of leads are narrowed, sorted and counted.
func LeadFields() []FieldInfo { return leadFields }

// LeadFieldAt returns the field of a list of leads at a path.
func LeadFieldAt(path string) (FieldInfo, bool) { return find(path, ofLeads) }

// LeadPathOf is the path of a field as lists of leads name it: "status" is lead.status.
func LeadPathOf(name string) string { return leadPrefix + strings.TrimPrefix(name, leadPrefix) }

// FromLeadFilter reads a filter of leads: conditions over their fields, whose "lead." may be left out, and nothing else.
func FromLeadFilter(text string, custom Custom) (Rule, error) {
	return translation{custom, ofLeads}.read(text)
}
