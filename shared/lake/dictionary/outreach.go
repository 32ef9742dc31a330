package dictionary

func campaigns() Subject {
	const s source = "campaign record"
	return Subject{Name: "campaigns", Meaning: Meaning{"캠페인의 계획. 어디까지 왔는지는 campaignStates에 있어요", "Plans of campaigns; where they stand is in campaignStates"}, Sort: []string{"id"}, Fields: []Field{
		s.text("name", "이름", "Name"),
		s.text("type", "유형: target, open, recurring, triggered, multiStage", "Type: target, open, recurring, triggered, multiStage"),
		s.text("channel", "수단: email, sms, call, letter, fax, web, task, webhook", "Channel: email, sms, call, letter, fax, web, task, webhook"),
		s.text("segmentId", "세그먼트 ID", "Id of the segment"),
		s.text("templateId", "템플릿 ID", "Id of the template"),
		s.number("holdoutPercent", "percent of the audience", "비교하려고 연락하지 않는 비율", "Part of the audience that is not contacted, to compare with"),
		s.moment("startsAt", "시작 예정 시각", "When it is to start"),
		s.moment("endsAt", "종료 예정 시각", "When it is to end"),
		s.text("ownerId", "담당자", "Member of the workspace who looks after it"),
		s.text("purpose", "목적", "What it should achieve"),
		s.text("description", "설명", "Description"),
		s.text("department", "부서", "Department"),
		s.money("budget", "예산", "What may be spent"),
		s.money("cost", "쓴 비용", "What was spent"),
		s.count("targetCount", "people", "목표 인원", "How many people it means to reach"),
		s.number("expectedUplift", "share of 1", "비교 집단보다 늘어날 구매 비율의 예상", "Expected gain in the share of buyers against the hold-out"),
		s.text("notes", "메모", "Notes"),
		s.list("basedOnIds", "바탕이 된 캠페인", "Earlier campaigns that it builds on"),
		s.text("subject", "템플릿 대신 쓰는 제목", "Subject in place of the template's"),
		s.text("uncertainPolicy", "갔는지 모를 때: preferLoss, preferDuplicate", "When nobody can tell whether a message went out: preferLoss, preferDuplicate"),
		s.count("uncertainAfterMinutes", "minutes", "그 전에 기다리는 시간", "How long to wait for the provider's word"),
		s.moment("createdAt", "만든 시각", "When it was created"),
		s.moment("updatedAt", "계획이 마지막으로 바뀐 시각", "When its plan changed last"),
	}}
}

func campaignStates() Subject {
	const s source = "control of the campaign"
	return Subject{Name: "campaignStates", Meaning: Meaning{"캠페인이 어디까지 왔는지. ID는 캠페인의 것이에요", "Where campaigns stand; the id is the campaign's"}, Sort: []string{"id"}, Fields: []Field{
		s.campaignID(),
		s.text("status", "상태: draft, planning, sending, paused, stopped, sent, canceled", "Status: draft, planning, sending, paused, stopped, sent, canceled"),
		s.text("statusReason", "멈춘 까닭", "Why it was stopped"),
		s.text("jobId", "마지막으로 계획한 작업", "Job that planned it last"),
		s.moment("launchedAt", "시작한 시각", "When it was launched"),
		s.moment("finishedAt", "끝난 시각", "When nothing was left to send"),
		s.moment("frozen.at", "대상을 정한 시각", "When the audience was frozen"),
		s.text("frozen.segmentId", "그때의 세그먼트", "Segment that was frozen"),
		s.count("frozen.segmentVersion", "version", "그때의 세그먼트 버전", "Version of the segment then"),
		s.count("frozen.audience", "customers", "대상 고객 수", "Customers in the audience"),
		s.count("frozen.holdout", "customers", "연락하지 않는 고객 수", "Customers of it that are not contacted, to compare with"),
		s.count("frozen.holdoutReachable", "customers", "그 가운데 연락할 수 있던 고객 수", "Customers of the hold-out who could have been contacted"),
		s.count("frozen.chunks", "chunks", "메시지를 나눈 묶음 수", "Over how many chunks its messages are spread"),
		s.text("frozen.hash", "대상 목록의 SHA-256", "SHA-256 of the frozen list of ids"),
	}}
}

func messages() Subject {
	const s source = "message ledger"
	return Subject{Name: "messages", Meaning: Meaning{"캠페인이 고객 한 명에게 보내는 연락", "Planned contacts of a campaign with one customer"}, Partitioned: true, By: "plannedAt", Sort: []string{"customerId", "id"}, Fields: []Field{
		s.campaignID(),
		s.customerID(),
		s.text("channel", "수단", "Channel"),
		personal(s.text("address", "보낸 주소", "Where it went")),
		s.text("state", "상태: planned, sending, accepted, skipped, failed, uncertain, canceled", "State: planned, sending, accepted, skipped, failed, uncertain, canceled"),
		s.text("reason", "보내지 않았거나 실패한 까닭", "Why it was skipped or failed"),
		s.count("attempt", "attempts", "보내려 한 횟수", "How often it was taken up for sending"),
		s.moment("plannedAt", "계획한 시각", "When it was planned"),
		s.moment("acceptedAt", "발송 서비스가 받은 시각", "When the provider took it"),
		s.moment("deliveredAt", "도착한 시각", "When it was delivered"),
		s.moment("openedAt", "사람이 처음 연 시각", "When a person first opened it, as far as it can be told"),
		s.moment("machineOpenedAt", "기계가 처음 연 시각", "When a scanner or mail proxy first opened it"),
		s.moment("clickedAt", "처음 클릭한 시각", "When a link in it was first clicked"),
		s.moment("boughtAt", "처음 구매한 시각", "When the customer first bought because of it"),
		s.moment("bouncedAt", "되돌아온 시각", "When it bounced"),
		s.moment("complainedAt", "스팸으로 신고한 시각", "When it was reported as spam"),
		s.moment("unsubscribedAt", "수신을 거부한 시각", "When the customer unsubscribed by it"),
	}}
}

func responses() Subject {
	const s source = "message ledger"
	return Subject{Name: "responses", Meaning: Meaning{"메시지에 대한 응답. 종류마다 한 번만 세요", "Responses to messages, each kind once per message, when it was first seen"}, Sort: []string{"id"}, Fields: []Field{
		s.text("messageId", "메시지 ID", "Id of the message"),
		s.campaignID(),
		s.customerID(),
		s.text("channel", "수단", "Channel"),
		s.text("kind", "종류: delivered, opened, openedByMachine, clicked, bought, unsubscribed, bounced, complained", "Kind: delivered, opened, openedByMachine, clicked, bought, unsubscribed, bounced, complained"),
		s.moment("at", "처음 본 시각", "When it was first seen"),
	}}
}
