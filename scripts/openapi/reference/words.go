package reference

import "slices"

// words are the texts around the document, which itself is in English.
type words struct {
	Reference, Problems, Search, SearchCodes, NoMatch          string
	Parameters, Body, Replies, Refusals, Sample, ReplySample   string
	Needed, Scope, Public, Deprecated, Copy, Copied            string
	ListOf, MapOf, Any, Characters, Items, Default, ReadOnly   string
	Theme, OtherLanguage, Download, CodesIntro, Headers, Start string
	Intro                                                      []string
	Tags                                                       map[string]string
}

// tagOrder is the order in which a newcomer meets the groups; others follow by name.
var tagOrder = []string{"session", "workspace", "api-keys", "customers", "leads", "products", "orders", "imports", "segments", "scores", "templates", "campaigns",
	"exports", "jobs"}

func tagRank(tag string) string {
	if i := slices.Index(tagOrder, tag); i >= 0 {
		return string(rune('a' + i))
	}
	return "z" + tag
}

var languages = map[string]words{
	"ko": {
		Reference: "API 레퍼런스", Problems: "오류 코드", Search: "작업 찾기", SearchCodes: "코드 찾기", NoMatch: "찾는 것이 없어요.",
		Parameters: "매개변수와 헤더", Body: "본문", Replies: "응답", Refusals: "오류", Sample: "요청 예시", ReplySample: "응답 예시",
		Needed: "필수", Scope: "권한", Public: "인증 없이", Deprecated: "곧 없어져요", Copy: "복사", Copied: "복사했어요",
		ListOf: "목록:", MapOf: "이름별", Any: "아무 값", Characters: "%s자", Items: "%s개", Default: "기본값 %v", ReadOnly: "읽기 전용",
		Theme: "밝게·어둡게", OtherLanguage: "English", Download: "OpenAPI 문서", Headers: "헤더", Start: "시작하기",
		CodesIntro: "모든 오류는 application/problem+json 문서예요. 프로그램은 code로 판단하고, 사람에게는 detail을 보여 주세요.",
		Intro: []string{
			"콘솔에서 하는 일은 모두 이 API로도 할 수 있어요. 콘솔에서 API 키를 만들고 Authorization 헤더에 넣어 보내 주세요.",
			"목록은 limit과 cursor로 한 쪽씩 읽어요. 모르는 매개변수는 400으로 알려 드려요.",
			"POST에는 Idempotency-Key를 붙일 수 있어요. 같은 요청을 다시 보내도 한 번만 처리하고 첫 응답을 24시간 동안 그대로 돌려 드려요.",
			"레코드에는 ETag가 있어요. If-Match로 돌려보내면 그사이 바뀐 경우 412로 막아 드려요. PATCH는 JSON merge patch예요: 없으면 그대로, null이면 지우고, 값이면 바꿔요.",
			"Accept-Language에 따라 오류를 한국어나 영어로 알려 드려요.",
		},
		Tags: map[string]string{"session": "가입과 로그인", "workspace": "워크스페이스", "api-keys": "API 키", "customers": "고객", "leads": "리드", "products": "상품",
			"orders": "주문", "imports": "가져오기", "segments": "세그먼트", "scores": "점수", "templates": "템플릿", "campaigns": "캠페인", "exports": "내보내기",
			"jobs": "작업", "docs": "문서", "tracking": "반응", "provider-events": "발송 사업자 이벤트"},
	},
	"en": {
		Reference: "API reference", Problems: "Problem codes", Search: "Find an operation", SearchCodes: "Find a code", NoMatch: "Nothing matches.",
		Parameters: "Parameters and headers", Body: "Body", Replies: "Answers", Refusals: "Problems", Sample: "Request", ReplySample: "Answer",
		Needed: "required", Scope: "Scope", Public: "No credential", Deprecated: "Deprecated", Copy: "Copy", Copied: "Copied",
		ListOf: "list of", MapOf: "by name:", Any: "any value", Characters: "%s characters", Items: "%s items", Default: "default %v", ReadOnly: "read only",
		Theme: "Light or dark", OtherLanguage: "한국어", Download: "OpenAPI document", Headers: "Headers", Start: "Start here",
		CodesIntro: "Every refusal is an application/problem+json document. Programs decide by its code; people read its detail.",
		Intro: []string{
			"Everything the console does, programs do through these operations. Make an API key in the console and send it in the Authorization header.",
			"Lists are read page by page with limit and cursor. An unknown parameter is refused with 400.",
			"Every POST may carry an Idempotency-Key: a repeated request is done once, and the first answer comes back for 24 hours.",
			"Records carry an ETag. Send it back as If-Match, and a change in the meantime is refused with 412. PATCH takes a JSON merge patch: absent stays, null clears, a value sets.",
			"Problems are told in Korean or English, as Accept-Language asks.",
		},
		Tags: map[string]string{"session": "Sign-up and sessions", "workspace": "Workspace", "api-keys": "API keys", "customers": "Customers", "leads": "Leads",
			"products": "Products", "orders": "Orders", "imports": "Imports", "segments": "Segments", "scores": "Scores", "templates": "Templates",
			"campaigns": "Campaigns", "exports": "Exports", "jobs": "Jobs", "docs": "Documents", "tracking": "Responses", "provider-events": "Provider events"},
	},
}
