package dictionary

func memberships() Subject {
	const s source = "segmentwork"
	return Subject{Name: "memberships", Meaning: Meaning{"고객이 세그먼트에 머문 기간. 나갔다 다시 들어오면 한 줄이 더 생겨요", "Stays of customers in live segments: one who left and came back has two"}, Sort: []string{"id"}, Fields: []Field{
		s.text("segmentId", "세그먼트 ID", "Id of the segment"),
		s.customerID(),
		s.count("stay", "stays", "몇 번째로 머문 것인지, 1부터", "Which stay of this customer it is, from 1"),
		s.count("segmentVersion", "version", "들어올 때의 세그먼트 버전", "Version of the segment whose rule let the customer in"),
		s.moment("enteredAt", "들어온 것을 알게 된 시각", "When it was found that the customer met the rule"),
		s.moment("leftAt", "나간 것을 알게 된 시각. 지금 있으면 비어 있어요", "When it was found that they no longer did; empty for those who are in"),
	}}
}

func segmentSizes() Subject {
	const s source = "segmentwork"
	return Subject{Name: "segmentSizes", Meaning: Meaning{"세그먼트를 새로 센 날의 크기. 통화마다 한 줄이에요", "Sizes of segments on the days on which they were counted anew, a row per currency"}, Sort: []string{"id"}, Fields: []Field{
		s.text("segmentId", "세그먼트 ID", "Id of the segment"),
		s.field("day", Date, "센 날. 워크스페이스의 시간대예요", "Day of the count, in the workspace's zone"),
		s.moment("countedAt", "센 시각", "When it was counted"),
		s.count("segmentVersion", "version", "그때의 세그먼트 버전", "Version of the segment then"),
		s.count("members", "customers", "그때 있던 고객 수", "Customers who were in it"),
		s.money("revenue", "그 고객들이 그때까지 주문한 금액의 합", "Sum of all that they had ordered by then"),
	}}
}
