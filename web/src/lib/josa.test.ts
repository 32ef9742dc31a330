import { describe, expect, it } from 'vitest';
import { josa, mendParticles, type Josa } from './josa';

describe('josa', () => {
  it.each<[string, Josa, string]>([
    ['김민수', '이/가', '가'], ['박지영', '이/가', '이'], ['고객', '은/는', '은'], ['캠페인', '을/를', '을'], ['세그먼트', '을/를', '를'],
    ['서울', '으로/로', '로'], ['부산', '으로/로', '으로'], ['대구', '으로/로', '로'], ['상품 3', '이/가', '이'], ['시즌 2', '은/는', '는'],
    ['구역 7', '으로/로', '로'], ['Dangol', '은/는', '은'], ['Apple', '이/가', '가'], ['(주)한빛', '과/와', '과'], ['', '은/는', '는'], ['한빛!', '이/가', '이'],
  ])('%s + %s = %s', (word, pair, want) => expect(josa(word, pair)).toBe(want));
});

describe('mendParticles', () => {
  it.each([
    ['박지영이(가) 열었어요', '박지영이 열었어요'], ['“민지”을(를) 지울까요?', '“민지”를 지울까요?'], ['부산(으)로 보내요', '부산으로 보내요'],
    ['particles stay (as) they are', 'particles stay (as) they are'],
  ])('%s -> %s', (sentence, want) => expect(mendParticles(sentence)).toBe(want));
});
