"""The words around a name that tell whether its company announces: verbs, roles, appositions, possessives."""

from __future__ import annotations

import re

_DO = (
    r"create|add|invest|build|open|expand|bring|hire|locate|establish|construct|launch|move|relocate|grow|employ"
    r"|make|put|spend|set up|pour|consolidate|develop|double|occupy|produce|manufacture|purchase|begin|start|break"
    r"|join|upfit|renovate|lease|acquire|convert"
)
_UNDO = (
    r"cancel(?:s|ed|led)?|terminat(?:es|ed)|scraps?|scrapped|withdraws?|withdrew|withdrawn|abandon(?:s|ed)|ends"
    r"|ended|halts|halted"
    r"|delays|delayed|nix(?:es|ed)|postpone[sd]|pauses|paused|backs|backed|pulls|pulled|shelve[sd]"
    r"|drops|dropped|terminate|abandoned|loses|lost|(?:(?:has|have) )?(?:told|asked|notified|informed)\b[^.;]{0,60}"
    r"\b(?:not|no longer|withdraw|terminat\w+|cancel\w*|end)"
)
COMMIT = re.compile(
    rf"(?:(?:has|have|is|was|also|now|reportedly) ){{0,2}}(?:{_UNDO})\b|"
    rf"(?:(?:on (?:Mon|Tues|Wednes|Thurs|Fri)day|this week|(?:Mon|Tues|Wednes|Thurs|Fri)day|today|also|now"
    rf"|officially|formally|recently|currently|soon|reportedly|together"
    rf"|jointly)\s+)*(?:will|must|shall|(?:has|have) until|plans?|planning|planned|intends?|expects?|needs|could|would"
    rf"|aims?|proposes?|proposed"
    rf"|hopes|wants|eyes|eyeing|seeks|pledged|pledges|commits?|committed"
    rf"|(?:is |are |was |were )?(?:still )?to (?:\w+ly )?(?:{_DO})|(?:has|have) (?:\w+ )?(?:selected|chosen"
    rf"|announced|picked|committed|agreed|proposed"
    rf"|decided|unveiled|pledged|confirmed|begun|started|opened|broken)|selected|selects?|announce[sd]?"
    rf"|announcing|chose|chooses|picks|picked"
    rf"|adds?|adding|creates?|creating|brings?|bringing|invests?|investing|builds?|expands?|expanding"
    rf"|(?:building|opening|hiring|moving|planning|launching)(?=\s+(?:an?|its|the|their|new|up|out|in|at|on|to"
    rf"|for|\$|\d|(?-i:[A-Z])))"
    rf"|opens?|opened|establish(?:es|ing)|locat(?:es|ing)|relocat(?:es|ing)|moves?|unveil(?:s|ed"
    rf"|ing)|launch(?:es|ed)|hires"
    rf"|doubl(?:es|ed)|completes?|secures?|receives?|approved for"
    rf"|(?:wins?|lands?|gets?)(?=\s+(?:an?|the|its|\$|\d|state|county|city|tax|incentives?|grants?|approval"
    rf"|(?-i:[A-Z])))"
    rf"|is (?:delaying|pausing|postponing|canceling|cancelling|set|planning|expanding|building|investing|opening"
    rf"|adding|moving|relocating|launching|bringing"
    rf"|making|preparing|creating|hiring|coming|establishing|constructing|considering|proposing|looking"
    rf"|expected|slated|poised|scheduled|growing|locating|spending|pumping|putting|pouring|setting up"
    rf"|converting|doubling|tripling|on track)"
    rf"|are (?:set|planning|expanding|building|investing|opening|adding|bringing|creating)|confirm(?:s|ed)"
    rf"|reveals?|revealed|breaks? ground|broke ground|lands?"
    rf"|(?:says|said) (?:that )?(?:it|they) (?:will|would|plans?|planned|intends?|expects?)|said|says|grows?"
    rf"|growing|doubl(?:es|ing)"
    rf"|celebrat\w+"
    rf"|is an? [^.;,]{{4,90}}? (?:and|that) (?:will|plans|intends)"
    rf"|(?:makes|bought|purchased|acquired|leased|owns|operates|employs|produces|runs|sells|develops"
    rf"|has) (?:[^.;]|\.\d){{3,90}}? and"
    rf" (?:will|plans|would|expects|intends)"
    rf"|cut the ribbon|begins?|began|starts?|started|hosted|held)\b",
    re.IGNORECASE,
)
QUIET = re.compile(rf"said|says|began|hosted|held|started|{_UNDO}", re.IGNORECASE)
APPOSITION = re.compile(
    r",\s+(?:an?|of|the|leading|global|premier|innovative|specialty|one of|which|whose|who|part of|makers?"
    r"|based|headquartered|formerly|doing business|d/b/a"
    r"|dba|also|known|founded|already|in partnership|along|and its|together|manufacturer|producer|provider"
    rf"|developer|supplier|owned|owner|leader|operator|in|with)\b[^;\n]{{2,330}}?(?:,"
    rf"|\s[–—-]+)?\s+(?=(?-i:(?![A-Z]))(?:{COMMIT.pattern}))",
    re.IGNORECASE,
)
OF_HOME = re.compile(
    rf"(?:\s+of\s+(?:[A-Z][\w.-]+,?\s+){{1,5}}|,\s+[A-Z]\w+(?: [A-Z]\w+)?, [A-Z][\w.]+,?\s+)(?={COMMIT.pattern})"
)
DASHED = re.compile(rf"\s*(?:–|—|--|-)\s[^–—\n]{{3,250}}?\s(?:–|—|--|-)\s+(?={COMMIT.pattern})", re.IGNORECASE)
ASIDE = re.compile(r"\s*\((?:[^()]{1,80})\)|\s*\[[^\]]{1,60}\]")
PARENT = re.compile(
    r"\b(?:subsidiar(?:y|ies)|division|unit|arm|affiliate|part|owned|member|brand|acquired|led|backed"
    r"|portfolio company|joint venture|parent company|parent)\s+(?:of|by|between"
    r"|,)?\s+(?:the\s+)?(?:(?!(?:that|which|who|would|will|to)\b)[\w-]+\s+){0,6}$",
    re.IGNORECASE,
)
GIVER = re.compile(
    r"\b(?:announced|announces|announcing|said|confirmed|reported"
    r"|revealed)\b[^.;]{0,45}\bthat(?:\s+[a-z][\w-]*){0,12}\s+$|\b(?:with|(?:welcom|greet)\w*"
    r"|arrival of|expansion (?:of|by)|decision (?:of|by)|landed|recruit(?:ed)?|attract(?:ed)?|award(?:s"
    r"|ed)? (?:for|to)|grant (?:for|to)|incentives (?:for|to)|agreement with|investment by"
    r"|announced(?: today)?|announcement (?:by|from)|by|(?:plant|facility|expansion|headquarters|factory"
    r"|arrival|project|relocation|move) of|congratulat(?:ed|es)|named|identified as"
    r"|known as|company,|revealed as)\s+(?:[a-z][\w-]*\s+){0,6}$"
    r"|\bis\s+(?:(?!of\b|for\b|in\b|to\b)[a-z][\w-]*\s+){0,6}$",
    re.IGNORECASE,
)
GREETED = re.compile(
    r"\b(?:congratulat\w+|(?:welcom|greet)\w+|landed|recruited)\s+(?:[a-z][\w-]*\s+){0,4}$", re.IGNORECASE
)
OTHER_ROLE = re.compile(
    r"\b(?:like|joins?|joining|joined|rivals?|competitors?|such as|including|neighbors?|customers?|from|former"
    r"|than|along with|near|next to|similar to|suppliers? (?:to|of)|partners? with|leased from|built by"
    r"|developed by|developer|owned by|compared (?:to|with)|home to|following|after|at|via"
    r"|according to)\s+(?:[a-z][\w-]*\s+){0,5}$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\W*(?:Company(?: name)?|Applicant|Employer|Name of (?:the )?(?:company|business)|Business|Firm"
    r"|Project company)\s*[:=|–-]\s*$",
    re.IGNORECASE,
)
TRADE = re.compile(
    r"\b(?:manufacturer|maker|company|firm|giant|startup|producer|developer|supplier|provider|automaker"
    r"|drugmaker|retailer|insurer"
    r"|start-up|hopeful|upstart|newcomer|contractor|grocer|[a-z]+maker|lender|brewer|operator|distributor|designer|specialist|leader|processor|builder)\s+$",
    re.IGNORECASE,
)
OWN_PROJECT = re.compile(
    r"'s?\s+(?:[\w$.,-]+\s+){0,4}?(?:project|expansion|investment|plans?|decision|selection|arrival|move"
    r"|relocation|growth|new"
    r"|announcement|facility|plant)\b",
    re.IGNORECASE,
)
IS_FIRM = re.compile(
    r"\s+is\s+(?:an?|the|one of)\b[^.;]{0,70}\b(?:leaders?|manufacturers?|makers?|producers?|providers?|suppliers?"
    r"|compan(?:y|ies)|developers?|distributors?|firms?|brands?|retailers?|processors?)\b"
)
PLANT = re.compile(
    r"\s+(?:[a-z][\w-]+\s+){0,3}?(?:plant|factory|facility|headquarters|expansion|project|mill|campus)\b(?! of\b)"
)
OWN_FIGURE = re.compile(
    r"'s?\s+(?:[\d,]+-job|\$[\d.,]+[ -](?:million|billion))\s+(?:[\w-]+\s+){0,3}?(?:facility|plant|project|expansion"
    r"|distribution|fulfillment|center|campus|factory|headquarters|investment|mill|hangar|warehouse|lab|foundry"
    r"|brewery|hub|office|refinery|line)\b"
)
LEADS = re.compile(  # "said Owen Marsh, president of Nettleton Forge"
    r"\b(?:president|CEO|chief executive(?: officer)?|owner|founder|chairman|general manager|plant manager|spokes\w+"
    r"|[Dd]irectors|[Oo]wners|[Ee]xecutives)"
    r"\s+(?:of|at|for|from|with)\s+$"
)
REPORTS = re.compile(
    r"\s+(?:reports?|reported|previously reported|first reported)\b"
    r"(?! (?:quarterly|annual|sales|earnings|revenue|profit|a\b|record|net))",
    re.IGNORECASE,
)
SUBJECT = re.compile(  # a verb: "Hollis has its eye on"
    r"\s+(?!of\b|for\b|and\b|or\b|in\b|at\b|on\b|from\b|to\b|with\b|as\b|has\b|have\b|spent\b|made\b|won\b|[a-z]+ed\b|ranks\b|donat|gave\b"
    r"|employ(?:s|ed)\b|had\b|estimat|predict|represent|advis|officials|leaders|residents|executives)[a-z]"
)
ARRIVES = re.compile(  # "welcomed Hollis to Brookfield"
    r"\b(?:welcom\w+|greet\w*|bring\w*|brought|com(?:e|es|ing)|came|mov\w+|relocat\w+|jobs|way|lur\w+|attract\w*"
    r"|expan\w+|return\w*|headed|heads)\b[^.;]{0,70}\bto\s+$"
)
HELPED = re.compile(r"\b(?:on|allow\w*|enabl\w*|help\w*|let\w*|want\w*|urg\w*|ask\w*|requir\w*|lik\w+) (?:[a-z]+ )?$")
INTRO = re.compile(  # what stands before the subject: a dateline, "Employing 40, "
    r"^\W*$|^[^–—]{0,60}(?:\s-|–|—|--)\s+(?:[A-Z][a-z]+ing\b[^.;]{4,90},\s+)?$|^[A-Z][a-z]+ing\b[^.;]{4,90},\s+$"
    r"|^(?:In|By|At|With|Over|After|Under|As|To) [^.;]{4,70},\s+$"
)
JOINT = re.compile(r"\s+and\s+(?:(?:its|their)\s+(?:[a-z][\w-]*\s+){1,3})?")  # "Aldo Foods and its parent Brill will"
ALIAS = re.compile(r"\s*\((?:[a-z][\w -]{0,30})?['\"]?Project [A-Z]")
