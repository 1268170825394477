"""Forms of the accounts app."""

from typing import Any

from allauth.account import forms as allauth
from django import forms

from accounts.models import Partner, User
from accounts.roles import DESCRIPTIONS, Role

OUR_LABELS = {
    "login": "Email address",
    "email": "Email address",
    "password": "Password",
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "New password again",
}
RULES = "At least 12 characters, not a password that many people use, and not like your name or address."


def dress(form: forms.BaseForm) -> None:
    """Give fields of allauth's our labels, and take away placeholders, which vanish when one types."""
    for name, field in form.fields.items():
        field.label = OUR_LABELS[name]
        field.help_text = RULES if name == "password1" else ""
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ConfirmPasswordForm(allauth.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "email", "role", "partner", "is_active"]
        widgets = {"role": forms.RadioSelect, "email": forms.EmailInput(attrs={"autocomplete": "off"})}
        labels = {"email": "Email address", "partner": "Partner they act for", "is_active": "May sign in"}
        help_texts = {
            "partner": "A working group member has to have one.",
            "is_active": "Without it they are signed out at once. What they wrote stays.",
        }
        error_messages = {
            "name": {"required": "Enter a name."},
            "email": {"required": "Enter an email address.", "unique": "Somebody else has this email address."},
            "role": {"required": "Choose a role."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, f"{role.label}. {DESCRIPTIONS[role]}") for role in Role]  # type: ignore[attr-defined]
        self.fields["partner"].empty_label = "No single partner"  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("role") == Role.WORKING_GROUP and said.get("partner") is None:
            self.add_error("partner", "A working group member acts for a partner: choose one.")
        return said


class PartnerForm(forms.ModelForm):
    class Meta:
        model = Partner
        fields = ["name", "short_name", "kind", "description", "responsible_authority"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        labels = {"short_name": "Short name", "responsible_authority": "Responsible authority"}
        help_texts = {
            "short_name": "For tables, such as KFRS.",
            "description": "What it is, in a sentence.",
            "responsible_authority": "One of those that the Crime and Disorder Act 1998 names.",
        }
        error_messages = {
            "name": {"required": "Enter a name."},
            "short_name": {"required": "Enter a short name."},
            "kind": {"required": "Choose a kind."},
        }
