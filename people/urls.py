"""Its pages. Of allauth only the two that we style are mounted, under the names it reverses."""

from django.urls import path

from people.views import (
    factors,
    invitations,
    lists,
    mails,
    new_passwords,
    offices,
    passkeys,
    profile,
    sign_in,
    stolen,
)

entrance = [
    path("sign-in/", sign_in.SignInView.as_view(), name="account_login"),
    path("sign-in/code/", sign_in.CodeView.as_view(), name="mfa_authenticate"),
]

app_name = "people"
urlpatterns = [
    path("sign-in/passkey/", passkeys.sign_in_passkey, name="sign-in-passkey"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("profile/", profile.profile_detail, name="profile-detail"),
    path("profile/password/", profile.profile_password, name="profile-password"),
    path("profile/second-factor/add/", factors.factor_add, name="factor-add"),
    path("profile/second-factor/remove/", factors.factor_remove, name="factor-remove"),
    path("profile/second-factor/codes/", factors.factor_codes, name="factor-codes"),
    path("profile/passkeys/add/", passkeys.passkey_add, name="passkey-add"),
    path(
        "profile/passkeys/<int:passkey_id>/revoke/", passkeys.passkey_revoke, name="passkey-revoke"
    ),
    path("profile/stolen/", stolen.stolen_own, name="stolen-own"),
    path("profile/sessions/<int:session_id>/end/", profile.session_end, name="session-end"),
    path("profile/sessions/end/", profile.session_end_all, name="session-end-all"),
    path("settings/people/", offices.office_list, name="office-list"),
    path("settings/people/appoint/", offices.office_appoint, name="office-appoint"),
    path("settings/people/terms/<int:term_id>/end/", offices.office_end, name="office-end"),
    path("settings/people/add/", offices.person_add, name="person-add"),
    path("settings/people/<int:user_id>/leave/", offices.person_leave, name="person-leave"),
    path("settings/people/<int:user_id>/stolen/", stolen.stolen_of, name="stolen-of"),
    path("settings/people/invite/", invitations.invitation_add, name="invitation-add"),
    path("settings/people/invite-list/", lists.invitation_import, name="invitation-import"),
    path(
        "settings/people/invitations/<int:invitation_id>/send/",
        invitations.invitation_send,
        name="invitation-send",
    ),
    path(
        "settings/people/invitations/<int:invitation_id>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("settings/mails/", mails.mail_list, name="mail-list"),
    path("new-password/<str:word>/", new_passwords.password_choose, name="password-choose"),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
]
