"""Which company announces: its names judged by what the text has them do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from connectors.announcements.extract_claims import BACKGROUND
from connectors.announcements.extract_names import Name, bare, is_company, names, same, words
from connectors.announcements.extract_text import Page, Sentence

_DO = (
    r"create|add|invest|build|open|expand|bring|hire|locate|establish|construct|launch|move|relocate|grow|employ"
    r"|make|put|spend|set up|pour|consolidate|develop|double|occupy|produce|manufacture|purchase|begin|start|break"
    r"|join|upfit|renovate|lease|acquire|convert"
)
_UNDO = (
    r"cancel(?:s|ed|led)?|terminat(?:es|ed)|scraps?|scrapped|withdraws?|withdrew|withdrawn|abandon(?:s|ed)|ends"
    r"|ended|halts|halted"
    r"|delays|delayed|nix(?:es|ed)|postpone[sd]|pauses|paused|backs|backed|pulls|pulled"
    r"|drops|dropped|terminate|abandoned"
)
_COMMIT = re.compile(
    rf"(?:(?:has|have|is|was) )?(?:{_UNDO})\b|"
    rf"(?:(?:on (?:Mon|Tues|Wednes|Thurs|Fri)day|this week|(?:Mon|Tues|Wednes|Thurs|Fri)day|today|also|now"
    rf"|officially|formally|recently|currently|soon|reportedly|together"
    rf"|jointly)\s+)*(?:will|plans?|planning|planned|intends?|expects?|could|would|aims?|proposes?|proposed"
    rf"|hopes|wants|eyes|eyeing|seeks|pledged|pledges|commits?|committed"
    rf"|to (?:{_DO})|(?:has|have) (?:\w+ )?(?:selected|chosen|announced|picked|committed|agreed|proposed"
    rf"|decided|unveiled|pledged|confirmed|begun|started|opened|broken)|selected|selects?|announce[sd]?"
    rf"|announcing|chose|chooses|picks|picked"
    rf"|adds?|adding|creates?|creating|brings?|bringing|invests?|investing|builds?|building|expands?|expanding"
    rf"|opens?|opening|opened|establish(?:es|ing)|locat(?:es|ing)|relocat(?:es|ing)|mov(?:es|ing)|unveil(?:s|ed"
    rf"|ing)|launch(?:es|ed|ing)|hir(?:es|ing)"
    rf"|is (?:set|planning|expanding|building|investing|opening|adding|moving|relocating|launching|bringing"
    rf"|making|preparing|creating|hiring|coming|establishing|constructing|considering|proposing|looking"
    rf"|expected|slated|poised|scheduled|growing|locating|spending|on track)"
    rf"|are (?:set|planning|expanding|building|investing|opening|adding|bringing|creating)|confirm(?:s|ed)"
    rf"|reveals?|revealed|breaks? ground|broke ground|lands?"
    rf"|says (?:it|they) (?:will|would|plans?|intends?|expects?)|said|says|grows?|growing|doubl(?:es|ing)"
    rf"|celebrat\w+"
    rf"|is an? [^.;,]{{4,90}}? (?:and|that) (?:will|plans|intends)"
    rf"|cut the ribbon|begins?|began|starts?|started|hosted|held)\b",
    re.IGNORECASE,
)
_QUIET = re.compile(rf"said|says|began|hosted|held|started|{_UNDO}", re.IGNORECASE)
_APPOSITION = re.compile(
    r",\s+(?:an?|of|the|leading|global|premier|innovative|specialty|one of|which|whose|who|part of|makers?"
    r"|based|headquartered|formerly|doing business|d/b/a"
    r"|dba|also|known|founded|already|in partnership|along|and its|together|manufacturer|producer|provider"
    rf"|developer|supplier|owned|owner|leader|operator|in|with)\b[^;\n]{{2,330}}?(?:,"
    rf"|\s[–—-]+)?\s+(?={_COMMIT.pattern})",
    re.IGNORECASE,
)
_DASHED = re.compile(rf"\s*(?:–|—|--|-)\s[^–—\n]{{3,250}}?\s(?:–|—|--|-)\s+(?={_COMMIT.pattern})", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\((?:[^()]{1,80})\)|\s*\[[^\]]{1,60}\]")
_PARENT = re.compile(
    r"\b(?:subsidiar(?:y|ies)|division|unit|arm|affiliate|part|owned|member|brand|acquired|led|backed"
    r"|portfolio company|joint venture|parent company|parent)\s+(?:of|by|between"
    r"|,)?\s+(?:the\s+)?(?:(?!(?:that|which|who|would|will|to)\b)[\w-]+\s+){0,6}$",
    re.IGNORECASE,
)
_GIVER = re.compile(
    r"\b(?:announced|announces|announcing|said|confirmed|reported"
    r"|revealed)\b[^.;]{0,45}\bthat(?:\s+[a-z][\w-]*){0,12}\s+$|\b(?:with|welcomes?|welcomed|welcoming"
    r"|arrival of|expansion (?:of|by)|decision (?:of|by)|landed|recruit(?:ed)?|attract(?:ed)?|award(?:s"
    r"|ed)? (?:for|to)|grant (?:for|to)|incentives (?:for|to)|agreement with|investment by"
    r"|announced(?: today)?|announcement (?:by|from)|by|(?:plant|facility|expansion|headquarters|factory"
    r"|arrival|project|relocation|move) of|congratulat(?:ed|es)|named|identified as"
    r"|known as|company,|revealed as)\s+(?:[a-z][\w-]*\s+){0,6}$"
    r"|\bis\s+(?:(?!of\b|for\b|in\b|to\b)[a-z][\w-]*\s+){0,6}$",
    re.IGNORECASE,
)
_OTHER_ROLE = re.compile(
    r"\b(?:like|joins?|joining|joined|rivals?|competitors?|such as|including|neighbors?|customers?|from|former"
    r"|than|along with|near|next to|similar to|suppliers? (?:to|of)|partners? with|leased from|built by"
    r"|developed by|developer|owned by|compared (?:to|with)|home to|following|after|at|via"
    r"|according to)\s+(?:[a-z][\w-]*\s+){0,5}$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:Company(?: name)?|Applicant|Employer|Name of (?:the )?(?:company|business)|Business|Firm"
    r"|Project company)\s*[:=|–-]\s*$",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:manufacturer|maker|company|firm|giant|startup|producer|developer|supplier|provider|automaker"
    r"|drugmaker|retailer|insurer"
    r"|lender|brewer|operator|distributor|designer|specialist|leader|processor|builder)\s+$",
    re.IGNORECASE,
)
_OWN_PROJECT = re.compile(
    r"'s?\s+(?:[\w-]+\s+){0,3}?(?:project|expansion|investment|plans?|decision|selection|arrival|move"
    r"|relocation|growth|new"
    r"|announcement|facility|plant)\b",
)
_REPORTS = re.compile(r"\s+(?:reports?|reported|previously reported|first reported)\b", re.IGNORECASE)
_JOINT = re.compile(r"\s+and\s+(?:(?:its|their)\s+(?:[a-z][\w-]*\s+){1,3})?")  # "Aldo Foods and its parent Brill will"
_ALIAS = re.compile(r"\s*\((?:[a-z][\w -]{0,30})?['\"]?Project [A-Z]")
_CODE = re.compile(
    r"\b(?:Project|PROJECT)\s+(?P<code>(?:[A-Z][\w'-]*|[A-Z]+|\d{1,3})(?:\s+(?:[A-Z][a-z'-]+|[IVX]+"
    r"|\d{1,3})(?![\w.]*\s+(?:County|Corp)))?)"
)


@dataclass(frozen=True)
class Mention:
    """A company's name where it stands.

    Attributes:
        name: the words.
        score: how surely this company announces here.
        acts: true where it is the subject of a commitment.
        background: true where the sentence tells an older or other story.
        described: (start, end) clean offsets of the words that say what it is, or null.
    """

    name: Name
    score: float
    acts: bool
    background: bool
    described: tuple[int, int] | None = None


def mentions(page: Page, sentence: Sentence, people: frozenset[str], claims: bool) -> list[Mention]:
    """Judge every name of a sentence.

    Args:
        page: the text.
        sentence: where to look.
        people: persons of the text.
        claims: true where the sentence states jobs or an investment.
    """
    found: list[Mention] = []
    for name in names(page, sentence):
        if is_company(name, people):
            found.append(_judged(page, sentence, name, claims))
    for at in range(len(found) - 1, 0, -1):
        first, second = found[at - 1], found[at]
        between = page.clean[first.name.end : second.name.start]
        if second.acts and not first.acts and _JOINT.fullmatch(between):
            found[at - 1] = replace(first, score=max(first.score, second.score + 0.1), acts=True)
    return found


def _judged(page: Page, sentence: Sentence, name: Name, claims: bool) -> Mention:
    before = page.clean[sentence.start : name.start]
    rest = page.clean[name.end : sentence.end]
    described, after = _described(name, rest)
    score = 1.0 if described and _COMMIT.match(after.lstrip(" ,")) else (0.4 if described else 0.0)
    colon = bool(re.match(r":\s+[A-Z]", rest)) and sentence.first and len(before) < 3 and not sentence.heading
    labelled = bool(_LABEL.search(before))
    verb = None if colon or re.match(r"\s*,\s*(?:said|says)", after) else _COMMIT.match(after.lstrip(" ,"))
    if verb and verb.group()[0].isupper() and not sentence.heading:
        verb = None  # a noun of a longer name
    acts = colon or verb is not None
    if colon:
        score += 3.2
    elif labelled:
        score += 4.0
        acts = True
    elif _ALIAS.match(rest):
        score += 3.0
        acts = True
    elif own := _OWN_PROJECT.match(rest):
        score += 1.6 + (1.0 if claims and _COMMIT.match(rest[own.end() :].lstrip()) else 0.0)
        acts = True
    elif verb:
        score += (1.0 if _QUIET.fullmatch(verb.group().split()[-1]) else 2.0) + (1.5 if claims else 0.0)
    if _TRADE.search(before):
        score += 1.2
    if verb and verb.group() == "said" and re.search(r"[\"',]\s*$", before) and " " not in name.text:
        acts = False  # '"..." Evans said'
    if _GIVER.search(before):
        score += 1.5
        acts = acts or claims
    if _PARENT.search(before):
        score -= 3.0
        acts = False
    elif _OTHER_ROLE.search(before) and not acts:
        score -= 1.0
    score += _standing(sentence, name, before, rest)
    background = bool(BACKGROUND.search(sentence.text))
    return Mention(name, score - (2.0 if background else 0.0), acts, background, described)


def _described(name: Name, rest: str) -> tuple[tuple[int, int] | None, str]:
    """The words in apposition behind a name, and what follows them."""
    whole = rest
    if name.legal and re.match(r"\s+(?:an?|the)\s", rest):
        rest = "," + rest  # "Hollis Corp. a maker of"
    aside = _ASIDE.match(rest)
    after = rest[aside.end() :] if aside else rest
    offset = name.end + len(whole) - len(after)
    for pattern in (_APPOSITION, _DASHED):
        match = pattern.match(after)
        if match and not match.group().startswith(", and"):
            words = (offset + 1, offset + len(match.group().rstrip(" ,")))
            return words, after[match.end() - 1 :] if match.group()[-1] == " " else after[match.end() :]
    loose = re.match(r",\s+(?:an?|the|one of|which)\b[^;\n]{4,260}?(?=,|\.$|\.\s)", rest)
    return ((name.end + 2, name.end + loose.end()) if loose else None), after


def _standing(sentence: Sentence, name: Name, before: str, rest: str) -> float:
    """What form and place of a name say: legal form, headline, start of a paragraph; a newspaper's report against."""
    score = 1.2 if name.legal else 0.0
    if _REPORTS.match(rest) or re.search(r"\((?:AP|WNCN|WRAL|via [^)]*)\)?\s*$", before):
        score -= 3.0
    if sentence.heading and sentence.block <= 3:
        score += 0.5
    if len(before.strip()) < 3 and sentence.first:
        score += 0.4
    return score


