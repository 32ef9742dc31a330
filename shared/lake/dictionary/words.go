package dictionary

// In says a source or a unit in a language: ko, or English for all others. The files and docs/lake.md have the English words.
func In(language, words string) string {
	if said, ok := korean[words]; ok && language == "ko" {
		return said
	}
	return words
}

var korean = map[string]string{
	"1 is the first":                         "1이 처음",
	"as its maker counts":                    "점수를 매긴 쪽의 단위",
	"attempts":                               "번",
	"campaign record":                        "캠페인 레코드",
	"chunks":                                 "묶음",
	"consent record":                         "수신동의 레코드",
	"control of the campaign":                "캠페인 진행 상태",
	"customer record":                        "고객 레코드",
	"customers":                              "명",
	"day, no time zone":                      "날짜, 시간대 없음",
	"days":                                   "일",
	"entry of the timeline":                  "고객 기록",
	"lead record":                            "리드 레코드",
	"message ledger":                         "메시지 원장",
	"minutes":                                "분",
	"order record":                           "주문 레코드",
	"orders":                                 "건",
	"people":                                 "명",
	"percent of the audience":                "대상의 백분율",
	"pieces, or what the product is sold by": "개, 또는 상품을 세는 단위",
	"probability":                            "확률",
	"quintile, 5 is best":                    "5분위, 5가 가장 좋음",
	"rebuild of the scores":                  "점수 계산",
	"row of the file":                        "파일의 줄",
	"segmentwork":                            "세그먼트 계산",
	"share of 1":                             "1에 대한 몫",
	"stays":                                  "번",
	"tenth, 1 is best":                       "10분위, 1이 가장 좋음",
	"the change":                             "바뀐 기록",
	"the currency beside it":                 "옆에 적힌 통화",
	"the record's key":                       "레코드의 키",
	"the table engine":                       "저장소",
	"the workspace's own field":              "직접 만든 항목",
	"version":                                "버전",
}
