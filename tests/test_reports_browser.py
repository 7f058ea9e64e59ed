"""The HTML edition in a real browser: no error, no address asked for, a table to order and filter, pages on demand."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from reports.html import write_html
from tests.reports_fixture import full_report

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,1600",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    if not (CHROMIUM and DRIVER):
        pytest.skip("no Chromium with its driver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for word in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(word)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def page(browser: webdriver.Chrome, tmp_path: Path) -> webdriver.Chrome:
    write_html(full_report(30), tmp_path / "report.html")
    browser.get((tmp_path / "report.html").as_uri())
    return browser


def shown(page: webdriver.Chrome) -> list[str]:
    rows = page.find_elements(By.CSS_SELECTOR, "table.programs tbody tr:not(.group)")
    return [row.find_element(By.TAG_NAME, "th").text.splitlines()[0] for row in rows if row.is_displayed()]


def test_it_opens_without_an_error_and_asks_for_no_address(page: webdriver.Chrome) -> None:
    assert [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"] == []
    asked = [
        entry["message"] for entry in page.get_log("performance") if "Network.requestWillBeSent" in entry["message"]
    ]
    assert [message for message in asked if '"url":"http' in message] == []


def test_a_heading_orders_the_table(page: webdriver.Chrome) -> None:
    before = shown(page)
    buttons = page.find_elements(By.CSS_SELECTOR, "table.programs thead button")
    next(button for button in buttons if button.text.startswith("Own in")).click()
    after = shown(page)
    assert sorted(before) == sorted(after) and before != after
    cells = page.find_elements(By.CSS_SELECTOR, "table.programs tbody tr:not(.group) td:nth-child(4)")
    numbers = [float(cell.text.split()[0].replace(",", "")) for cell in cells if cell.text[:1].isdigit()]
    assert numbers == sorted(numbers, reverse=True)


def test_words_and_advice_filter_the_table(page: webdriver.Chrome) -> None:
    everything = shown(page)
    page.find_element(By.ID, "filter-words").send_keys("welding")
    assert shown(page) == [title for title in everything if "welding" in title.lower()] != []
    page.find_element(By.ID, "filter-words").clear()
    page.find_element(By.ID, "filter-words").send_keys(" ")
    Select(page.find_element(By.ID, "filter-action")).select_by_value("expand")
    assert 0 < len(shown(page)) < len(everything)


def test_a_programs_page_opens_on_demand(page: webdriver.Chrome) -> None:
    parts = page.find_elements(By.CSS_SELECTOR, "details.more")
    assert len(parts) == 30 and not any(part.get_attribute("open") for part in parts)
    link = page.find_element(By.CSS_SELECTOR, "table.programs tbody th a")
    page.execute_script("arguments[0].click()", link)
    assert sum(part.get_attribute("open") is not None for part in parts) == 1


def test_nothing_is_wider_than_a_telephone(page: webdriver.Chrome) -> None:
    page.set_window_size(420, 900)
    try:
        wide = page.execute_script(
            "return [...document.querySelectorAll('h1, h2, h3, p, li')]"
            ".filter(e => e.getBoundingClientRect().right > innerWidth + 2).map(e => e.textContent.slice(0, 60))"
        )
    finally:
        page.set_window_size(1200, 1600)
    assert wide == []


def test_it_prints(page: webdriver.Chrome) -> None:
    content = base64.b64decode(page.print_page())
    assert content.startswith(b"%PDF") and len(content) > 50_000
