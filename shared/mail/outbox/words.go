package outbox

// words are the page's texts.
var words = map[string]map[string]string{
	"ko": {
		"title": "로컬 메일함", "note": "이 컴퓨터가 보낸 메일은 모두 여기에 모입니다. 밖으로 나가지 않습니다.", "search": "주소, 제목, 본문 검색",
		"clear": "비우기", "clearAsk": "메일함을 비울까요? 되돌릴 수 없습니다.", "empty": "아직 메일이 없습니다", "none": "찾는 메일이 없습니다", "more": "더 보기",
		"choose": "왼쪽에서 메일을 고르세요", "back": "목록", "view": "보기", "text": "텍스트", "headers": "헤더", "download": "원본 내려받기", "from": "보낸 사람",
		"to": "받는 사람", "reply": "회신 주소", "campaign": "캠페인", "noHTML": "HTML 본문이 없습니다", "noText": "텍스트 본문이 없습니다", "noSubject": "(제목 없음)",
		"count": "통", "failed": "메일함을 읽지 못했습니다. 다시 시도합니다.",
	},
	"en": {
		"title": "Local mailbox", "note": "All mail that this computer sends ends up here. None leaves it.", "search": "Search address, subject, text",
		"clear": "Empty mailbox", "clearAsk": "Empty the mailbox? This cannot be undone.", "empty": "No mail yet", "none": "No mail matches", "more": "Show more",
		"choose": "Choose a mail on the left", "back": "List", "view": "View", "text": "Text", "headers": "Headers", "download": "Download original", "from": "From",
		"to": "To", "reply": "Reply to", "campaign": "Campaign", "noHTML": "There is no HTML body", "noText": "There is no text body", "noSubject": "(no subject)",
		"count": "mails", "failed": "The mailbox could not be read. Trying again.",
	},
}
