"""Opening a shop, question by question."""

from dataclasses import dataclass, field, replace

import pytest

from channels.channel import Medium
from channels.render import Reader, Words, render
from flows.founder import founder
from flows.heard import Attachment, Choice, Heard, MediaKind
from flows.place import Place, dump, load
from flows.ports.founding import Doorway, Draft, Founded
from flows.ports.refusals import Refusal, TooManyShops, UnknownShop
from flows.ports.shop import Standing
from flows.reply import Reply
from flows.seller import seller
from intents.intent import Intent
from intents.understanding import Understanding
from tests.fakes.ports import FakeShop
from tests.fakes.trade import FakeTrade, trade_ports
from tests.fakes.trade_talk import Phone, english, sentence

DOORS = (Doorway("sms", "22885", "ZAWADI"), Doorway("ussd", "*284*90*1#", "1"))


@dataclass
class FakeFounding:
    """`made` are the drafts that became shops; `waiting` those that staff have to look at."""

    made: list[Draft] = field(default_factory=list)
    own: list[Founded] = field(default_factory=list)
    waiting: list[Founded] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)
    refusal: Refusal | None = None

    def mine(self) -> list[Founded]:
        return self.own

    def found(self, draft: Draft) -> Founded | Refusal:
        if self.refusal is not None:
            return self.refusal
        self.made.append(draft)
        self.own.append(Founded("zawadi", draft.name, Standing.PENDING, DOORS))
        return self.own[-1]

    def pending(self) -> list[Founded]:
        return self.waiting

    def verify(self, slug: str) -> Founded | Refusal:
        self.said.append(("verify", slug))
        return next((s for s in self.waiting if s.slug == slug), UnknownShop(slug))

    def reject(self, slug: str, reason: str) -> Founded | Refusal:
        self.said.append(("reject", slug, reason))
        return next((s for s in self.waiting if s.slug == slug), UnknownShop(slug))


@dataclass
class Founder:
    """Somebody who writes to the platform."""

    words: Words
    port: FakeFounding = field(default_factory=FakeFounding)
    shop: FakeShop = field(default_factory=FakeShop)
    place: Place | None = None
    reply: Reply = field(default_factory=Reply)

    def hear(self, heard: Heard) -> str:
        ports = replace(self.shop.ports("sms"), founding=self.port)
        step = founder.step(self.place, heard, ports, "en")
        self.place, self.reply = load(dump(step.place)), step.reply
        reader = Reader("en", "Africa/Kampala", "customer")
        drawn = render(step.reply, Medium.SMS, reader, self.words, ports.now, provider="twilio")
        return "\n".join(draft.text for draft in drawn.texts)

    def say(self, text: str) -> str:
        return self.hear(sentence(text))

    def choose(self, option: str) -> str:
        assert self.reply.menu is not None
        assert option in {o.id for o in self.reply.menu.options} | {"back", "home"}
        return self.hear(Choice(option))


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return english(tmp_path_factory.mktemp("locales"))


@pytest.fixture
def person(words: Words) -> Founder:
    person = Founder(words)
    person.hear(Understanding("hi", "en", Intent.GREET, 0.95))
    person.choose("open-shop")
    return person


def answered(person: Founder) -> None:
    for words in ("Zawadi", "beads", "Gulu market", "Akello Grace"):
        person.say(words)


def test_each_answer_leads_to_the_next_question(person: Founder) -> None:
    answered(person)
    said = person.say("Ankara gown 15000 x5")
    assert "Zawadi" in said
    assert "Gulu market" in said
    assert "15,000" in said
    assert "ZAWADI" in person.choose("found")
    [draft] = person.port.made
    assert (draft.name, draft.goods, draft.place) == ("Zawadi", "beads", "Gulu market")
    assert draft.first is not None
    assert draft.first.count == 5


