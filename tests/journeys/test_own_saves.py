"""A form that saves while one writes must not collide with itself when it is sent."""

import pytest

from samspill.apps.needs.models import NeedsReport
from tests.apps.needs.factories import NOW, a_year, draft_report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scripting():
    return True


def test_two_quick_ticks_and_send_are_all_kept(clock, browser, live_server, page_as):
    clock(NOW)
    year = a_year()
    report = draft_report(year)
    session = page_as(year.editor).cookies["samspill"].value
    context = browser.new_context(base_url=live_server.url, locale="nb-NO")
    context.add_cookies([{"name": "samspill", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/behovsmelding/{report.pk}/faser/")
    page.route("**/faser/", lambda route: (page.wait_for_timeout(300), route.continue_()))

    page.locator("[name=phases__2027][value=analyse]").check()
    page.locator("[name=phases__2027][value=plan]").check()
    page.locator("button[name=do][value=next]").last.click()
    page.wait_for_url("**/budsjett/")

    assert NeedsReport.objects.get(pk=report.pk).phases == {"2027": ["analyse", "plan"]}
    context.close()
