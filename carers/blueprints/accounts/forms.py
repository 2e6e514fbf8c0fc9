"""What sign-in asks."""

from __future__ import annotations

from wtforms.validators import InputRequired

from carers.blueprints.fields import EmailField, PasswordField, SubmitField
from carers.blueprints.forms import Form, short_text


class SignInForm(Form):
    email = EmailField(
        "Email address", validators=[InputRequired("Enter your email address"), short_text()]
    )
    password = PasswordField(
        "Password", validators=[InputRequired("Enter your password"), short_text()]
    )
    submit = SubmitField("Sign in")
