package dictionary

import "slices"

func leads() Subject {
	const s source = "lead record"
	return Subject{Name: "leads", Meaning: Meaning{"리드: 고객이 될 수 있는 사람", "Leads: people who may become customers"}, Sort: []string{"id"},
		Fields: slices.Concat([]Field{
			personal(s.text("name", "이름", "Name")),
			personal(s.text("email", "이메일, 소문자", "E-mail address in lower case")),
			personal(s.text("phone", "전화번호 (E.164)", "Phone number (E.164)")),
			s.text("company", "들은 대로 적은 회사 이름", "Name of the company, as told"),
			s.text("source", "어디에서 왔는지. 고객이 된 뒤에도 남아요", "Where the lead came from; kept to the end"),
			s.text("status", "상태: new 새 리드, working 연락 중, qualified 가능성 확인, converted 고객이 됨, lost 놓침", "Status: new, working, qualified, converted, lost"),
			personal(s.text("notes", "메모", "Notes")),
			s.text("ownerId", "담당자", "Member of the workspace who follows the lead up"),
			s.number("score", "as its maker counts", "점수", "Score, by what scored it"),
			personal(s.text("customerId", "이 리드가 된 고객", "Customer that the lead became")),
		}, s.origin(), []Field{
			s.yesNo("sample", "예제 데이터인지", "Whether it is of the removable sample data"),
			s.moment("createdAt", "등록한 시각", "When it was created"),
			s.moment("updatedAt", "마지막으로 바뀐 시각", "When it changed last"),
			s.moment("convertedAt", "고객이 된 시각", "When it became a customer"),
		})}
}
