"""The lab as a person uses it: tapping on four phones, with the whole server behind them."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab_page import Lab

pytestmark = pytest.mark.browser

SHOP = "mama-njeri"
WIDTHS = (1400, 1100, 768, 390)


def tap(lab: Lab, handset: str, words: str) -> None:
    """The suggestion with these words, or whose number stands before them in the last message."""
    hints = lab.page.locator(f"#{handset}-hints")
    numbered = hints.locator(f'[title*="{words}"]')
    hints.get_by_text(words, exact=True).or_(numbered).first.click()


def messages(lab: Lab, handset: str, words: str) -> Locator:
    return lab.page.locator(f"#{handset}-messages .bubble:not(.mine)", has_text=words)


def choose(lab: Lab, words: str) -> None:
    """Taps the newest button or row of a list that says these words."""
    offer = lab.page.locator(".offer", has=lab.page.locator("button", has_text=words)).last
    offer.locator("button", has_text=words).first.wait_for(state="attached")
    if offer.locator("summary").count():
        offer.locator("summary").click()
    before = lab.page.locator("#whatsapp-messages .bubble:not(.mine)").count()
    offer.locator("button", has_text=words).first.click()
    expect(lab.page.locator("#whatsapp-messages .bubble:not(.mine)")).not_to_have_count(before)


def key(lab: Lab, *keys: str) -> None:
    """Types on the keypad and sends; the page is there when the answer may be typed again."""
    for each in keys:
        lab.page.locator(f'[data-key="{each}"]').click()
    lab.page.click("#ussd-send")


def screen(lab: Lab, words: str) -> None:
    expect(lab.page.locator("#ussd-screen")).to_contain_text(words)


def test_a_basket_is_bought_on_whatsapp_and_paid_with_the_wallet(lab: Lab) -> None:
    lab.open(SHOP)
    tap(lab, "whatsapp", "hi")
    expect(messages(lab, "whatsapp", "Mama Njeri Foods")).to_be_visible()
    lab.say("whatsapp", "2 bags of rice 5kg")
    for words in ("Check out", "Pick it up", "MTN", "+256762345111", "Yes"):
        tap(lab, "whatsapp", words)
    prompt = lab.page.locator('[data-handset="whatsapp"] .ask')
    expect(prompt).to_contain_text("UGX 48,000")
    prompt.locator('[data-answer="approve"]').click()
    expect(prompt).to_have_count(0)
    expect(messages(lab, "whatsapp", "We got your UGX 48,000")).to_be_visible()
    expect(messages(lab, "whatsapp", "We got your")).to_be_in_viewport(ratio=0.9)
    expect(messages(lab, "seller", "PAID")).to_contain_text("1 SMS")
    expect(messages(lab, "whatsapp", "We got your")).to_have_attribute("data-status", "read")
    assert lab.complaints == []


def test_a_basket_is_bought_by_tapping_lists_and_buttons(lab: Lab) -> None:
    lab.open("zawadi")
    tap(lab, "whatsapp", "hi")
    expect(messages(lab, "whatsapp", "Zawadi Cosmetics")).to_be_visible()
    for words in ("See what we sell", "Hair", "Hair food", "Add 1", "Check out", "Pick it up"):
        choose(lab, words)
    for words in ("Cash", "Yes"):
        choose(lab, words)
    expect(messages(lab, "whatsapp", "placed")).to_be_visible()
    expect(messages(lab, "seller", "1001")).to_be_visible()
    expect(messages(lab, "whatsapp", "placed")).to_have_attribute("data-status", "read")
    assert lab.complaints == []


def test_a_basket_is_paid_on_the_page_that_a_link_opens(lab: Lab) -> None:
    lab.open("zawadi&customer=%2B256762345444")
    tap(lab, "whatsapp", "hi")
    for words in ("See what we sell", "Hair", "Hair food", "Add 1", "Check out", "Pick it up"):
        choose(lab, words)
    for words in ("Flutterwave", "Yes"):
        choose(lab, words)
    with lab.page.expect_popup() as opened:
        messages(lab, "whatsapp", "Pay UGX").locator("a").click()
    opened.value.get_by_role("button", name="Pay", exact=True).click()
    expect(messages(lab, "whatsapp", "We got your UGX")).to_be_visible()
    assert lab.complaints == []


def test_a_network_asks_on_the_phone_of_its_own_customer(lab: Lab) -> None:
    lab.open(f"{SHOP}&customer=%2B256702345222")
    lab.say("whatsapp", "2 bags of rice 5kg")
    for words in ("Check out", "Pick it up", "Airtel", "+256702345222", "Yes"):
        tap(lab, "whatsapp", words)
    prompt = lab.page.locator('[data-handset="whatsapp"] .ask')
    expect(prompt).to_contain_text("Airtel Money")
    prompt.locator('[data-answer="approve"]').click()
    expect(messages(lab, "whatsapp", "We got your UGX 48,000")).to_be_visible()
    assert lab.complaints == []


def test_a_basket_is_bought_on_a_phone_with_keys(lab: Lab) -> None:
    lab.open(SHOP)
    tap(lab, "feature", "*284*77*11#")
    screen(lab, "Rice")
    key(lab, "2")
    # The price stands on the page before as well: a key pressed then would be cleared away.
    screen(lab, "Other quantity")
    for shown in ("Cart", "How do you want to get it", "How do you want to pay", "MoMo number"):
        key(lab, "1")
        screen(lab, shown)
    key(lab, "1")
    screen(lab, "Total")
    expect(lab.page.locator("#ussd-cost")).to_have_text(re.compile(r"\d+ of 160 in GSM-7"))
    key(lab, "1")
    screen(lab, "Approve")
    prompt = lab.page.locator('[data-handset="feature"] .ask')
    prompt.locator('[data-answer="approve"]').click()
    expect(lab.page.locator("#unread")).to_have_text(re.compile(r"[1-9]"))
    lab.page.click("#tab-sms")
    expect(messages(lab, "sms", "We got your UGX 24,000")).to_be_visible()
    assert lab.complaints == []


def test_the_red_key_leaves_the_session_and_clears_the_screen(lab: Lab) -> None:
    lab.open(SHOP)
    lab.page.fill("#ussd-input", "*284*77#")
    lab.page.press("#ussd-input", "Enter")
    screen(lab, "Mama Njeri")
    lab.page.click("#ussd-cancel")
    screen(lab, "Dial a code")
    assert lab.complaints == []


def test_messages_still_arrive_when_the_stream_is_cut(lab: Lab) -> None:
    lab.page.route("**/lab/stream*", lambda route: route.abort())
    lab.page.goto(f"{lab.url}/lab?shop={SHOP}&customer=%2B256762345333")
    lab.page.locator("[data-state=asking]").wait_for()
    lab.say("whatsapp", "hi")
    expect(messages(lab, "whatsapp", "Mama Njeri Foods")).to_be_visible()


def throw(lab: Lab, switch: str) -> Locator:
    """Flips a switch of the panel, and waits until the server says that it is on."""
    row = lab.page.locator(f'[data-switch="{switch}"]')
    row.get_by_role("switch").click()
    expect(row.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    return row


def test_two_switches_are_thrown_and_the_basket_is_bought_all_the_same(lab: Lab) -> None:
    lab.open(f"{SHOP}&customer=%2B256762345222")
    page = lab.page
    page.get_by_role("button", name="Make something go wrong").click()
    expect(page.locator("#faults-state")).to_contain_text("Everything works")
    page.get_by_label("the next three").check()
    lost = throw(lab, "twilio-messages/lost")
    page.get_by_label("every one, until it is switched off").check()
    throw(lab, "wallet/twice")
    expect(page.locator("#faults-state")).to_contain_text("lose it on the way (the next 3)")
    expect(page.locator("#faults-state")).to_contain_text("answer twice (every time)")

    lab.say("whatsapp", "2 bags of rice 5kg")
    for words in ("Check out", "Pick it up", "MTN", "+256762345222", "Yes"):
        tap(lab, "whatsapp", words)
    page.locator('[data-handset="whatsapp"] [data-answer="approve"]').click()
    expect(messages(lab, "whatsapp", "We got your UGX 48,000")).to_have_count(1)
    log = page.get_by_role("log", name="What went wrong")
    expect(log).to_contain_text("“2 bags of rice 5kg” from +256 762 345222")
    expect(log).to_contain_text("“yes” to UGX 48,000 on +256 762 345222")
    expect(lost.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    expect(lost).to_contain_text("struck 3×")

    page.get_by_role("button", name="Make everything well again").click()
    expect(page.locator("#faults-state")).to_contain_text("Everything works. Struck 4 times")
    expect(page.locator("#faults [aria-checked=true]")).to_have_count(0)
    assert lab.complaints == []


def test_the_panel_is_worked_with_keys_alone(lab: Lab) -> None:
    lab.open(SHOP)
    page = lab.page
    page.locator("#faults-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#faults-open")).to_have_attribute("aria-expanded", "true")
    page.get_by_label("On the way in: of what").focus()
    page.keyboard.press("u")
    expect(page.locator('[data-circuit="africastalking-pages"]')).to_be_visible()
    page.locator('[data-switch="africastalking-pages/late"] input').fill("2")
    page.locator('[data-switch="africastalking-pages/late"]').get_by_role("switch").focus()
    page.keyboard.press("Space")
    tap(lab, "feature", "*284*77#")
    screen(lab, "Mama Njeri")
    expect(page.get_by_role("log", name="What went wrong")).to_contain_text("Delivered late, 2 s")
    expect(page.locator("#faults [aria-checked=true]")).to_have_count(0)
    assert lab.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_open_panel_fits_the_page(lab: Lab, width: int) -> None:
    lab.page.set_viewport_size({"width": width, "height": 800})
    lab.open(SHOP)
    lab.page.click("#faults-open")
    expect(lab.page.locator("#faults-panel")).to_be_visible()
    assert lab.page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert lab.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_of_the_page(lab: Lab, width: int) -> None:
    lab.page.set_viewport_size({"width": width, "height": 800})
    lab.open(SHOP)
    wide = lab.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width
    assert lab.complaints == []


def test_another_shop_is_chosen_from_the_list(lab: Lab) -> None:
    lab.open(SHOP)
    lab.page.select_option("select[name=shop]", "kato-phones")
    expect(lab.page.locator(".chat-head strong")).to_have_text("Kato Phones")
    lab.page.locator("[data-state=live]").wait_for()
    assert lab.complaints == []
