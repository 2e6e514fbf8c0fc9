"""What is asked to sign in, and to change a password."""

from __future__ import annotations

from wtforms.validators import EqualTo, InputRequired

from carers.blueprints.fields import EmailField, PasswordField, SubmitField
from carers.blueprints.forms import Form, short_text
from carers.domain import passwords


class SignInForm(Form):
    email = EmailField(
        "Email address", validators=[InputRequired("Enter your email address"), short_text()]
    )
    password = PasswordField(
        "Password", validators=[InputRequired("Enter your password"), short_text()]
    )
    submit = SubmitField("Sign in")


class ChangePasswordForm(Form):
    current = PasswordField(
        "Current password", validators=[InputRequired("Enter your current password"), short_text()]
    )
    password = PasswordField(
        "New password",
        description=passwords.RULE,
        validators=[InputRequired("Enter a new password")],
    )
    again = PasswordField(
        "The new password again",
        validators=[
            InputRequired("Enter the new password again"),
            EqualTo("password", "This is not the same as the new password"),
        ],
    )
    submit = SubmitField("Change your password")
