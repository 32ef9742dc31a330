package errs

import (
	"fmt"
	"strings"
)

// Text is what people read, in both languages. {name} is replaced by the argument of that name. Korean is written in 해요체.
type Text struct{ Ko, En string }

// In returns the text in a language: Korean for "ko", English otherwise.
func (t Text) In(language string) string {
	if language == "ko" {
		return t.Ko
	}
	return t.En
}

// Term is an argument that is itself a word of the language, such as "integer"; it is looked up in the terms.
type Term string

// Title returns the short name of a kind of refusal.
func Title(k Kind, language string) string { return titles[k].In(language) }

// Detail returns the words of a code. A code without words, which the closure test refuses, is shown as it is.
func Detail(code string, args map[string]any, language string) string {
	t, ok := texts[code]
	if !ok {
		return code
	}
	s := t.In(language)
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for name, v := range args {
		pairs = append(pairs, "{"+name+"}", word(v, language))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// Codes returns every code with its words, for the reference page.
func Codes() map[string]Text {
	c := make(map[string]Text, len(texts))
	for code, t := range texts {
		c[code] = t
	}
	return c
}

func word(v any, language string) string {
	switch v := v.(type) {
	case Term:
		if t, ok := terms[v]; ok {
			return t.In(language)
		}
		return string(v)
	case float64:
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%f", v), "0"), ".")
	default:
		return fmt.Sprint(v)
	}
}

var titles = map[Kind]Text{
	Internal:      {"처리하지 못했어요", "Something went wrong"},
	Invalid:       {"입력한 값을 확인해 주세요", "Some values are not valid"},
	Malformed:     {"요청을 읽을 수 없어요", "The request cannot be read"},
	Unauthorized:  {"인증이 필요해요", "Authentication is needed"},
	Forbidden:     {"권한이 없어요", "Not allowed"},
	NotFound:      {"찾을 수 없어요", "Not found"},
	Conflict:      {"지금 상태와 맞지 않아요", "In conflict with the present state"},
	Stale:         {"그사이 내용이 바뀌었어요", "Changed in the meantime"},
	TooLarge:      {"너무 커요", "Too large"},
	TooMany:       {"요청이 너무 많아요", "Too many requests"},
	Unavailable:   {"지금은 처리할 수 없어요", "Not available right now"},
	Unsupported:   {"지원하지 않는 형식이에요", "Unsupported format"},
	NotAcceptable: {"그 형식으로 답할 수 없어요", "Not available in that format"},
	Expired:       {"기간이 지났어요", "No longer available"},
	BadMethod:     {"지원하지 않는 메서드예요", "Method not allowed"},
}

// terms are the words that fill texts.
var terms = map[Term]Text{
	"string":    {"문자열", "a string"},
	"integer":   {"정수", "an integer"},
	"number":    {"숫자", "a number"},
	"boolean":   {"true 또는 false", "true or false"},
	"array":     {"배열", "an array"},
	"object":    {"객체", "an object"},
	"date-time": {"2026-01-31T09:00:00Z 같은 RFC 3339 시각", "an RFC 3339 time such as 2026-01-31T09:00:00Z"},
	"date":      {"2026-01-31 같은 날짜", "a date such as 2026-01-31"},
	"email":     {"이메일 주소", "an e-mail address"},
	"uri":       {"웹 주소(URL)", "an absolute URL"},
	"currency":  {"KRW 같은 통화 코드(ISO 4217)", "a currency code of ISO 4217 such as KRW"},
	"decimal":   {"\"12.50\" 같은 십진수 문자열", "a decimal string such as \"12.50\""},
	"time-zone": {"Asia/Seoul 같은 시간대 이름", "a time zone name such as Asia/Seoul"},
	"base64":    {"base64 문자열", "a base64 string"},
	"duration":  {"P90D 같은 ISO 8601 기간", "an ISO 8601 duration such as P90D"},
	"pattern":   {"정해진 형식", "the documented form"},
}

// texts has the words of every code. One line per code; a test holds it against the codes that the tree uses, in both directions.
var texts = map[string]Text{
	// the request itself: shared/api
	"internal":                {"저희 쪽 문제로 처리하지 못했어요. 계속되면 요청 번호를 알려 주세요.", "Something failed on our side. If it happens again, tell us the request id."},
	"timed_out":               {"제시간에 끝내지 못했어요. 잠시 후 다시 시도해 주세요.", "This did not finish in time. Try again in a moment."},
	"busy":                    {"지금은 요청이 몰려 있어요. 잠시 후 다시 시도해 주세요.", "We are busy right now. Try again in a moment."},
	"conflict":                {"다른 작업이 먼저 바꿨어요. 다시 읽고 시도해 주세요.", "Another change came first. Read again and retry."},
	"not_found":               {"찾는 대상이 없어요.", "There is nothing here."},
	"method_not_allowed":      {"이 주소에서는 {allowed}만 쓸 수 있어요.", "Only {allowed} can be used at this address."},
	"credential_missing":      {"Authorization 헤더에 액세스 토큰이나 API 키를 넣어 주세요.", "Send an access token or API key in the Authorization header."},
	"scope_missing":           {"이 작업에는 {scope} 권한이 필요해요.", "This needs the scope {scope}."},
	"owner_only":              {"워크스페이스 소유자만 할 수 있어요.", "Only the owner of the workspace may do this."},
	"rate_limited":            {"요청이 너무 많아요. {seconds}초 뒤에 다시 시도해 주세요.", "Too many requests. Try again in {seconds} s."},
	"json_malformed":          {"본문이 올바른 JSON이 아니에요.", "The body is not valid JSON."},
	"json_too_deep":           {"본문은 {max}단계까지만 중첩할 수 있어요.", "The body may be nested {max} levels deep at most."},
	"body_missing":            {"본문이 비어 있어요.", "The body is missing."},
	"body_too_large":          {"본문은 {max}바이트까지 보낼 수 있어요.", "The body may have {max} bytes at most."},
	"body_incomplete":         {"본문이 끝까지 도착하지 않았어요.", "The body did not arrive whole."},
	"record_too_large":        {"한 번에 저장하기에는 너무 커요.", "This is too large to be stored at once."},
	"body_unreadable":         {"본문의 값을 읽을 수 없어요. 문서의 형식을 확인해 주세요.", "A value in the body cannot be read. Compare it with the documented form."},
	"media_type_unsupported":  {"Content-Type은 {allowed} 중 하나여야 해요.", "Content-Type must be one of {allowed}."},
	"query_malformed":         {"쿼리 문자열을 읽을 수 없어요.", "The query string cannot be read."},
	"parameter_unknown":       {"없는 매개변수예요: {name}.", "There is no parameter {name}."},
	"parameter_repeated":      {"한 번만 쓸 수 있는 매개변수예요: {name}.", "{name} can be given only once."},
	"cursor_invalid":          {"이 목록의 커서가 아니에요. 첫 페이지부터 다시 읽어 주세요.", "This cursor does not belong to this list. Start again from the first page."},
	"sort_unknown":            {"정렬에 쓸 수 없는 필드예요: {field}. 가능한 값: {allowed}", "Sorting by {field} is not possible. Possible: {allowed}"},
	"fields_unknown":          {"없는 필드예요: {field}. 가능한 값: {allowed}", "There is no field {field}. Possible: {allowed}"},
	"expand_unknown":          {"펼칠 수 없는 필드예요: {field}. 가능한 값: {allowed}", "{field} cannot be expanded. Possible: {allowed}"},
	"filter_field_unknown":    {"거르기에 쓸 수 없는 필드예요: {field}. 가능한 값: {allowed}", "Filtering by {field} is not possible. Possible: {allowed}"},
	"filter_malformed":        {"filter를 {at} 근처에서 읽을 수 없어요.", "The filter cannot be read near {at}."},
	"version_stale":           {"그사이 다른 곳에서 바뀌었어요. 다시 읽고 시도해 주세요.", "It was changed elsewhere in the meantime. Read it again and retry."},
	"idempotency_key_invalid": {"Idempotency-Key는 1~255자의 ASCII 문자여야 해요.", "Idempotency-Key must have 1 to 255 printable ASCII characters."},
	"idempotency_key_reused":  {"이 Idempotency-Key는 다른 요청에 이미 쓰였어요.", "This Idempotency-Key was already used for another request."},
	"idempotency_in_progress": {"같은 Idempotency-Key의 요청을 처리하고 있어요. 잠시 후 다시 보내 주세요.", "A request with this Idempotency-Key is still being worked on. Send it again in a moment."},
	"idempotency_reply_gone":  {"이 요청은 이미 처리했지만 답이 너무 커서 보관하지 않았어요.", "This request was already carried out; its reply was too large to keep."},
	"reply_too_large":         {"답이 너무 커요. limit이나 fields로 줄여 주세요.", "The reply is too large. Narrow it with limit or fields."},

	// a field of the request: shared/api
	"validation_failed": {"입력한 값을 확인해 주세요.", "Some values need correction; each is named in errors."},
	"required_missing":  {"꼭 필요한 항목이에요.", "This is required."},
	"null_not_allowed":  {"비워 둘 수 없어요.", "This cannot be null."},
	"type_wrong":        {"{expected} 값이어야 해요.", "This must be {expected}."},
	"format_invalid":    {"{format} 형식이어야 해요.", "This must be {format}."},
	"option_unknown":    {"다음 중 하나여야 해요: {options}", "This must be one of: {options}"},
	"too_short":         {"{min}자 이상이어야 해요.", "This must have at least {min} characters."},
	"too_long":          {"{max}자까지 쓸 수 있어요.", "This may have {max} characters at most."},
	"below_minimum":     {"{min} 이상이어야 해요.", "This must be {min} or more."},
	"above_maximum":     {"{max} 이하여야 해요.", "This must be {max} or less."},
	"not_above":         {"{min}보다 커야 해요.", "This must be greater than {min}."},
	"not_below":         {"{max}보다 작아야 해요.", "This must be less than {max}."},
	"not_multiple":      {"{of}의 배수여야 해요.", "This must be a multiple of {of}."},
	"items_too_few":     {"{min}개 이상이어야 해요.", "There must be at least {min}."},
	"items_too_many":    {"{max}개까지 넣을 수 있어요.", "There may be {max} at most."},
	"items_repeated":    {"같은 값이 두 번 들어 있어요.", "The same value is given twice."},
	"field_unknown":     {"이런 필드는 없어요.", "There is no such field."},
	"shape_unknown":     {"문서에 있는 형태 중 하나여야 해요.", "This must have one of the documented shapes."},
}