def grouped(found: Iterable[Mention]) -> list[list[Mention]]:
    """Put the spellings of one company together."""
    groups: list[list[Mention]] = []
    for mention in sorted(found, key=lambda one: -len(one.name.text)):
        for group in groups:
            if any(same(mention.name.text, other.name.text) for other in group):
                group.append(mention)
                break
        else:
            groups.append([mention])
    return groups


def strength(group: Sequence[Mention]) -> float:
    """How surely a group of mentions is the announcing company."""
    scores = sorted((mention.score for mention in group), reverse=True)
    return scores[0] + 0.5 * max(scores[1] if len(scores) > 1 else 0.0, 0.0) + 0.15 * min(len(group), 8)


def best_name(group: Sequence[Mention]) -> Mention:
    """The fullest name of a company that the text has act; a name with a legal form before one without."""
    acting = [mention for mention in group if mention.score >= 1.0] or list(group)
    top = max(mention.score for mention in acting)
    good = [mention for mention in acting if mention.score >= min(top, 2.0) - 0.8 or mention.name.legal]
    known = {bare(mention.name.text) for mention in good}
    good += [
        one for one in group if one.score >= 0.3 and any(bare(one.name.text).startswith(name + " ") for name in known)
    ]
    chosen = max(good, key=lambda one: (one.name.legal, len(bare(one.name.text).split()), one.score, -one.name.start))
    return replace(chosen, described=chosen.described or next((one.described for one in group if one.described), None))


def code_names(page: Page, sentence: Sentence) -> list[Name]:
    """Code names (without the word Project) of a sentence."""
    found = []
    for match in _CODE.finditer(sentence.text):
        code = match["code"].rstrip("'")
        if code.split()[0].lower() in words()["not_code"]:
            continue
        parts = code.split()
        if len(parts) == 2 and parts[1].lower() in ("with", "award", "public", "the", "hearing", "will", "performance"):
            code = parts[0]
        start = sentence.start + match.start("code")
        found.append(
            Name(code.title() if code.isupper() and len(code) > 3 else code, start, start + len(code), sentence, False)
        )
    return found
