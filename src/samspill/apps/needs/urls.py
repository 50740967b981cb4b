"""The addresses of the needs room: the owner's form, the partner's side, what was sent."""

from django.urls import path

from samspill.apps.needs.views import partner, reading, sections, sending, starting

app_name = "needs"
REPORT = "behovsmelding/<int:report_pk>/"
urlpatterns = [
    path("behovsmelding/ny/", starting.start, name="start"),
    path("behovsmelding/tomt-skjema/", reading.blank, name="blank"),
    path("behovsmelding/vedlegg/<int:attachment_pk>/", reading.attachment, name="attachment"),
    path("behovsmelding/kopi/<int:submission_pk>/", reading.copy, name="copy"),
    path(REPORT, reading.report, name="report"),
    path(f"{REPORT}les/", reading.read, name="read"),
    path(f"{REPORT}se-over/", sending.review, name="review"),
    path(f"{REPORT}be-om-signatur/", sending.ask, name="ask"),
    path(f"{REPORT}send/", sending.submit, name="submit"),
    path(f"{REPORT}kvittering/", sending.receipt, name="receipt"),
    path(f"{REPORT}trekk/", sending.withdraw, name="withdraw"),
    path("behovsmelding/invitasjon/<int:network_pk>/", partner.confirm, name="network_confirm"),
    path(f"{REPORT}<slug:section>/", sections.section, name="section"),
    path("medsignering/", partner.partner_list, name="partner_list"),
    path("medsignering/<int:partner_pk>/", partner.partner_report, name="partner_report"),
    path("medsignering/<int:partner_pk>/signer/", partner.sign, name="partner_sign"),
]