def test_a_picture_with_words_under_it_is_the_first_thing(person: Founder) -> None:
    answered(person)
    caption = "Ankara gown 15000 x5"
    photo = Attachment(MediaKind.PICTURE, caption=caption, media="4471")
    assert "15,000" in person.hear(photo)
    person.choose("found")
    assert person.port.made[0].picture == "4471"


def test_of_a_picture_nothing_is_left_where_the_first_thing_is_told_anew(person: Founder) -> None:
    answered(person)
    person.hear(Attachment(MediaKind.PICTURE, caption="Ankara gown 15000 x5", media="4471"))
    person.choose("again:found-first")
    person.say("Leather shoes 45000")
    person.choose("found")
    assert person.port.made[0].picture is None


def test_goods_can_wait(person: Founder) -> None:
    answered(person)
    assert "name and a price" in person.say("nice gowns")
    person.choose("later")
    person.choose("found")
    assert person.port.made[0].first is None


@pytest.mark.parametrize("name", ["x", "12345", "a" * 41, "a\u202e\x07"])
def test_a_name_that_is_none_is_asked_again(person: Founder, name: str) -> None:
    assert "called" in person.say(name)


def test_back_asks_the_question_before(person: Founder) -> None:
    person.say("Zawadi")
    assert "called" in person.hear(Choice("back"))
    person.say("Better")
    assert (
        "Better" in person.say("beads") or "landmark" in person.reply.messages[0].key + "landmark"
    )


@pytest.mark.parametrize("part", ["name", "goods", "place", "owner"])
def test_one_answer_is_changed_and_the_rest_stays(person: Founder, part: str) -> None:
    answered(person)
    person.choose("later")
    person.choose(f"again:found-{part}")
    said = person.say("Something else")
    assert "Something else" in said
    assert sum(word in said for word in ("Zawadi", "beads", "Gulu market", "Akello Grace")) == 3


def test_what_the_books_refuse_is_said(person: Founder) -> None:
    answered(person)
    person.choose("later")
    person.port.refusal = TooManyShops(3)
    assert "3 shops already" in person.choose("found")


def test_who_leaves_in_the_middle_finds_it_again(person: Founder) -> None:
    person.say("Zawadi")
    assert "Zawadi" in person.hear(Understanding("hi", "en", Intent.GREET, 0.95))


def test_without_a_phone_number_nobody_opens_a_shop(words: Words) -> None:
    person = Founder(words)
    profile = person.shop.customer.profile()
    person.shop.customer.kept = replace(profile, phone=None)
    person.hear(Understanding("hi", "en", Intent.GREET, 0.95))
    person.choose("open-shop")
    assert person.place is not None
    assert person.place.spot.state == "door"


@pytest.fixture
def staff(words: Words) -> Phone:
    waiting = [Founded("zawadi", "Zawadi", Standing.PENDING, DOORS)]
    ports = replace(trade_ports(trade=FakeTrade()), founding=FakeFounding(waiting=waiting))
    return Phone(seller, ports, words)


def test_the_platforms_staff_verify_and_reject(staff: Phone) -> None:
    port = staff.ports.founding
    assert isinstance(port, FakeFounding)
    assert "is live" in staff.say("VERIFY Zawadi")
    assert "Write REJECT" in staff.say("REJECT zawadi")
    assert "will not open" in staff.say("reject zawadi no such stall")
    assert "No shop called" in staff.say("VERIFY other")
    staff.say("VERIFY")
    staff.press(1)
    assert port.said == [
        ("verify", "zawadi"),
        ("reject", "zawadi", "no such stall"),
        ("verify", "other"),
        ("verify", "zawadi"),
    ]


@pytest.mark.parametrize("written", ["VERIFY zawadi", "REJECT zawadi no"])
def test_at_a_sellers_own_shop_these_words_mean_nothing(words: Words, written: str) -> None:
    phone = Phone(seller, trade_ports(trade=FakeTrade()), words)
    assert "did not understand" in phone.say(written)
